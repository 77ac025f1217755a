#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/dns_grant.h"
#include "analyzer/rules/resolver_faults.h"
#include "graph/values/ascii.h"

namespace mainstay {
namespace {

/// A zone that is hosted where grants decide who writes it, and the identity names that have records in it.
struct IdentityZone {
  const Zone* zone = nullptr;
  std::set<std::string> names;
};

void add(const Estate& estate, const Text& host, std::map<DomainName, IdentityZone>& zones) {
  const std::optional<std::string> known = host.known();
  const Result<DomainName> name = DomainName::parse(known.value_or(""));
  if (!known || !name) return;
  for (const Record* record : estate.records_of(*name)) {
    const Result<DomainName> apex = DomainName::parse(record->zone);
    if (!apex) continue;
    for (const Zone& zone : estate.zones_of(*apex)) {
      if (zone.kind != ZoneKind::hosted || zone.view != record->view) continue;
      IdentityZone& one = zones[*apex];
      one.zone = &zone;
      one.names.insert(std::string(name->host()));
    }
  }
}

/// The values of the condition on names; empty when any name is allowed.
std::vector<std::string> allowed_names(std::string_view condition) {
  std::vector<std::string> found;
  const std::size_t at = condition.starts_with("names=") ? 0 : condition.find("; names=");
  if (at == std::string_view::npos) return found;
  condition.remove_prefix(condition.find('=', at) + 1);
  condition = condition.substr(0, condition.find("; "));
  while (!condition.empty()) {
    const std::size_t comma = std::min(condition.find(','), condition.size());
    found.push_back(ascii_lower(condition.substr(0, comma)));
    condition.remove_prefix(std::min(comma + 1, condition.size()));
  }
  return found;
}

/// A grant that reaches identity names of one zone.
struct Writer {
  const Grant* grant = nullptr;
  bool has_every_zone = false;
};

std::vector<Writer> writers_of(const Estate& estate, const DomainName& apex, const IdentityZone& zone) {
  std::vector<Writer> found;
  for (const Grant& grant : estate.grants()) {
    const std::optional<std::string> resource = grant.resource.known();
    if (!resource) continue;
    const Result<DomainName> granted = DomainName::parse(*resource);
    if (*resource != "*" && (!granted || *granted != apex)) continue;
    const std::vector<std::string> patterns = allowed_names(grant.condition);
    const bool reaches = patterns.empty() || std::any_of(zone.names.begin(), zone.names.end(), [&](const std::string& name) {
                           return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& one) { return covers(one, name); });
                         });
    if (reaches) found.push_back({&grant, *resource == "*" && patterns.empty()});
  }
  return found;
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  std::map<DomainName, IdentityZone> zones;
  for (const Endpoint& endpoint : estate.endpoints()) {
    for (const Text& host : endpoint.hosts) add(estate, host, zones);
  }
  for (const Use& use : estate.uses()) add(estate, use.host, zones);
  for (const Grant& grant : estate.grants()) {
    if (!zones.empty() && !grant.resource.is_known())
      report.undecided("a grant to change DNS names a zone that is not known", grant.principal);
  }
  for (const auto& [apex, zone] : zones) {
    const std::vector<Writer> writers = writers_of(estate, apex, zone);
    std::set<std::string> principals;
    bool has_every_zone = false;
    Finding finding;
    finding.confidence = Confidence::assumed;
    for (const Writer& writer : writers) {
      if (principals.insert(writer.grant->principal).second) finding.subjects.push_back({"principal", writer.grant->principal});
      has_every_zone = has_every_zone || writer.has_every_zone;
      finding.confidence = std::max(finding.confidence, strongest(writer.grant->reasons));
      add_evidence(writer.grant->reasons, 1, finding.evidence);
    }
    // One writer of this zone alone is what there has to be.
    if (principals.size() < 2 && !has_every_zone) continue;
    finding.subjects.push_back({"zone", std::string(apex.host())});
    add_evidence(zone.zone->reasons, 1, finding.evidence);
    constexpr std::size_t kNamed = 3;
    std::vector<std::string> first(zone.names.begin(),
                                   std::next(zone.names.begin(), static_cast<std::ptrdiff_t>(std::min(kNamed, zone.names.size()))));
    const std::string which = fmt::format("{}{}", fmt::join(first, ", "), zone.names.size() > kNamed ? " and others" : "");
    for (const Use& use : estate.uses()) {
      const std::optional<std::string> host = use.host.known();
      if (host && zone.names.contains(ascii_lower(*host))) finding.affected.push_back(use.workload);
    }
    std::sort(finding.affected.begin(), finding.affected.end());
    finding.affected.erase(std::unique(finding.affected.begin(), finding.affected.end()), finding.affected.end());
    finding.message = principals.size() > 1 ? fmt::format("{} may change the records of {} ({}), and nothing keeps them from each other's",
                                                          how_many(principals.size(), "principal"), apex.host(), which)
                                            : fmt::format("{} may change every record of every zone, {} ({}) among them",
                                                          *principals.begin(), apex.host(), which);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule dns_writer_unsafe;
constinit const Rule dns_writer_unsafe{
    .name = "dns-writer-unsafe",
    .summary = "several may write the records of identity endpoints, or one may write every zone",
    .why =
        "Whoever writes the record of an issuer decides whom everybody asks. Two programs that both think the zone theirs undo each other, "
        "and one fault in a program that may write all zones empties all of them at once.",
    .fix =
        "one writer a zone; narrow each grant to its names, types and actions (ForAllValues on "
        "route53:ChangeResourceRecordSetsNormalizedRecordNames, ...RecordTypes and ...Actions), and put what others write into zones of "
        "their own",
    .reference = "Amazon Route 53 Developer Guide, Using IAM policy conditions for fine-grained access control; RFC 2136",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
