// Verdict: what a gate says of a change, and what it could not judge.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/gate/comparison.h"
#include "graph/findings/report.h"

namespace mainstay {

/// What closes a gate: "new:high" (findings that are new or worse), "any:high" (all that are there), "none".
struct GateThreshold {
  bool only_new = true;
  std::optional<Severity> least;  // unset: none
  Confidence confidence = Confidence::assumed;

  /// Nothing when the text is none of these.
  static std::optional<GateThreshold> parse(std::string_view text);
};

/// A file whose part in the change nobody can judge.
struct NotEvaluated {
  std::string file;
  std::string why;
};

/// What a gate prints.
struct GateReport {
  std::string folder;  // that is judged, as given
  std::string base;    // as given, and the first digits of the commit
  std::string base_commit;
  std::string head;
  std::string head_commit;
  std::vector<std::string> changed;  // files
  std::vector<std::string> words;    // what the change does to sign-in
  std::vector<std::string> steps;    // the safe order
  Comparison comparison;
  std::vector<std::string> locked_out;  // workloads that could authenticate before and cannot now, with nothing failed
  std::vector<NotEvaluated> not_evaluated;
  std::size_t counted = 0;  // findings and locked-out workloads that close the gate
  GateThreshold threshold;
};

/// How a gate ends: the word of its JSON, and exit status 0, 1 or 3.
enum class Verdict : std::uint8_t { pass, fail, unknown };
std::string_view word(Verdict verdict);
Verdict verdict_of(const GateReport& report);

/// What the head's tree holds, by names as SourceEntry has them.
struct HeadFiles {
  std::set<std::string, std::less<>> there;
  std::map<std::string, std::string> left_out;  // what is there and cannot be read, with the reason
};

/// The findings that close the gate.
std::vector<Finding> counted_findings(const Comparison& comparison, const Report& head, const GateThreshold& threshold);

/// Workloads of both states that can authenticate in the first and, with everything running, cannot in the second. Sorted.
std::vector<std::string> locked_out(const Analysis& base, const Analysis& head);

/// What of a change could not be judged: changed files that are there and could not be read, or not wholly; and files that were read before
/// and are not now, though they are still there.
/// Shape: `changed` sorted; the result by file.
std::vector<NotEvaluated> not_evaluated(const std::vector<std::string>& changed, const HeadFiles& files, const Report& base,
                                        const Report& head);

}  // namespace mainstay
