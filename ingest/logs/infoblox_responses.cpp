// Infoblox NIOS: its category responses, which says the answers with the question.
#include <algorithm>

#include "ingest/logs/bind_client.h"
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat infoblox_responses;

namespace {

/// "www.corp.example. 28800 IN A 192.0.2.10; ..."
void read_records(std::string_view text, LineScratch& scratch) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view record = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (record.starts_with(' ')) record.remove_prefix(1);
    take_word(record);  // its owner
    const std::int64_t ttl = thousandths(take_word(record));
    if (take_word(record) != "IN" || ttl < 0) continue;
    const std::string_view type = take_word(record);
    add_answer(scratch, type, take_word(record), ttl / 1000);
  }
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  constexpr std::string_view kTag = "infoblox-responses: ";
  constexpr std::string_view kQuery = "P: query: ";  // behind UDP or TCP
  constexpr std::string_view kResponse = "response: ";
  const std::size_t tag = line.find(kTag);
  std::string_view rest = tag == std::string_view::npos ? line : line.substr(tag + kTag.size());
  if (!take_bind_client(rest, out)) return LineVerdict::not_understood;
  const std::size_t query = rest.find(kQuery);
  if (query == std::string_view::npos) return LineVerdict::not_understood;
  rest.remove_prefix(query + kQuery.size());
  out.name = take_word(rest);
  const std::string_view record_class = take_word(rest);
  out.type = take_word(rest);
  if (out.name.empty() || out.type.empty() || !rest.starts_with(kResponse)) return LineVerdict::not_understood;
  if (record_class != "IN") return LineVerdict::other;
  rest.remove_prefix(kResponse.size());
  out.rcode = take_word(rest);
  take_word(rest);  // flags
  read_records(rest, scratch);
  out.step = LineStep::answered;
  return out.rcode.empty() ? LineVerdict::not_understood : LineVerdict::query;
}

}  // namespace

constinit const LogFormat infoblox_responses{.name = "infoblox-responses",
                                             .title = "Infoblox NIOS responses log",
                                             .reference = "Infoblox NIOS documentation, \"Capturing DNS Queries and Responses\"",
                                             .parse_line = &parse_line,
                                             .has_local_time = true,
                                             .program = "named"};

}  // namespace mainstay
