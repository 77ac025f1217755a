// Source: one text and its name. Unit: the sources that mean something together, and where facts and problems go.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/diagnostic.h"
#include "graph/values/evidence.h"
#include "graph/values/location.h"
#include "graph/values/place.h"

namespace mainstay {

/// One text with its name, relative to the scanned root ("hosts/app/etc/resolv.conf").
/// The bytes may be anything; they are never copied by the parsers, which hold views into them.
class Source {
 public:
  /// Units: at most 4 GiB - 1 octets; the walker refuses larger files before.
  Source(std::string name, std::string bytes);

  const std::string& name() const { return name_; }
  std::string_view bytes() const { return bytes_; }

  /// The place of a byte offset range as people read it; the line's text is redacted and cut.
  /// Cost: the table of line starts is built at the first call, then a binary search.
  Place place(std::uint32_t begin, std::uint32_t end) const { return quoted(begin, end).place; }

  /// A place, and which octet of its text stands at its column.
  struct Quoted {
    Place place;
    std::uint32_t caret = 0;  // from 1; 0 where that octet is not shown: it was masked, trimmed, or is the end of the line
  };
  /// The same as place(), with what a caret below the quoted line needs.
  Quoted quoted(std::uint32_t begin, std::uint32_t end) const;

 private:
  std::string name_;
  std::string bytes_;
  mutable std::vector<std::uint32_t> line_starts_;
};

/// Collects the problems of one source, in the order found.
/// After kMaxProblems the rest is counted, so that hostile input cannot flood the output.
class Diagnostics {
 public:
  static constexpr std::size_t kMaxProblems = 1000;

  void error(const Source& source, Location where, std::string message, std::string hint = {});
  void warning(const Source& source, Location where, std::string message, std::string hint = {});
  void note(const Source& source, Location where, std::string message, std::string hint = {});
  void add(Diagnostic diagnostic);

  const std::vector<Diagnostic>& all() const { return all_; }
  std::size_t dropped() const { return dropped_; }
  bool has_errors() const { return errors_ > 0; }

 private:
  void add(const Source& source, Location where, DiagnosticSeverity severity, std::string message, std::string hint);
  /// Counts one more; false when it is one too many.
  bool is_kept(DiagnosticSeverity severity);

  std::vector<Diagnostic> all_;
  std::size_t dropped_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace mainstay
