#include "ingest/logs/log_reader.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

namespace mainstay {

LogReader::LogReader(std::unique_ptr<ByteSource> source, const LineRange& range)
    : source_(std::move(source)), range_(range), buffer_(kChunk + kMaxLine) {}

bool LogReader::fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const std::size_t got = source_->read(std::span(buffer_).subspan(end_, std::min(buffer_.size() - end_, kChunk)));
  end_ += got;
  return got > 0;
}

std::string_view LogReader::head() {
  while (end_ - begin_ < kMaxLine && fill()) {
  }
  return {buffer_.data() + begin_, std::min(end_ - begin_, kMaxLine)};
}

std::size_t LogReader::read(std::span<char> room) {
  std::size_t size = std::min(room.size(), end_ - begin_);
  if (size > 0) {
    std::memcpy(room.data(), buffer_.data() + begin_, size);
    begin_ += size;
  } else {
    size = source_->read(room);
  }
  position_ += size;
  return size;
}

/// Moves behind a line; false when it is one that nobody gets.
bool LogReader::take_line(std::size_t size, std::size_t with_end, std::string_view& line) {
  const char* const begin = buffer_.data() + begin_;
  begin_ += with_end;
  position_ += with_end;
  const bool is_foreign = std::exchange(range_.skips_first, false);
  foreign_ += is_foreign ? with_end : 0;
  const bool is_rest = std::exchange(skipping_, false);
  if (is_foreign || is_rest) return false;
  if (size > kMaxLine) {
    ++too_long_;
    return false;
  }
  line = std::string_view(begin, size > 0 && begin[size - 1] == '\r' ? size - 1 : size);
  return true;
}

bool LogReader::next(std::string_view& line) {
  while (skipping_ || position_ < range_.end) {
    const char* const begin = buffer_.data() + begin_;
    const auto* const newline = static_cast<const char*>(std::memchr(begin, '\n', end_ - begin_));
    if (newline != nullptr) {
      const auto size = static_cast<std::size_t>(newline - begin);
      if (take_line(size, size + 1, line)) return true;
      continue;
    }
    if (skipping_ || end_ - begin_ > kMaxLine) {
      if (!skipping_ && !range_.skips_first) ++too_long_;
      skipping_ = true;
      position_ += end_ - begin_;
      foreign_ += range_.skips_first ? end_ - begin_ : 0;
      begin_ = end_;
    }
    if (fill()) continue;
    if (begin_ == end_) return false;
    if (take_line(end_ - begin_, end_ - begin_, line)) return true;
  }
  return false;
}

}  // namespace mainstay
