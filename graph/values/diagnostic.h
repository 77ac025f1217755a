// Diagnostic: what is wrong with the input, where, and what to do about it.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "graph/values/place.h"

namespace mainstay {

enum class DiagnosticSeverity : std::uint8_t { note, warning, error };

/// "note", "warning" or "error".
std::string_view word(DiagnosticSeverity severity);

/// One problem of the input; parsing went on with what is good.
/// Shape: `message` says what is wrong in one sentence without a full stop; `hint` says what to do, and may be empty.
struct Diagnostic {
  Place where;
  DiagnosticSeverity severity = DiagnosticSeverity::error;
  std::string message;
  std::string hint;
  std::uint32_t caret = 0;  // which octet of where.text stands at where.column, from 1; 0 when that is not known

  friend auto operator<=>(const Diagnostic&, const Diagnostic&) = default;
};

}  // namespace mainstay
