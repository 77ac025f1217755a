// Functions of points in time: formatdate, timeadd, timecmp. Nothing here asks what time it is.
// Source: go-cty's FormatDate; RFC 3339; the durations of Go's package time.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/terraform/functions.h"

namespace mainstay::terraform {
namespace {

using Result = std::optional<Value>;

/// A point in time as it is written: the clock's own reading and how far it is ahead of UTC.
/// Units: seconds since 1970 of the clock; nanoseconds of the second; offset in seconds.
struct Moment {
  std::int64_t clock = 0;
  std::int64_t nanoseconds = 0;
  std::int64_t offset = 0;

  std::int64_t utc() const { return clock - offset; }
};

/// Takes a number of exactly so many digits off the text, with what must follow it.
bool take(std::string_view& rest, std::size_t digits, std::string_view behind, int& number) {
  if (rest.size() < digits + behind.size() || rest.substr(digits, behind.size()) != behind) return false;
  number = 0;
  for (const char c : rest.substr(0, digits)) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  rest.remove_prefix(digits + behind.size());
  return true;
}

std::optional<Moment> moment_of(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const bool is_read = take(text, 4, "-", year) && take(text, 2, "-", month) && take(text, 2, "T", day) && take(text, 2, ":", hour) &&
                       take(text, 2, ":", minute) && take(text, 2, "", second);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!is_read || !date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  Moment made;
  if (text.starts_with('.')) {
    std::size_t end = 1;
    std::int64_t scale = 100'000'000;
    for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end, scale /= 10) made.nanoseconds += (text[end] - '0') * scale;
    if (end == 1) return std::nullopt;
    text.remove_prefix(end);
  }
  if (text != "Z") {
    const bool is_behind = text.starts_with('-');
    if (!is_behind && !text.starts_with('+')) return std::nullopt;
    text.remove_prefix(1);
    int hours = 0, minutes = 0;
    if (!take(text, 2, ":", hours) || !take(text, 2, "", minutes) || !text.empty() || hours > 23 || minutes > 59) return std::nullopt;
    made.offset = (is_behind ? -60 : 60) * (std::int64_t{hours} * 60 + minutes);
  }
  made.clock = std::int64_t{std::chrono::sys_days(date).time_since_epoch().count()} * 86'400 + std::int64_t{hour} * 3600 +
               std::int64_t{minute} * 60 + second;
  return made;
}

std::optional<Moment> moment_of(const Value& value) {
  const std::optional<std::string> text = known_text(value);
  return text ? moment_of(*text) : std::nullopt;
}

/// "+02:00" with ":" between; "+0200" without.
std::string shown_offset(std::int64_t offset, std::string_view between) {
  const std::int64_t minutes = std::abs(offset) / 60;
  return fmt::format("{}{:02}{}{:02}", offset < 0 ? '-' : '+', minutes / 60, between, minutes % 60);
}

/// The parts that a clock and a calendar show.
struct Calendar {
  explicit Calendar(const Moment& moment) : offset(moment.offset) {
    const std::int64_t days = moment.clock >= 0 ? moment.clock / 86'400 : -((86'399 - moment.clock) / 86'400);
    const std::chrono::sys_days point{std::chrono::days(days)};
    date = point;
    weekday = std::chrono::weekday(point).c_encoding();
    const std::int64_t rest = moment.clock - days * 86'400;
    hour = static_cast<int>(rest / 3600);
    minute = static_cast<int>(rest / 60 % 60);
    second = static_cast<int>(rest % 60);
  }
  std::chrono::year_month_day date;
  unsigned weekday = 0;
  int hour = 0, minute = 0, second = 0;
  std::int64_t offset = 0;
};

/// What one run of equal letters stands for; nothing when it stands for nothing.
std::optional<std::string> shown(const Calendar& at, char letter, std::size_t length) {
  constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                        "July",    "August",   "September", "October", "November", "December"};
  constexpr std::array<std::string_view, 7> kDays = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  const auto number = [&](int value) {
    if (length > 2) return std::optional<std::string>();
    return std::optional(length == 2 ? fmt::format("{:02}", value) : fmt::format("{}", value));
  };
  const auto word = [&](std::string_view whole) { return std::string(length == 3 ? whole.substr(0, 3) : whole); };
  const unsigned month = static_cast<unsigned>(at.date.month());
  switch (letter) {
    case 'Y':
      if (length != 2 && length != 4) return std::nullopt;
      return length == 2 ? fmt::format("{:02}", static_cast<int>(at.date.year()) % 100)
                         : fmt::format("{:04}", static_cast<int>(at.date.year()));
    case 'M':
      if (length < 3) return number(static_cast<int>(month));
      return length < 5 ? std::optional(word(kMonths[month - 1])) : std::nullopt;
    case 'D': return number(static_cast<int>(static_cast<unsigned>(at.date.day())));
    case 'E': return length == 3 || length == 4 ? std::optional(word(kDays[at.weekday])) : std::nullopt;
    case 'h': return number(at.hour);
    case 'H': return number(at.hour % 12 == 0 ? 12 : at.hour % 12);
    case 'A': return length == 2 ? std::optional<std::string>(at.hour < 12 ? "AM" : "PM") : std::nullopt;
    case 'a': return length == 2 ? std::optional<std::string>(at.hour < 12 ? "am" : "pm") : std::nullopt;
    case 'm': return number(at.minute);
    case 's': return number(at.second);
    case 'Z':
      if (length == 1) return at.offset == 0 ? std::string("Z") : shown_offset(at.offset, ":");
      if (length == 3) return at.offset == 0 ? std::string("UTC") : shown_offset(at.offset, "");
      if (length == 4 || length == 5) return shown_offset(at.offset, length == 5 ? ":" : "");
      return std::nullopt;
    default: return std::nullopt;
  }
}

