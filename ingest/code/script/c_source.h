// One file of C or C++ before it is parsed: one branch of each #if, and what its macros stand for.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "ingest/syntax/cxx_tokens.h"

namespace mainstay::script {

/// Shape: the views are into the text.
struct CSource {
  std::vector<CxxToken> tokens;                                 // none of a directive
  std::map<std::string_view, std::vector<CxxToken>> constants;  // macros without arguments that have one short meaning
  std::set<std::string_view> leaving;                           // macros whose meaning may leave the function that uses them
  std::vector<std::uint32_t> differing;                         // where an #if stands whose branches do different things, ascending
};

/// Of each #if the first branch that says something is taken, "#if 0" and branches that do not close what they open left out.
/// Limits: an #if inside of 64 others is no longer told from its branches. Cost: linear times the nesting of #if.
CSource c_source(CxxTokens tokens);

}  // namespace mainstay::script
