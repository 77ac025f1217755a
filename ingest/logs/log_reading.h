// LogReading: what is known of one log between its lines.
#pragma once

#include <cstdint>

#include "ingest/logs/envelope.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_part.h"
#include "ingest/logs/recognition.h"
#include "ingest/logs/transaction_joiner.h"

namespace mainstay {

/// A log while its lines are counted; LogCounter::begin() makes it. `part` outlives it.
struct LogReading {
  const LogFormat& format;
  LineOpener opener;
  std::uint8_t format_number;
  LogPart& part;
  TransactionJoiner joiner = {};
  bool has_time = false;
  std::uint64_t lines = 0;
};

}  // namespace mainstay
