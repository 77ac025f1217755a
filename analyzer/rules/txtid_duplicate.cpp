#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

std::string_view field(const TxtValue& value, std::string_view name) {
  const auto at = value.fields.find(name);
  return at == value.fields.end() ? std::string_view() : std::string_view(at->second);
}

/// Two keys side by side while one takes over from the other: told apart by their ids, and each with an end.
bool is_rotation(const TxtValue& a, const TxtValue& b) {
  const bool told_apart = !field(a, "kid").empty() && !field(b, "kid").empty() && field(a, "kid") != field(b, "kid");
  return told_apart && field(a, "id") == field(b, "id") && !field(a, "exp").empty() && !field(b, "exp").empty();
}

bool is_same(const TxtValue& a, const TxtValue& b) { return a.record->data == b.record->data; }

/// What two records of one name say differently; empty when they go together.
std::string conflict(const TxtValue& a, const TxtValue& b) {
  if (is_same(a, b) || is_rotation(a, b)) return {};
  for (const std::string_view name : {"id", "sub", "spiffe", "v", "env", "kid"}) {
    if (!field(a, name).empty() && !field(b, name).empty() && field(a, name) != field(b, name))
      return fmt::format("two values of \"{}\"", name);
  }
  return a.fields.empty() && b.fields.empty() ? "two texts" : "";
}

void check_set(const TxtIdentity& identity, RuleReport& report) {
  for (std::size_t first = 0; first < identity.values.size(); ++first) {
    for (std::size_t second = first + 1; second < identity.values.size(); ++second) {
      const std::string what = conflict(identity.values[first], identity.values[second]);
      if (what.empty()) continue;
      Finding finding = finding_about(identity);
      finding.message = fmt::format("{} has {} TXT records with {}, and the order of records is not defined", identity.owner.host(),
                                    identity.values.size(), what);
      report.add(std::move(finding));
      return;
    }
  }
}

/// One identity under two names: who may be one may be the other. Names in several views or zones are one name.
void check_reuse(const std::vector<TxtConvention>& conventions, RuleReport& report) {
  constexpr std::array<std::string_view, 7> kWho = {"id", "spiffe", "key", "pk", "sha256", "jkt", "thumbprint"};
  std::map<std::pair<std::string_view, std::string_view>, std::map<DomainName, const TxtIdentity*>> users;
  for (const TxtConvention& convention : conventions) {
    for (const TxtIdentity& identity : convention.identities) {
      for (const TxtValue& value : identity.values) {
        for (const std::string_view name : kWho) {
          if (!field(value, name).empty()) users[{name, field(value, name)}].emplace(identity.owner, &identity);
        }
      }
    }
  }
  std::set<std::vector<DomainName>> said;  // one finding for two names, however many fields they share
  for (const auto& [who, names] : users) {
    if (names.size() < 2) continue;
    std::vector<DomainName> owners;
    std::vector<const TxtIdentity*> identities;
    Finding finding;
    for (const auto& [owner, identity] : names) {
      owners.push_back(owner);
      identities.push_back(identity);
      const Finding one = finding_about(*identity);
      finding.subjects.push_back(one.subjects.front());
      finding.confidence = std::max(finding.confidence, one.confidence);
      if (finding.evidence.size() < 20) finding.evidence.insert(finding.evidence.end(), one.evidence.begin(), one.evidence.end());
    }
    if (!said.insert(owners).second) continue;
    finding.message =
        fmt::format("{} have the same value of \"{}\": whoever is one of them is the others too", names_of(identities), who.first);
    report.add(std::move(finding));
  }
}

void check(const Analysis& analysis, RuleReport& report) {
  const std::vector<TxtConvention>& conventions = analysis.txt_conventions();
  for (const TxtConvention& convention : conventions) {
    for (const TxtIdentity& identity : convention.identities) check_set(identity, report);
  }
  check_reuse(conventions, report);
}

}  // namespace

extern const Rule txtid_duplicate;
constinit const Rule txtid_duplicate{
    .name = "txtid-duplicate",
    .summary = "two identity records contradict each other, or one identity stands under two names",
    .why =
        "Servers return the records of a set in any order, so which identity holds depends on chance; and a key that two services share "
        "lets each of them be the other.",
    .fix = "keep one record a name; while a key is rotated give both records a kid and an exp; give every service an identity of its own",
    .reference = "RFC 2181 section 5; RFC 1464",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
