#include "ingest/logs/sql/row_sorter.h"

#include <algorithm>
#include <span>
#include <utility>

namespace mainstay {
namespace {

/// Rows of memory, which are sorted and have each key once.
class HeldRows : public RowSource {
 public:
  explicit HeldRows(std::span<const ObservedRow> rows) : rows_(rows) {}
  bool next(ObservedRow& row) override {
    if (rows_.empty()) return false;
    row = rows_.front();
    rows_ = rows_.subspan(1);
    return true;
  }

 private:
  std::span<const ObservedRow> rows_;
};

std::size_t octets_of(const ObservedRow& row) {
  return sizeof(ObservedRow) + row.name.size() + row.server.size() + row.client.size() + 64 * row.rcodes.size() + 160;
}

}  // namespace

void RowSorter::settle() {
  std::ranges::sort(waiting_, [](const ObservedRow& left, const ObservedRow& right) { return left.key() < right.key(); });
  std::size_t kept = 0;
  for (std::size_t at = 0; at < waiting_.size(); ++at) {
    if (kept > 0 && waiting_[kept - 1].key() == waiting_[at].key()) {
      merge(waiting_[kept - 1], waiting_[at]);
    } else {
      if (kept != at) waiting_[kept] = std::move(waiting_[at]);
      ++kept;
    }
  }
  waiting_.resize(kept);
}

Result<bool> RowSorter::add(ObservedRow&& row) {
  octets_ += octets_of(row);
  waiting_.push_back(std::move(row));
  if (octets_ <= memory_) return true;
  settle();
  octets_ = 0;
  for (const ObservedRow& one : waiting_) octets_ += octets_of(one) + 16 * one.minutes.size();
  if (2 * octets_ <= memory_) return true;  // rows of one key had come often
  if (file_ == nullptr) {
    Result<std::unique_ptr<RowFile>> made = RowFile::make();
    if (!made) return Error{made.error()};
    file_ = *std::move(made);
  }
  HeldRows held(waiting_);
  Result<bool> written = file_->add(held);
  waiting_.clear();
  octets_ = 0;
  return written;
}

std::unique_ptr<RowSource> RowSorter::rows() {
  settle();
  std::vector<std::unique_ptr<RowSource>> sources;
  if (file_ != nullptr) sources = file_->runs();
  sources.push_back(std::make_unique<HeldRows>(waiting_));
  return std::make_unique<MergedRows>(std::move(sources));
}

}  // namespace mainstay
