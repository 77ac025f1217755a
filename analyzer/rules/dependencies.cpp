#include "analyzer/rules/dependencies.h"

#include <optional>
#include <utility>

#include "analyzer/rules/client_owners.h"
#include "analyzer/rules/search_lists.h"

namespace mainstay {
namespace {

using ByName = std::map<DomainName, Dependency>;

Dependency& named(ByName& all, const DomainName& name) {
  return all.try_emplace(name, Dependency{.name = name, .uses = {}, .queries = {}}).first->second;
}

}  // namespace

std::string_view word(KnownBy how) {
  switch (how) {
    case KnownBy::declared: return "declared";
    case KnownBy::observed: return "observed";
    case KnownBy::both: return "both";
  }
  return {};
}

KnownBy Dependency::known_by() const {
  if (queries.empty()) return KnownBy::declared;
  return uses.empty() ? KnownBy::observed : KnownBy::both;
}

std::map<std::string, Dependencies> dependencies_of(const Analysis& analysis) {
  const Estate& estate = analysis.estate();
  std::map<std::string, ByName> found;
  std::map<std::string, Dependencies> all;
  for (const Workload& workload : estate.workloads()) {
    all[workload.id];
    for (const Use& use : estate.uses_of(workload.id)) {
      const std::optional<std::string> host = use.host.known();
      if (!host || use.bypasses_dns) continue;
      if (const Result<DomainName> name = DomainName::parse(*host)) named(found[workload.id], *name).uses.push_back(&use);
    }
  }
  if (!estate.observations().empty()) {
    const ClientOwners owners(estate);
    const SearchLists lists(estate);
    for (const Observation& one : estate.observations()) {
      const std::vector<const Workload*> behind = owners.workloads_of(one.client);
      if (behind.size() != 1) continue;
      all[behind.front()->id].is_in_logs = true;
      if (!lists.meant(one)) named(found[behind.front()->id], one.name).queries.push_back(&one);
    }
  }
  for (auto& [id, by_name] : found) {
    for (auto& [name, one] : by_name) all[id].names.push_back(std::move(one));
  }
  return all;
}

}  // namespace mainstay
