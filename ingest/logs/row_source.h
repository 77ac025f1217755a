// RowSource: rows in the order of their keys, from memory or from a file, and several of them merged into one.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "graph/values/result.h"
#include "ingest/logs/observed_row.h"

namespace mainstay {

class RowSource {
 public:
  virtual ~RowSource() = default;
  /// Gives the next row, whose key is larger than that of the one before; false at the end and at an error.
  virtual bool next(ObservedRow& row) = 0;
  /// Appends the next row as append_row() writes it; for sources that need not make a row for that.
  virtual bool next_octets(std::string& out);
  /// Why the rows stopped early; empty at a true end.
  virtual std::string error() const { return {}; }
};

/// Several sources as one: each key once, with what all of them saw of it. Errors: those of the sources.
/// Cost: a heap of one row a source.
class MergedRows : public RowSource {
 public:
  explicit MergedRows(std::vector<std::unique_ptr<RowSource>> sources);
  bool next(ObservedRow& row) override;
  bool next_octets(std::string& out) override;
  std::string error() const override;

 private:
  bool is_later(std::size_t left, std::size_t right) const { return heads_[right].key() < heads_[left].key(); }
  void advance(std::size_t source);
  std::size_t take_first();

  std::vector<std::unique_ptr<RowSource>> sources_;
  std::vector<ObservedRow> heads_;
  std::vector<std::size_t> heap_;
};

/// Calls `use` with each row of a source.
Result<bool> for_each_row(RowSource& rows, const std::function<void(ObservedRow&&)>& use);

}  // namespace mainstay
