// Syslog: the header of RFC 3164 (with or without a priority, a year, a time of RFC 3339) and that of RFC 5424.
#include "ingest/logs/envelope.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const Envelope syslog_envelope;

namespace {

/// Moves behind "<30>" when it is there.
void skip_priority(std::string_view& text) {
  if (!text.starts_with('<')) return;
  std::size_t at = 1;
  while (at < text.size() && at < 4 && text[at] >= '0' && text[at] <= '9') ++at;
  if (at > 1 && at < text.size() && text[at] == '>') text.remove_prefix(at + 1);
}

/// Moves behind structured data, "-" or "[id name=\"value\"]...".
bool skip_structured_data(std::string_view& text) {
  if (text.starts_with("- ")) {
    text.remove_prefix(2);
    return true;
  }
  bool is_quoted = false;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '\\' && is_quoted) {
      ++at;
    } else if (text[at] == '"') {
      is_quoted = !is_quoted;
    } else if (text[at] == ']' && !is_quoted && text[at + 1] != '[') {
      text.remove_prefix(at + 1);
      if (text.starts_with(' ')) text.remove_prefix(1);
      return true;
    }
  }
  return false;
}

/// "named" of "named[2588]" and of "/usr/sbin/named".
std::string_view program_of(std::string_view tag) {
  tag = tag.substr(0, find_octet(tag, '['));
  return tag.substr(tag.rfind('/') + 1);
}

std::optional<Enclosed> open_5424(std::string_view text) {
  Enclosed out;
  if (const auto time = take_iso_time(text)) {
    out.time = *time;
    if (text.starts_with(' ')) text.remove_prefix(1);
  } else {
    take_word(text);
  }
  take_word(text);  // the host
  out.program = program_of(take_word(text));
  for (int field = 0; field < 2; ++field) take_word(text);  // process, message id
  if (!text.starts_with('[') && !text.starts_with("- ")) return std::nullopt;
  if (!skip_structured_data(text)) return std::nullopt;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  out.text = text;
  return out;
}

/// "named[2588]" or "unbound".
bool is_tag(std::string_view word) {
  return !word.empty() &&
         word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./[]@") == std::string_view::npos;
}

std::optional<Enclosed> open_line(std::string_view text, LineScratch&) {
  skip_priority(text);
  if (text.starts_with("1 ") && text.size() > 22 && (text[6] == '-' || text[2] == '-')) return open_5424(text.substr(2));
  Enclosed out;
  if (const auto time = take_iso_time(text)) {
    out.time = *time;
  } else if (!skip_yearless_time(text)) {
    return std::nullopt;
  }
  if (!text.starts_with(' ')) return std::nullopt;
  text.remove_prefix(1);
  take_word(text);  // the host
  // The program, which ends with a colon; some relays put a second host in front of it.
  for (int words = 0; words < 2; ++words) {
    const std::string_view word = take_word(text);
    if (word.ends_with(':') && is_tag(word.substr(0, word.size() - 1))) {
      out.program = program_of(word.substr(0, word.size() - 1));
      out.text = text;
      return out;
    }
  }
  return std::nullopt;
}

}  // namespace

constinit const Envelope syslog_envelope{.name = "syslog", .open = &open_line};

}  // namespace mainstay
