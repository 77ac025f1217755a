// The process that reads syntax trees: a compiler's parser on hostile text is kept apart from the scan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/values/result.h"
#include "ingest/code/ast/tree_calls.h"

namespace mainstay::code::ast {

/// The one argument that makes the program a reading process.
inline constexpr const char* kReadingVerb = "read-syntax-trees";

/// Says which program can be started as a reading process; "/proc/self/exe" is the running one. Without it no tree is read.
/// To be called before any thread is started.
void set_reading_program(std::string path);
bool has_reading_program();

/// Answers requests on standard input until it ends. What the process may do is bounded first: it can open no file and make no connection,
/// has 2 GiB of addresses, and 4 s of the processor for one request.
int serve_trees();

/// The calls of a translation unit, read in a process of the calling thread, which is started when it is first needed and again after a
/// failure. Errors: one sentence; the next file is read all the same.
Result<std::vector<SeenCall>> read_calls_apart(const TreeInput& input);

}  // namespace mainstay::code::ast
