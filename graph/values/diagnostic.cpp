#include "graph/values/diagnostic.h"

namespace mainstay {

std::string_view word(DiagnosticSeverity severity) {
  switch (severity) {
    case DiagnosticSeverity::note: return "note";
    case DiagnosticSeverity::warning: return "warning";
    case DiagnosticSeverity::error: return "error";
  }
  return "error";
}

}  // namespace mainstay
