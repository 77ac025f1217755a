// From text to syntax tree: the one place that calls the compiler's parser.
#pragma once

#include <string>
#include <vector>

#include "graph/values/result.h"
#include "ingest/code/ast/tree.h"

namespace mainstay::code::ast {

/// One file that the compiler may read. Names are below the root of the scanned tree.
struct TreeFile {
  std::string name;
  std::string bytes;
};

/// What is read: the first file, which there is, with the others as its headers. `flags` are those of allowed_flags().
struct TreeInput {
  std::vector<TreeFile> files;
  std::vector<std::string> flags;
};

/// Parses the first file. Headers come from `files` and from the program itself; nothing else can be read, because the process that calls
/// this can open no file (reader.h). Declarations and types of other libraries are missing then; the rest of the tree is good.
/// Errors: no libclang on this machine; the compiler gives up.
Result<Tree> read_tree(const TreeInput& input);

}  // namespace mainstay::code::ast
