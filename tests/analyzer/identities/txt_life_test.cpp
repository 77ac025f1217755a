#include "analyzer/identities/txt_life.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("txt life: an end as a day or a time", "[analyzer][identities]") {
  constexpr std::int64_t kDay = 86400;
  constexpr std::int64_t kFebruary = 1801440000;  // 2027-02-01
  struct Row {
    const char* title;
    const char* text;
    std::optional<std::int64_t> moment;
  };
  const Row rows[] = {
      {"good: a day holds to its end", "2027-02-01", kFebruary + kDay},
      {"good: a day without dashes", "20270201", kFebruary + kDay},
      {"good: a time", "2027-02-01T12:00:00Z", kFebruary + 12 * 3600},
      {"good: a time with a fraction, ahead of UTC", "2027-02-01T12:00:00.25+02:00", kFebruary + 10 * 3600},
      {"good: a time behind UTC", "2027-02-01t12:00:00-01:30", kFebruary + 13 * 3600 + 1800},
      {"good: a time as DNSSEC writes it", "20270201120000", kFebruary + 12 * 3600},
      {"good: seconds", "1801440000", kFebruary},
      {"good: a leap day", "2028-02-29", 1835395200 + kDay},
      {"bad: a day that the calendar has not", "2027-02-29", {}},
      {"bad: a month that there is not", "2027-13-01", {}},
      {"bad: an hour that there is not", "2027-02-01T24:00:00Z", {}},
      {"bad: no zone", "2027-02-01T12:00:00", {}},
      {"bad: a blank for the T", "2027-02-01 12:00:00Z", {}},
      {"bad: signs in numbers", "2027-+2-01", {}},
      {"bad: too few digits", "180144", {}},
      {"bad: a word", "never", {}},
      {"bad: nothing", "", {}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(moment_of(row.text) == row.moment);
    }
}

TEST_CASE("txt life: which fields state an end", "[analyzer][identities]") {
  const auto value = [](std::string_view text) { return TxtValue{nullptr, txt_fields(text)}; };
  CHECK(end_of(value("id=a; exp=1801440000")) == 1801440000);
  CHECK(end_of(value("id=a; not-after=1801440000")) == 1801440000);
  CHECK_FALSE(end_of(value("id=a; exp=soon")));
  CHECK(states_life(value("id=a; exp=soon")));
  CHECK(states_life(value("id=a; nbf=2026-01-01")));
  CHECK_FALSE(end_of(value("id=a; nbf=2026-01-01")));
  CHECK_FALSE(states_life(value("id=a")));
}

}  // namespace mainstay
