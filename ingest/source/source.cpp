#include "ingest/source/source.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "graph/values/assert.h"
#include "graph/values/redaction.h"

namespace mainstay {
namespace {

constexpr std::size_t kMaxQuoted = 200;

std::string_view trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r") + 1 - begin);
}

/// Cuts a line of any length around the octet `focus`, never inside a UTF-8 sequence.
std::string_view cut(std::string_view line, std::size_t focus) {
  if (line.size() <= kMaxQuoted) return line;
  std::size_t begin = focus > kMaxQuoted / 2 ? focus - kMaxQuoted / 2 : 0;
  begin = std::min(begin, line.size() - kMaxQuoted);
  std::size_t end = begin + kMaxQuoted;
  const auto continues = [&](std::size_t at) { return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xc0) == 0x80; };
  for (int steps = 0; steps < 3 && continues(begin); ++steps) ++begin;
  for (int steps = 0; steps < 3 && end > begin && continues(end); ++steps) --end;
  return line.substr(begin, end - begin);
}

/// Where the octet `at` of a line stands when parts of the line are masked; nothing when it is masked itself, or not certain.
/// An octet in front of all masks stays, one behind all of them keeps its distance to the end.
std::optional<std::size_t> after_masking(std::string_view line, std::string_view masked, std::size_t at) {
  if (at >= line.size()) return std::nullopt;
  const auto first = std::mismatch(line.begin(), line.end(), masked.begin(), masked.end()).first;
  if (at < static_cast<std::size_t>(first - line.begin())) return at;
  const auto last = std::mismatch(line.rbegin(), line.rend(), masked.rbegin(), masked.rend()).first;
  const std::size_t from_end = line.size() - at;
  if (from_end <= static_cast<std::size_t>(last - line.rbegin())) return masked.size() - from_end;
  return std::nullopt;
}

}  // namespace

Source::Source(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {
  MAINSTAY_ASSERT(bytes_.size() < std::numeric_limits<std::uint32_t>::max(), "the walker refuses larger files");
}

Source::Quoted Source::quoted(std::uint32_t begin, std::uint32_t end) const {
  MAINSTAY_ASSERT(begin <= end && end <= bytes_.size(), "a location lies inside its source");
  if (line_starts_.empty()) {
    line_starts_.push_back(0);
    for (std::size_t at = bytes_.find('\n'); at != std::string::npos; at = bytes_.find('\n', at + 1)) {
      line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    }
  }
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), begin);
  const std::uint32_t line_begin = *(next - 1);
  const std::uint32_t line_end = next == line_starts_.end() ? static_cast<std::uint32_t>(bytes_.size()) : *next - 1;
  const std::string_view line = std::string_view(bytes_).substr(line_begin, line_end - line_begin);
  Quoted quoted;
  Place& place = quoted.place;
  place.file = name_;
  place.line = static_cast<std::uint32_t>(next - line_starts_.begin());
  place.column = begin - line_begin + 1;
  place.length = std::max(1u, std::min(end, std::max(line_end, begin)) - begin);
  // A wider window is redacted than is quoted, so that a key stands beside its value when the mask is chosen.
  constexpr std::size_t kMaxRedacted = 4096;
  const std::size_t focus = begin - line_begin;
  const std::size_t from = focus > kMaxRedacted / 2 ? focus - kMaxRedacted / 2 : 0;
  const std::string_view window = line.substr(from, kMaxRedacted);
  const std::string masked = redacted(window);
  const std::optional<std::size_t> shown = after_masking(window, masked, focus - from);
  const std::string_view text = trimmed(cut(masked, shown.value_or(std::min(focus - from, masked.size()))));
  place.text = std::string(text);
  if (text.empty()) return quoted;
  const auto skipped = static_cast<std::size_t>(text.data() - masked.data());
  if (shown && *shown >= skipped && *shown - skipped < text.size()) quoted.caret = static_cast<std::uint32_t>(*shown - skipped + 1);
  return quoted;
}

void Diagnostics::error(const Source& source, Location where, std::string message, std::string hint) {
  add(source, where, DiagnosticSeverity::error, std::move(message), std::move(hint));
}

void Diagnostics::warning(const Source& source, Location where, std::string message, std::string hint) {
  add(source, where, DiagnosticSeverity::warning, std::move(message), std::move(hint));
}

void Diagnostics::note(const Source& source, Location where, std::string message, std::string hint) {
  add(source, where, DiagnosticSeverity::note, std::move(message), std::move(hint));
}

void Diagnostics::add(const Source& source, Location where, DiagnosticSeverity severity, std::string message, std::string hint) {
  if (!is_kept(severity)) return;  // before the line is quoted: that is what makes a diagnostic dear
  Source::Quoted quoted = source.quoted(where.begin, where.end);
  all_.push_back({std::move(quoted.place), severity, std::move(message), std::move(hint), quoted.caret});
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (is_kept(diagnostic.severity)) all_.push_back(std::move(diagnostic));
}

bool Diagnostics::is_kept(DiagnosticSeverity severity) {
  if (severity == DiagnosticSeverity::error) ++errors_;
  if (all_.size() < kMaxProblems) return true;
  ++dropped_;
  return false;
}

}  // namespace mainstay
