// PageColumn: many whole numbers of the report page's data in few octets, which its script takes apart again
// (render/html/script/column.js).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace mainstay {

/// Numbers one after the other, from -2^50 to 2^50.
/// Shape: Base64 (RFC 4648, section 4) of one entry for each run of equal differences between neighbours, the first number's being to 0. An
///        entry is twice the difference in zigzag form, plus 1 when the length of the run follows; both as LEB128.
class PageColumn {
 public:
  void add(std::int64_t number);
  /// Nothing is to be added behind it.
  std::string text();

 private:
  void end_run();

  std::string octets_;
  std::int64_t last_ = 0;
  std::int64_t difference_ = 0;
  std::uint64_t run_ = 0;
};

/// Rows of as many numbers each, kept column by column.
class PageRows {
 public:
  explicit PageRows(std::size_t width) : columns_(width) {}
  void add(std::initializer_list<std::int64_t> row);
  /// The text of each column.
  std::vector<std::string> texts();

 private:
  std::vector<PageColumn> columns_;
};

}  // namespace mainstay
