// What the compiler's parser is given for one file: texts, and the words of its command.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/ast/clang_tree.h"

namespace mainstay::code::ast {

struct ParsedFile {
  std::string name;  // below "/tree" or "/stub", which are on no disk
  std::string_view bytes;
};

struct ParseCommand {
  std::vector<ParsedFile> files;  // the first one is parsed
  std::vector<std::string> flags;
};

/// The name of a file of the scanned tree for the parser.
std::string parsed_name(const TreeFile& file);

/// The views of the command are into `input` and into the stub headers.
ParseCommand parse_command(const TreeInput& input);

}  // namespace mainstay::code::ast
