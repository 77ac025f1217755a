#include "ingest/logs/group_table.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <utility>

#include "graph/values/assert.h"
#include "graph/values/ip_address.h"
#include "ingest/logs/group_records.h"

namespace mainstay {
namespace {

constexpr std::size_t kBatch = 16;
constexpr std::int64_t kMinute = 60'000'000;

std::uint64_t mixed(std::uint64_t value) {
  value *= 0x9e3779b97f4a7c15ull;
  return value ^ (value >> 32);
}

}  // namespace

GroupTable::GroupTable(const GroupSettings& settings)
    : settings_(settings),
      seed_((std::uint64_t{std::random_device{}()} << 32) | 0x85ebca6bu),
      known_servers_(256),
      known_clients_(32768),
      known_types_(256),
      known_rcodes_(64),
      pending_(new Pending[kBatch]),
      slots_(4096) {}

GroupTable::~GroupTable() = default;

const GroupTable::Client& GroupTable::client_of(std::string_view text) {
  const std::uint32_t id = known_clients_.number_of(text, client_texts_);
  if (id < clients_.size()) return clients_[id];
  const Result<IpAddress> address = IpAddress::parse(text);
  const std::string canonical = address ? address->text() : std::string(text);
  const std::string_view group = address && settings_.clients != nullptr ? settings_.clients->group_of(*address) : std::string_view();
  clients_.push_back({ClientSketch::hash_of(canonical), groups_of_clients_.add(group.empty() ? std::string_view(canonical) : group)});
  return clients_[id];
}

std::uint16_t GroupTable::number_of_type(std::string_view type) {
  if (types_.size() >= 65535 && !types_.find(type)) type = {};
  return static_cast<std::uint16_t>(known_types_.number_of(type, types_));
}

std::uint32_t GroupTable::number_of_rcode(std::string_view code) {
  constexpr std::size_t kMostCodes = 4096;
  if (rcodes_.size() >= kMostCodes && !rcodes_.find(code)) code = "OTHER";
  return known_rcodes_.number_of(code, rcodes_);
}

bool GroupTable::add(const LogLine& line, const LineScratch& scratch, std::uint8_t format) {
  Pending& out = pending_[waiting_];
  const std::optional<NameForm> name = write_canonical_name(line.name, out.name, seed_);
  if (!name) return false;
  out.name_size = name->size;
  const Client& client = client_of(line.client);
  out.client = client.group;
  out.client_hash = client.hash;
  out.server = known_servers_.number_of(line.server, servers_);
  out.type = number_of_type(line.type);
  out.format = format;
  out.rcode = line.rcode.empty() ? 0 : number_of_rcode(line.rcode) + 1;
  out.time = line.time;
  out.latency = line.latency;
  out.step = line.step;
  out.window = settings_.window > 0 && line.time >= 0 ? static_cast<std::uint32_t>(line.time / settings_.window) + 1 : 0;
  out.answers.clear();
  for (const LoggedAnswer& answer : scratch.answers) out.answers.emplace_back(answers_.add(answer.data), answer.ttl);
  const std::uint64_t rest =
      (std::uint64_t{out.client} << 32 | out.server) ^ mixed(std::uint64_t{out.window} << 32 | std::uint64_t{out.type} << 8 | out.format);
  out.hash = mixed(name->hash ^ mixed(rest)) | 1;
  __builtin_prefetch(&slots_[(out.hash >> 32) & (slots_.size() - 1)]);
  if (++waiting_ == kBatch) flush();
  return true;
}

void GroupTable::flush() {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = 0; at < waiting_; ++at) {
    const std::uint64_t slot = slots_[(pending_[at].hash >> 32) & mask];
    if (slot == 0) continue;
    const auto* const record = static_cast<const char*>(records_.at(static_cast<std::uint32_t>(slot) - 1));
    __builtin_prefetch(record, 1);
    __builtin_prefetch(record + 64, 1);
  }
  std::array<Group*, kBatch> groups;
  for (std::size_t at = 0; at < waiting_; ++at) {
    groups[at] = &group_of(pending_[at]);
    if (groups[at]->details == 0) continue;
    const auto* const details = reinterpret_cast<const char*>(&details_[groups[at]->details - 1]);
    for (std::size_t octet = 0; octet < sizeof(Details); octet += 64) __builtin_prefetch(details + octet, 1);
  }
  for (std::size_t at = 0; at < waiting_; ++at) count(pending_[at], *groups[at]);
  waiting_ = 0;
}

GroupTable::Group& GroupTable::group_of(const Pending& line) {
  const std::size_t mask = slots_.size() - 1;
  const std::uint64_t tag = line.hash >> 32;
  for (std::size_t slot = tag & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0) return add_group(line, slot);
    if (slots_[slot] >> 32 != tag) continue;
    Group& group = *static_cast<Group*>(records_.at(static_cast<std::uint32_t>(slots_[slot]) - 1));
    if (group.client == line.client && group.server == line.server && group.type == line.type && group.window == line.window &&
        group.format == line.format && group.name_size == line.name_size && std::memcmp(group.name(), line.name, line.name_size) == 0)
      return group;
  }
}

