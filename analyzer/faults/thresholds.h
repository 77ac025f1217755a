// Thresholds: "at least so many of these fail", made of "or" and "and".
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace mainstay {

/// True when at least `times` of the functions are; one that is listed twice counts twice.
/// Shape: Functions has ids with kNone and kAlways, is_constant, level, either and both.
/// Cost:  functions times `times` of both operations.
template <class Functions>
typename Functions::Id threshold(Functions& of, std::vector<typename Functions::Id> parts, std::size_t times) {
  using Id = typename Functions::Id;
  const auto always = static_cast<std::size_t>(std::count(parts.begin(), parts.end(), Functions::kAlways));
  if (always >= times) return Functions::kAlways;
  times -= always;
  parts.erase(std::remove_if(parts.begin(), parts.end(), Functions::is_constant), parts.end());
  if (parts.size() < times) return Functions::kNone;
  // The deepest first: what is added then stands above what is there, and little has to be walked again.
  std::stable_sort(parts.begin(), parts.end(), [&](Id a, Id b) { return of.level(a) > of.level(b); });
  // met[j]: at least j of those looked at so far. Only what can still lead to `times` is kept.
  std::vector<Id> met(times + 1, Functions::kNone);
  met[0] = Functions::kAlways;
  for (std::size_t seen = 0; seen < parts.size(); ++seen) {
    const std::size_t left = parts.size() - seen;
    const std::size_t first = times > left ? times - left + 1 : 1;
    for (std::size_t count = std::min(times, seen + 1); count >= first; --count) {
      met[count] = of.either(met[count], of.both(met[count - 1], parts[seen]));
    }
  }
  return met[times];
}

}  // namespace mainstay
