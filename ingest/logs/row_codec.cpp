#include "ingest/logs/row_codec.h"

#include <utility>

#include "graph/values/domain_name.h"
#include "ingest/logs/name_form.h"
#include "ingest/logs/octet_codec.h"

namespace mainstay {
namespace {

constexpr std::size_t kLongestText = 65536;
constexpr std::uint64_t kMostCount = std::uint64_t{1} << 56;  // sums of many partials stay far from the end of the numbers
constexpr std::uint64_t kLastTime = 253402300800000000;       // microseconds: the end of the year 9999

/// Times and TTLs, with 0 for none.
void append_optional(OctetWriter& out, std::int64_t value) { out.number(value < 0 ? 0 : static_cast<std::uint64_t>(value) + 1); }

std::int64_t optional_number(OctetReader& in, std::uint64_t most, std::int64_t none) {
  const std::uint64_t value = in.number(most + 1);
  return value == 0 ? none : static_cast<std::int64_t>(value - 1);
}

void append_sketches(OctetWriter& out, const RowParts& row) {
  const LatencySketch& latency = *row.latency;
  out.number(latency.steps().size());
  for (const LatencySketch::Step& step : latency.steps()) {
    out.number(step.index);
    out.number(step.count);
  }
  out.number(latency.smallest());
  out.number(latency.largest());
  out.number(row.clients.size());
  for (const std::uint64_t hash : row.clients) out.number(hash);
  out.text({reinterpret_cast<const char*>(row.registers.data()), row.registers.size()});
}

void read_sketches(OctetReader& in, ObservedRow& row) {
  std::vector<LatencySketch::Step> steps;
  for (std::uint64_t left = in.number(LatencySketch::kSteps); left > 0 && in.is_good(); --left) {
    const auto index = static_cast<std::uint16_t>(in.number(LatencySketch::kSteps - 1u));
    steps.push_back({index, in.number(kMostCount)});
  }
  const std::uint64_t smallest = in.number();
  const std::uint64_t largest = in.number();
  if (!LatencySketch::restore(std::move(steps), smallest, largest, row.latency)) in.fail();
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t left = in.number(ClientSketch::kExact); left > 0 && in.is_good(); --left) hashes.push_back(in.number());
  const std::string_view ranks = in.text(ClientSketch::kRegisters);
  if (!ClientSketch::restore(std::move(hashes), {ranks.begin(), ranks.end()}, row.clients)) in.fail();
}

void read_minutes(OctetReader& in, ObservedRow& row) {
  constexpr std::uint64_t kMost = 0xffffffff;
  std::uint64_t minute = 0;
  for (std::uint64_t left = in.number(kMost); left > 0 && in.is_good(); --left) {
    minute += in.number(kMost);
    MinuteCount count{.asked = static_cast<std::uint32_t>(in.number(kMost)), .answered = static_cast<std::uint32_t>(in.number(kMost))};
    const bool rises = row.minutes.empty() || row.minutes.back().minute < minute;
    if (!rises || minute > kMost || count.queries() == 0) in.fail();
    count.minute = static_cast<std::uint32_t>(minute);
    row.minutes.push_back(count);
  }
}

void read_answers(OctetReader& in, ObservedRow& row) {
  std::vector<std::string> answers;
  for (std::uint64_t left = in.number(AnswerSet::kMost); left > 0 && in.is_good(); --left) answers.emplace_back(in.text(kLongestText));
  const bool has_more = in.number(1) != 0;
  if (!AnswerSet::restore(std::move(answers), has_more, row.answers)) in.fail();
}

bool is_name(const std::string& text) {
  const Result<DomainName> name = text.size() <= kLongestName ? DomainName::parse(text) : Error{"too long"};
  return name && name->text() == text;
}

}  // namespace

void append_row(std::string& octets, const RowParts& row) {
  OctetWriter out(octets);
  for (const std::string_view text : {row.name, row.type, row.client, row.server, row.format}) out.text(text);
  out.number(row.window);
  out.number(row.asked);
  out.number(row.answered);
  out.number(row.rcodes.size());
  for (const auto& [code, count] : row.rcodes) {
    out.text(code);
    out.number(count);
  }
  append_sketches(out, row);
  out.number(row.answers->texts().size());
  for (const std::string& text : row.answers->texts()) out.text(text);
  out.number(row.answers->has_more() ? 1 : 0);
  append_optional(out, row.ttl_low);
  append_optional(out, row.ttl_high);
  append_optional(out, row.first);
  append_optional(out, row.last);
  out.number(row.minutes.size());
  std::uint32_t before = 0;
  for (const MinuteCount& one : row.minutes) {
    out.number(one.minute - before);
    before = one.minute;
    out.number(one.asked);
    out.number(one.answered);
  }
}

void append_row(std::string& octets, const ObservedRow& row) {
  append_row(octets, RowParts{.name = row.name,
                              .type = row.type,
                              .client = row.client,
                              .server = row.server,
                              .format = row.format,
                              .window = row.window,
                              .asked = row.asked,
                              .answered = row.answered,
                              .rcodes = {row.rcodes.begin(), row.rcodes.end()},
                              .latency = &row.latency,
                              .clients = row.clients.hashes(),
                              .registers = row.clients.registers(),
                              .answers = &row.answers,
                              .ttl_low = row.ttl_low,
                              .ttl_high = row.ttl_high,
                              .first = row.first,
                              .last = row.last,
                              .minutes = row.minutes});
}

std::optional<ObservedRow> row_from(std::string_view octets) {
  OctetReader in(octets);
  ObservedRow row;
  for (std::string* text : {&row.name, &row.type, &row.client, &row.server, &row.format}) *text = in.text(kLongestText);
  row.window = static_cast<std::uint32_t>(in.number(0xffffffff));
  row.asked = in.number(kMostCount);
  row.answered = in.number(kMostCount);
  for (std::uint64_t left = in.number(kLongestText); left > 0 && in.is_good(); --left) {
    std::string code(in.text(kLongestText));
    if (!row.rcodes.empty() && code <= row.rcodes.rbegin()->first) in.fail();
    row.rcodes.emplace_hint(row.rcodes.end(), std::move(code), in.number(kMostCount));
  }
  read_sketches(in, row);
  read_answers(in, row);
  constexpr std::uint64_t kLongestTtl = 0x7fffffff;
  row.ttl_low = optional_number(in, kLongestTtl, -1);
  row.ttl_high = optional_number(in, kLongestTtl, -1);
  row.first = optional_number(in, kLastTime, ObservedRow::kNoTime);
  row.last = optional_number(in, kLastTime, ObservedRow::kNoTime);
  read_minutes(in, row);
  const bool is_ordered = row.ttl_low <= row.ttl_high && row.first <= row.last && (row.ttl_low < 0) == (row.ttl_high < 0);
  if (!in.is_done() || !is_ordered || !is_name(row.name)) return std::nullopt;
  return row;
}

}  // namespace mainstay
