// Running a script without running it: the ways through its statements for one end of one lookup, with values as far as they are known.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ingest/code/script/script_calls.h"
#include "ingest/code/script/txt_lookup.h"

namespace mainstay::script {

enum class Seen : std::uint8_t {
  unknown,
  answer,   // the text that was looked up
  derived,  // made from it in a way that is not followed
  constant,
  yes,
  no,
  allow,
  deny
};

/// What an expression comes to.
struct Value {
  Seen seen = Seen::unknown;
  std::string text;  // of a constant
};

/// What has been decided on one way through the function.
struct Marks {
  bool guessed = false;   // a condition on something derived from the answer went either way
  bool constant = false;  // the answer was compared with a text in the source
  bool unproved = false;  // the answer was compared with something else
  bool proved = false;    // a signature, a digest or a token was checked
};

enum class Flow : std::uint8_t { next, returned, raised, stopped, again };

/// One way through the statements so far.
struct Way {
  std::map<std::string, Value> values;
  Marks marks;
  Flow flow = Flow::next;
  Value result;                              // of a return
  std::string raised;                        // a class: that of the lookup's end, or as written
  bool is_end = false;                       // what is raised is the lookup's end
  std::map<const Expression*, Value> calls;  // what calls of the file's functions gave on this way
};
using Ways = std::vector<Way>;

/// Whether a value counts as true; nothing when that is not known.
std::optional<bool> truth(const Value& value);

/// Runs the statements for one end of one lookup.
/// Limits: 256 ways, 50,000 statements on them together, calls three deep; is_exhausted() says that they were met.
class Run {
 public:
  Run(const Functions& functions, const Expression& lookup, LookupEnd end) : functions_(functions), lookup_(lookup), end_(end) {}

  Ways function(const std::vector<Statement>& body, Way way) { return block(body, {std::move(way)}); }
  bool is_exhausted() const { return exhausted_; }

 private:
  Ways block(const std::vector<Statement>& body, Ways ways);
  Ways statement(const Statement& one, Way way);
  Ways branch(const Statement& one, Way way);
  Ways loop(const Statement& one, Way way);
  Ways attempt(const Statement& one, Way way);
  Ways handled(const Statement& one, Way way);
  /// The ways behind the calls of the file's functions in an expression; those that raise among them.
  Ways calls(const Expression& expression, Way way);
  Value value(const Expression& one, Way& way);
  Value compared(const Expression& one, Way& way);
  Value called(const Expression& one, Way& way);
  Value any_of(const Expression& call, Way& way);
  Value joined(const Expression& one, Way& way);
  void bind(const Expression& target, const Value& value, Way& way);
  std::optional<bool> catches(const std::string& written, const Way& way) const;
  void append(Ways& into, Ways more);

  const Functions& functions_;
  const Expression& lookup_;
  LookupEnd end_;
  int depth_ = 0;
  std::size_t steps_ = 0;
  bool exhausted_ = false;
};

}  // namespace mainstay::script
