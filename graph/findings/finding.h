// Finding: what a rule has to say, with all that a reader needs to believe and to mend it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/evidence.h"

namespace mainstay {

/// How bad, from least to worst.
enum class Severity : std::uint8_t { info, low, medium, high, critical };
std::string_view word(Severity severity);
/// The severity of that word; nothing for other words.
std::optional<Severity> severity_of(std::string_view word);
/// One step up or down, never past the ends.
Severity raised(Severity severity);
Severity lowered(Severity severity);

/// What a finding is about: a canonical name, never a line number.
struct Subject {
  std::string kind;  // a NodeKind word, or "record", "stub", "name"
  std::string name;
  friend auto operator<=>(const Subject&, const Subject&) = default;
};

/// Where somebody decided to live with a finding.
enum class SuppressionKind : std::uint8_t { in_place, configuration, waiver, baseline };
/// "in-place", "configuration", "waiver", "baseline".
std::string_view word(SuppressionKind kind);

/// A decision to live with a finding for now.
/// Shape: `place` is where it is written; `until` is a date (YYYY-MM-DD, that day included), empty for no end.
struct Suppression {
  SuppressionKind kind = SuppressionKind::in_place;
  std::string reason;
  std::string until;
  Place place;
  friend auto operator<=>(const Suppression&, const Suppression&) = default;
};

/// One finding.
/// Shape: `subjects` starts with what must change; `affected` are workload ids, sorted; `evidence` starts with the place to mend;
///        `same_blast` are other single faults of the same loss, not listed again; `arithmetic` shows how a number was reached.
struct Finding {
  std::string rule;
  std::string id;  // see fingerprint()
  Severity severity = Severity::info;
  Confidence confidence = Confidence::assumed;
  std::string message;
  std::string fix;
  std::vector<Subject> subjects;
  std::vector<std::string> affected;
  std::vector<Evidence> evidence;
  std::vector<Subject> same_blast;
  std::string arithmetic;
  std::vector<std::string> owners;  // of the place to mend, as the tree's CODEOWNERS names them
  std::optional<Suppression> suppression;
  friend auto operator<=>(const Finding&, const Finding&) = default;
};

/// The stable id of a finding: the first 16 hexadecimal digits of the SHA-256 of the rule and the canonical names of its subjects.
/// Lines, file order and wording do not change it, so tickets survive edits.
std::string fingerprint(std::string_view rule, const std::vector<Subject>& subjects);

}  // namespace mainstay
