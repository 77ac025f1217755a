#include "ingest/syntax/text_map.h"

#include <algorithm>

namespace mainstay {

void TextMap::add_run(std::size_t text, std::size_t source) {
  const Run run{static_cast<std::uint32_t>(text), static_cast<std::uint32_t>(source)};
  const Run& last = runs_.back();
  if (run.text == last.text) {
    runs_.back() = run;
  } else if (run.source - run.text != last.source - last.text) {
    runs_.push_back(run);
  }
}

std::uint32_t TextMap::offset(std::size_t text) const {
  const auto next = std::upper_bound(runs_.begin() + 1, runs_.end(), text, [](std::size_t at, const Run& run) { return at < run.text; });
  const Run& run = *(next - 1);
  std::uint32_t at = run.source + (static_cast<std::uint32_t>(text) - run.text);
  if (next != runs_.end()) at = std::min(at, next->source);
  return std::min(at, end_);
}

Location TextMap::where(std::size_t begin, std::size_t end) const {
  const std::uint32_t from = offset(begin);
  // The end is asked as "behind the last octet": the run of the octet at `end` may start on another line.
  const std::uint32_t to = end > begin ? std::min(offset(end - 1) + 1, end_) : from;
  return {source_, from, std::max(from, to)};
}

}  // namespace mainstay
