// What a GroupTable keeps of lines and rows.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/logs/group_table.h"
#include "ingest/logs/name_form.h"

namespace mainstay {

inline constexpr std::uint32_t kNoMinute = 0;  // no log is of the first minute of 1970

/// A line that waits for its memory.
struct GroupTable::Pending {
  std::uint64_t hash;
  std::uint64_t client_hash;
  std::int64_t time;
  std::int64_t latency;
  std::uint32_t server, client, window, rcode;  // rcode: number + 1; 0 when there is none
  std::uint16_t type, name_size;
  std::uint8_t format;
  LineStep step;
  std::vector<std::pair<std::uint32_t, std::int64_t>> answers;  // number of the text, TTL
  char name[kLongestName];
};

/// A row, with its name behind it.
struct GroupTable::Group {
  std::uint32_t server, client, window;
  std::uint16_t type, name_size;
  std::uint64_t asked, answered;
  std::int64_t first, last;
  std::uint64_t client_hash;                            // of the only client so far
  std::uint32_t minute, minute_asked, minute_answered;  // the minute that is being counted
  std::uint32_t number;                                 // in the order of coming
  std::uint32_t details;                                // number + 1; 0 when there are none
  std::uint8_t format;

  char* name() { return reinterpret_cast<char*>(this + 1); }
  std::string_view name() const { return {reinterpret_cast<const char*>(this + 1), name_size}; }
};

struct GroupTable::Details {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> rcodes;
  LatencySketch latency;
  ClientSketch clients;                // empty while there is only one
  std::vector<std::uint64_t> waiting;  // clients on their way into it
  AnswerSet answers;
  std::uint32_t answer = 0;  // number + 1 of the text that was added last; 0 when there is none
  std::int64_t ttl_low = -1;
  std::int64_t ttl_high = -1;
};

/// A minute of a row that is over. They stand in the order in which they ended, whatever row they are of.
struct GroupTable::MinuteOfGroup {
  MinuteCount count;
  std::uint32_t group;  // its number
};

struct GroupTable::Client {
  std::uint64_t hash = 0;
  std::uint32_t group = 0;
};

}  // namespace mainstay
