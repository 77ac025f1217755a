// The JSON Lines form of facts: what `mainstay facts` prints and `--facts` reads.
#pragma once

#include <string>
#include <string_view>

#include "graph/facts/facts.h"
#include "graph/values/result.h"

namespace mainstay {

/// One fact as one line of JSON without a line feed: {"fact":"stub","scope":"host:app",...}. Keys in a fixed order, members that hold
/// their default left out; octets that are not valid UTF-8 are written as U+FFFD.
std::string to_json_line(const Fact& fact);

/// Reads one line back. Errors: not JSON, not a known kind, an unknown member, a value out of range; the message names the member.
Result<Fact> fact_from_json_line(std::string_view line);

/// The JSON Schema (draft 2020-12) of one line.
std::string facts_schema();

}  // namespace mainstay
