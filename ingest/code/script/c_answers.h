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

/// True for a name of something that may pass: "is_allowed", "authorised".
bool is_permission(std::string_view name);
/// True for the name of a function whose business is who may pass: such ones, and "verify_caller", "authenticate".
bool decides_on_callers(std::string_view name);
/// True for a name that lets somebody in whatever gives it back: VERDICT_ALLOW.
bool admits_callers(std::string_view name);
/// True for one that keeps somebody out: ACCESS_DENIED.
bool refuses_callers(std::string_view name);
/// True for a name that says yes of whatever was asked: such ones, and "SUCCESS", "ok".
bool says_yes(std::string_view name);
/// True for one that says no: "AUTH_FAILED".
bool says_no(std::string_view name);

}  // namespace mainstay::script
