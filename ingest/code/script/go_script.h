// Go source as a Script.
#pragma once

#include <vector>

#include "ingest/code/script/script.h"
#include "ingest/syntax/script_tokens.h"

namespace mainstay::script {

/// Types are left out; `T{a: b}` is a call of T with a table; several values
/// are a list; `defer` and `go` are the calls behind them; methods are
/// functions; panic() is an error that is raised. Errors: none; what fits no
/// grammar is an unknown expression. Limits: nesting past 100 and trees past
/// 200,000 parts are unknown. Source: The Go Programming Language
/// Specification, Go 1.22.
std::vector<Statement> go_script(const std::vector<ScriptToken>& tokens);

}  // namespace mainstay::script