/// A text between quotes, in which two stand for one; nothing when it does not end. `at` moves behind it.
std::optional<std::string> quoted(std::string_view form, std::size_t& at) {
  std::string out;
  for (++at; at < form.size(); ++at) {
    if (form[at] != '\'') {
      out += form[at];
    } else if (at + 1 < form.size() && form[at + 1] == '\'') {
      out += form[at++];
    } else {
      ++at;
      return out;
    }
  }
  return std::nullopt;
}

Result formatdate(Arguments arguments) {
  if (arguments.size() != 2) return std::nullopt;
  const std::optional<std::string> form = known_text(arguments[0]);
  const std::optional<Moment> moment = moment_of(arguments[1]);
  if (!form || !moment) return std::nullopt;
  const Calendar calendar(*moment);
  std::string out;
  for (std::size_t at = 0; at < form->size();) {
    const char c = (*form)[at];
    if (c == '\'') {
      const std::optional<std::string> literal = quoted(*form, at);
      if (!literal) return std::nullopt;
      out += *literal;
    } else if (is_ascii_alphanumeric(c) && (c < '0' || c > '9')) {
      const std::size_t end = std::min(form->find_first_not_of(c, at), form->size());
      const std::optional<std::string> part = shown(calendar, c, end - at);
      if (!part) return std::nullopt;
      out += *part;
      at = end;
    } else {
      out += c;
      ++at;
    }
  }
  return Value::of_text(out);
}

/// A duration of Go: "1h30m", "-1.5h", "100ms". Units: nanoseconds.
std::optional<std::int64_t> duration_of(std::string_view text) {
  struct Unit {
    std::string_view name;
    double nanoseconds;
  };
  constexpr std::array<Unit, 8> kUnits = {
      {{"ns", 1}, {"us", 1e3}, {"µs", 1e3}, {"μs", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 6e10}, {"h", 3.6e12}}};
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  double total = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
    const std::string digits(text.substr(0, end));
    if (digits.find_first_of("0123456789") == std::string::npos || digits.find('.') != digits.rfind('.')) return std::nullopt;
    text.remove_prefix(end);
    const std::string_view name = text.substr(0, std::min(text.find_first_of("0123456789."), text.size()));
    const auto* unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return one.name == name; });
    const std::optional<double> count = known_number(Value::of_text(digits.starts_with('.') ? "0" + digits : digits));
    if (unit == kUnits.end() || !count) return std::nullopt;
    total += *count * unit->nanoseconds;
    text.remove_prefix(name.size());
  }
  constexpr double kMost = 9.2e18;  // what Go's durations hold
  if (total > kMost) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(is_negative ? -total : total));
}

Result timeadd(Arguments arguments) {
  if (arguments.size() != 2) return std::nullopt;
  std::optional<Moment> moment = moment_of(arguments[0]);
  const std::optional<std::string> text = known_text(arguments[1]);
  const std::optional<std::int64_t> duration = text ? duration_of(*text) : std::nullopt;
  if (!moment || !duration) return std::nullopt;
  constexpr std::int64_t kSecond = 1'000'000'000;
  std::int64_t nanoseconds = moment->nanoseconds + *duration % kSecond;
  moment->clock += *duration / kSecond;
  if (nanoseconds < 0) moment->clock -= 1;
  if (nanoseconds >= kSecond) moment->clock += 1;
  const Calendar at(*moment);
  const int year = static_cast<int>(at.date.year());
  if (year < 0 || year > 9999) return std::nullopt;
  return Value::of_text(fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", year, static_cast<unsigned>(at.date.month()),
                                    static_cast<unsigned>(at.date.day()), at.hour, at.minute, at.second,
                                    at.offset == 0 ? "Z" : shown_offset(at.offset, ":")));
}

Result timecmp(Arguments arguments) {
  if (arguments.size() != 2) return std::nullopt;
  const std::optional<Moment> a = moment_of(arguments[0]), b = moment_of(arguments[1]);
  if (!a || !b) return std::nullopt;
  const std::pair<std::int64_t, std::int64_t> left{a->utc(), a->nanoseconds}, right{b->utc(), b->nanoseconds};
  return Value::of_number(left < right ? -1 : left == right ? 0 : 1);
}

constexpr Function kFunctions[] = {{"formatdate", &formatdate}, {"timeadd", &timeadd}, {"timecmp", &timecmp}};

}  // namespace

std::span<const Function> time_functions() { return kFunctions; }

}  // namespace mainstay::terraform
