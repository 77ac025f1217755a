// RowSorter: rows that come in any order, in the order of their keys, within a bound of memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ingest/logs/row_file.h"
#include "ingest/logs/row_source.h"

namespace mainstay {

/// Takes rows, adds up those of one key, and keeps what exceeds the bound in a temporary file.
class RowSorter {
 public:
  /// Units: octets, roughly.
  explicit RowSorter(std::size_t memory) : memory_(memory) {}

  /// Errors: the temporary file; the rows are then not whole.
  Result<bool> add(ObservedRow&& row);
  /// All rows, each key once; they live as long as this and as nothing is added.
  std::unique_ptr<RowSource> rows();

 private:
  void settle();

  std::size_t memory_;
  std::size_t octets_ = 0;
  std::vector<ObservedRow> waiting_;
  std::unique_ptr<RowFile> file_;
};

}  // namespace mainstay
