#include "ingest/logs/wire/open_questions.h"

#include <algorithm>
#include <cstring>

namespace mainstay {
namespace {

std::uint64_t mixed(std::uint64_t value) {
  value *= 0x9e3779b97f4a7c15ull;
  return value ^ (value >> 29);
}

std::uint64_t with_address(std::uint64_t hash, std::string_view address) {
  std::uint64_t words[2] = {};
  if (!address.empty()) std::memcpy(words, address.data(), std::min(address.size(), sizeof words));
  return mixed(mixed(hash ^ words[0]) ^ words[1]);
}

std::uint64_t hash_of(const ExchangeKey& key) {
  std::uint64_t hash = std::uint64_t{key.client_port} << 48 | std::uint64_t{key.server_port} << 32 | std::uint64_t{key.id} << 16 | key.type;
  hash = mixed(hash ^ (key.is_stream ? 0xc2b2ae3d27d4eb4full : 0));
  hash = with_address(with_address(hash, key.client), key.server);
  return hash | 1;  // 0 is a free place
}

}  // namespace

/// Makes room by halves: what stood in one place is spread over two.
void OpenQuestions::grow() {
  std::vector<Place> old(places_.size() * 2);
  old.swap(places_);
  for (const Place& place : old) {
    for (const Question& one : place) {
      if (one.hash == 0) continue;
      Place& next = place_of(one.hash);
      *std::ranges::find(next, std::uint64_t{0}, &Question::hash) = one;  // no more than four came from the one place that it was
    }
  }
}

void OpenQuestions::ask(const ExchangeKey& key, std::int64_t time) {
  const std::uint64_t hash = hash_of(key);
  ++asked_;
  while (true) {
    Place& place = place_of(hash);
    auto at = std::ranges::find(place, hash, &Question::hash);
    if (at == place.end()) at = std::ranges::find(place, std::uint64_t{0}, &Question::hash);
    if (at == place.end() && places_.size() < kMostPlaces) {
      grow();
      continue;
    }
    if (at == place.end()) at = std::ranges::min_element(place, {}, &Question::time);
    *at = {hash, time};
    return;
  }
}

std::optional<std::int64_t> OpenQuestions::answer(const ExchangeKey& key) {
  const std::uint64_t hash = hash_of(key);
  Place& place = place_of(hash);
  const auto at = std::ranges::find(place, hash, &Question::hash);
  if (at == place.end()) return std::nullopt;
  ++answered_;
  at->hash = 0;
  return at->time;
}

}  // namespace mainstay
