#include "ingest/logs/log_reader.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace mainstay {
namespace {

gzFile file_of(void* stream) { return static_cast<gzFile>(stream); }

}  // namespace

LogReader::LogReader(void* stream) : stream_(stream), buffer_(kChunk + kMaxLine) {}

LogReader::~LogReader() { gzclose(file_of(stream_)); }

Result<std::unique_ptr<LogReader>> LogReader::open(const std::string& path) {
  // zlib reads plain files as they are, gzip with all its members, and decides by the first two octets.
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return Error{fmt::format("{} cannot be opened: {}", path, errno == 0 ? "out of memory" : std::strerror(errno))};
  gzbuffer(file, 256u << 10);
  return std::unique_ptr<LogReader>(new LogReader(file));
}

bool LogReader::fill() {
  if (at_end_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const std::size_t room = std::min(buffer_.size() - end_, kChunk);
  const int got = gzread(file_of(stream_), buffer_.data() + end_, static_cast<unsigned>(room));
  if (got < 0) {
    int code = 0;
    const char* message = gzerror(file_of(stream_), &code);
    error_ = code == Z_ERRNO ? std::strerror(errno) : message;
  } else if (got == 0) {
    int code = 0;
    gzerror(file_of(stream_), &code);
    if (code == Z_BUF_ERROR) error_ = "the compressed file ends too early";
  }
  if (got <= 0) {
    at_end_ = true;
    return false;
  }
  end_ += static_cast<std::size_t>(got);
  octets_ += static_cast<std::uint64_t>(got);
  return true;
}

std::string_view LogReader::head() {
  while (end_ - begin_ < kMaxLine && fill()) {
  }
  return std::string_view(buffer_.data() + begin_, std::min(end_ - begin_, kMaxLine));
}

bool LogReader::next(std::string_view& line) {
  while (true) {
    const char* begin = buffer_.data() + begin_;
    const auto* newline = static_cast<const char*>(std::memchr(begin, '\n', end_ - begin_));
    if (newline != nullptr) {
      const auto size = static_cast<std::size_t>(newline - begin);
      begin_ += size + 1;
      const bool usable = !skipping_ && size <= kMaxLine;
      if (!usable && !skipping_) ++too_long_;
      skipping_ = false;
      if (!usable) continue;
      line = std::string_view(begin, size > 0 && begin[size - 1] == '\r' ? size - 1 : size);
      return true;
    }
    if (end_ - begin_ > kMaxLine) {
      if (!skipping_) ++too_long_;
      skipping_ = true;
    }
    if (skipping_) begin_ = end_;
    if (fill()) continue;
    if (begin_ == end_ || skipping_) return false;
    line = std::string_view(buffer_.data() + begin_, end_ - begin_);
    begin_ = end_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    return true;
  }
}

}  // namespace mainstay
