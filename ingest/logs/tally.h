// Tally: counts of a log by (server, client, name, type), in bounded memory.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/log_format.h"
#include "ingest/logs/string_pool.h"

namespace mainstay {

/// One counted group.
struct TallyRow {
  std::string_view server;
  std::string_view client;
  std::string_view name;  // canonical: lower case, absolute
  std::string_view type;
  std::uint64_t queries = 0;
  std::map<std::string, std::uint64_t> rcodes;
  std::map<std::string, std::uint64_t> latency;  // "p50", "p95", "max"; empty when no line carried one
  std::int64_t first = LogLine::kNoTime;
  std::int64_t last = LogLine::kNoTime;
};

/// Counts lines. A server that logs a query and its reply writes two lines for one question: within a file the larger of the two numbers
/// counts, so that a question without a reply counts too.
/// Limits: groups up to `max_groups`; lines of further groups are counted in overflow() and nothing else.
class Tally {
 public:
  explicit Tally(std::size_t max_groups);

  /// False when the line's name is no domain name, or the line found no room.
  bool add(const LogLine& line);
  /// Settles queries against replies; to be called behind each file.
  void end_file();

  std::uint64_t overflow() const { return overflow_; }
  std::uint64_t bad_names() const { return bad_names_; }
  /// Response codes and latencies that found no room: at most eight different ones a group are kept on average.
  std::uint64_t lost_details() const { return lost_details_; }
  std::size_t size() const { return groups_.size(); }
  /// The groups, sorted by (server, client, name, type). The views live as long as the tally.
  std::vector<TallyRow> rows() const;

 private:
  struct Key {
    std::uint32_t name, client, server, type;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Group {
    Key key;
    std::uint64_t queries = 0;
    std::uint32_t asked = 0;     // of the current file
    std::uint32_t answered = 0;  // of the current file
    std::int64_t first = LogLine::kNoTime;
    std::int64_t last = LogLine::kNoTime;
    std::uint64_t slowest = 0;
  };
  /// A count of one response code or one latency step of one group.
  struct Detail {
    std::uint64_t key = 0;  // group + 1 in the upper half, kind and value below; 0 is free
    std::uint64_t count = 0;
  };

  bool canonical_name(std::string_view name);
  bool key_of(const LogLine& line, Key& key);
  std::size_t group_slot(const Key& key) const;
  std::uint32_t group_of(const Key& key);
  void count_detail(std::uint32_t group, std::uint32_t value);
  void insert_detail(std::uint64_t key, std::uint64_t count);
  void note_latency(std::uint32_t group, std::int64_t latency);
  std::uint64_t replies_elsewhere(const Group& group) const;
  bool is_less(const Group& left, const Group& right) const;

  std::size_t max_groups_;
  StringPool names_, clients_, servers_, types_, rcodes_;
  std::string name_;  // the canonical name of the current line
  std::vector<Group> groups_;
  std::vector<std::uint32_t> slots_;    // group + 1; 0 is free
  std::vector<std::uint32_t> touched_;  // groups of the current file
  bool has_named_replies_ = false;      // the current file's replies say the server, its queries do not
  std::vector<Detail> details_;
  std::size_t detail_count_ = 0;
  std::uint64_t overflow_ = 0;
  std::uint64_t bad_names_ = 0;
  std::uint64_t lost_details_ = 0;
};

}  // namespace mainstay
