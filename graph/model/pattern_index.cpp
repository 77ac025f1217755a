#include "graph/model/pattern_index.h"

#include <algorithm>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

/// The last `count` labels; empty when there are fewer.
std::string_view last_labels(std::string_view host, int count) {
  std::size_t at = host.size();
  for (int label = 0; label < count; ++label) {
    if (at == 0 || at == std::string_view::npos) return {};
    at = host.rfind('.', at - 1);
  }
  return at == std::string_view::npos ? host : host.substr(at + 1);
}

}  // namespace

bool glob(std::string_view pattern, std::string_view text, std::size_t least) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, from = 0;
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*' && t + least <= text.size()) {
      star = ++p;
      t += least;
      from = t;
    } else if (p < pattern.size() && pattern[p] != '*' && t < text.size() && ascii_lower(pattern[p]) == ascii_lower(text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && from < text.size()) {
      p = star;
      t = ++from;
    } else {
      return false;
    }
  }
  return true;
}

void HostPatternIndex::add(std::string_view pattern, std::size_t row) {
  for (const int count : {2, 1}) {
    const std::string_view end = last_labels(pattern, count);
    if (!end.empty() && end.find('*') == std::string_view::npos) {
      rows_[ascii_lower(end)].push_back(row);
      return;
    }
  }
  rows_[{}].push_back(row);
}

std::vector<std::size_t> HostPatternIndex::candidates(std::string_view host) const {
  std::vector<std::size_t> found;
  for (const std::string_view end : {last_labels(host, 2), last_labels(host, 1), std::string_view()}) {
    const auto rows = rows_.find(ascii_lower(end));
    if (rows == rows_.end()) continue;
    found.insert(found.end(), rows->second.begin(), rows->second.end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void KeyPatternIndex::add(std::string_view pattern, std::size_t row) {
  const std::size_t star = pattern.rfind('*');
  if (star == std::string_view::npos) {
    whole_.emplace(ascii_lower(pattern), row);
  } else if (star == 0) {
    ends_.emplace(ascii_lower(pattern.substr(1)), row);
    longest_end_ = std::max(longest_end_, pattern.size() - 1);
  } else {
    rest_.emplace_back(ascii_lower(pattern), row);
  }
}

std::size_t KeyPatternIndex::first(std::string_view key) const {
  std::size_t best = npos;
  const std::string low = ascii_lower(key);
  if (const auto at = whole_.find(low); at != whole_.end()) best = at->second;
  for (std::size_t size = 0; size <= std::min(low.size(), longest_end_); ++size) {
    if (const auto at = ends_.find(low.substr(low.size() - size)); at != ends_.end()) best = std::min(best, at->second);
  }
  for (const auto& [pattern, row] : rest_) {
    if (row >= best) break;
    if (glob(pattern, low, 0)) return row;
  }
  return best;
}

}  // namespace mainstay
