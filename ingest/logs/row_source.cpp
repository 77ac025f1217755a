#include "ingest/logs/row_source.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "ingest/logs/row_codec.h"

namespace mainstay {

bool RowSource::next_octets(std::string& out) {
  ObservedRow row;
  if (!next(row)) return false;
  append_row(out, row);
  return true;
}

MergedRows::MergedRows(std::vector<std::unique_ptr<RowSource>> sources) : sources_(std::move(sources)), heads_(sources_.size()) {
  if (sources_.size() == 1) return;  // which is handed through
  for (std::size_t source = 0; source < sources_.size(); ++source) advance(source);
}

void MergedRows::advance(std::size_t source) {
  heads_[source] = {};
  if (!sources_[source]->next(heads_[source])) return;
  heap_.push_back(source);
  std::ranges::push_heap(heap_, [this](std::size_t left, std::size_t right) { return is_later(left, right); });
}

std::size_t MergedRows::take_first() {
  std::ranges::pop_heap(heap_, [this](std::size_t left, std::size_t right) { return is_later(left, right); });
  const std::size_t first = heap_.back();
  heap_.pop_back();
  return first;
}

bool MergedRows::next(ObservedRow& row) {
  if (sources_.size() == 1) return sources_.front()->next(row);
  if (heap_.empty()) return false;
  const std::size_t first = take_first();
  row = std::move(heads_[first]);
  advance(first);
  while (!heap_.empty() && heads_[heap_.front()].key() == row.key()) {
    const std::size_t equal = take_first();
    merge(row, heads_[equal]);
    advance(equal);
  }
  return true;
}

bool MergedRows::next_octets(std::string& out) {
  return sources_.size() == 1 ? sources_.front()->next_octets(out) : RowSource::next_octets(out);
}

std::string MergedRows::error() const {
  for (const std::unique_ptr<RowSource>& source : sources_) {
    if (std::string error = source->error(); !error.empty()) return error;
  }
  return {};
}

Result<bool> for_each_row(RowSource& rows, const std::function<void(ObservedRow&&)>& use) {
  for (ObservedRow row; rows.next(row);) use(std::move(row));
  if (std::string error = rows.error(); !error.empty()) return Error{std::move(error)};
  return true;
}

}  // namespace mainstay
