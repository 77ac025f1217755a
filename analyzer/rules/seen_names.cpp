#include "analyzer/rules/seen_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "analyzer/rules/resolver_faults.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
namespace {

void widen(const std::string& first, const std::string& last, std::string& into_first, std::string& into_last) {
  if (!first.empty() && (into_first.empty() || first < into_first)) into_first = first;
  into_last = std::max(into_last, last);
}

std::string listed(const std::set<std::string>& texts, std::string_view thing) {
  return texts.size() == 1 ? *texts.begin() : how_many(texts.size(), thing);
}

}  // namespace

std::vector<std::string> SeenName::workloads() const {
  std::vector<std::string> all;
  for (const Use* use : uses) all.push_back(use->workload);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::map<DomainName, std::vector<const Use*>> names_in_use(const Estate& estate) {
  std::map<DomainName, std::vector<const Use*>> names;
  for (const Use& use : estate.uses()) {
    const std::optional<std::string> host = use.host.known();
    if (!host || use.bypasses_dns) continue;
    if (const Result<DomainName> name = DomainName::parse(*host)) names[*name].push_back(&use);
  }
  return names;
}

std::vector<SeenName> names_seen(const Estate& estate) {
  if (estate.observations().empty()) return {};
  std::map<DomainName, std::vector<const Use*>> used = names_in_use(estate);
  std::map<DomainName, std::vector<const Observation*>> seen;
  for (const Observation& one : estate.observations()) {
    if (used.contains(one.name)) seen[one.name].push_back(&one);
  }
  std::vector<SeenName> names;
  for (auto& [name, observations] : seen) names.push_back({name, std::move(used[name]), std::move(observations)});
  return names;
}

void Coverage::add(const Observation& one) {
  queries_ += one.queries;
  std::uint64_t& clients = clients_[one.client];
  clients = std::max({clients, one.clients, std::uint64_t{1}});
  if (!one.server.empty()) servers_.insert(one.server);
  widen(one.first, one.last, first_, last_);
  const auto [log, is_new] = logs_.try_emplace(one.log, Evidence::observed(one.log, one.queries, one.first, one.last));
  if (is_new) return;
  log->second.queries += one.queries;
  widen(one.first, one.last, log->second.first, log->second.last);
}

std::uint64_t Coverage::clients() const {
  std::uint64_t sum = 0;
  for (const auto& [client, count] : clients_) sum += count;
  return sum;
}

std::int64_t Coverage::seconds() const {
  std::string_view from = first_;
  std::string_view until = last_;
  const std::optional<std::int64_t> first = take_iso_time(from);
  const std::optional<std::int64_t> last = take_iso_time(until);
  return first && last ? (*last - *first) / 1000000 : 0;
}

std::string Coverage::text() const {
  std::set<std::string> logs;
  for (const auto& [log, evidence] : logs_) logs.insert(log);
  const std::string at = servers_.empty() ? "servers that the log does not name" : listed(servers_, "server");
  const std::string when = first_.empty() ? std::string("times not known") : fmt::format("{} to {}", first_, last_);
  return fmt::format("{} queries of {} at {}, in {}, {}", queries_, how_many(clients(), "client"), at, listed(logs, "log"), when);
}

std::vector<Evidence> Coverage::evidence() const {
  std::vector<Evidence> all;
  for (const auto& [log, evidence] : logs_) all.push_back(evidence);
  return all;
}

std::uint64_t with_codes(const Observation& one, std::initializer_list<const char*> codes) {
  std::uint64_t sum = 0;
  for (const char* code : codes) {
    if (const auto at = one.rcodes.find(code); at != one.rcodes.end()) sum += at->second;
  }
  return sum;
}

Finding finding_about(const SeenName& name, const Coverage& coverage) {
  constexpr std::size_t kMostEvidence = 4;
  Finding finding;
  finding.subjects = {{"name", std::string(name.name.host())}};
  finding.confidence = Confidence::observed;
  finding.affected = name.workloads();
  finding.evidence = coverage.evidence();
  for (const Use* use : name.uses) {
    if (finding.evidence.size() < kMostEvidence) add_evidence(use->reasons, 1, finding.evidence);
  }
  finding.arithmetic = coverage.text();
  return finding;
}

}  // namespace mainstay
