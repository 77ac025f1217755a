// Envelope: what carries a server's lines to where they are kept. One file each, below envelopes/.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ingest/logs/log_format.h"

namespace mainstay {

/// A line of a server, taken out of what it was sent in.
struct Enclosed {
  std::string_view text;
  std::string_view program;  // who wrote it, as "named"; empty where the envelope does not say
  std::int64_t time = LogLine::kNoTime;
  bool is_part = false;  // the next line of the same sender goes on with it
};

/// A way of sending lines: constant data and a function without state.
struct Envelope {
  std::string_view name;
  /// Opens one line; nothing when it is not in this envelope. The views live as long as the line and its scratch.
  std::optional<Enclosed> (*open)(std::string_view line, LineScratch& scratch);
};

/// Opens the lines of one log, one after the other, and joins what was sent in parts.
class LineOpener {
 public:
  explicit LineOpener(const Envelope& envelope) : envelope_(envelope), is_bare_(envelope.name == "none") {}
  /// A line; nothing when it is not in the envelope. Of a part only that it is one; the last part gives the whole.
  /// Limits: what grows beyond 64 KiB loses its beginning.
  std::optional<Enclosed> open(std::string_view line, LineScratch& scratch);
  /// The lines are in no envelope, so that open() gives them as they are.
  bool is_bare() const { return is_bare_; }

 private:
  const Envelope& envelope_;
  bool is_bare_;
  std::string carried_;
  bool is_carrying_ = false;
};

/// Reads a line that was taken out of its envelope. What a format does not know of its own program's lines, and has no client, is something
/// else that this program says.
LineVerdict read_enclosed(const LogFormat& format, const Enclosed& inner, LogLine& out, LineScratch& scratch);

/// Every envelope; the first one is none at all.
std::span<const Envelope* const> all_envelopes();

}  // namespace mainstay
