// LogReader: the lines of a log of any size, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/byte_source.h"

namespace mainstay {

/// Which lines of a source: those that begin at an octet before `end`, without the rest of a line that begins before the source does.
struct LineRange {
  bool skips_first = false;
  std::uint64_t end = std::numeric_limits<std::uint64_t>::max();  // octets from the beginning of the source
};

/// Reads a source in chunks and gives its lines, without their ends, or its octets.
/// Limits: a line of more than kMaxLine octets is skipped and counted, never held.
class LogReader : public ByteSource {
 public:
  static constexpr std::size_t kMaxLine = 65536;
  static constexpr std::size_t kChunk = std::size_t{256} << 10;

  explicit LogReader(std::unique_ptr<ByteSource> source, const LineRange& range = {});

  /// Up to kMaxLine octets of the beginning, without moving on.
  std::string_view head();
  /// Gives octets instead of lines, from where it stands; a range does not end them.
  std::size_t read(std::span<char> room) override;
  /// Gives the next line; false at the end or at an error. The view lives until the next call.
  bool next(std::string_view& line);

  std::uint64_t too_long() const { return too_long_; }
  /// Octets of the lines that were given or skipped, with their ends.
  std::uint64_t octets() const { return position_ - foreign_; }
  /// Why reading stopped early; empty at a true end.
  const std::string& error() const override { return source_->error(); }

 private:
  bool fill();
  bool take_line(std::size_t size, std::size_t with_end, std::string_view& line);

  std::unique_ptr<ByteSource> source_;
  LineRange range_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t position_ = 0;  // of begin_ in the source
  std::uint64_t foreign_ = 0;   // octets of a line that begins before the range
  bool skipping_ = false;       // inside a line that is too long
  std::uint64_t too_long_ = 0;
};

}  // namespace mainstay
