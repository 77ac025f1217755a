#include "ingest/logs/tally.h"

#include <algorithm>
#include <bit>

#include "graph/values/ascii.h"
#include "graph/values/domain_name.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kLatency = 1u << 16;  // marks a detail as a latency step; below it stand response codes
constexpr std::size_t kMaxText = 1100;        // a name of 255 octets, each written as an escape, and a little
constexpr std::size_t kMaxRcodes = 4096;

std::uint64_t mixed(std::uint64_t value) {
  value *= 0x9e3779b97f4a7c15ull;
  return value ^ (value >> 32);
}

/// Eight steps for each doubling, so that a quantile is at most a tenth too large. Source: HdrHistogram's bucket layout.
std::uint32_t step_of(std::uint64_t microseconds) {
  if (microseconds < 16) return static_cast<std::uint32_t>(microseconds);
  const auto power = static_cast<std::uint32_t>(std::bit_width(microseconds) - 1);
  return 16 + (power - 4) * 8 + static_cast<std::uint32_t>((microseconds >> (power - 3)) & 7);
}

/// The largest latency of a step.
std::uint64_t end_of_step(std::uint32_t step) {
  if (step < 16) return step;
  const std::uint32_t power = (step - 16) / 8 + 4;
  const std::uint64_t width = std::uint64_t{1} << (power - 3);
  return (std::uint64_t{1} << power) + ((step - 16) % 8 + 1) * width - 1;
}

}  // namespace

Tally::Tally(std::size_t max_groups) : max_groups_(max_groups), slots_(4096), details_(4096) {}

/// Most names are plain host names, and lower case is all that they need; others go through DomainName.
bool Tally::canonical_name(std::string_view name) {
  if (name.size() > kMaxText) return false;
  name_.resize(name.size());
  bool plain = name.size() <= 253 && !name.empty();
  std::size_t label = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const char c = name[at];
    name_[at] = ascii_lower(c);
    if (c == '.') {
      plain = plain && label > 0;
      label = 0;
    } else {
      plain = plain && ++label <= 63 && c > ' ' && c < 0x7f && c != '\\';
    }
  }
  if (plain) {
    if (name.back() != '.') name_ += '.';
    return true;
  }
  const Result<DomainName> parsed = DomainName::parse(name);
  if (parsed) name_ = parsed->text();
  return static_cast<bool>(parsed);
}

bool Tally::key_of(const LogLine& line, Key& key) {
  if (groups_.size() < max_groups_) {
    key = {names_.add(name_), clients_.add(line.client), servers_.add(line.server), types_.add(line.type)};
    return true;
  }
  // Full: only groups that are there may count on, and no text is added any more.
  const auto name = names_.find(name_);
  const auto client = clients_.find(line.client);
  const auto server = servers_.find(line.server);
  const auto type = types_.find(line.type);
  if (!name || !client || !server || !type) return false;
  key = {*name, *client, *server, *type};
  return slots_[group_slot(key)] != 0;
}

std::size_t Tally::group_slot(const Key& key) const {
  const std::size_t mask = slots_.size() - 1;
  const std::uint64_t hash = mixed(mixed((std::uint64_t{key.name} << 32) | key.client) ^ ((std::uint64_t{key.server} << 32) | key.type));
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0 || groups_[slots_[slot] - 1].key == key) return slot;
  }
}

std::uint32_t Tally::group_of(const Key& key) {
  std::size_t slot = group_slot(key);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (2 * (groups_.size() + 1) > slots_.size()) {
    slots_.assign(slots_.size() * 2, 0);
    for (std::size_t at = 0; at < groups_.size(); ++at) slots_[group_slot(groups_[at].key)] = static_cast<std::uint32_t>(at + 1);
    slot = group_slot(key);
  }
  groups_.push_back({.key = key});
  slots_[slot] = static_cast<std::uint32_t>(groups_.size());
  return slots_[slot] - 1;
}

bool Tally::add(const LogLine& line) {
  if (line.client.size() > 64 || line.server.size() > 255 || line.type.size() > 32 || line.rcode.size() > 32 ||
      !canonical_name(line.name)) {
    ++bad_names_;
    return false;
  }
  Key key{};
  if (!key_of(line, key)) {
    ++overflow_;
    return false;
  }
  const std::uint32_t id = group_of(key);
  Group& group = groups_[id];
  if (group.asked == 0 && group.answered == 0) touched_.push_back(id);
  ++(line.is_reply ? group.answered : group.asked);
  if (line.is_reply && !line.server.empty()) has_named_replies_ = true;
  if (line.time != LogLine::kNoTime) {
    group.first = group.first == LogLine::kNoTime ? line.time : std::min(group.first, line.time);
    group.last = std::max(group.last, line.time);
  }
  if (!line.rcode.empty() && (rcodes_.size() < kMaxRcodes || rcodes_.find(line.rcode))) {
    count_detail(id, rcodes_.add(line.rcode));
  } else if (!line.rcode.empty()) {
    ++lost_details_;
  }
  if (line.latency >= 0) note_latency(id, line.latency);
  return true;
}

