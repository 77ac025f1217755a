#include <algorithm>
#include <iterator>

#include "graph/values/assert.h"
#include "ingest/logs/log_format.h"

namespace mainstay {

#define MAINSTAY_LOG_FORMAT(symbol) extern const LogFormat symbol;
#include "ingest/logs/log_formats.inc"
#undef MAINSTAY_LOG_FORMAT

namespace {

constexpr const LogFormat* kFormats[] = {
#define MAINSTAY_LOG_FORMAT(symbol) &symbol,
#include "ingest/logs/log_formats.inc"
#undef MAINSTAY_LOG_FORMAT
};

}  // namespace

std::span<const LogFormat* const> all_log_formats() { return kFormats; }

const LogFormat* log_format_named(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, [](const LogFormat* one) { return one->name; });
  return found == std::end(kFormats) ? nullptr : *found;
}

char* LineScratch::room(std::size_t size) {
  constexpr std::size_t kBlock = std::size_t{64} << 10;
  while (block_ < blocks_.size() && blocks_[block_].size() - used_ < size) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) blocks_.emplace_back(std::max(size, kBlock), '\0');
  char* const room = blocks_[block_].data() + used_;
  used_ += size;
  return room;
}

void LineScratch::clear() {
  answers.clear();
  block_ = 0;
  used_ = 0;
}

}  // namespace mainstay
