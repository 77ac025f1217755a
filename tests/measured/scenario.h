// Scenario: a resolver configuration, the state of its servers and a name: what is predicted, and what is tried out with a real library.
#pragma once

#include <string>
#include <vector>

#include "analyzer/faults/failover.h"

namespace mainstay {

struct Scenario {
  std::string title;
  std::vector<ServerState> servers;
  std::vector<std::string> options;  // of resolv.conf(5)
  std::vector<std::string> search;
  std::string name = "idp.example.com";
  std::string existing = "idp.example.com";  // the only name that there is
  std::string host_name = "host";
  bool server_lines = true;  // false: resolv.conf names no server, and the first one stands at 127.0.0.1
  unsigned lookups = 1;
};

/// All that are measured, shortest titles first within a subject; not every one suits every client.
std::vector<Scenario> scenarios();

std::string resolv_conf_of(const Scenario& scenario);
ClientConfig config_of(const Scenario& scenario, Client client);
AskedName name_of(const Scenario& scenario);
/// The prediction.
Failover predicted(const Scenario& scenario, Client client);

}  // namespace mainstay
