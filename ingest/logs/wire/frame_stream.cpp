#include "ingest/logs/wire/frame_stream.h"

#include <fmt/format.h>

#include "ingest/logs/wire/network_octets.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostControl = 512;
constexpr std::uint32_t kStart = 2;
constexpr std::uint32_t kLastControl = 5;
constexpr std::uint32_t kContentType = 1;

}  // namespace

std::string_view FrameStream::content_type(std::string_view head) {
  // An escape, the size of the control frame, its kind, and a field behind its own kind and size.
  if (head.size() < 20 || network32(head, 0) != 0 || network32(head, 8) != kStart || network32(head, 12) != kContentType) return {};
  const std::size_t control = network32(head, 4);
  const std::size_t size = network32(head, 16);
  if (control > kMostControl || control < 12 || size > control - 12 || size > head.size() - 20) return {};
  return head.substr(20, size);
}

bool FrameStream::skip_control() {
  const std::string_view ahead = octets_.peek(12);
  if (ahead.size() < 12) {
    error_ = "the file ends inside of a control frame";
    return false;
  }
  const std::uint32_t size = network32(ahead, 4);
  const std::uint32_t kind = network32(ahead, 8);
  if (size < 4 || size > kMostControl || kind == 0 || kind > kLastControl) {
    error_ = fmt::format("octet {}: there is no control frame where one is announced", octets_.position());
    return false;
  }
  if (octets_.skip(std::uint64_t{8} + size)) return true;
  error_ = "the file ends inside of a control frame";
  return false;
}

FrameStream::Step FrameStream::next(std::string_view& frame) {
  octets_.skip(given_);
  given_ = 0;
  while (error_.empty()) {
    const std::string_view ahead = octets_.peek(4);
    if (ahead.empty()) break;
    if (ahead.size() < 4) {
      error_ = "the file ends inside of the size of a frame";
      break;
    }
    const std::size_t size = network32(ahead, 0);
    if (size == 0) {
      if (!skip_control()) break;
      continue;
    }
    const std::uint64_t begin = octets_.position();
    octets_.skip(4);
    if (size > kMostFrame) {
      if (octets_.skip(size)) return Step::too_long;
      error_ = fmt::format("octet {}: the file ends inside of a frame of {} octets", begin, size);
      break;
    }
    frame = octets_.peek(size);
    if (frame.size() < size) {
      error_ = fmt::format("octet {}: the file ends inside of a frame of {} octets", begin, size);
      break;
    }
    frame = frame.substr(0, size);
    given_ = size;
    return Step::frame;
  }
  return Step::end;
}

}  // namespace mainstay
