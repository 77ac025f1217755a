// LogPart: a log, or a range of one: what is counted once, however often it is given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/values/diagnostic.h"

namespace mainstay {

/// What became of the lines of one log.
/// Shape: lines = queries + other + not_understood + too_long.
struct LogAccount {
  std::string file;
  std::string format;        // empty when no format understands the file
  std::string reason;        // why it is this format
  std::uint64_t octets = 0;  // after decompression
  std::uint64_t lines = 0;
  std::uint64_t queries = 0;         // questions, replies, and details of replies
  std::uint64_t other = 0;           // lines of the same server that are no query of class IN; empty lines
  std::uint64_t not_understood = 0;  // of files without a format: all lines looked at
  std::uint64_t too_long = 0;        // more than 64 KiB
  friend auto operator<=>(const LogAccount&, const LogAccount&) = default;
};

struct LogPart {
  std::string id;  // 64 hexadecimal digits
  LogAccount account;
  std::vector<Diagnostic> problems;
  friend auto operator<=>(const LogPart&, const LogPart&) = default;
};

/// Octets of a file, from `begin` up to `end`: the lines that begin there.
struct OctetRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  friend auto operator<=>(const OctetRange&, const OctetRange&) = default;
};

/// What stays the same when the same file is given again, under another name too: its size, its first and last 64 KiB, the range, and the
/// server it is said to be of. Empty for what is no file that can be read twice.
std::string id_of_log(const std::string& path, const std::optional<OctetRange>& range, const std::string& server);

/// The same for a stream, when it was read.
std::string id_of_stream(std::string_view head, std::uint64_t octets, const std::string& server);

}  // namespace mainstay
