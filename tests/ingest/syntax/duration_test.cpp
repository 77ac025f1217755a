#include "ingest/syntax/duration.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("duration: numbers with units", "[ingest][duration]") {
  struct Row {
    const char* text;
    std::optional<std::uint32_t> milliseconds;
  };
  const Row rows[] = {{"60", 60'000},           {"3s", 3'000},          {"500ms", 500},
                      {"1m30s", 90'000},        {"1h 30m", 5'400'000},  {"0.25s", 250},
                      {"2d", 172'800'000},      {"1w", 604'800'000},    {"0", 0},
                      {" 5 s", std::nullopt},   {"", std::nullopt},     {"soon", std::nullopt},
                      {"5x", std::nullopt},     {"-1s", std::nullopt},  {"s", std::nullopt},
                      {"1.2.3s", std::nullopt}, {"9999w", std::nullopt}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION('"' << row.text << '"') { CHECK(milliseconds_of(row.text) == row.milliseconds); }
  }
}

}  // namespace mainstay
