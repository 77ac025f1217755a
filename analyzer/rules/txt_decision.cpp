#include "analyzer/rules/txt_decision.h"

#include <algorithm>

#include "analyzer/identities/txt_identities.h"

namespace mainstay {
namespace {

bool speaks_of_identity(const IdentityRecord& one, const std::vector<TxtConvention>& conventions) {
  const std::optional<DomainName> domain = one.owner.known_domain();
  if (!domain || domain->is_root()) return false;
  const std::vector<std::string_view> labels = domain->labels();
  if (std::any_of(labels.begin(), labels.end(), [](std::string_view label) { return mainstay::speaks_of_identity(label); })) return true;
  return std::any_of(conventions.begin(), conventions.end(), [&](const TxtConvention& each) { return domain->is_within(each.suffix); });
}

/// A proof of ownership or a mail policy, by its underscored label.
bool is_other_name(const IdentityRecord& one) {
  const std::string text = one.owner.skeleton('*');
  return text.starts_with('_') || text.find("._") != std::string::npos;
}

}  // namespace

std::vector<const IdentityRecord*> txt_decisions(const Analysis& analysis, RuleReport& report) {
  const std::vector<TxtConvention>& conventions = analysis.txt_conventions();
  std::vector<const IdentityRecord*> found;
  for (const IdentityRecord& one : analysis.estate().identity_records()) {
    if (one.looked_up_by.empty() || is_other_name(one)) continue;
    const bool is_authoriser = one.fields.contains("answers");
    if (is_authoriser || speaks_of_identity(one, conventions)) {
      found.push_back(&one);
    } else if (!one.owner.known_domain()) {
      report.undecided("code looks up a TXT record, and nothing says whether it lets somebody in by it", one.looked_up_by);
    }
  }
  return found;
}

bool does(const IdentityRecord& decision, std::string_view end, std::string_view what) {
  const auto at = decision.fields.find(std::string(end));
  return at != decision.fields.end() && at->second.find(what) != std::string::npos;
}

Finding finding_about(const IdentityRecord& decision) {
  Finding finding;
  finding.subjects.push_back({"code", decision.looked_up_by});
  finding.evidence = decision.reasons;
  finding.confidence = strongest(decision.reasons);
  return finding;
}

std::string listed(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (at > 0) out += at + 1 == words.size() ? " and " : ", ";
    out += words[at];
  }
  return out;
}

}  // namespace mainstay
