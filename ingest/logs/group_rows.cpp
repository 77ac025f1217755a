// The rows of a GroupTable, in the order of their keys.
#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <span>
#include <utility>

#include "ingest/logs/group_records.h"
#include "ingest/logs/row_codec.h"

namespace mainstay {
namespace {

/// A row, and eight octets of its key that decide about its place as long as others are not equal there: names are compared without being
/// looked at, because each of them is somewhere else in memory.
struct Placed {
  std::uint64_t part;
  std::uint32_t group;   // its number
  std::uint32_t record;  // where it is
};

/// Eight octets of a name, the first one highest, so that numbers are ordered as texts are. No name has an octet 0.
std::uint64_t part_of(std::string_view name, std::size_t at) {
  char octets[8] = {};
  if (at < name.size()) std::memcpy(octets, name.data() + at, std::min<std::size_t>(8, name.size() - at));
  std::uint64_t part = 0;
  std::memcpy(&part, octets, 8);
  return std::endian::native == std::endian::little ? __builtin_bswap64(part) : part;
}

void sort_parts(std::span<Placed> run) {
  std::sort(run.begin(), run.end(), [](const Placed& left, const Placed& right) { return left.part < right.part; });
}

/// Calls `use` with each stretch of several equal parts.
template <class Use>
void for_equal_parts(std::span<Placed> run, Use use) {
  for (std::size_t begin = 0, end = 0; begin < run.size(); begin = end) {
    while (end < run.size() && run[end].part == run[begin].part) ++end;
    if (end - begin > 1) use(run.subspan(begin, end - begin));
  }
}

/// The place of each text among the others.
std::vector<std::uint32_t> ranks_of(const StringPool& pool) {
  std::vector<std::uint32_t> order(pool.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) { return pool.text(left) < pool.text(right); });
  std::vector<std::uint32_t> ranks(order.size());
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
  return ranks;
}

}  // namespace

class GroupTable::Rows : public RowSource {
 public:
  explicit Rows(const GroupTable& table)
      : table_(table),
        types_(ranks_of(table.types_)),
        clients_(ranks_of(table.groups_of_clients_)),
        servers_(ranks_of(table.servers_)),
        formats_(ranks_of(table.formats_)),
        rcodes_(ranks_of(table.rcodes_)) {
    order_.reserve(table.groups_.size());
    for (std::uint32_t number = 0; number < table.groups_.size(); ++number)
      order_.push_back({part_of(group_at(table.groups_[number]).name(), 0), number, table.groups_[number]});
    sort_by_name(order_, 0);
    place_minutes();
  }

  bool next(ObservedRow& row) override {
    if (at_ == order_.size()) return false;
    take();
    row = ObservedRow{.name = std::string(parts_.name),
                      .type = std::string(parts_.type),
                      .client = std::string(parts_.client),
                      .server = std::string(parts_.server),
                      .format = std::string(parts_.format),
                      .window = parts_.window,
                      .asked = parts_.asked,
                      .answered = parts_.answered};
    for (const auto& [code, count] : parts_.rcodes) row.rcodes.emplace(code, count);
    row.latency = *parts_.latency;
    ClientSketch::restore({parts_.clients.begin(), parts_.clients.end()}, {parts_.registers.begin(), parts_.registers.end()}, row.clients);
    row.answers = *parts_.answers;
    row.ttl_low = parts_.ttl_low;
    row.ttl_high = parts_.ttl_high;
    row.first = parts_.first;
    row.last = parts_.last;
    row.minutes.assign(parts_.minutes.begin(), parts_.minutes.end());
    return true;
  }

  bool next_octets(std::string& out) override {
    if (at_ == order_.size()) return false;
    take();
    append_row(out, parts_);
    return true;
  }

 private:
  const Group& group_at(std::uint32_t record) const { return *static_cast<const Group*>(table_.records_.at(record)); }

  void sort_by_name(std::span<Placed> run, std::size_t at) {
    sort_parts(run);
    for_equal_parts(run, [&](std::span<Placed> equal) {
      if ((equal[0].part & 0xff) == 0) return sort_by_rest(equal);  // the name has ended
      for (Placed& one : equal) one.part = part_of(group_at(one.record).name(), at + 8);
      sort_by_name(equal, at + 8);
    });
  }

  void sort_by_rest(std::span<Placed> run) {
    for (Placed& one : run) one.part = std::uint64_t{types_[group_at(one.record).type]} << 32 | clients_[group_at(one.record).client];
    sort_parts(run);
    for_equal_parts(run, [&](std::span<Placed> equal) {
      std::sort(equal.begin(), equal.end(), [&](const Placed& left, const Placed& right) {
        const Group& a = group_at(left.record);
        const Group& b = group_at(right.record);
        return std::tuple(servers_[a.server], formats_[a.format], a.window) < std::tuple(servers_[b.server], formats_[b.format], b.window);
      });
    });
  }

