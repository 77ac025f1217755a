// Unbound logs: log-queries and log-replies, with every form of time and tag.
#include <array>
#include <charconv>

#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const LogFormat unbound_reply;

namespace {

constexpr std::size_t kMaxWords = 12;

struct Words {
  std::array<std::string_view, kMaxWords> word;
  std::size_t count = 0;  // kMaxWords + 1 when there are more
};

Words words_of(std::string_view text) {
  Words words;
  while (!text.empty()) {
    if (words.count == kMaxWords) {
      ++words.count;
      break;
    }
    const std::size_t end = text.find(' ');
    words.word[words.count++] = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

/// Moves behind "[PID:TID] TAG: " and gives the tag; empty when the line has no such mark.
std::string_view take_tag(std::string_view& text) {
  for (std::size_t close = text.find("] "); close != std::string_view::npos; close = text.find("] ", close + 1)) {
    std::size_t end = close + 2;
    while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
    if (end == close + 2 || !text.substr(end).starts_with(": ")) continue;
    const std::string_view tag = text.substr(close + 2, end - close - 2);
    text.remove_prefix(end + 2);
    return tag;
  }
  return {};
}

bool is_address(std::string_view text) {
  return !text.empty() && text.find_first_of(".:") != std::string_view::npos &&
         text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
}

/// "0.000306" in microseconds; -1 when it is none.
std::int64_t microseconds(std::string_view text) {
  std::int64_t seconds = 0;
  std::int64_t fraction = 0;
  const auto [point, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure != std::errc{} || point == text.data() + text.size() || *point != '.' || seconds < 0 || seconds > 1000000) return -1;
  const auto [end, failure2] = std::from_chars(point + 1, text.data() + text.size(), fraction);
  if (failure2 != std::errc{} || end - point != 7 || end != text.data() + text.size() || fraction < 0) return -1;
  return seconds * 1000000 + fraction;
}

bool is_class(std::string_view text) { return text == "IN" || text == "CH" || text == "HS" || text == "ANY"; }

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch&) {
  std::string_view rest = line;
  if (const auto epoch = take_epoch_time(rest)) {
    out.time = *epoch;
  } else if (const auto iso = take_iso_time(rest)) {
    out.time = *iso;
  } else {
    skip_yearless_time(rest);
  }
  const std::string_view tag = take_tag(rest);
  if (tag.empty()) return LineVerdict::not_understood;
  if (tag != "info" && tag != "query" && tag != "reply") return LineVerdict::other;
  const Words words = words_of(rest);
  const bool is_query = words.count == 4 && tag != "reply";
  const bool is_reply = (words.count == 8 || (words.count >= 10 && words.word[8] == "on")) && tag != "query";
  if ((!is_query && !is_reply) || !is_address(words.word[0]) || !is_class(words.word[3])) return LineVerdict::other;
  if (words.word[3] != "IN") return LineVerdict::other;
  out.client = words.word[0];
  out.name = words.word[1];
  out.type = words.word[2];
  if (is_query) return LineVerdict::query;
  out.step = LineStep::answered;
  out.rcode = words.word[4];
  out.latency = microseconds(words.word[5]);
  if (words.count >= 11 && is_address(words.word[10])) out.server = words.word[10];  // log-destaddr: "on udp 192.0.2.53 53"
  return LineVerdict::query;
}

}  // namespace

constinit const LogFormat unbound_reply{.name = "unbound-reply",
                                        .title = "Unbound query and reply log",
                                        .reference = "unbound.conf(5), log-queries and log-replies",
                                        .parse_line = &parse_line,
                                        .program = "unbound"};

}  // namespace mainstay
