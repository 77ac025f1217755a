#include "ingest/logs/sql/sql_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "graph/values/ip_address.h"
#include "graph/values/redaction.h"
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/name_form.h"
#include "ingest/logs/sql/result_table.h"

namespace mainstay {
namespace {

struct Column {
  enum : std::size_t { server, client, name, type, rcode, asked, answered, minute, first, last, latency, fastest, slowest, columns };
};

constexpr std::array<std::string_view, Column::columns> kNames{"server",     "client",     "name",      "type",     "rcode",
                                                               "asked",      "answered",   "minute",    "first_us", "last_us",
                                                               "latency_us", "fastest_us", "slowest_us"};
constexpr std::size_t kNeeded = Column::minute;
constexpr std::size_t kExamples = 3;
constexpr std::int64_t kMinute = 60'000'000;
constexpr std::int64_t kLastMinute = 4294967295;

void say(LogPart& part, DiagnosticSeverity severity, std::string message, std::string hint = {}) {
  part.problems.push_back({{.file = part.account.file}, severity, std::move(message), std::move(hint)});
}

/// A whole number; "12.0" too, which is how some engines print one.
std::optional<std::int64_t> number(std::string_view text) {
  if (text.ends_with(".0")) text.remove_suffix(2);
  std::int64_t value = 0;
  const char* const stop = text.data() + text.size();
  const auto [end, failure] = std::from_chars(text.data(), stop, value);
  if (failure != std::errc{} || end != stop) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> count(std::string_view text) {
  const auto value = number(text);
  if (!value || *value < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*value);
}

/// An address as our own: those of version 4 stand in columns of version 6 with a prefix.
std::string_view address_of(std::string_view text) {
  constexpr std::string_view kMapped = "::ffff:";
  if (text.starts_with(kMapped) && text.find('.') != std::string_view::npos) text.remove_prefix(kMapped.size());
  return text;
}

/// The sketch of `count` latencies of one step.
bool sketch(const std::vector<std::string>& values, std::uint64_t count, LatencySketch& out) {
  if (values[Column::latency].empty()) return true;
  const auto step = mainstay::number(values[Column::latency]);
  if (!step) return false;
  if (*step < 0) return true;  // a clock went back
  const auto least = mainstay::number(values[Column::fastest]).value_or(*step);
  const auto most = mainstay::number(values[Column::slowest]).value_or(*step);
  LatencySketch one;
  one.add(static_cast<std::uint64_t>(*step));
  LatencySketch low, high;
  low.add(static_cast<std::uint64_t>(std::max<std::int64_t>(least, 0)));
  high.add(static_cast<std::uint64_t>(std::max<std::int64_t>(most, 0)));
  if (low.steps()[0].index != one.steps()[0].index || high.steps()[0].index != one.steps()[0].index || count == 0) return false;
  return LatencySketch::restore({{one.steps()[0].index, count}}, static_cast<std::uint64_t>(least), static_cast<std::uint64_t>(most), out);
}

bool take_times(const std::vector<std::string>& values, const GroupSettings& groups, ObservedRow& row) {
  if (values[Column::minute].empty()) return true;
  const auto minute = number(values[Column::minute]);
  const auto first = number(values[Column::first]);
  const auto last = number(values[Column::last]);
  if (!minute || *minute < 0 || *minute > kLastMinute || !first || !last || *first > *last) return false;
  if (*first / kMinute != *minute || *last / kMinute != *minute) return false;
  row.first = *first;
  row.last = *last;
  const auto most = std::uint64_t{0xffffffff};
  row.minutes = {{static_cast<std::uint32_t>(*minute), static_cast<std::uint32_t>(std::min(row.asked, most)),
                  static_cast<std::uint32_t>(std::min(row.answered, most))}};
  if (groups.window > 0) row.window = static_cast<std::uint32_t>(*first / groups.window) + 1;
  return true;
}

void take_client(std::string_view text, const GroupSettings& groups, ObservedRow& row) {
  const Result<IpAddress> address = IpAddress::parse(text);
  const std::string canonical = address ? address->text() : std::string(text);
  const std::string_view group = address && groups.clients != nullptr ? groups.clients->group_of(*address) : std::string_view();
  row.client = group.empty() ? canonical : std::string(group);
  row.clients.add(ClientSketch::hash_of(canonical));
}

std::optional<ObservedRow> row_of(const std::vector<std::string>& values, const SqlSource& source, const CountSettings& settings,
                                  LineScratch& scratch) {
  char canonical[kLongestName];
  const std::optional<NameForm> name = write_canonical_name(values[Column::name], canonical, 0);
  const auto asked = count(values[Column::asked]);
  const auto answered = count(values[Column::answered]);
  if (!name || !asked || !answered || *asked > kLastMinute || *answered > kLastMinute || *asked + *answered == 0) return std::nullopt;
  ObservedRow row{.name = std::string(canonical, name->size),
                  .type = std::string(type_word(values[Column::type], scratch)),
                  .server = std::string(address_of(values[Column::server])),
                  .format = std::string(source.schema),
                  .asked = *asked,
                  .answered = *answered};
  if (row.server.empty()) row.server = settings.server;
  take_client(address_of(values[Column::client]), settings.groups, row);
  if (!values[Column::rcode].empty()) row.rcodes.emplace(rcode_word(values[Column::rcode], scratch), *asked + *answered);
  if (row.type.empty() || !take_times(values, settings.groups, row) || !sketch(values, *asked + *answered, row.latency))
    return std::nullopt;
  return row;
}

/// Says which column is missing.
bool has_columns(const ResultTable& table, LogPart& part) {
  for (std::size_t column = 0; column < kNeeded; ++column) {
    if (table.has(column)) continue;
    say(part, DiagnosticSeverity::error, fmt::format("the result has no column {}", kNames[column]),
        "mainstay observe --sql ENGINE --schema NAME --print gives the query that is meant");
    return false;
  }
  return true;
}

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ",") + value;
  return text;
}

}  // namespace