  /// Brings the minutes of each row together, in the order of the rows: one pass over what stands in the order of time, instead of a walk
  /// through memory for each row.
  void place_minutes() {
    std::vector<std::uint32_t> places(order_.size());
    for (std::uint32_t place = 0; place < order_.size(); ++place) places[order_[place].group] = place;
    ends_.assign(order_.size() + 1, 0);
    for (const MinuteOfGroup& one : table_.minutes_) ++ends_[places[one.group] + 1];
    for (std::uint32_t number = 0; number < order_.size(); ++number)
      ends_[places[number] + 1] += group_at(table_.groups_[number]).minute != kNoMinute ? 1 : 0;
    std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
    minutes_.resize(ends_.back());
    const auto put = [&](std::uint32_t number, const MinuteCount& count) { minutes_[ends_[places[number]]++] = count; };
    for (const MinuteOfGroup& one : table_.minutes_) put(one.group, one.count);
    for (std::uint32_t number = 0; number < order_.size(); ++number) {
      const Group& one = group_at(table_.groups_[number]);
      if (one.minute != kNoMinute) put(number, {one.minute, one.minute_asked, one.minute_answered});
    }
  }

  /// Minutes come in the order of the lines, and lines are not always in the order of time.
  std::span<const MinuteCount> minutes_at(std::size_t place) {
    const std::uint64_t begin = place == 0 ? 0 : ends_[place - 1];
    const std::span<const MinuteCount> minutes = std::span(minutes_).subspan(begin, ends_[place] - begin);
    const auto rises_not = [](const MinuteCount& left, const MinuteCount& right) { return left.minute >= right.minute; };
    if (std::ranges::adjacent_find(minutes, rises_not) == minutes.end()) return minutes;
    settled_.assign(minutes.begin(), minutes.end());
    settle(settled_);
    return settled_;
  }

  void take() {
    constexpr std::size_t kAhead = 8;
    if (at_ + kAhead < order_.size()) {
      const char* const record = reinterpret_cast<const char*>(&group_at(order_[at_ + kAhead].record));
      __builtin_prefetch(record);
      __builtin_prefetch(record + 64);
    }
    const Group& one = group_at(order_[at_].record);
    parts_.name = one.name();
    parts_.type = table_.types_.text(one.type);
    parts_.client = table_.groups_of_clients_.text(one.client);
    parts_.server = table_.servers_.text(one.server);
    parts_.format = table_.formats_.text(one.format);
    parts_.window = one.window;
    parts_.asked = one.asked;
    parts_.answered = one.answered;
    parts_.first = one.first;
    parts_.last = one.last;
    parts_.minutes = minutes_at(at_);
    take_details(one);
    ++at_;
  }

  void take_details(const Group& one) {
    parts_.rcodes.clear();
    parts_.clients = {&one.client_hash, 1};
    parts_.registers = {};
    parts_.latency = &kNoLatency;
    parts_.answers = &kNoAnswers;
    parts_.ttl_low = parts_.ttl_high = -1;
    if (one.details == 0) return;
    const Details& details = table_.details_[one.details - 1];
    codes_.assign(details.rcodes.begin(), details.rcodes.end());
    std::sort(codes_.begin(), codes_.end(),
              [&](const auto& left, const auto& right) { return rcodes_[left.first] < rcodes_[right.first]; });
    for (const auto& [code, count] : codes_) parts_.rcodes.emplace_back(table_.rcodes_.text(code), count);
    parts_.latency = &details.latency;
    parts_.answers = &details.answers;
    parts_.ttl_low = details.ttl_low;
    parts_.ttl_high = details.ttl_high;
    if (details.clients.empty()) return;
    const ClientSketch* clients = &details.clients;
    if (!details.waiting.empty()) {
      sketch_ = details.clients;
      waiting_ = details.waiting;
      sketch_.add(waiting_);
      clients = &sketch_;
    }
    parts_.clients = clients->hashes();
    parts_.registers = clients->registers();
  }

  static inline const LatencySketch kNoLatency;
  static inline const AnswerSet kNoAnswers;

  const GroupTable& table_;
  std::vector<std::uint32_t> types_, clients_, servers_, formats_, rcodes_;  // ranks by number
  std::vector<Placed> order_;
  std::vector<MinuteCount> minutes_;
  std::vector<std::uint64_t> ends_;  // of the minutes of each place
  std::size_t at_ = 0;
  RowParts parts_;
  ClientSketch sketch_;
  std::vector<std::uint64_t> waiting_;
  std::vector<MinuteCount> settled_;
  std::vector<std::pair<std::uint32_t, std::uint64_t>> codes_;
};

std::unique_ptr<RowSource> GroupTable::rows() {
  flush();
  return std::make_unique<Rows>(*this);
}

}  // namespace mainstay
