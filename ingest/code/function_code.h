// Where the code of a function of a template lies in the tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/code/named_uses.h"
#include "ingest/source/unit.h"

namespace mainstay::code {

/// What a template says of a function's code.
struct FunctionCode {
  std::string folder;   // in the tree, "" for the root; a single source file is taken as well
  std::string handler;  // "src/app.handler", "corp.App::handle", "Corp::Corp.App::Handle"
};

/// The file that has the handler; for Go, whose handlers name a binary, the main.go of the folder. Nothing when it is not there or when
/// several could be meant.
/// Source: AWS Lambda Developer Guide, "Define Lambda function handler" in Python, Node.js, Java, C# and Go.
std::optional<std::string> source_of(const SourceTree& tree, const FunctionCode& code);

/// Adds what the function's code asks as its needs, and the place of its handler to the reasons of its workload.
void add_function_code(Unit& unit, const FunctionCode& code, const RunsAs& function, Reasons& reasons);

}  // namespace mainstay::code
