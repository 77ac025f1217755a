// LogReader: the lines of a log of any size, plain or gzip, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/result.h"

namespace mainstay {

/// Reads a file in chunks and gives its lines, without their ends.
/// Limits: a line of more than kMaxLine octets is skipped and counted, never held.
class LogReader {
 public:
  static constexpr std::size_t kMaxLine = 65536;
  static constexpr std::size_t kChunk = 1u << 20;

  /// Errors: the file cannot be opened.
  static Result<std::unique_ptr<LogReader>> open(const std::string& path);
  ~LogReader();
  LogReader(const LogReader&) = delete;
  LogReader& operator=(const LogReader&) = delete;

  /// Up to kMaxLine octets of the beginning, without moving on.
  std::string_view head();
  /// Gives the next line; false at the end or at an error. The view lives until the next call.
  bool next(std::string_view& line);

  std::uint64_t too_long() const { return too_long_; }
  std::uint64_t octets() const { return octets_; }
  /// Why reading stopped early; empty at a true end.
  const std::string& error() const { return error_; }

 private:
  explicit LogReader(void* stream);
  bool fill();

  void* stream_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool at_end_ = false;
  bool skipping_ = false;  // inside a line that is too long
  std::uint64_t too_long_ = 0;
  std::uint64_t octets_ = 0;
  std::string error_;
};

}  // namespace mainstay
