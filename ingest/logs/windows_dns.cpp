// Windows DNS Server: the debug log, in every form of date that can be told apart.
#include <charconv>
#include <cstring>

#include "ingest/logs/dns_codes.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat windows_dns;

namespace {

bool is_hex(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string_view take_field(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return take_word(text);
}

/// "(3)www(4)corp(7)example(0)" as "www.corp.example."; empty when it is none. Octets that a name's text escapes are escaped.
std::string_view name_of(std::string_view text, LineScratch& scratch) {
  char* const begin = scratch.room(4 * text.size() + 1);
  char* out = begin;
  while (text.starts_with('(')) {
    unsigned size = 0;
    const auto [end, failure] = std::from_chars(text.data() + 1, text.data() + text.size(), size);
    if (failure != std::errc{} || end == text.data() + text.size() || *end != ')' || size > 63) return {};
    text.remove_prefix(static_cast<std::size_t>(end + 1 - text.data()));
    if (size == 0) {
      if (out == begin) *out++ = '.';
      return text.empty() ? std::string_view(begin, static_cast<std::size_t>(out - begin)) : std::string_view();
    }
    if (text.size() < size) return {};
    for (const char c : text.substr(0, size)) {
      if (c == '.' || c == '\\') *out++ = '\\';
      *out++ = c;
    }
    *out++ = '.';
    text.remove_prefix(size);
  }
  return {};
}

/// The date and the time, one to three words up to the thread's number, of which nothing is known but that they are digits and separators.
bool skip_date(std::string_view& text) {
  for (int words = 0; words < 4; ++words) {
    const std::string_view word = take_field(text);
    if (words >= 2 && is_hex(word, 3, 4)) return true;
    const bool is_half = word == "AM" || word == "PM";
    if (word.empty() || (!is_half && word.find_first_not_of("0123456789/.:-") != std::string_view::npos)) return false;
  }
  return false;
}

/// The lines at the top of a file.
bool is_header(std::string_view line) {
  return line.starts_with('\t') || line.starts_with(' ') || line.starts_with("DNS Server log file") || line.starts_with("Log file wrap") ||
         line.starts_with("Message logging key");
}

/// "DATE TIME THREAD PACKET ADDRESS UDP Rcv 192.0.2.1 6d2a   Q [0001   D   NOERROR] A      (3)www(4)corp(0)".
LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  std::string_view rest = line;
  if (!skip_date(rest)) return is_header(line) ? LineVerdict::other : LineVerdict::not_understood;
  if (take_field(rest) != "PACKET") return LineVerdict::other;
  std::string_view word = take_field(rest);
  if (is_hex(word, 8, 16)) word = take_field(rest);
  if (word != "UDP" && word != "TCP") return LineVerdict::other;
  const std::string_view direction = take_field(rest);
  out.client = take_field(rest);
  take_field(rest);  // the question's number
  word = take_field(rest);
  const bool is_reply = word == "R";
  if (is_reply) word = take_field(rest);
  // Questions that came in and replies that went out are those of clients; the others are between this server and the next.
  if (word != "Q" || direction != (is_reply ? "Snd" : "Rcv")) return LineVerdict::other;
  const std::size_t open = rest.find('[');
  const std::size_t close = rest.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return LineVerdict::not_understood;
  std::string_view flags = rest.substr(open + 1, close - open - 1);
  while (flags.ends_with(' ')) flags.remove_suffix(1);
  if (is_reply) {
    out.rcode = flags.substr(flags.rfind(' ') + 1);
    out.step = LineStep::answered;
  }
  rest.remove_prefix(close + 1);
  out.type = take_field(rest);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  while (rest.ends_with(' ') || rest.ends_with('\t')) rest.remove_suffix(1);
  out.name = name_of(rest, scratch);
  return out.name.empty() || out.type.empty() ? LineVerdict::not_understood : LineVerdict::query;
}

}  // namespace

constinit const LogFormat windows_dns{.name = "windows-dns",
                                      .title = "Windows DNS Server debug log",
                                      .reference = "Windows Server documentation, \"DNS logging and diagnostics\"",
                                      .parse_line = &parse_line};

}  // namespace mainstay
