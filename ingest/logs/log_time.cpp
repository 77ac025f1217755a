#include "ingest/logs/log_time.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstring>

namespace mainstay {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A number of exactly `digits` digits at `at`; -1 when there is none.
int digits_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t one = 0; one < digits; ++one) {
    if (!is_digit(text[at + one])) return -1;
    value = value * 10 + (text[at + one] - '0');
  }
  return value;
}

/// Month 1 to 12 of "Jan" to "Dec"; 0 for other text.
int month_at(std::string_view text, std::size_t at) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (at + 3 > text.size()) return 0;
  const char* one = kMonths.data();
  for (int month = 1; month <= 12; ++month, one += 3) {
    if (one[0] == text[at] && one[1] == text[at + 1] && one[2] == text[at + 2]) return month;
  }
  return 0;
}

/// "hh:mm:ss" at `at`, in seconds; -1 when it is none. A leap second counts as the next one.
int clock_at(std::string_view text, std::size_t at) {
  if (at + 8 > text.size() || text[at + 2] != ':' || text[at + 5] != ':') return -1;
  const int hour = digits_at(text, at, 2);
  const int minute = digits_at(text, at + 3, 2);
  const int second = digits_at(text, at + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  return hour * 3600 + minute * 60 + second;
}

std::optional<std::int64_t> moment(int year, int month, int day, int clock) {
  using namespace std::chrono;
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (year < 0 || month < 1 || day < 1 || clock < 0 || !date.ok()) return std::nullopt;
  return (std::int64_t{sys_days(date).time_since_epoch().count()} * 86400 + clock) * 1000000;
}

/// ".440" at the front of `text`, in microseconds; further digits are dropped.
std::int64_t take_fraction(std::string_view& text) {
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !is_digit(text[1])) return 0;
  std::int64_t value = 0;
  std::int64_t unit = 100000;
  std::size_t at = 1;
  for (; at < text.size() && is_digit(text[at]); ++at, unit /= 10) value += unit * (text[at] - '0');
  text.remove_prefix(at);
  return value;
}

/// The second that was read last: lines of one second stand together, and to compare a text is quicker than to read it.
template <std::size_t kSize>
class LastSecond {
 public:
  std::optional<std::int64_t> find(std::string_view text) const {
    if (!is_known_ || std::memcmp(text.data(), text_.data(), kSize) != 0) return std::nullopt;
    return time_;
  }
  void keep(std::string_view text, std::int64_t time) {
    std::memcpy(text_.data(), text.data(), kSize);
    time_ = time;
    is_known_ = true;
  }

 private:
  std::array<char, kSize> text_{};
  std::int64_t time_ = 0;
  bool is_known_ = false;
};

}  // namespace

std::optional<std::int64_t> take_iso_time(std::string_view& text) {
  constexpr std::size_t kSize = 19;
  thread_local LastSecond<kSize> last;
  if (text.size() < kSize) return std::nullopt;
  std::optional<std::int64_t> base = last.find(text);
  if (!base && (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' '))) return std::nullopt;
  if (!base) {
    base = moment(digits_at(text, 0, 4), digits_at(text, 5, 2), digits_at(text, 8, 2), clock_at(text, 11));
    if (!base) return std::nullopt;
    last.keep(text, *base);
  }
  text.remove_prefix(kSize);
  std::int64_t time = *base + take_fraction(text);
  if (text.starts_with('Z')) {
    text.remove_prefix(1);
  } else if (text.size() >= 5 && (text[0] == '+' || text[0] == '-')) {
    const std::size_t minute_at = text[3] == ':' ? 4 : 3;
    const int hours = digits_at(text, 1, 2);
    const int minutes = digits_at(text, minute_at, 2);
    if (hours >= 0 && minutes >= 0) {
      const std::int64_t offset = (hours * 60 + minutes) * std::int64_t{60000000};
      time += text[0] == '+' ? -offset : offset;
      text.remove_prefix(minute_at + 2);
    }
  }
  return time;
}

std::optional<std::int64_t> take_bind_time(std::string_view& text) {
  constexpr std::size_t kSize = 20;
  thread_local LastSecond<kSize> last;
  if (text.size() < kSize) return std::nullopt;
  std::optional<std::int64_t> base = last.find(text);
  if (!base) {
    if (text[2] != '-' || text[6] != '-' || text[11] != ' ') return std::nullopt;
    base = moment(digits_at(text, 7, 4), month_at(text, 3), digits_at(text, 0, 2), clock_at(text, 12));
    if (!base) return std::nullopt;
    last.keep(text, *base);
  }
  text.remove_prefix(kSize);
  return *base + take_fraction(text);
}

std::optional<std::int64_t> take_epoch_time(std::string_view& text) {
  constexpr std::int64_t kLast = 253402300799;  // the end of the year 9999
  if (!text.starts_with('[')) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, failure] = std::from_chars(text.data() + 1, text.data() + text.size(), seconds);
  if (failure != std::errc{} || end == text.data() + text.size() || seconds < 0 || seconds > kLast) return std::nullopt;
  std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  const std::int64_t fraction = take_fraction(rest);
  if (!rest.starts_with(']')) return std::nullopt;
  text = rest.substr(1);
  return seconds * 1000000 + fraction;
}

bool skip_yearless_time(std::string_view& text) {
  if (text.size() < 15 || month_at(text, 0) == 0 || text[3] != ' ' || text[6] != ' ' || clock_at(text, 7) < 0) return false;
  text.remove_prefix(15);
  return true;
}

std::string rfc3339(std::int64_t microseconds) {
  using namespace std::chrono;
  const auto point = sys_time<std::chrono::microseconds>(std::chrono::microseconds(microseconds));
  const auto date = floor<days>(point);
  const year_month_day day(date);
  const hh_mm_ss clock(floor<seconds>(point - date));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace mainstay
