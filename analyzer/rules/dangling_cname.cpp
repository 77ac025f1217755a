#include <fmt/format.h>

#include <algorithm>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

enum class Owned { yes, maybe, no };

/// Whether something in the scanned inventory has that host name; maybe, when a name there is only partly known and could be it.
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

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  for (const Record& record : estate.records()) {
    if (record.type != "CNAME" && record.type != "ALIAS") continue;
    const std::optional<std::string> text = record.data.known();
    if (!text) continue;
    const Result<DomainName> target = DomainName::parse(*text);
    const Claimable* row = target ? analysis.catalogue().claimable(*target) : nullptr;
    if (row == nullptr) continue;
    const std::string owner = record.owner.display();
    switch (owned(estate, *target)) {
      case Owned::yes: continue;
      case Owned::maybe: report.undecided("a name in the inventory is partly unknown and could be the target", owner); continue;
      case Owned::no: break;
    }
    Finding finding;
    std::string name = owner;
    if (name.ends_with('.')) name.pop_back();
    finding.subjects = {{"record", name + " " + record.type}, {"name", std::string(target->host())}};
    finding.severity = row->condition.empty() ? Severity::high : Severity::medium;
    finding.confidence = strongest(record.reasons);
    add_evidence(record.reasons, 2, finding.evidence);
    for (const Use& use : estate.uses()) {
      const std::optional<std::string> host = use.host.known();
      const Result<DomainName> used = DomainName::parse(host.value_or(""));
      if (host && used && used->host() == name) {
        finding.affected.push_back(use.workload);
        add_evidence(use.reasons, 1, finding.evidence);
      }
    }
    finding.affected.erase(std::unique(finding.affected.begin(), finding.affected.end()), finding.affected.end());
    finding.message =
        fmt::format("{} points to {} ({}), and nothing in the scanned inventory ({}) has that name{}", name, target->host(), row->service,
                    how_many(estate.inventory().size(), "thing"), row->condition.empty() ? "" : "; " + row->condition);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule dangling_cname;
constinit const Rule dangling_cname{
    .name = "dangling-cname",
    .summary = "an alias points to a name that anyone can claim and nothing here owns",
    .why = "Whoever claims the name at the provider answers under yours: gets cookies, passes redirect checks, obtains certificates.",
    .fix = "delete the record before the resource it points to; or, when the target is owned elsewhere, scan that inventory too",
    .reference = "NIST SP 800-81; RFC 9499 (alias)",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
