#include "analyzer/identities/txt_life.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <functional>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

constexpr std::array<std::string_view, 3> kEnds = {"exp", "not-after", "expires"};
constexpr std::int64_t kDay = 86400;

/// The digits of a part; nothing for anything else.
std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || text.empty() || !is_ascii_digit(text.front())) return std::nullopt;
  return value;
}

std::optional<std::int64_t> day(std::string_view year, std::string_view month, std::string_view of_month) {
  const std::optional<int> y = number(year);
  const std::optional<int> m = number(month);
  const std::optional<int> d = number(of_month);
  if (!y || !m || !d) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                                         std::chrono::day(static_cast<unsigned>(*d))};
  if (!date.ok()) return std::nullopt;
  return std::int64_t{std::chrono::sys_days(date).time_since_epoch().count()} * kDay;
}

std::optional<std::int64_t> clock(std::string_view hour, std::string_view minute, std::string_view second) {
  const std::optional<int> h = number(hour);
  const std::optional<int> m = number(minute);
  const std::optional<int> s = number(second);
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;  // 60: a leap second
  return *h * 3600 + *m * 60 + *s;
}

/// "Z", "+02:00" behind a time, in seconds to take away.
std::optional<std::int64_t> zone_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const std::optional<std::int64_t> amount = clock(text.substr(1, 2), text.substr(4, 2), "00");
  if (!amount) return std::nullopt;
  return text[0] == '+' ? *amount : -*amount;
}

/// 2027-02-01T12:00:00Z, with a fraction or without. Source: RFC 3339 section 5.6.
std::optional<std::int64_t> internet_time(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || ascii_lower(text.substr(10, 1)) != "t" || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const std::optional<std::int64_t> date = day(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
  const std::optional<std::int64_t> time = clock(text.substr(11, 2), text.substr(14, 2), text.substr(17, 2));
  std::string_view rest = text.substr(19);
  if (rest.starts_with('.')) rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  const std::optional<std::int64_t> offset = zone_offset(rest);
  if (!date || !time || !offset) return std::nullopt;
  return *date + *time - *offset;
}

bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit); }

const std::string* stated_end(const TxtValue& value) {
  for (const std::string_view name : kEnds) {
    if (const auto at = value.fields.find(name); at != value.fields.end()) return &at->second;
  }
  return nullptr;
}

template <class Better>
std::optional<std::uint32_t> best_ttl(const TxtIdentity& identity, Better better) {
  std::optional<std::uint32_t> best;
  for (const TxtValue& value : identity.values) {
    if (!value.record->ttl) continue;
    const std::uint32_t ttl = value.record->ttl->seconds();
    if (!best || better(ttl, *best)) best = ttl;
  }
  return best;
}

}  // namespace

std::optional<std::uint32_t> longest_ttl(const TxtIdentity& identity) { return best_ttl(identity, std::greater<>{}); }
std::optional<std::uint32_t> shortest_ttl(const TxtIdentity& identity) { return best_ttl(identity, std::less<>{}); }

const Server* most_stale(const Estate& estate) {
  const Server* most = nullptr;
  for (const Server& one : estate.servers()) {
    const std::uint32_t stale = one.cache.serve_stale.value_or(0);
    if (stale > 0 && (most == nullptr || stale > *most->cache.serve_stale)) most = &one;
  }
  return most;
}

bool states_life(const TxtValue& value) { return stated_end(value) != nullptr || value.fields.contains("nbf"); }

std::optional<std::int64_t> moment_of(std::string_view text) {
  constexpr std::int64_t kWholeDay = kDay;  // a day holds to its end
  if (is_digits(text)) {
    if (text.size() == 8) {
      const std::optional<std::int64_t> begin = day(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
      return begin ? std::optional(*begin + kWholeDay) : std::nullopt;
    }
    if (text.size() == 14) {
      const std::optional<std::int64_t> begin = day(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
      const std::optional<std::int64_t> time = clock(text.substr(8, 2), text.substr(10, 2), text.substr(12, 2));
      return begin && time ? std::optional(*begin + *time) : std::nullopt;
    }
    std::int64_t seconds = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool is_time = text.size() >= 9 && text.size() <= 11 && failure == std::errc{} && end == text.data() + text.size();
    return is_time ? std::optional(seconds) : std::nullopt;
  }
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const std::optional<std::int64_t> begin = day(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
    return begin ? std::optional(*begin + kWholeDay) : std::nullopt;
  }
  return internet_time(text);
}

std::optional<std::int64_t> end_of(const TxtValue& value) {
  const std::string* stated = stated_end(value);
  return stated == nullptr ? std::nullopt : moment_of(*stated);
}

}  // namespace mainstay
