// Dialect: what a language's libraries call a TXT lookup, and how they tell the
// ways in which one ends. Data, one value a language.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "ingest/code/script/script.h"

namespace mainstay::script {

/// How the lookup of a TXT record ends.
enum class LookupEnd : std::uint8_t {
  expected,  // with the text that the code looks for
  other,     // with another text
  nxdomain,  // the name does not exist
  nodata,    // the name exists, and has no TXT record
  servfail,  // no server gives an answer
  timed_out
};
inline constexpr std::size_t kLookupEnds = 6;
std::string_view word(LookupEnd end);

/// How a call hands its outcome over.
enum class Style : std::uint8_t {
  raises,   // gives the records, or raises; a function as the last argument gets
            // (error, records) instead
  pair,     // gives (records, error)
  reply,    // gives a reply with records and a code in it; raises when there is
            // none
  replies,  // gives (reply, ..., error)
  emptied,  // gives a reply, raises, and has nothing in it for NODATA
  length,   // gives the length of the reply that it puts where `result` points, or -1, with h_errno
  handed,   // hands what became of it to the function `callback`
  packet,   // gives a reply with a code in it, or nothing for a time-out; puts it where `result` points, if anywhere
  outcome,  // gives 0, and puts a reply that says all where `result` points
  listed    // gives 0 and puts the records where `result` points, or gives a code
};

/// A call that looks TXT records up.
struct LookupCall {
  static constexpr int kLast = -1;
  static constexpr int kNone = -2;

  std::string_view word;       // last one of what is called
  int name = 0;                // the argument with the name; kLast; kNone: that of the call `asks`
  int type = kNone;            // the argument that says TXT, where one has to
  std::string_view type_name;  // the same by its name, or empty
  Style style = Style::raises;
  std::string_view asks = {};  // the call in the file that has name and type instead: SetQuestion
  int result = kNone;          // the argument that points to where the reply goes
  int callback = kNone;        // the argument with a function
};

/// How one end is told.
struct EndWords {
  std::span<const std::string_view> classes;  // that catch it; empty: nothing is raised
  std::string_view code;                      // err.code, reply.Rcode
  std::string_view message;                   // what the error says
};

/// A member of an error that says what it is.
struct ErrorMember {
  std::string_view word;
  unsigned ends = 0;  // those for which it is true, as bits
};

struct Dialect {
  std::span<const LookupCall> lookups;
  std::array<EndWords, kLookupEnds> ends;
  std::span<const std::string_view> catch_all;  // classes
  std::span<const std::string_view> unrelated;  // classes that never catch an end of a lookup
  std::span<const ErrorMember> members;
  std::span<const std::string_view> limits;  // words that set a time limit for a lookup
  bool errors_beside = false;                // functions give errors back beside what they are asked for
  int strings = 0;                           // 1: a list of records; 2: a list of records that are lists
                                             // of strings; 0: told by names
  std::string_view strings_member = {};      // the member of a record with its strings
  bool has_cells = false;                    // values are kept where pointers lead to, and numbers say how it went: C
};

const Dialect& python_dialect();
const Dialect& javascript_dialect();
const Dialect& go_dialect();
const Dialect& java_dialect();
const Dialect& csharp_dialect();
const Dialect& c_dialect();

/// The row of a call that looks TXT records up; null for other expressions.
const LookupCall* lookup_call(const Dialect& dialect, const Expression& call);
/// True for a word that is the code of some end.
bool is_code(const Dialect& dialect, std::string_view word);

}  // namespace mainstay::script