GroupTable::Group& GroupTable::add_group(const Pending& line, std::size_t slot) {
  const std::uint32_t record = records_.add(sizeof(Group) + line.name_size);
  Group& group = *new (records_.at(record)) Group{};
  group.server = line.server;
  group.client = line.client;
  group.window = line.window;
  group.type = line.type;
  group.format = line.format;
  group.name_size = line.name_size;
  group.first = group.last = ObservedRow::kNoTime;
  group.client_hash = line.client_hash;
  group.number = static_cast<std::uint32_t>(groups_.size());
  groups_.push_back(record);
  std::memcpy(group.name(), line.name, line.name_size);
  slots_[slot] = (line.hash >> 32 << 32) | (record + 1);
  if (2 * groups_.size() > slots_.size()) grow();
  return group;
}

void GroupTable::grow() {
  std::vector<std::uint64_t> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const std::uint64_t entry : old) {
    if (entry == 0) continue;
    std::size_t slot = (entry >> 32) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = entry;
  }
}

void GroupTable::count(const Pending& line, Group& group) {
  if (line.step == LineStep::asked) ++group.asked;
  if (line.step == LineStep::answered) ++group.answered;
  if (line.time != LogLine::kNoTime) {
    group.first = group.first == ObservedRow::kNoTime ? line.time : std::min(group.first, line.time);
    group.last = std::max(group.last, line.time);
    if (line.time >= 0 && line.step != LineStep::detail) count_minute(line, group);
  }
  if (line.rcode != 0 || line.latency >= 0 || group.client_hash != line.client_hash || !line.answers.empty()) count_details(line, group);
}

void GroupTable::count_minute(const Pending& line, Group& group) {
  const auto minute = static_cast<std::uint32_t>(line.time / kMinute);
  if (minute != group.minute) {
    close_minute(group);
    group.minute = minute;
  }
  ++(line.step == LineStep::asked ? group.minute_asked : group.minute_answered);
}

void GroupTable::close_minute(Group& group) {
  if (group.minute == kNoMinute) return;
  minutes_.push_back({{group.minute, group.minute_asked, group.minute_answered}, group.number});
  group.minute = kNoMinute;
  group.minute_asked = group.minute_answered = 0;
}

void GroupTable::count_details(const Pending& line, Group& group) {
  if (group.details == 0) {
    details_.emplace_back();
    detail_octets_ += sizeof(Details) + 64;
    group.details = static_cast<std::uint32_t>(details_.size());
  }
  Details& details = details_[group.details - 1];
  if (line.rcode != 0) {
    const auto at = std::ranges::find(details.rcodes, line.rcode - 1, [](const auto& entry) { return entry.first; });
    if (at == details.rcodes.end()) {
      details.rcodes.emplace_back(line.rcode - 1, 1);
      detail_octets_ += 16;
    } else {
      ++at->second;
    }
  }
  if (line.latency >= 0) {
    const std::size_t steps = details.latency.steps().size();
    details.latency.add(static_cast<std::uint64_t>(line.latency));
    detail_octets_ += 24 * (details.latency.steps().size() - steps);
  }
  if (line.client_hash != group.client_hash) count_client(line.client_hash, group, details);
  for (const auto& [text, ttl] : line.answers) {
    if (details.answer != text + 1) {
      const std::size_t texts = details.answers.texts().size();
      details.answers.add(answers_.text(text));
      detail_octets_ += 48 * (details.answers.texts().size() - texts);
      details.answer = text + 1;
    }
    if (ttl < 0) continue;
    details.ttl_low = details.ttl_low < 0 ? ttl : std::min(details.ttl_low, ttl);
    details.ttl_high = std::max(details.ttl_high, ttl);
  }
}

void GroupTable::count_client(std::uint64_t hash, const Group& group, Details& details) {
  constexpr std::size_t kMostWaiting = 64;
  if (!details.clients.is_exact()) return details.clients.add(hash);
  if (details.clients.empty()) details.clients.add(group.client_hash);
  details.waiting.push_back(hash);
  detail_octets_ += 8;
  if (details.waiting.size() < kMostWaiting) return;
  details.clients.add(details.waiting);
  details.waiting.clear();
  detail_octets_ += details.clients.is_exact() ? 0 : ClientSketch::kRegisters;
}

std::size_t GroupTable::octets() const {
  return slots_.size() * 8 + groups_.size() * 4 + records_.octets() + detail_octets_ + minutes_.size() * sizeof(MinuteOfGroup) +
         client_texts_.octets() + groups_of_clients_.octets() + answers_.octets() + clients_.size() * sizeof(Client);
}

void GroupTable::clear() {
  waiting_ = 0;
  slots_ = std::vector<std::uint64_t>(4096);
  groups_ = {};
  records_.clear();
  details_ = {};
  detail_octets_ = 0;
  minutes_ = {};
  answers_ = {};
  client_texts_ = {};
  groups_of_clients_ = {};
  clients_ = {};
  known_clients_.clear();
}

}  // namespace mainstay
