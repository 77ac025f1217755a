// FrameStream: the frames of a Frame Streams file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/logs/octet_window.h"

namespace mainstay {

/// Reads a file as fstrm_capture and dnstap-output write it; several files behind one another are one.
/// Limits: a frame of more than kMostFrame octets is skipped.
/// Errors: a control frame that cannot be one ends the reading, because nothing says where the next frame begins.
/// Source: the Frame Streams specification, fstrm's fstrm/control.h.
class FrameStream {
 public:
  static constexpr std::size_t kMostFrame = std::size_t{256} << 10;
  enum class Step : std::uint8_t { frame, too_long, end };

  explicit FrameStream(OctetWindow& octets) : octets_(octets) {}

  /// The next data frame. The view lives until the next call.
  Step next(std::string_view& frame);
  /// Why the frames ended early; empty at a true end.
  const std::string& error() const { return error_; }

  /// The content type that a file which begins like this states; empty when it is no Frame Streams file, or states none.
  static std::string_view content_type(std::string_view head);

 private:
  bool skip_control();

  OctetWindow& octets_;
  std::size_t given_ = 0;  // octets of the frame that was given last
  std::string error_;
};

}  // namespace mainstay
