#include "ingest/logs/octet_window.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "graph/values/assert.h"

namespace mainstay {

void OctetWindow::fill(std::size_t size) {
  MAINSTAY_ASSERT(size <= kMost, "nobody asks for more than the window holds");
  if (buffer_.empty()) buffer_.resize(kMost + kChunk);
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  while (end_ < size) {
    const std::size_t got = source_.read(std::span(buffer_).subspan(end_, std::min(buffer_.size() - end_, kChunk)));
    if (got == 0) return;
    end_ += got;
  }
}

bool OctetWindow::skip(std::uint64_t size) {
  while (true) {
    const auto here = static_cast<std::size_t>(std::min<std::uint64_t>(size, end_ - begin_));
    begin_ += here;
    position_ += here;
    size -= here;
    if (size == 0) return true;
    if (peek(1).empty()) return false;
  }
}

}  // namespace mainstay
