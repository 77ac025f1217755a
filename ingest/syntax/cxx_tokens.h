// The tokens of a C or C++ text, as clang's lexer cuts them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "graph/values/result.h"

namespace mainstay {

enum class CxxTokenKind : std::uint8_t { word, string, character, number, mark };

/// One token; comments are none.
struct CxxToken {
  CxxTokenKind kind = CxxTokenKind::mark;
  bool starts_line = false;  // the first one of its line; a line that a backslash continues is one line
  Location where;
  std::string_view text;  // as written, quotes and prefixes of literals included

  bool is(std::string_view mark) const { return text == mark && kind != CxxTokenKind::string; }
};

using CxxTokens = std::span<const CxxToken>;

/// Cuts a text into tokens. Nothing is parsed and nothing is included: any text will do, and none can make it recurse.
/// Shape:  in the order of the text; the views are into it.
/// Errors: a text of more than kMaxCxxText octets; no libclang on this machine.
/// Cost:   linear; about 80 MB for 4 MiB of text. May be called from several threads.
Result<std::vector<CxxToken>> cxx_tokens(std::string_view text, SourceId source);

inline constexpr std::size_t kMaxCxxText = std::size_t{4} << 20;

}  // namespace mainstay
