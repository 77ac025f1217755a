#include "ingest/logs/client_sketch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <iterator>
#include <utility>

namespace mainstay {
namespace {

constexpr unsigned kIndexBits = 12;

/// Source: Ertl, algorithm 6.
double sigma(double x) {
  if (x == 1) return HUGE_VAL;
  double y = 1;
  double z = x;
  for (double before = -1; z != before;) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

double tau(double x) {
  if (x == 0 || x == 1) return 0;
  double y = 1;
  double z = 1 - x;
  for (double before = -1; z != before;) {
    x = std::sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  }
  return z / 3;
}

}  // namespace

std::uint64_t ClientSketch::hash_of(std::string_view text) {
  // FNV-1a, and the finaliser of MurmurHash3 because its upper bits hardly mix.
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdull;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ull;
  return hash ^ (hash >> 33);
}

void ClientSketch::note(std::uint64_t hash) {
  const auto index = static_cast<std::size_t>(hash >> (64 - kIndexBits));
  const std::uint64_t rest = (hash << kIndexBits) | (std::uint64_t{1} << (kIndexBits - 1));
  registers_[index] = std::max(registers_[index], static_cast<std::uint8_t>(std::countl_zero(rest) + 1));
}

void ClientSketch::add(std::uint64_t hash) {
  if (!registers_.empty()) return note(hash);
  const auto at = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
  if (at != hashes_.end() && *at == hash) return;
  hashes_.insert(at, hash);
  limit();
}

void ClientSketch::add(std::vector<std::uint64_t>& hashes) {
  if (!registers_.empty()) {
    for (const std::uint64_t hash : hashes) note(hash);
    return;
  }
  std::ranges::sort(hashes);
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  std::vector<std::uint64_t> all;
  all.reserve(hashes_.size() + hashes.size());
  std::ranges::set_union(hashes_, hashes, std::back_inserter(all));
  hashes_ = std::move(all);
  limit();
}

/// From few to many.
void ClientSketch::limit() {
  if (hashes_.size() <= kExact) return;
  registers_.resize(kRegisters);
  for (const std::uint64_t one : hashes_) note(one);
  hashes_ = {};
}

void ClientSketch::merge(const ClientSketch& other) {
  if (registers_.empty() && !other.registers_.empty()) {
    const std::vector<std::uint64_t> mine = std::exchange(hashes_, {});
    registers_ = other.registers_;
    for (const std::uint64_t hash : mine) note(hash);
    return;
  }
  for (const std::uint64_t hash : other.hashes_) add(hash);
  for (std::size_t at = 0; at < other.registers_.size(); ++at) registers_[at] = std::max(registers_[at], other.registers_[at]);
}

std::uint64_t ClientSketch::estimate() const {
  if (registers_.empty()) return hashes_.size();
  std::array<std::uint32_t, kMaxRank + 1> of_rank{};
  for (const std::uint8_t rank : registers_) ++of_rank[rank];
  constexpr double kAll = kRegisters;
  constexpr double kAlpha = 0.72134752044448170368;  // 1 / (2 ln 2)
  double z = kAll * tau((kAll - of_rank[kMaxRank]) / kAll);
  for (unsigned rank = kMaxRank - 1; rank >= 1; --rank) z = 0.5 * (z + of_rank[rank]);
  z += kAll * sigma(of_rank[0] / kAll);
  return static_cast<std::uint64_t>(std::llround(kAlpha * kAll * kAll / z));
}

bool ClientSketch::restore(std::vector<std::uint64_t> hashes, std::vector<std::uint8_t> registers, ClientSketch& out) {
  const bool few = registers.empty() && hashes.size() <= kExact &&
                   std::adjacent_find(hashes.begin(), hashes.end(), std::greater_equal<>()) == hashes.end();
  const bool many = hashes.empty() && registers.size() == kRegisters &&
                    std::all_of(registers.begin(), registers.end(), [](std::uint8_t rank) { return rank <= kMaxRank; });
  if (!few && !many) return false;
  out.hashes_ = std::move(hashes);
  out.registers_ = std::move(registers);
  return true;
}

}  // namespace mainstay
