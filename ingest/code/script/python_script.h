// Python source as a Script.
#pragma once

#include <vector>

#include "ingest/code/script/script.h"
#include "ingest/syntax/python_tokens.h"

namespace mainstay::script {

/// Understands every statement of Python 3.12 as far as Script can say it:
/// lambdas, match, await, yield and arithmetic are unknown expressions that
/// keep their parts, bodies of match cases are alternatives, decorators are
/// left out, `async` is taken off, an import is an assignment. Errors: none; what fits no grammar is an
/// unknown expression up to the end of its line. Limits: nesting past 60 and
/// trees past 200,000 parts are unknown.
std::vector<Statement> python_script(const std::vector<PythonToken>& tokens);

}  // namespace mainstay::script
