// JSON: a whole report for programs; versioned, in a stable order, without times of day.
#pragma once

#include <string>

#include "graph/findings/report.h"

namespace mainstay {

/// The report as one JSON document, indented by two spaces, ended by a line feed.
/// Shape: as scan_schema() says; lists in the order of the report; octets that are not valid UTF-8 as U+FFFD; control characters and
///        characters that reorder text as `\u` escapes, so that it may be printed on a terminal.
std::string json(const Report& report);

/// The JSON Schema (draft 2020-12) of what json() writes; both are made from the same tables.
std::string scan_schema();

}  // namespace mainstay
