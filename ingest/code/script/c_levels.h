// How far the answer of a lookup is still from its text, in C: Value::level.
#pragma once

namespace mainstay::script {

inline constexpr int kText = 0;     // an object that is the text: std::string
inline constexpr int kTexts = 1;    // a list of them
inline constexpr int kRawText = 2;  // points to the octets of the text
inline constexpr int kRdata = 3;    // points to the data of a record, which begins with the length of its first string
inline constexpr int kStrings = 4;  // points to the strings of a record
inline constexpr int kRecords = 5;  // points to the data of all records

}  // namespace mainstay::script
