// C and C++ source as a Script.
#pragma once

#include <string_view>
#include <vector>

#include "ingest/code/script/script.h"
#include "ingest/syntax/cxx_tokens.h"

namespace mainstay::script {

/// The functions of a file with their bodies, its constants, enumerators and macros as values of the file. `&x` and `*x` stay what they
/// are; casts and types are taken off; `snprintf(buffer, ...)` and its kin are also values of the buffer; `goto` is what stands behind its
/// label. A function is unknown from its beginning when an #if in it has branches that do different things, and from where a macro of the
/// file is used that may leave it; so are functions of one name together. Types are left out, and so are functions in types of functions.
/// Errors: none; what fits no grammar is an unknown expression. Limits: nesting past 100 and trees past 200,000 parts are unknown.
/// Source: ISO C 6.8, 6.9; ISO C++ [stmt.stmt], [dcl.dcl].
std::vector<Statement> c_script(CxxTokens tokens);

/// True when a word of the text is a call that looks TXT records up in C or C++. Cost: one pass, no memory.
bool names_c_lookup(std::string_view text);

}  // namespace mainstay::script
