#include "ingest/logs/string_pool.h"

#include <cstring>
#include <random>

namespace mainstay {

// The seed keeps whoever writes the log from choosing texts that meet in one slot; nothing that is printed depends on it.
StringPool::StringPool() : seed_((std::uint64_t{std::random_device{}()} << 32) | 0x9e3779b9u), slots_(1024) {}

std::uint64_t StringPool::hash_of(std::string_view text) const {
  constexpr std::uint64_t kFactor = 0x9ddfea08eb382d69ull;
  std::uint64_t hash = seed_ ^ text.size();
  const auto mix = [&](std::uint64_t value) {
    hash = (hash ^ value) * kFactor;
    hash ^= hash >> 29;
  };
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    mix(word);
    text.remove_prefix(8);
  }
  std::uint64_t word = 0;
  if (!text.empty()) std::memcpy(&word, text.data(), text.size());
  mix(word);
  mix(seed_);
  return hash;
}

std::size_t StringPool::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0) return slot;
    const Entry& entry = entries_[slots_[slot] - 1];
    if (entry.hash == hash && std::string_view(octets_).substr(entry.offset, entry.size) == text) return slot;
  }
}

std::uint32_t StringPool::add(std::string_view text) {
  const auto hash = static_cast<std::uint32_t>(hash_of(text) >> 32);
  std::size_t slot = slot_of(text, hash);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (2 * (entries_.size() + 1) > slots_.size()) {
    grow();
    slot = slot_of(text, hash);
  }
  entries_.push_back({octets_.size(), static_cast<std::uint32_t>(text.size()), hash});
  octets_ += text;
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  return slots_[slot] - 1;
}

std::optional<std::uint32_t> StringPool::find(std::string_view text) const {
  const std::size_t slot = slot_of(text, static_cast<std::uint32_t>(hash_of(text) >> 32));
  if (slots_[slot] == 0) return std::nullopt;
  return slots_[slot] - 1;
}

std::string_view StringPool::text(std::uint32_t id) const {
  return std::string_view(octets_).substr(entries_[id].offset, entries_[id].size);
}

void StringPool::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = 0; id < entries_.size(); ++id) {
    std::size_t slot = entries_[id].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(id + 1);
  }
}

}  // namespace mainstay
