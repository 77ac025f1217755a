#include "analyzer/faults/failover.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analyzer/faults/clients/client_model.h"
#include "analyzer/faults/clients/sequential.h"
#include "graph/facts/facts.h"

namespace mainstay {
namespace {

constexpr const ClientModel* kModels[] = {&unknown_client,          &glibc_client,  &musl_client,   &go_client,
                                          &c_ares_1_19_client,      &c_ares_client, &node_client,   &envoy_client,
                                          &systemd_resolved_client, &jvm_client,    &windows_client};

constexpr std::string_view kModes[] = {"good",   "silent",  "closed",   "servfail", "refused",
                                       "notimp", "formerr", "nxdomain", "empty",    "truncated"};
constexpr std::string_view kOutcomes[] = {"answered", "denied", "failed-at-once", "timed-out", "crashed"};
constexpr std::string_view kSources[] = {"assumed", "documented", "measured"};

const ClientModel& model_of(Client client) {
  const auto* at = std::find_if(std::begin(kModels), std::end(kModels), [&](const ClientModel* one) { return one->client == client; });
  return at == std::end(kModels) ? unknown_client : **at;
}

}  // namespace

TimeRange operator+(TimeRange a, TimeRange b) { return {a.lo + b.lo, a.hi + b.hi}; }

TimeRange hull(TimeRange a, TimeRange b) { return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)}; }

std::string text(TimeRange range) {
  if (range.lo == range.hi) return seconds_text(range.lo);
  return fmt::format("{} to {}", seconds_text(range.lo), seconds_text(range.hi));
}

std::string_view word(Client client) { return model_of(client).word; }

std::optional<Client> client_of_word(std::string_view word) {
  for (const ClientModel* model : kModels) {
    if (model->word == word) return model->client;
  }
  return std::nullopt;
}

std::string_view word(ServerMode mode) { return kModes[static_cast<std::size_t>(mode)]; }

std::optional<ServerMode> server_mode_of_word(std::string_view word) {
  const auto* at = std::find(std::begin(kModes), std::end(kModes), word);
  if (at == std::end(kModes)) return std::nullopt;
  return static_cast<ServerMode>(at - std::begin(kModes));
}

std::string_view word(LookupOutcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }

std::string_view word(TimingSource source) { return kSources[static_cast<std::size_t>(source)]; }

TimeRange Failover::first() const {
  TimeRange all = cases.front().first;
  for (const LookupCase& one : cases) all = hull(all, one.first);
  return all;
}

TimeRange Failover::later() const {
  TimeRange all = cases.front().later;
  for (const LookupCase& one : cases) all = hull(all, one.later);
  return all;
}

double Failover::affected() const {
  double share = 0;
  for (const LookupCase& one : cases) {
    if (one.outcome != LookupOutcome::answered || one.first.hi.count() > 0) share += one.share;
  }
  return share;
}

Servers asked_of(Servers servers, const ClientModel& model) {
  return servers.first(std::min(servers.size(), model.max_servers.value_or(servers.size())));
}

std::vector<Candidate> candidates(const ClientConfig& config, const AskedName& name) {
  const Candidate as_given{.is_as_given = true, .exists = name.exists == AskedName::Exists::as_given};
  if (name.absolute) return {as_given};
  std::vector<Candidate> all;
  for (std::uint32_t suffix = 0; suffix < config.search_entries; ++suffix) {
    all.push_back({.is_as_given = false, .exists = name.exists == AskedName::Exists::below_suffix && name.suffix == suffix});
  }
  all.insert(name.dots >= config.ndots ? all.begin() : all.end(), as_given);
  return all;
}

Failover always(LookupCase one, std::string arithmetic, TimingSource source) {
  one.share = 1;
  return {.cases = {one}, .arithmetic = std::move(arithmetic), .source = source};
}

std::vector<LookupCase> tidy(std::vector<LookupCase> cases) {
  const auto key = [](const LookupCase& one) { return std::tuple(one.outcome, one.first.hi, one.first.lo, one.later, one.queries); };
  std::sort(cases.begin(), cases.end(), [&](const LookupCase& a, const LookupCase& b) { return key(a) < key(b); });
  std::vector<LookupCase> joined;
  for (const LookupCase& one : cases) {
    if (!joined.empty() && key(joined.back()) == key(one)) {
      joined.back().share += one.share;
    } else {
      joined.push_back(one);
    }
  }
  return joined;
}

Failover either(const Failover& a, const Failover& b) {
  Failover joined{.shares_known = false, .source = std::min(a.source, b.source)};
  for (const Failover* part : {&a, &b}) {
    for (LookupCase one : part->cases) {
      one.share /= 2;
      joined.cases.push_back(one);
    }
  }
  joined.cases = tidy(std::move(joined.cases));
  joined.arithmetic = joined.worst().outcome == a.worst().outcome && joined.worst().first == a.worst().first ? a.arithmetic : b.arithmetic;
  return joined;
}

Failover failover(const ClientConfig& config, std::span<const ServerState> servers, const AskedName& name) {
  const ClientModel& model = model_of(config.client);
  const Servers asked = asked_of(servers, model);
  if (asked.empty()) return always({.outcome = LookupOutcome::failed_at_once}, "no server is listed", TimingSource::assumed);
  return model.lookup(config, asked, name);
}

std::optional<std::size_t> max_servers(Client client) { return model_of(client).max_servers; }

ClientConfig client_config_of(const Stub& stub) {
  ClientConfig config{.timeout = stub.timeout,
                      .attempts = stub.attempts,
                      .ndots = stub.ndots.value_or(1),
                      .rotate = stub.rotate,
                      .single_request = stub.single_request,
                      .use_vc = stub.use_vc};
  switch (stub.library) {
    case ResolverLibrary::unknown: break;
    case ResolverLibrary::glibc: config.client = Client::glibc; break;
    case ResolverLibrary::musl: config.client = Client::musl; break;
    case ResolverLibrary::go: config.client = Client::go; break;
    case ResolverLibrary::c_ares: config.client = Client::c_ares; break;
    case ResolverLibrary::systemd_resolved: config.client = Client::systemd_resolved; break;
    case ResolverLibrary::jvm: config.client = Client::jvm; break;
  }
  config.search_entries = static_cast<std::uint32_t>(stub.search.size());
  return config;
}

}  // namespace mainstay
