#include "analyzer/rules/dangling.h"

#include <algorithm>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {

Owned owned(const Estate& estate, const DomainName& target) {
  if (!estate.inventory_named(target).empty()) return Owned::yes;
  for (const Inventory& one : estate.inventory()) {
    if (one.host.is_known() || one.host.empty()) continue;
    const std::string_view suffix = one.host.known_suffix();
    const std::string_view prefix = one.host.known_prefix();
    const std::string_view host = target.host();
    if (!suffix.empty() && host.ends_with(suffix) && host.starts_with(prefix)) return Owned::maybe;
  }
  return Owned::no;
}

std::optional<DanglingName> dangling(const Analysis& analysis, const DomainName& name) {
  constexpr std::size_t kMostAliases = 8;
  const Estate& estate = analysis.estate();
  DanglingName found{.row = nullptr, .target = name, .records = {}, .owned = Owned::no};
  while (found.records.size() < kMostAliases) {
    if (const Claimable* row = analysis.catalogue().claimable(found.target)) {
      found.owned = owned(estate, found.target);
      if (found.owned == Owned::yes) return std::nullopt;
      found.row = row;
      return found;
    }
    const Record* alias = nullptr;
    for (const Record* record : estate.records_of(found.target)) {
      if (record->type == "CNAME" || record->type == "ALIAS") alias = record;
    }
    const std::optional<std::string> text = alias != nullptr ? alias->data.known() : std::nullopt;
    const Result<DomainName> next = DomainName::parse(text.value_or(""));
    if (!text || !next) return std::nullopt;
    found.records.push_back(alias);
    found.target = *next;
  }
  return std::nullopt;
}

void add_users(const Estate& estate, const std::set<std::string>& names, Finding& finding) {
  for (const Use& use : estate.uses()) {
    const std::optional<std::string> host = use.host.known();
    const Result<DomainName> used = DomainName::parse(host.value_or(""));
    if (!host || !used || !names.contains(std::string(used->host()))) continue;
    finding.affected.push_back(use.workload);
    add_evidence(use.reasons, 1, finding.evidence);
  }
  std::sort(finding.affected.begin(), finding.affected.end());
  finding.affected.erase(std::unique(finding.affected.begin(), finding.affected.end()), finding.affected.end());
}

}  // namespace mainstay
