#include "ingest/logs/recognition.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "ingest/logs/record_format.h"

namespace mainstay {
namespace {

constexpr std::size_t kLinesLookedAt = 64;
constexpr std::size_t kLinesForHope = 8;

std::vector<std::string_view> first_lines(std::string_view head) {
  std::vector<std::string_view> lines;
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    if (end == std::string_view::npos && !lines.empty()) break;  // the last line of a head may be cut
    std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

struct Trial {
  LogRecognition found;
  std::size_t at_once = 0;  // understood of the first lines, which all formats are compared by
  std::size_t with_time = 0;
};

/// Gives up on what understands none of the first lines: most files of a tree are no logs at all. A server says much when it starts, so
/// that a log may have its first query far down.
Trial tried(const std::vector<std::string_view>& lines, const Envelope& envelope, const LogFormat& format) {
  Trial trial{.found = {.format = &format, .envelope = &envelope}};
  LineScratch scratch;
  LineOpener opener(envelope);
  for (const std::string_view line : lines) {
    if (trial.found.lines == kLinesForHope && trial.found.understood == 0) break;
    if (trial.found.lines == kLinesLookedAt) trial.at_once = trial.found.understood;
    if (trial.found.lines >= kLinesLookedAt && (trial.found.queries > 0 || 2 * trial.found.understood < trial.found.lines)) break;
    ++trial.found.lines;
    scratch.clear();
    const std::optional<Enclosed> inner = opener.open(line, scratch);
    if (!inner) continue;
    if (inner->is_part) {
      ++trial.found.understood;
      continue;
    }
    LogLine read;
    read.time = inner->time;
    const LineVerdict verdict = read_enclosed(format, *inner, read, scratch);
    trial.found.understood += verdict != LineVerdict::not_understood ? 1 : 0;
    trial.found.queries += verdict == LineVerdict::query ? 1 : 0;
    trial.with_time += verdict == LineVerdict::query && (read.time != LogLine::kNoTime || inner->time != LogLine::kNoTime) ? 1 : 0;
  }
  if (trial.found.lines <= kLinesLookedAt) trial.at_once = trial.found.understood;
  return trial;
}

bool opens_any(const std::vector<std::string_view>& lines, const Envelope& envelope) {
  LineScratch scratch;
  for (std::size_t at = 0; at < std::min(lines.size(), kLinesForHope); ++at) {
    scratch.clear();
    if (envelope.open(lines[at], scratch)) return true;
  }
  return false;
}

std::optional<LogRecognition> recognise_records(std::string_view head, const LogFormat* only) {
  for (const LogFormat* format : all_log_formats()) {
    if (format->records == nullptr || (only != nullptr && format != only)) continue;
    std::string why = format->records->recognise(head);
    if (!why.empty()) return LogRecognition{.format = format, .envelope = all_envelopes().front(), .records = std::move(why)};
  }
  return std::nullopt;
}

}  // namespace

std::string LogRecognition::reason() const {
  if (!records.empty()) return records;
  const std::string in = envelope->name == "none" ? std::string() : fmt::format(" in {}", envelope->name);
  return fmt::format("{} of the first {} lines are {}{}, {} of them queries", understood, lines, format->title, in, queries);
}

std::optional<LogRecognition> recognise_log(std::string_view head, const LogFormat* only) {
  if (std::optional<LogRecognition> found = recognise_records(head, only)) return found;
  const std::vector<std::string_view> lines = first_lines(head);
  Trial best;
  for (const Envelope* envelope : all_envelopes()) {
    if (!opens_any(lines, *envelope)) continue;
    for (const LogFormat* format : all_log_formats()) {
      if (format->records != nullptr || (only != nullptr && format != only)) continue;
      const Trial trial = tried(lines, *envelope, *format);
      if ((trial.found.queries == 0 && only == nullptr) || 2 * trial.found.understood < trial.found.lines || trial.found.understood == 0)
        continue;
      const bool is_better = best.found.format == nullptr || trial.at_once > best.at_once ||
                             (trial.at_once == best.at_once && trial.with_time > best.with_time);
      if (is_better) best = trial;
    }
  }
  if (best.found.format == nullptr) return std::nullopt;
  return best.found;
}

std::optional<std::string_view> looks_like_query_log(std::string_view head) {
  const std::optional<LogRecognition> found = recognise_log(head);
  if (!found) return std::nullopt;
  return found->format->name;
}

}  // namespace mainstay
