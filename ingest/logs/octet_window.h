// OctetWindow: the octets of a source that lie ahead, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/byte_source.h"

namespace mainstay {

/// Gives views of what comes next. They live until the next call.
class OctetWindow {
 public:
  /// The most that can be asked for at once.
  static constexpr std::size_t kMost = std::size_t{512} << 10;

  explicit OctetWindow(ByteSource& source) : source_(source) {}

  /// What lies ahead: at least `size` octets, which is at most kMost; fewer only at the end.
  std::string_view peek(std::size_t size) {
    if (end_ - begin_ < size) fill(size);
    return {buffer_.data() + begin_, end_ - begin_};
  }
  /// Moves on, also behind what was looked at; false when the source ends before that.
  bool skip(std::uint64_t size);

  /// Octets from the beginning of the source.
  std::uint64_t position() const { return position_; }
  /// Why there are no more; empty at a true end.
  const std::string& error() const { return source_.error(); }

 private:
  static constexpr std::size_t kChunk = std::size_t{256} << 10;

  void fill(std::size_t size);

  ByteSource& source_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t position_ = 0;
};

}  // namespace mainstay
