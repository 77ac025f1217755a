// ObservedRow: what was seen of one question, from one group of clients, at one server; mergeable in any order.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "ingest/logs/client_sketch.h"
#include "ingest/logs/latency_sketch.h"

namespace mainstay {

/// How many questions and replies came in one minute. Units: minutes since 1970, UTC.
struct MinuteCount {
  std::uint32_t minute = 0;
  std::uint32_t asked = 0;
  std::uint32_t answered = 0;
  std::uint32_t queries() const { return asked > answered ? asked : answered; }
  friend auto operator<=>(const MinuteCount&, const MinuteCount&) = default;
};

/// Sorts and adds up what lies in one minute. A count stays at 2^32 - 1 when it gets there.
void settle(std::vector<MinuteCount>& minutes);

/// The texts of answers that are kept: at most 16, those of the smallest hash, so that it does not matter which came first.
class AnswerSet {
 public:
  static constexpr std::size_t kMost = 16;

  void add(std::string_view text);
  void merge(const AnswerSet& other);
  /// Sorted.
  const std::vector<std::string>& texts() const { return texts_; }
  /// There were more than are kept.
  bool has_more() const { return has_more_; }
  static bool restore(std::vector<std::string> texts, bool has_more, AnswerSet& out);
  friend auto operator<=>(const AnswerSet&, const AnswerSet&) = default;

 private:
  std::vector<std::string> texts_;
  bool has_more_ = false;
};

/// One row of a tally.
/// Shape: asked counts questions, answered counts replies; a server that logs both writes each query twice, so queries() is the larger.
/// Units: times in microseconds since 1970, UTC; kNoTime where no line had one. A window is its number since 1970; 0 when there are none.
struct ObservedRow {
  static constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::min();

  std::string name;  // canonical: lower case, absolute
  std::string type;
  std::string client;  // an address, or the group that a map puts it into
  std::string server;
  std::string format;
  std::uint32_t window = 0;
  std::uint64_t asked = 0;
  std::uint64_t answered = 0;
  std::map<std::string, std::uint64_t> rcodes;
  LatencySketch latency;
  ClientSketch clients;
  AnswerSet answers;
  std::int64_t ttl_low = -1;
  std::int64_t ttl_high = -1;
  std::int64_t first = kNoTime;
  std::int64_t last = kNoTime;
  std::vector<MinuteCount> minutes;  // sorted, each minute once

  std::uint64_t queries() const { return asked > answered ? asked : answered; }
  auto key() const { return std::tie(name, type, client, server, format, window); }
  friend auto operator<=>(const ObservedRow&, const ObservedRow&) = default;
};

/// Adds what another row of the same key saw. Associative and commutative.
void merge(ObservedRow& into, const ObservedRow& other);

}  // namespace mainstay
