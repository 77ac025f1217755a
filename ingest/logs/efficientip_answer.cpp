// EfficientIP SOLIDserver: BIND's lines with the answers behind an arrow.
#include "ingest/logs/bind_client.h"
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/scan.h"

namespace mainstay {
extern const LogFormat efficientip_answer;

namespace {

/// "474 CNAME b.example. 174 A 192.0.2.10": words of other data are passed over until the next number with a type behind it.
void read_records(std::string_view text, LineScratch& scratch) {
  constexpr std::int64_t kMostTtl = 0x7fffffff;
  while (!text.empty()) {
    const std::int64_t ttl = thousandths(take_word(text)) / 1000;
    if (ttl < 0 || ttl > kMostTtl) continue;
    std::string_view ahead = text;
    const std::string_view type = take_word(ahead);
    const std::size_t known = scratch.answers.size();
    add_answer(scratch, type, take_word(ahead), ttl);
    if (scratch.answers.size() > known) text = ahead;
  }
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  constexpr std::string_view kAnswer = ": answer: ";
  constexpr std::string_view kArrow = "-> ";
  constexpr std::string_view kMark = "x01";  // some versions write it where the code ends
  std::string_view rest = line;
  if (!take_bind_client(rest, out)) return LineVerdict::not_understood;
  const std::size_t answer = rest.find(kAnswer);
  if (answer == std::string_view::npos) return LineVerdict::other;  // a query, whose answer follows
  rest.remove_prefix(answer + kAnswer.size());
  out.name = take_word(rest);
  const std::string_view record_class = take_word(rest);
  out.type = take_word(rest);
  if (rest.starts_with('(')) out.server = address_of_endpoint(rest.substr(1, find_octet(rest, ')') - 1));
  const std::size_t arrow = rest.find(kArrow);
  if (out.name.empty() || out.type.empty() || arrow == std::string_view::npos) return LineVerdict::not_understood;
  if (record_class != "IN") return LineVerdict::other;
  rest.remove_prefix(arrow + kArrow.size());
  std::string_view code = rest.substr(0, rest.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
  rest.remove_prefix(code.size());
  if (rest.starts_with(kMark)) rest.remove_prefix(kMark.size());
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  if (rest.starts_with(kMark)) rest.remove_prefix(kMark.size());
  out.rcode = code;
  read_records(rest, scratch);
  out.step = LineStep::answered;
  return out.rcode.empty() ? LineVerdict::not_understood : LineVerdict::query;
}

}  // namespace

constinit const LogFormat efficientip_answer{.name = "efficientip-answer",
                                             .title = "EfficientIP SOLIDserver DNS answer log",
                                             .reference = "EfficientIP SOLIDserver Administrator Guide, DNS querylog with answers",
                                             .parse_line = &parse_line,
                                             .has_local_time = true,
                                             .program = "named"};

}  // namespace mainstay
