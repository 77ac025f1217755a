// What the words of expressions and statements of C say that no other language has.
#pragma once

#include <string_view>

namespace mainstay::script {

inline constexpr std::string_view kStepWord = "++";            // of an unknown: parts[0] before it is one more
inline constexpr std::string_view kMinusWord = "-";            // of an unknown: parts[0] below zero
inline constexpr std::string_view kSizeWord = "sizeof";        // of an unknown
inline constexpr std::string_view kDeclaredWord = "declared";  // of an assignment: the target has no value yet
inline constexpr std::string_view kLocalWord = "local";        // the target is declared here
inline constexpr std::string_view kArrayWord = "array";        // of an assignment: the target is an array
inline constexpr std::string_view kCopyWord = "copy";          // what the target points to is given the value
inline constexpr std::string_view kAppendWord = "append";      // and keeps what it has
inline constexpr std::string_view kMacroWord = "macro";        // of an expression: a call that may lead elsewhere
inline constexpr std::string_view kGotoWord = "goto ";         // of a return, and of the label's place with "label "
inline constexpr std::string_view kLabelWord = "label ";
inline constexpr std::string_view kUnknownCall = "(unknown)";  // what follows is not known
inline constexpr std::string_view kEmptyCall = "(empty)";      // an object that is made without anything

}  // namespace mainstay::script
