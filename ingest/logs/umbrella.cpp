// Cisco Umbrella: DNS logs as CSV; their number of columns grows with the version, and the first nine stay.
#include <array>

#include "ingest/logs/dns_codes.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat umbrella;

namespace {

/// Takes a field of CSV and its comma off the front; a quotation mark inside of quotation marks is written twice, and is left so.
bool take_field(std::string_view& text, std::string_view& field) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (!text.starts_with('"')) {
    const std::size_t comma = find_octet(text, ',');
    field = text.substr(0, comma);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    return true;
  }
  std::size_t end = find_octet(text, '"', 1);
  while (end != std::string_view::npos && text.substr(end).starts_with("\"\"")) end = find_octet(text, '"', end + 2);
  if (end == std::string_view::npos) return false;
  field = text.substr(1, end - 1);
  text.remove_prefix(end + 1);
  if (text.starts_with(',')) text.remove_prefix(1);
  return true;
}

/// Time, identity, identities, internal address, external address, action, "1 (A)", response code, name, categories, ...
LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  std::string_view rest = line;
  std::array<std::string_view, 9> field;
  for (std::string_view& one : field) {
    if (rest.empty() || !take_field(rest, one)) return LineVerdict::not_understood;
  }
  const auto time = take_iso_time(field[0]);
  if (!time || !field[0].empty()) return line.find("timestamp") < 16 ? LineVerdict::other : LineVerdict::not_understood;
  out.time = *time;
  out.client = field[3].empty() ? field[4] : field[3];
  const std::size_t open = field[6].find('(');
  out.type = open == std::string_view::npos ? type_word(field[6], scratch) : field[6].substr(open + 1, field[6].find(')') - open - 1);
  out.rcode = rcode_word(field[7], scratch);
  out.name = field[8];
  if (out.client.empty() || out.type.empty() || out.rcode.empty() || out.name.empty()) return LineVerdict::not_understood;
  out.step = LineStep::answered;
  return LineVerdict::query;
}

}  // namespace

constinit const LogFormat umbrella{.name = "umbrella",
                                   .title = "Cisco Umbrella DNS log",
                                   .reference = "Cisco Umbrella documentation, \"DNS Log Formats\"",
                                   .parse_line = &parse_line};

}  // namespace mainstay
