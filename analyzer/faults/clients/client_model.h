// ClientModel: what is known of one client library, as constant data and one function. One file a family, one line in the table of
// analyzer/faults/failover.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "analyzer/faults/failover.h"

namespace mainstay {

using Servers = std::span<const ServerState>;

struct ClientModel {
  Client client = Client::unknown;
  std::string_view word;
  std::optional<std::size_t> max_servers;  // nothing: all that are listed
  Failover (*lookup)(const ClientConfig& config, Servers servers, const AskedName& name) = nullptr;
};

extern const ClientModel unknown_client;
extern const ClientModel glibc_client;
extern const ClientModel musl_client;
extern const ClientModel go_client;
extern const ClientModel c_ares_1_19_client;
extern const ClientModel c_ares_client;
extern const ClientModel node_client;
extern const ClientModel envoy_client;
extern const ClientModel systemd_resolved_client;
extern const ClientModel jvm_client;
extern const ClientModel windows_client;

/// The servers that the client asks: the first of the list.
Servers asked_of(Servers servers, const ClientModel& model);

/// One of the names that a lookup tries.
struct Candidate {
  bool is_as_given = true;
  bool exists = true;
  friend bool operator==(const Candidate&, const Candidate&) = default;
};
/// The names in the order in which resolv.conf(5) wants them tried: as given first when it has enough dots, last otherwise.
std::vector<Candidate> candidates(const ClientConfig& config, const AskedName& name);

/// A lookup that ends one way.
Failover always(LookupCase one, std::string arithmetic, TimingSource source);
/// Sorts cases from best to worst and joins what differs in its share only.
std::vector<LookupCase> tidy(std::vector<LookupCase> cases);
/// Both, when nobody knows which: shares are halved.
Failover either(const Failover& a, const Failover& b);

}  // namespace mainstay
