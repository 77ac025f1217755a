// What the tables of decision diagrams have in common.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace mainstay {

inline constexpr std::uint32_t kBelowAll = 0xffffffff;  // the level of the constants
inline constexpr std::size_t kMostKnown = std::size_t{1} << 22;
inline constexpr std::uint32_t kDeepest = 3000;  // calls; each takes a few hundred octets of the stack, more under sanitizers
inline constexpr std::uint32_t kStepsBetweenChecks = 1u << 14;

inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t hash = (a * 0x9e3779b97f4a7c15u) ^ (b * 0xc2b2ae3d27d4eb4fu) ^ (c * 0x165667b19e3779f9u);
  hash ^= hash >> 29;
  hash *= 0xbf58476d1ce4e5b9u;
  return hash ^ (hash >> 32);
}

inline std::chrono::steady_clock::time_point deadline_of(double seconds) {
  const std::chrono::duration<double> left(seconds);
  return std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(left);
}
inline double seconds_until(std::chrono::steady_clock::time_point deadline) {
  return std::chrono::duration<double>(deadline - std::chrono::steady_clock::now()).count();
}

}  // namespace mainstay
