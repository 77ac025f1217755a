#include <algorithm>
#include <iterator>

#include "ingest/logs/log_format.h"

namespace mainstay {

#define MAINSTAY_LOG_FORMAT(symbol) extern const LogFormat symbol;
#include "ingest/logs/log_formats.inc"
#undef MAINSTAY_LOG_FORMAT

namespace {

constexpr const LogFormat* kFormats[] = {
#define MAINSTAY_LOG_FORMAT(symbol) &symbol,
#include "ingest/logs/log_formats.inc"
#undef MAINSTAY_LOG_FORMAT
};

constexpr std::size_t kLinesLookedAt = 64;

double share_understood(const LogFormat& format, std::string_view head) {
  std::size_t lines = 0;
  std::size_t understood = 0;
  std::size_t queries = 0;
  while (!head.empty() && lines < kLinesLookedAt) {
    const std::size_t end = head.find('\n');
    if (end == std::string_view::npos && lines > 0) break;  // the last line of a head may be cut
    std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    ++lines;
    LogLine read;
    const LineVerdict verdict = format.parse_line(line, read);
    understood += verdict != LineVerdict::not_understood ? 1 : 0;
    queries += verdict == LineVerdict::query ? 1 : 0;
  }
  return queries == 0 ? 0 : static_cast<double>(understood) / static_cast<double>(lines);
}

}  // namespace

std::span<const LogFormat* const> all_log_formats() { return kFormats; }

std::optional<LogRecognition> recognise_log(std::string_view head) {
  LogRecognition best;
  for (const LogFormat* format : kFormats) {
    const double share = share_understood(*format, head);
    if (share > best.confidence) best = {format, share};
  }
  if (best.confidence < 0.5) return std::nullopt;
  return best;
}

std::optional<std::string_view> looks_like_query_log(std::string_view head) {
  const std::optional<LogRecognition> found = recognise_log(head);
  if (!found) return std::nullopt;
  return found->format->name;
}

}  // namespace mainstay
