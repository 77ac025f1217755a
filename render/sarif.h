// SARIF: the static analysis results interchange format, within what GitHub takes.
#pragma once

#include <cstddef>
#include <string>

#include "render/report_output.h"

namespace mainstay {

/// GitHub refuses a whole file that is over one of its maxima, so the least important is left out before, and a notification counts it.
/// Source: GitHub Docs, SARIF support for code scanning, "Validating your SARIF file" and "File limits".
struct SarifLimits {
  std::size_t results = 25'000;
  std::size_t places = 1'000;  // of one result
  std::size_t steps = 1'000;   // of one code flow: more are taken (10,000) and never shown
  std::size_t tags = 20;       // of one rule
  std::size_t notifications = 500;
  std::size_t compressed_octets = 9'990'000;  // 10 MB, with room for the frame around it
};

/// The document within the given limits; sarif() of report_output.h has GitHub's.
/// Shape:  one run; results worst first, suppressed ones behind, as many as fit. Code flows go first where the document is too large.
std::string sarif_within(const SarifLimits& limits, const Report& report, const OutputContext& context);

}  // namespace mainstay
