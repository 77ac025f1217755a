// TextMap: where the octets of a decoded text stand in the source it was decoded from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/values/location.h"

namespace mainstay {

/// Translates offsets of a text into locations of its source, so that a notation inside another one (a Corefile inside a block scalar
/// of a ConfigMap) is reported on its own line.
/// Shape: runs of octets that stand in the source unchanged; what lies between two runs (an escape) belongs to the one before it.
/// Cost:  a binary search over the runs for each question.
class TextMap {
 public:
  /// The text is the source itself, from `begin` on.
  explicit TextMap(SourceId source, std::uint32_t begin = 0) : source_(source), runs_{{0, begin}} {}

  /// The octets from `text` on stand at `source` and behind it; to be called with growing offsets.
  void add_run(std::size_t text, std::size_t source);
  /// The source range of the octets [begin, end) of the text; never reaches past `set_end`.
  Location where(std::size_t begin, std::size_t end) const;
  /// The source offset behind the whole text.
  void set_end(std::size_t source) { end_ = static_cast<std::uint32_t>(source); }
  SourceId source() const { return source_; }

 private:
  struct Run {
    std::uint32_t text;
    std::uint32_t source;
  };
  std::uint32_t offset(std::size_t text) const;

  SourceId source_;
  std::uint32_t end_ = 0xffffffff;
  std::vector<Run> runs_;
};

}  // namespace mainstay
