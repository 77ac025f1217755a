// Java and C# source as a Script.
#pragma once

#include <vector>

#include "ingest/code/script/script.h"
#include "ingest/syntax/script_tokens.h"

namespace mainstay::script {

/// Types and modifiers are left out; `new T(...)` is a call of T; members of
/// types are functions and values of the file; casts, `await` and `using` are
/// taken off; anonymous types and `yield` are unknown. Errors: none; what fits
/// no grammar is an unknown expression. Limits: nesting past 100 and trees past
/// 200,000 parts are unknown. Source: The Java Language Specification, Java SE
/// 21; C# language specification, C# 12.
std::vector<Statement> java_script(const std::vector<ScriptToken>& tokens);
std::vector<Statement> csharp_script(const std::vector<ScriptToken>& tokens);

}  // namespace mainstay::script
