#include "render/html/page_column.h"

#include <openssl/evp.h>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

void append_leb128(std::string& octets, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) octets += static_cast<char>(number | 0x80);
  octets += static_cast<char>(number);
}

/// 0, -1, 1, -2, ... as 0, 1, 2, 3, ...
std::uint64_t zigzag(std::int64_t number) {
  return number < 0 ? static_cast<std::uint64_t>(-(number + 1)) * 2 + 1 : static_cast<std::uint64_t>(number) * 2;
}

}  // namespace

void PageColumn::add(std::int64_t number) {
  constexpr std::int64_t kMost = std::int64_t{1} << 50;
  MAINSTAY_ASSERT(-kMost <= number && number <= kMost, "a script counts exactly up to 2^53");
  const std::int64_t difference = number - last_;
  if (run_ > 0 && difference != difference_) end_run();
  difference_ = difference;
  last_ = number;
  ++run_;
}

void PageColumn::end_run() {
  const bool is_long = run_ > 1;
  append_leb128(octets_, zigzag(difference_) * 2 + (is_long ? 1 : 0));
  if (is_long) append_leb128(octets_, run_);
  run_ = 0;
}

std::string PageColumn::text() {
  if (run_ > 0) end_run();
  std::string out((octets_.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(octets_.data()),
                                   static_cast<int>(octets_.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

void PageRows::add(std::initializer_list<std::int64_t> row) {
  MAINSTAY_ASSERT(row.size() == columns_.size(), "rows are as wide as the first");
  std::size_t column = 0;
  for (const std::int64_t number : row) columns_[column++].add(number);
}

std::vector<std::string> PageRows::texts() {
  std::vector<std::string> all;
  all.reserve(columns_.size());
  for (PageColumn& one : columns_) all.push_back(one.text());
  return all;
}

}  // namespace mainstay
