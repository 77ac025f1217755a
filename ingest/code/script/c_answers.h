// How the functions of a C file say yes, told from their types, their names, what they give back and how their callers test it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/script/script.h"

namespace mainstay::script {

/// What the head of a function says.
struct CHead {
  std::string type;                   // the words in front of its name
  std::vector<std::string> pointers;  // parameters that point to something which the function may change
};

/// Sets `answers` and `given_by` of a function as far as it says them itself.
void settle_answers(Statement& function, const CHead& head);

/// Settles those that are ambiguous by the conditions of the file that test them.
void settle_by_callers(std::vector<Statement>& file);

/// True for a word that names who may pass: "allowed", "is_authorised".
bool says_yes(std::string_view name);
/// True for one that names who may not: "denied", "AUTH_FAILED".
bool says_no(std::string_view name);

}  // namespace mainstay::script
