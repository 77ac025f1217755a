// TXT lookups of a script: who is asked about, and what the function does with
// each way in which the lookup can end.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ingest/code/script/dialect.h"

namespace mainstay::script {

/// What the function may do then. `unknown` says that it depends on something
/// that is not followed, on every way there or on some.
struct Consequence {
  bool allows = false;
  bool denies = false;
  bool raises = false;  // the error leaves the function
  bool unknown = false;
};

/// What makes the text the expected one, on a way to where the function allows.
enum class TxtCheck : std::uint8_t {
  unknown,
  existence,  // any text will do
  constant,   // a comparison with a text that is written in the source
  unproved,   // a comparison with something that the caller sends, and nothing
              // proves
  proved      // a signature, a digest or a token is checked on the way
};
std::string_view word(TxtCheck check);

/// One call, seen from the function that decides.
struct TxtLookup {
  Text name;             // that is looked up
  std::string function;  // the outermost function of the file that rests on it;
                         // empty for the file itself
  TxtCheck check = TxtCheck::unknown;
  std::array<Consequence, kLookupEnds> ends;  // by LookupEnd
  bool has_limit = false;                     // a time limit of its own is set
  bool answers_authoriser = false;            // what it gives back is a policy, or says
                                              // "authorized" or an HTTP status
  bool first_string = false;                  // only the first of several strings of a record is read
  bool first_record = false;                  // only the first of several records is read
  Location where;                             // the call
};

/// Every TXT lookup of a file. The statements are run for each end with values
/// as far as they are known, both ways where a condition is not known, calls of
/// the file's own functions four deep. Shape: in the order of the file; a call
/// that several outermost functions rest on once for each. Limits: a function
/// with more than 256 ways through it, or 50,000 statements on them together,
/// is unknown.
std::vector<TxtLookup> txt_lookups(const std::vector<Statement>& file, const Dialect& dialect);

}  // namespace mainstay::script
