// JavaScript and TypeScript source as a Script.
#pragma once

#include <vector>

#include "ingest/code/script/script.h"
#include "ingest/syntax/script_tokens.h"

namespace mainstay::script {

/// Types are left out, `await` and `new` are taken off, generators are
/// functions; members of classes are functions and values of `this`; an enum is
/// a table. Functions that a name, a member or a key is given are functions of
/// that name. Errors: none; what fits no grammar is an unknown expression.
/// Limits: nesting past 100 and trees past 200,000 parts are unknown. Source:
/// ECMAScript 2024; TypeScript 5 handbook.
std::vector<Statement> javascript_script(const std::vector<ScriptToken>& tokens);

}  // namespace mainstay::script
