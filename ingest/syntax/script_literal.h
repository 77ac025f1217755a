// String literals of JavaScript, Go, Java and C#: how each one opens and ends, and what is written in it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/syntax/script_tokens.h"

namespace mainstay {

/// How a text is written that begins at a place.
struct ScriptText {
  std::size_t opening = 1;  // octets in front of what it says
  std::string quote;        // that closes it
  bool has_escapes = true;
  bool doubles_quote = false;  // @"a""b"
  bool has_fields = false;     // `a${b}`, $"a{b}"
  bool is_dollar = false;      // a field opens with "${"
  bool spans_lines = false;
};

/// The text that begins at the front of `rest`; nothing when none does.
std::optional<ScriptText> script_text(std::string_view rest, ScriptLexicon lexicon);

enum class TextEnd : std::uint8_t { closed, field, open };

struct ScriptTextPart {
  std::string value;
  std::size_t behind = 0;
  TextEnd end = TextEnd::open;
};

/// What stands from `at` on, up to the closing quote, the opening of a field, or the end of what the text may span.
ScriptTextPart read_text_part(std::string_view source, std::size_t at, const ScriptText& text);

}  // namespace mainstay
