// Environment files: KEY=value lines as Docker Compose and the dotenv libraries read them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "graph/values/text.h"

namespace mainstay {

/// One assignment. Variables of earlier lines are filled in; others are holes of the value.
struct Assignment {
  std::string key;
  Text value;
  Location key_at;
  Location where;  // key and value; for a value of several lines its first line
};

/// A problem of one line; it never quotes a value.
struct DotenvProblem {
  Location where;
  std::string message;
  std::string hint;
};

/// Reads `export`, quotes ('literal', "with escapes and variables", over several lines too), ${VAR}, $VAR, ${VAR:-default}, ${VAR-default},
/// ${VAR:+other}, ${VAR:?message}, comments, CRLF and a byte order mark.
/// Errors: a line that is no assignment, a quote that is not closed; the rest is read.
/// Limits: a value longer than 64 KiB becomes one hole, defaults nest 8 deep.
/// Source: compose-spec "Environment variable interpolation", dotenv README.
std::vector<Assignment> read_dotenv(std::string_view text, SourceId source, const std::function<void(DotenvProblem)>& problem);

}  // namespace mainstay
