// Amazon Route 53 query logs of public hosted zones: ten fields, with blanks between them.
#include <array>

#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat route53_public;

namespace {

/// `1.0 2026-11-27T08:16:02.130Z Z0123456789ABCDEFGHIJ www.example.com A NOERROR UDP FRA6 192.0.2.7 -`.
LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch&) {
  constexpr std::size_t kFields = 10;
  std::array<std::string_view, kFields> fields;
  std::string_view rest = line;
  for (std::string_view& field : fields) {
    field = take_word(rest);
    if (field.empty()) return LineVerdict::not_understood;
  }
  std::string_view written = fields[1];
  const auto time = take_iso_time(written);
  const std::string_view protocol = fields[6];
  if (!fields[0].starts_with("1.") || !time || (protocol != "UDP" && protocol != "TCP")) return LineVerdict::not_understood;
  out.time = *time;
  out.server = fields[2];  // each zone has name servers of its own
  out.name = fields[3];
  out.type = fields[4];
  out.rcode = fields[5];
  out.client = fields[8];  // a resolver, which asks for others
  out.step = LineStep::answered;
  return LineVerdict::query;
}

}  // namespace

constinit const LogFormat route53_public{.name = "route53-public",
                                         .title = "Route 53 query log of public hosted zones",
                                         .reference = "Amazon Route 53 Developer Guide, \"Values that appear in DNS query logs\"",
                                         .parse_line = &parse_line};

}  // namespace mainstay
