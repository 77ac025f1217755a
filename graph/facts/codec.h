// The JSON Lines form of facts: what `mainstay facts` prints and `--facts` reads.
#pragma once

#include <string>
#include <string_view>

#include "graph/facts/facts.h"
#include "graph/values/result.h"

namespace mainstay {

/// One fact as one line of JSON without a line feed: {"fact":"stub","scope":"host:app",...}.
/// Shape: keys in the order of fields.h; members that hold their default are left out, except those without which the fact says nothing.
///        Names end with a dot. A text is a string, or with unknown parts an array of strings and {"hole":name,"pattern":p}.
///        Octets that are not valid UTF-8 are written as U+FFFD.
std::string to_json_line(const Fact& fact);

/// Reads one line back.
/// Errors: not JSON, more than 64 MiB, nested deeper than any fact, not a known kind, an unknown or repeated or missing member, a value
///         of the wrong type or out of range; the message names the member ("servers[0].port: ...").
Result<Fact> fact_from_json_line(std::string_view line);

/// The JSON Schema (draft 2020-12) of one line, indented.
std::string facts_schema();

}  // namespace mainstay
