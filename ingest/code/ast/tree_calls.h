// The calls of the table (ingest/code/known_calls.h) in a syntax tree, and the texts that they get.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ingest/code/ast/clang_tree.h"
#include "ingest/code/value.h"

namespace mainstay::code::ast {

/// One text that a call gets; there are several when the function around it is called in several places.
struct SeenValue {
  Value value;                       // sources count the files that were given
  bool is_settled = true;            // false when something in it was not understood
  std::vector<Location> considered;  // the expressions that it was made of
};

/// What the options of a handle say of the time that a call may take.
enum class SeenTime : std::uint8_t { none, standard, unknown, set };

struct SeenCall {
  std::uint32_t row = 0;  // of known_calls()
  Location where;         // the name of what is called, in the first file; for a constructor all that may hold the name
  bool is_other = false;  // it is something of that name which is not what the table means
  bool is_unverified = false;
  bool is_once = false;  // its result is the first value of something static
  std::string option;    // "CURLOPT_URL"
  std::string service;   // the argument with the port or the service, when it is known
  std::vector<SeenValue> values;
  SeenTime time = SeenTime::none;
  std::uint32_t milliseconds = 0;
  Location time_where;
};

inline constexpr std::size_t kMaxSeenCalls = 2'000;

/// Shape: in the order of the tree; those of the headers only as far as the first file gives them something.
std::vector<SeenCall> seen_calls(const Tree& tree, const TreeInput& input);

}  // namespace mainstay::code::ast