void Tally::note_latency(std::uint32_t group, std::int64_t latency) {
  const auto microseconds = static_cast<std::uint64_t>(latency);
  groups_[group].slowest = std::max(groups_[group].slowest, microseconds);
  count_detail(group, kLatency | step_of(microseconds));
}

void Tally::count_detail(std::uint32_t group, std::uint32_t value) {
  constexpr std::size_t kDetailsPerGroup = 8;
  if (detail_count_ >= kDetailsPerGroup * std::max<std::size_t>(max_groups_, 128)) {
    ++lost_details_;
    return;
  }
  if (2 * (detail_count_ + 1) > details_.size()) {
    std::vector<Detail> old(details_.size() * 2);
    old.swap(details_);
    detail_count_ = 0;
    for (const Detail& detail : old) {
      if (detail.key != 0) insert_detail(detail.key, detail.count);
    }
  }
  insert_detail(((std::uint64_t{group} + 1) << 20) | value, 1);
}

void Tally::insert_detail(std::uint64_t key, std::uint64_t count) {
  const std::size_t mask = details_.size() - 1;
  std::size_t slot = mixed(key) & mask;
  while (details_[slot].key != 0 && details_[slot].key != key) slot = (slot + 1) & mask;
  detail_count_ += details_[slot].key == 0 ? 1 : 0;
  details_[slot].key = key;
  details_[slot].count += count;
}

/// Replies of the same question under a server's own address, when only replies carry that.
std::uint64_t Tally::replies_elsewhere(const Group& group) const {
  std::uint64_t replies = 0;
  for (std::uint32_t server = 0; server < servers_.size(); ++server) {
    if (server == group.key.server) continue;
    const std::uint32_t at = slots_[group_slot({group.key.name, group.key.client, server, group.key.type})];
    if (at != 0) replies += groups_[at - 1].answered;
  }
  return replies;
}

void Tally::end_file() {
  constexpr std::size_t kFewServers = 64;
  std::vector<std::uint32_t> unnamed;
  if (has_named_replies_ && servers_.size() <= kFewServers) {
    for (const std::uint32_t id : touched_) {
      if (groups_[id].answered == 0 && servers_.text(groups_[id].key.server).empty()) unnamed.push_back(id);
    }
  }
  for (const std::uint32_t id : unnamed) {
    Group& group = groups_[id];
    group.asked -= static_cast<std::uint32_t>(std::min<std::uint64_t>(group.asked, replies_elsewhere(group)));
  }
  for (const std::uint32_t id : touched_) {
    Group& group = groups_[id];
    group.queries += std::max(group.asked, group.answered);
    group.asked = group.answered = 0;
  }
  touched_.clear();
  has_named_replies_ = false;
}

bool Tally::is_less(const Group& left, const Group& right) const {
  const auto compare = [](const StringPool& pool, std::uint32_t a, std::uint32_t b) {
    return a == b ? 0 : pool.text(a).compare(pool.text(b));
  };
  if (const int order = compare(servers_, left.key.server, right.key.server); order != 0) return order < 0;
  if (const int order = compare(clients_, left.key.client, right.key.client); order != 0) return order < 0;
  if (const int order = compare(names_, left.key.name, right.key.name); order != 0) return order < 0;
  return compare(types_, left.key.type, right.key.type) < 0;
}

std::vector<TallyRow> Tally::rows() const {
  std::vector<TallyRow> by_group(groups_.size());
  std::vector<std::vector<std::pair<std::uint32_t, std::uint64_t>>> steps(groups_.size());
  for (const Detail& detail : details_) {
    if (detail.key == 0) continue;
    const std::size_t group = (detail.key >> 20) - 1;
    const auto value = static_cast<std::uint32_t>(detail.key & 0xfffff);
    if ((value & kLatency) == 0) by_group[group].rcodes[std::string(rcodes_.text(value))] += detail.count;
    if ((value & kLatency) != 0) steps[group].emplace_back(value & ~kLatency, detail.count);
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t id = 0; id < groups_.size(); ++id) {
    const Group& group = groups_[id];
    TallyRow& row = by_group[id];
    row.server = servers_.text(group.key.server);
    row.client = clients_.text(group.key.client);
    row.name = names_.text(group.key.name);
    row.type = types_.text(group.key.type);
    row.queries = group.queries;
    row.first = group.first;
    row.last = group.last;
    if (group.queries > 0) order.push_back(id);
    if (steps[id].empty()) continue;
    std::ranges::sort(steps[id]);
    std::uint64_t total = 0;
    for (const auto& [step, count] : steps[id]) total += count;
    const auto quantile = [&](std::uint64_t percent) {
      std::uint64_t seen = 0;
      for (const auto& [step, count] : steps[id]) {
        seen += count;
        if (seen * 100 >= total * percent) return std::min(end_of_step(step), group.slowest);
      }
      return group.slowest;
    };
    row.latency = {{"p50", quantile(50)}, {"p95", quantile(95)}, {"max", group.slowest}};
  }
  std::ranges::sort(order, [&](std::uint32_t left, std::uint32_t right) { return is_less(groups_[left], groups_[right]); });
  std::vector<TallyRow> rows;
  rows.reserve(order.size());
  for (const std::uint32_t id : order) rows.push_back(std::move(by_group[id]));
  return rows;
}

}  // namespace mainstay
