#include "analyzer/policy/allowance.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace mainstay {
namespace {

/// A line of a file, or 0 for all of it, and a rule: what a comment in place covers.
using Spot = std::tuple<std::string_view, std::uint32_t, std::string_view>;

class Suppressor {
 public:
  Suppressor(std::span<const Allowance> allowances, std::string_view today, Report& report)
      : allowances_(allowances), report_(report), used_(allowances.size(), false), expired_(allowances.size(), false) {
    for (std::size_t at = 0; at < allowances.size(); ++at) {
      const Allowance& one = allowances[at];
      expired_[at] = !one.suppression.until.empty() && one.suppression.until < today;
      if (one.suppression.kind == SuppressionKind::in_place) {
        if (one.covers_file || one.line > 0) in_place_[Spot(one.file, one.covers_file ? 0 : one.line, one.rule)].push_back(at);
      } else if (one.rule.empty()) {
        by_id_.push_back(at);
      } else {
        by_rule_[one.rule].push_back(at);
      }
    }
  }

  void run() {
    std::vector<Finding> kept;
    for (Finding& finding : report_.findings) {
      finding.suppression = covering(finding);
      (finding.suppression ? report_.suppressed : kept).push_back(std::move(finding));
    }
    report_.findings = std::move(kept);
    for (std::size_t at = 0; at < allowances_.size(); ++at) complain(at);
  }

 private:
  /// The first allowance that covers the finding. Every one that would is used, so that none of them is called superfluous.
  std::optional<Suppression> covering(const Finding& finding) {
    std::optional<Suppression> found;
    const auto take = [&](std::size_t at) {
      used_[at] = true;
      if (!found && !expired_[at]) found = allowances_[at].suppression;
    };
    const Place* place = place_to_mend(finding);
    for (const std::uint32_t line : {place == nullptr ? 0u : place->line, 0u}) {
      const auto at = place == nullptr ? in_place_.end() : in_place_.find(Spot(place->file, line, finding.rule));
      if (at != in_place_.end()) std::for_each(at->second.begin(), at->second.end(), take);
    }
    for (const std::size_t at : by_id_) {
      if (finding.id.starts_with(allowances_[at].id)) take(at);
    }
    if (const auto rule = by_rule_.find(finding.rule); place != nullptr && rule != by_rule_.end()) {
      for (const std::size_t at : rule->second) {
        const Allowance& one = allowances_[at];
        if (place->file.starts_with(one.folder) && one.path->matches(std::string_view(place->file).substr(one.folder.size()))) take(at);
      }
    }
    return found;
  }

  void complain(std::size_t at) {
    const Allowance& one = allowances_[at];
    const std::string about = one.rule.empty() ? one.id : one.rule;
    Diagnostic problem{.where = one.suppression.place, .severity = DiagnosticSeverity::warning};
    problem.caret = one.caret;
    if (expired_[at]) {
      problem.message = fmt::format("the allowance of {} expired on {}", about, one.suppression.until);
      problem.hint = used_[at] ? "what it covered counts again: mend it, or decide anew" : "it covers nothing any more: remove it";
    } else if (!used_[at]) {
      problem.message = fmt::format("the allowance of {} covers no finding", about);
      problem.hint = elsewhere(one);
    } else {
      return;
    }
    report_.diagnostics.push_back(std::move(problem));
  }

  /// Where a comment would have to stand, when findings of its rule name its line without being mended there.
  std::string elsewhere(const Allowance& one) const {
    if (one.suppression.kind != SuppressionKind::in_place || one.covers_file) return "remove it";
    for (const Finding& finding : report_.findings) {
      const bool names_line =
          finding.rule == one.rule && std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const Evidence& why) {
            return why.confidence == Confidence::declared && why.place.file == one.file && why.place.line == one.line;
          });
      if (!names_line) continue;
      const Place& place = *place_to_mend(finding);
      return fmt::format("the finding is to be mended at {}:{}: the comment belongs there", place.file, place.line);
    }
    return "remove it";
  }

  std::span<const Allowance> allowances_;
  Report& report_;
  std::vector<bool> used_;
  std::vector<bool> expired_;
  std::map<Spot, std::vector<std::size_t>> in_place_;
  std::map<std::string_view, std::vector<std::size_t>> by_rule_;
  std::vector<std::size_t> by_id_;
};

}  // namespace

const Place* place_to_mend(const Finding& finding) {
  for (const Evidence& one : finding.evidence) {
    if (one.confidence == Confidence::declared) return &one.place;
  }
  return nullptr;
}

void suppress(std::span<const Allowance> allowances, std::string_view today, Report& report) {
  Suppressor(allowances, today, report).run();
}

}  // namespace mainstay
