#include "graph/findings/finding.h"

#include <array>

namespace mainstay {
namespace {

constexpr std::array<std::string_view, 5> kSeverities = {"info", "low", "medium", "high", "critical"};

}  // namespace

std::string_view word(SuppressionKind kind) {
  constexpr std::array<std::string_view, 4> kWords = {"in-place", "configuration", "waiver", "baseline"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view word(Severity severity) { return kSeverities[static_cast<std::size_t>(severity)]; }

std::optional<Severity> severity_of(std::string_view word) {
  for (std::size_t at = 0; at < kSeverities.size(); ++at) {
    if (kSeverities[at] == word) return Severity(static_cast<std::uint8_t>(at));
  }
  return std::nullopt;
}

Severity raised(Severity severity) {
  return severity == Severity::critical ? severity : Severity(static_cast<std::uint8_t>(static_cast<int>(severity) + 1));
}

Severity lowered(Severity severity) {
  return severity == Severity::info ? severity : Severity(static_cast<std::uint8_t>(static_cast<int>(severity) - 1));
}

}  // namespace mainstay