LogPart read_sql_result(std::unique_ptr<ByteSource> result, const std::string& title, const SqlSource& source,
                        const CountSettings& settings, RowSorter& rows) {
  LogPart part{.account = {.file = title, .format = std::string(source.schema)}};
  part.account.reason = fmt::format("the result of a query in {}", name_of(source.engine));
  LogAccount& account = part.account;
  ResultTable table(std::move(result), {kNames.begin(), kNames.end()});
  LineScratch scratch;
  std::uint64_t number = 0;
  for (std::vector<std::string> values; table.next(values);) {
    if (++number == 1 && !has_columns(table, part)) return part;
    scratch.clear();
    std::optional<ObservedRow> row = row_of(values, source, settings, scratch);
    if (!row) {
      if (++account.not_understood > kExamples) continue;
      Place place{
          .file = title, .line = static_cast<std::uint32_t>(std::min<std::uint64_t>(number, 0xffffffff)), .text = redacted(joined(values))};
      place.length = static_cast<std::uint32_t>(place.text.size());
      part.problems.push_back({std::move(place), DiagnosticSeverity::warning, "the row of the result is not understood", ""});
      continue;
    }
    account.queries += row->asked + row->answered;
    if (const Result<bool> added = rows.add(*std::move(row)); !added) {
      say(part, DiagnosticSeverity::error, added.error());
      return part;
    }
  }
  if (!table.error().empty()) say(part, DiagnosticSeverity::error, "reading stopped early: " + table.error());
  if (table.octets() == 0) {
    say(part, DiagnosticSeverity::error, "the result is empty: not even names of columns");
  } else if (number == 0 && !table.is_json()) {
    has_columns(table, part);
  }
  account.not_understood += table.bad();
  if (account.not_understood > kExamples)
    say(part, DiagnosticSeverity::warning, fmt::format("{} rows of the result are not understood in all", account.not_understood));
  account.octets = table.octets();
  account.lines = account.queries + account.not_understood;
  part.id = id_of_stream(table.head(), table.octets(), settings.server);
  return part;
}

}  // namespace mainstay
