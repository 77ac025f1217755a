// Rows as octets.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/logs/observed_row.h"

namespace mainstay {

/// A row whose texts and sketches are somewhere else. Shape: codes are sorted.
struct RowParts {
  std::string_view name, type, client, server, format;
  std::uint32_t window = 0;
  std::uint64_t asked = 0;
  std::uint64_t answered = 0;
  std::vector<std::pair<std::string_view, std::uint64_t>> rcodes;
  const LatencySketch* latency = nullptr;
  std::span<const std::uint64_t> clients;  // as ClientSketch has them
  std::span<const std::uint8_t> registers;
  const AnswerSet* answers = nullptr;
  std::int64_t ttl_low = -1;
  std::int64_t ttl_high = -1;
  std::int64_t first = ObservedRow::kNoTime;
  std::int64_t last = ObservedRow::kNoTime;
  std::span<const MinuteCount> minutes;
};

/// Appends a row. Equal rows have equal octets.
void append_row(std::string& out, const RowParts& row);
void append_row(std::string& out, const ObservedRow& row);

/// The row of append_row(); nothing when the octets are not those of a row: every text, count and sketch is checked.
std::optional<ObservedRow> row_from(std::string_view octets);

}  // namespace mainstay
