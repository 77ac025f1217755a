#include "analyzer/cli/observe_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "ingest/logs/partial.h"

namespace mainstay {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t size;
};

/// A whole number and one of the units; nothing for 0 and for what is too large.
std::optional<std::uint64_t> measure(std::string_view text, std::span<const Unit> units, std::uint64_t most) {
  std::uint64_t number = 0;
  const char* const stop = text.data() + text.size();
  const auto [end, failure] = std::from_chars(text.data(), stop, number);
  if (failure != std::errc{} || number == 0) return std::nullopt;
  const std::string_view name(end, static_cast<std::size_t>(stop - end));
  const auto unit = std::ranges::find(units, name, &Unit::name);
  if (unit == units.end() || number > most / unit->size) return std::nullopt;
  return number * unit->size;
}

std::optional<std::uint64_t> seconds_of(std::string_view text) {
  constexpr Unit kUnits[] = {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
  return measure(text, kUnits, std::uint64_t{366} * 86400);
}

std::optional<std::uint64_t> octets_of(std::string_view text) {
  constexpr Unit kUnits[] = {{"", 1}, {"K", 1u << 10}, {"M", 1u << 20}, {"G", 1u << 30}};
  return measure(text, kUnits, std::uint64_t{1} << 44);
}

/// "1000-2000"; "1000-" is up to the end.
std::optional<OctetRange> range_of(std::string_view text) {
  OctetRange range{.end = UINT64_MAX};
  const char* const stop = text.data() + text.size();
  const auto [dash, failure] = std::from_chars(text.data(), stop, range.begin);
  if (failure != std::errc{} || dash == stop || *dash != '-') return std::nullopt;
  if (dash + 1 == stop) return range;
  const auto [end, failure2] = std::from_chars(dash + 1, stop, range.end);
  if (failure2 != std::errc{} || end != stop || range.end <= range.begin) return std::nullopt;
  return range;
}

Result<bool> take_range(const ObserveCommand& command, LogOptions& logs) {
  if (command.range.empty()) return true;
  logs.range = range_of(command.range);
  if (!logs.range)
    return Error{fmt::format("--range {}: two octets of the file, as in 0-1000000; nothing behind the dash is the end", command.range)};
  if (command.logs.size() != 1 || command.logs[0] == "-") return Error{"--range needs one log that is a file"};
  return true;
}

Result<bool> take_measures(const ObserveCommand& command, LogOptions& logs) {
  if (!command.window.empty()) {
    const auto seconds = seconds_of(command.window);
    if (!seconds) return Error{fmt::format("--window {}: a whole number with s, m, h or d, up to 366d", command.window)};
    logs.count.groups.window = static_cast<std::int64_t>(*seconds) * 1000000;
  }
  const auto memory = octets_of(command.memory);
  if (!memory) return Error{fmt::format("--memory {}: a whole number of octets, or with K, M or G", command.memory)};
  logs.count.memory = static_cast<std::size_t>(*memory);
  return true;
}

Result<bool> take_live(const ObserveCommand& command, ObserveOptions& options) {
  const auto seconds = seconds_of(command.every);
  if (!seconds) return Error{fmt::format("--every {}: a whole number with s, m, h or d, up to 366d", command.every)};
  options.every = std::chrono::seconds(*seconds);
  if (!command.live) return true;
  if (command.logs.size() != 1) return Error{"--live follows one log"};
  if (const LogFormat* format = options.logs.count.format; format != nullptr && format->records != nullptr)
    return Error{fmt::format("--live follows lines, and a {} has none", format->title)};
  if (command.output.empty()) return Error{"--live needs -o FILE, which it writes again and again"};
  return true;
}

/// Logs are in files or in a database.
Result<bool> take_place(const ObserveCommand& command, const LogOptions& logs) {
  const bool is_of_sql =
      !command.schema.empty() || !command.table.empty() || command.print || !command.url.empty() || !command.result.empty();
  if (command.sql.empty()) {
    if (is_of_sql) return Error{"--schema, --table, --print, --url and --result go with --sql"};
    if (command.logs.empty()) return Error{"LOG is required: the logs to count, or --sql for those in a database"};
    return true;
  }
  if (!command.logs.empty() || command.live || !command.format.empty() || !command.range.empty())
    return Error{"--sql counts in a database: LOG, --live, --format and --range do not go with it"};
  if (!command.print && command.url.empty() && command.result.empty())
    return Error{"--sql needs --print, --url or --result: the query, where to run it, or what it gave"};
  constexpr std::int64_t kMinute = 60000000;
  if (logs.count.groups.window % kMinute != 0) return Error{"--window: a database counts by the minute"};
  return true;
}

Result<bool> take_clients(const std::string& path, ObserveOptions& options) {
  if (path.empty()) return true;
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{path + " cannot be opened"};
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  options.clients = std::make_unique<ClientGroups>(ClientGroups::parse(path, text, options.problems));
  options.logs.count.groups.clients = options.clients.get();
  return true;
}

}  // namespace

Result<ObserveOptions> options_of(const ObserveCommand& command) {
  ObserveOptions options;
  LogOptions& logs = options.logs;
  logs.jobs = command.jobs;
  logs.count.server = command.server;
  if (!command.format.empty()) {
    logs.count.format = log_format_named(command.format);
    if (logs.count.format == nullptr)
      return Error{fmt::format("--format {}: `mainstay formats` lists those of query logs", command.format)};
  }
  for (const Result<bool>& taken : {take_range(command, logs), take_measures(command, logs), take_live(command, options),
                                    take_place(command, logs), take_clients(command.clients, options)}) {
    if (!taken) return Error{taken.error()};
  }
  options.settings = settings_of_count(logs.count.groups.window, options.clients ? options.clients->canonical() : std::string());
  return options;
}

}  // namespace mainstay
