// ResultTable: the rows of a query's result, as engines print them: CSV with a head, or objects of JSON.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/byte_source.h"
#include "ingest/logs/log_format.h"

namespace mainstay {

/// Reads rows one at a time. Shape: a value is a text; NULL, also as "\N" and as what JSON leaves out, is an empty one.
/// Limits: a row of more than a MiB is passed over and counted.
class ResultTable {
 public:
  /// `columns` are the names that are read, in the order in which values are given; others are passed over, and case does not matter.
  ResultTable(std::unique_ptr<ByteSource> source, std::vector<std::string_view> columns);
  ~ResultTable();

  /// The next row's values, one for each column; false at the end.
  bool next(std::vector<std::string>& values);
  /// The columns that the result has. They are known behind the first next(); in JSON each row may have others.
  bool has(std::size_t column) const { return present_[column]; }
  /// It is no CSV.
  bool is_json() const { return is_json_; }
  /// Rows that were too long or no rows.
  std::uint64_t bad() const { return bad_; }
  /// Octets that were read.
  std::uint64_t octets() const { return octets_; }
  const std::string& error() const { return source_->error(); }
  /// The first octets, up to 64 KiB of them.
  const std::string& head() const { return head_; }

 private:
  static constexpr std::size_t kLongestRow = std::size_t{1} << 20;

  int take();
  bool next_of_csv(std::vector<std::string>& values);
  bool next_of_json(std::vector<std::string>& values);
  bool take_record(std::vector<std::string>& fields);
  bool take_object(std::string& object);
  std::size_t column_of(std::string_view name) const;

  std::unique_ptr<ByteSource> source_;
  std::vector<std::string_view> columns_;
  std::vector<bool> present_;
  std::vector<std::size_t> places_;  // the column of each field of CSV
  LineScratch scratch_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::string head_;
  std::uint64_t octets_ = 0;
  std::uint64_t bad_ = 0;
  bool is_begun_ = false;
  bool is_json_ = false;
};

}  // namespace mainstay
