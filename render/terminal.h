// Terminal: a report as a person reads it in a shell. The first screen answers the question; every line can be unfolded.
#pragma once

#include <optional>
#include <string>

#include "graph/findings/finding.h"
#include "graph/findings/report.h"
#include "graph/values/diagnostic.h"

namespace mainstay {

/// How a terminal shows things.
/// Units: `width` is in columns; 0 means a pipe: nothing is cut, wrapped or set to the right edge.
struct TerminalStyle {
  bool colour = false;
  unsigned width = 0;
  std::optional<Severity> min;  // unset: the worst findings that fit a first screen; set: all findings at least that bad
  bool all_endpoints = false;
  bool unicode = true;  // false: ASCII only
};

/// The screen of `mainstay scan`: totals, identity endpoints, findings worst first, what was not understood, where to go next.
/// Shape: about 40 lines unless the style asks for more; parts that have nothing to say are left out; each line ends with a line feed.
std::string terminal(const Report& report, const TerminalStyle& style);

/// One finding in full: every subject, reason and affected workload.
std::string terminal_finding(const Finding& finding, const TerminalStyle& style);

/// One problem of the input with its line quoted and the place marked.
/// Shape: "file:line:column: error: message", the line, "^~~~" below it where the place in the quoted line is known, the hint.
std::string terminal_diagnostic(const Diagnostic& diagnostic, const TerminalStyle& style);

}  // namespace mainstay
