// Brace notation: statements of words, some with a block of statements in braces.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "ingest/source/source.h"
#include "ingest/syntax/text_map.h"

namespace mainstay {

/// One word of a statement. `text` is decoded: without quotes, escapes resolved; `is_quoted` tells whether it had quotes.
struct BraceWord {
  std::string text;
  Location where;
  bool is_quoted = false;
};

/// A statement: its words, and the statements in its braces.
/// Shape: a block of a server in a Corefile has the zones as words ("example.org", ".:53"); a directive its name and arguments.
struct BraceStatement {
  std::vector<BraceWord> words;
  std::vector<BraceStatement> block;
  bool has_block = false;
  Location where;  // from the first word to the last, without the block

  /// The first word; empty for a block without words.
  std::string_view name() const { return words.empty() ? std::string_view() : std::string_view(words.front().text); }
};

/// What ends a statement.
enum class BraceDialect : std::uint8_t {
  corefile,  // the end of a line; `#` at the start of a word begins a comment; `\` before a quote escapes it; an opening brace ends a line
  nginx,     // a semicolon or a block; `#` begins a comment; single and double quotes; blocks of Lua are passed over
  bind,      // a semicolon or a block; `#`, `//` and `/* */` are comments; double quotes
};

/// What is read and where it stands: a whole source, or a text inside another notation.
struct BraceInput {
  std::string_view text;
  TextMap map;
  const Source& source;
  BraceDialect dialect = BraceDialect::corefile;
};

/// Reads all statements.
/// Errors: an opening brace that is never closed, a closing one too many, a quote without its end, blocks deeper than 100 levels; what
///         stands around them is used.
/// Source: the tokens of CoreDNS's Corefile follow the Caddyfile of Caddy 1 (corefile(5)); nginx follows its own configuration
///         guide, named.conf the BIND 9 Administrator Reference Manual.
std::vector<BraceStatement> read_braces(const BraceInput& input, Diagnostics& problems);

}  // namespace mainstay
