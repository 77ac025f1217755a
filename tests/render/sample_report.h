// A report with something in every part, as a scan of a middling estate would give it.
#pragma once

#include "graph/findings/impact.h"
#include "graph/findings/report.h"

namespace mainstay {

Report sample_report();

/// Text that tries everything: terminal control octets, markup, quotes, line feeds, bidirectional controls, invalid UTF-8.
inline constexpr const char* kHostile =
    "\x1b[31mred\x07\r\n</text><script>alert('1')</script>\"\\N\\G & \xe2\x80\xae"
    "gpj.exe\xc2\x9b"
    "2J\xff\xe2\x80\x8b\x7f";

/// A report whose every text is hostile.
Report hostile_report();

/// A what-if with every standing in it, and one whose every text is hostile.
ImpactReport sample_impact();
ImpactReport hostile_impact();

}  // namespace mainstay
