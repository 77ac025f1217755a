// The JVM: InetAddress asks the system's library, taken as glibc, and keeps what it was told: answers for 30 s, failures for 10 s
// (java.security of OpenJDK 17, networkaddress.cache.ttl and networkaddress.cache.negative.ttl).
#include "analyzer/faults/clients/client_model.h"

namespace mainstay {
namespace {

Failover lookup(const ClientConfig& config, Servers servers, const AskedName& name) {
  Failover result = glibc_client.lookup(config, servers, name);
  for (LookupCase& one : result.cases) one.later = {Milliseconds(0), one.first.hi};
  result.arithmetic += "; kept for 30 s, a failure for 10 s";
  result.source = TimingSource::documented;
  return result;
}

}  // namespace

constinit const ClientModel jvm_client{.client = Client::jvm, .word = "jvm", .max_servers = 3, .lookup = &lookup};

}  // namespace mainstay
