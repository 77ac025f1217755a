// RowFile: rows on disk that do not fit into memory, or that come from a partial file.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/result.h"
#include "ingest/logs/row_source.h"

namespace mainstay {

/// A file without a name, which is gone when the program is. Runs of rows are written one after the other.
class RowFile {
 public:
  /// In the folder of temporary files. Errors: nothing can be written there.
  static Result<std::unique_ptr<RowFile>> make();
  ~RowFile();
  RowFile(const RowFile&) = delete;
  RowFile& operator=(const RowFile&) = delete;

  /// Writes all rows of a source as one run. Errors: the disk is full.
  Result<bool> add(RowSource& rows);
  /// Every run, from its beginning; they live no longer than this.
  std::vector<std::unique_ptr<RowSource>> runs() const;
  std::size_t size() const { return ends_.size(); }

 private:
  explicit RowFile(int descriptor) : descriptor_(descriptor) {}
  Result<bool> write(std::string_view octets);

  int descriptor_;
  std::uint64_t size_ = 0;
  std::vector<std::uint64_t> ends_;
};

/// Hands on all rows of a source, each behind its size, many at once. Errors: those of the source and of `sink`.
Result<bool> write_rows(RowSource& rows, const std::function<Result<bool>(std::string_view)>& sink);

/// Rows of an open file, each behind its size, from one octet up to another.
std::unique_ptr<RowSource> rows_of_file(int descriptor, std::uint64_t begin, std::uint64_t end);

/// The largest row that is read or written.
inline constexpr std::size_t kLargestRow = std::size_t{16} << 20;

}  // namespace mainstay
