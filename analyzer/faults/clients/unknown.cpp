// A client that nobody names: bounds over what is common on servers. glibc, musl and Go differ by all of the wait, so one of them taken for
// granted would be a guess.
#include <fmt/format.h>

#include "analyzer/faults/clients/client_model.h"

namespace mainstay {
namespace {

Failover lookup(const ClientConfig& config, Servers servers, const AskedName& name) {
  Failover all = glibc_client.lookup(config, servers, name);
  std::string arithmetic = fmt::format("glibc: {}", all.arithmetic);
  for (const ClientModel* one : {&musl_client, &go_client}) {
    const Failover other = one->lookup(config, servers, name);
    all = either(all, other);
    arithmetic += fmt::format("; {}: {}", one->word, other.arithmetic);
  }
  all.arithmetic = std::move(arithmetic);
  all.source = TimingSource::assumed;
  return all;
}

}  // namespace

constinit const ClientModel unknown_client{.client = Client::unknown, .word = "unknown", .max_servers = 3, .lookup = &lookup};

}  // namespace mainstay
