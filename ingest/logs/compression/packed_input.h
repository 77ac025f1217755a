// PackedInput: compressed octets on their way into a decompressor.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ingest/logs/byte_source.h"

namespace mainstay {

/// A buffer in front of a source: what is there and not used yet.
class PackedInput {
 public:
  explicit PackedInput(std::unique_ptr<ByteSource> source) : source_(std::move(source)), buffer_(std::size_t{256} << 10) {}

  /// Gets more when nothing is left; false at the end.
  bool refill() {
    if (begin_ < end_) return true;
    begin_ = 0;
    end_ = source_->read(buffer_);
    return end_ > 0;
  }
  std::span<char> left() { return std::span(buffer_).subspan(begin_, end_ - begin_); }
  void use(std::size_t octets) { begin_ += octets; }
  const std::string& error() const { return source_->error(); }

 private:
  std::unique_ptr<ByteSource> source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace mainstay
