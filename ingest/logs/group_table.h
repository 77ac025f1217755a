// GroupTable: counts lines by (server, client, name, type), at the speed of memory.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/client_groups.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/observed_row.h"
#include "ingest/logs/record_arena.h"
#include "ingest/logs/row_source.h"
#include "ingest/logs/short_text_cache.h"
#include "ingest/logs/string_pool.h"

namespace mainstay {

/// What decides into which row a line is counted.
struct GroupSettings {
  std::int64_t window = 0;                // microseconds; 0: one row for all times
  const ClientGroups* clients = nullptr;  // none: each address is a group of its own
};

/// Counts lines into rows. Every look-up is made 16 lines after its memory was asked for, because waiting for memory is what counting
/// costs. Shape: one slot (8 octets) and one record (80 octets and the name) a row, with the rest (codes, sketches, answers) where a log
/// has it.
class GroupTable {
 public:
  explicit GroupTable(const GroupSettings& settings);
  ~GroupTable();
  GroupTable(const GroupTable&) = delete;
  GroupTable& operator=(const GroupTable&) = delete;

  /// Counts a line. False when its name is no domain name; it is not counted then.
  bool add(const LogLine& line, const LineScratch& scratch, std::uint8_t format);
  /// The number under which add() knows a format.
  std::uint8_t number_of_format(std::string_view name) { return static_cast<std::uint8_t>(formats_.add(name)); }

  /// Octets that are in use, roughly.
  std::size_t octets() const;
  std::size_t size() const { return groups_.size(); }
  /// Every row, sorted by key; they live as long as nothing is added.
  std::unique_ptr<RowSource> rows();
  /// Starts afresh, with as little memory as in the beginning.
  void clear();

 private:
  struct Pending;
  struct Group;
  struct Details;
  struct MinuteOfGroup;
  struct Client;
  class Rows;

  const Client& client_of(std::string_view text);
  void flush();
  void count(const Pending& line, Group& group);
  Group& group_of(const Pending& line);
  Group& group_at(std::uint32_t number) const;
  Group& add_group(const Pending& line, std::size_t slot);
  void count_details(const Pending& line, Group& group);
  void count_client(std::uint64_t hash, const Group& group, Details& details);
  std::uint32_t number_of_rcode(std::string_view code);
  std::uint16_t number_of_type(std::string_view type);
  void count_minute(const Pending& line, Group& group);
  void close_minute(Group& group);
  void grow();

  const GroupSettings settings_;
  std::uint64_t seed_;
  StringPool servers_, groups_of_clients_, client_texts_, types_, rcodes_, answers_, formats_;
  ShortTextCache known_servers_, known_clients_, known_types_, known_rcodes_;
  std::vector<Client> clients_;  // by the number of their text
  std::unique_ptr<Pending[]> pending_;
  std::size_t waiting_ = 0;
  std::vector<std::uint64_t> slots_;  // hash in the upper half, number of the record + 1 in the lower; 0 is free
  RecordArena records_;
  std::vector<std::uint32_t> groups_;  // their records, in the order of coming
  std::vector<Details> details_;
  std::size_t detail_octets_ = 0;
  std::vector<MinuteOfGroup> minutes_;
};

}  // namespace mainstay
