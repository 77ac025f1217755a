#include "analyzer/rules/lookup_times.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// The entries that are asked, in order; nothing when one of them stands for the list of another scope.
std::optional<std::size_t> asked_servers(const Stub& stub) {
  std::size_t count = 0;
  for (const Upstream& one : stub.servers) {
    if (!one.stub.empty()) return std::nullopt;
    if (one.asked) ++count;
  }
  return count;
}

/// A resolver on the host itself is not silent when it is down: the host says that the port is closed, and the next is asked at once.
bool is_here(const Upstream& first) { return first.address && first.address->is_loopback(); }

AskedName name_of(Resolution& resolution, const DomainName& host, bool is_absolute, const Stub& stub) {
  AskedName name{.dots = static_cast<std::uint32_t>(host.dots()), .absolute = is_absolute};
  if (is_absolute) return name;
  const DomainName asked = resolution.asked_name(host, stub);
  if (asked == host) return name;
  for (std::uint32_t at = 0; at < stub.search.size(); ++at) {
    const Result<DomainName> suffix = DomainName::parse(stub.search[at].known().value_or(""));
    const Result<DomainName> candidate = suffix ? host.within(*suffix) : suffix;
    if (!candidate || *candidate != asked) continue;
    name.exists = AskedName::Exists::below_suffix;
    name.suffix = at;
    return name;
  }
  return name;
}

std::optional<SlowLookup> slow_lookup(Resolution& resolution, const Use& use, const Workload& workload, const Stub& stub) {
  const std::optional<std::size_t> servers = asked_servers(stub);
  if (!servers || *servers < 2 || is_here(stub.servers.front())) return std::nullopt;
  const std::optional<std::string> host = use.host.known();
  const Result<DomainName> parsed = DomainName::parse(host.value_or(""));
  if (!host || !parsed) return std::nullopt;
  ClientConfig config = client_config_of(stub);
  const bool guessed = config.client == Client::unknown;
  if (guessed) config.client = Client::glibc;
  std::vector<ServerState> states(*servers);
  states.front().mode = ServerMode::silent;
  AskedName name = name_of(resolution, *parsed, host->ends_with('.'), stub);
  SlowLookup lookup{.workload = &workload, .use = &use, .stub = &stub, .host = *host};
  lookup.library = fmt::format("{}{}", word(config.client), guessed ? ", as is assumed" : "");
  lookup.as_written = failover(config, states, name);
  name = {.dots = name.dots, .absolute = true};
  lookup.absolute = failover(config, states, name);
  if (taken(lookup.as_written).count() == 0) return std::nullopt;
  return lookup;
}

}  // namespace

void each_slow_lookup(const Analysis& analysis, const std::function<void(const SlowLookup&)>& visit) {
  Resolution& resolution = analysis.resolution();
  for (const Use& use : analysis.estate().uses()) {
    const Workload* workload = analysis.estate().workload(use.workload);
    if (workload == nullptr || use.bypasses_dns) continue;
    for (const Stub* stub : resolution.stubs_of(*workload)) {
      if (const std::optional<SlowLookup> lookup = slow_lookup(resolution, use, *workload, *stub)) visit(*lookup);
    }
  }
}

Milliseconds taken(const Failover& lookup) { return lookup.worst().later.lo; }

Confidence confidence_of(const SlowLookup& lookup) {
  const Reasons& reasons = lookup.stub->reasons;
  const bool guessed =
      std::any_of(reasons.begin(), reasons.end(), [](const Evidence& one) { return one.confidence == Confidence::assumed; });
  if (guessed || lookup.stub->library == ResolverLibrary::unknown) return Confidence::assumed;
  return std::min(strongest(reasons), strongest(lookup.use->reasons));
}

std::string share_text(const Failover& lookup) {
  const double share = lookup.worst().share;
  if (share >= 0.995) return "every lookup";
  return fmt::format("{} % of lookups", std::lround(share * 100));
}

std::string first_server(const Stub& stub) {
  const Upstream& first = stub.servers.front();
  if (first.address) return first.address->text();
  return first.host.empty() ? first.server : first.host;
}

void add(const SlowLookup& lookup, SlowStub& stub) {
  const auto add_once = [](const std::string& text, std::vector<std::string>& list) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
  };
  add_once(lookup.workload->id, stub.workloads);
  add_once(lookup.host, stub.hosts);
  const auto deadline = [](const SlowLookup& one) { return one.use->deadline.value_or(0); };
  if (!stub.worst || deadline(lookup) < deadline(*stub.worst)) stub.worst = lookup;
}

Finding finding_about(const SlowStub& stub) {
  const SlowLookup& worst = *stub.worst;
  Finding finding;
  finding.subjects = {{"stub", worst.stub->scope}};
  finding.affected = stub.workloads;
  finding.confidence = confidence_of(worst);
  add_evidence(worst.stub->servers.front().reasons, 1, finding.evidence);
  add_evidence(worst.stub->reasons, 2, finding.evidence);
  add_evidence(worst.use->reasons, 2, finding.evidence);
  return finding;
}

}  // namespace mainstay
