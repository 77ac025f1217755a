// Running a script without running it: the ways through its statements for one
// end of one lookup, with values as far as they are known.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingest/code/script/script_calls.h"
#include "ingest/code/script/script_texts.h"
#include "ingest/code/script/txt_lookup.h"

namespace mainstay::script {

enum class Seen : std::uint8_t {
  unknown,
  answer,    // the text that was looked up; `level` lists around it
  derived,   // made from it in a way that is not followed
  reply,     // what holds the records, or none of them, and a code
  count,     // how many there are: more than none
  constant,  // a text or a number
  setting,   // a text that the environment has
  failure,   // the error that tells the lookup's end, or another one
  function,
  gives,    // a function that settles what a promise or a handler gives back
  refuses,  // the same, with an error
  calls_back,
  passes_on,  // the function that lets a request through
  yes,
  no,  // false, nothing, an empty list
  allow,
  deny,
  place,  // what points to a value of a frame: `place` is the frame, `text` the key there
};

/// What an expression comes to.
struct Value {
  Seen seen = Seen::unknown;
  std::string text;          // of a constant; of a failure, its class
  int level = 0;             // of an answer
  bool is_end = false;       // of a failure: it is the lookup's end
  std::size_t place = 0;     // of a function: the frame around it; of what gives: which promise; of an answer of C: the loops around it
  std::string name;          // of a constant: the name that it has in the source
  std::vector<Value> items;  // of a list, as far as it is written down
  const std::vector<std::string>* parameters = nullptr;
  const std::vector<Statement>* body = nullptr;
};

/// What has been decided on one way through the function.
struct Marks {
  bool guessed = false;       // a condition on something derived from the answer went either way
  bool constant = false;      // the answer was compared with a text in the source
  bool unproved = false;      // the answer was compared with something else
  bool proved = false;        // a signature, a digest or a token was checked
  bool first_string = false;  // only the first string of a record was taken
  bool first_record = false;  // only the first record was taken
  bool all_strings = false;   // a loop takes the strings of a record
};

enum class Flow : std::uint8_t { next, returned, raised, stopped, again };

/// What a promise or a handler was given.
struct Given {
  Value value;
  bool raises = false;
};

/// The values of one function, and the one that it stands in.
struct Frame {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::map<std::string, Value> values;
  std::size_t around = kNone;
};

/// One way through the statements so far.
struct Way {
  std::vector<Frame> frames{Frame{}};
  std::size_t frame = 0;
  std::vector<std::optional<Given>> given{std::nullopt};  // the outermost function's first
  Marks marks;
  Flow flow = Flow::next;
  Value result;                              // of a return; what is raised
  std::optional<Value> handed;               // what a function gave back that was handed to a
                                             // call which is not known
  const Expression* raised_at = nullptr;     // the call that raised
  std::map<const Expression*, Value> calls;  // what calls gave on this way
  std::vector<Value> after;                  // what the parameters of the function that came back had in the end
};
using Ways = std::vector<Way>;

/// One way, moved: a list of it in braces would copy all its values.
inline Ways only(Way way) {
  Ways one;
  one.push_back(std::move(way));
  return one;
}

/// The number that a constant is; nothing for other values.
std::optional<double> number_of(const Value& value);

/// Whether a value counts as true; nothing when that is not known.
std::optional<bool> truth(const Value& value);

/// Runs the statements for one end of one lookup.
/// Limits: 256 ways, 50,000 statements on them together, calls four deep, in C 500,000 expressions;
/// is_exhausted() says that they were met.
class Run {
 public:
  Run(const Functions& functions, Texts& texts, const Expression& lookup, LookupEnd end)
      : functions_(functions), texts_(texts), lookup_(lookup), row_(functions.lookup(lookup)), end_(end) {}

  Ways function(const Callable& function);
  Ways file(const std::vector<Statement>& body) { return block(body, {Way{}}); }
  bool is_exhausted() const { return exhausted_; }

 private:
  // Statements.
  Ways block(const std::vector<Statement>& body, Ways ways);
  Ways statement(const Statement& one, Way way);
  Ways branch(const Statement& one, Way way);
  Ways loop(const Statement& one, Way way);
  Ways attempt(const Statement& one, Way way);
  Ways handled(const Statement& one, Way way);
  void simple(const Statement& one, Value result, Way& way);
  std::optional<bool> catches(const std::string& written, const Way& way) const;
  std::optional<bool> catches(const Handler& handler, Way& way);
  void append(Ways& into, Ways more);

  // Calls that may part ways: of the file's functions, of functions that are
  // handed over, of promises.
  Ways calls(const Expression& expression, Way way);
  std::optional<Ways> parted(const Expression& call, Way& way);
  std::optional<Ways> with_promise(const Expression& call, const Value& subject, Way& way);
  std::optional<Ways> with_lookup(const Expression& call, Way& way);
  std::optional<Ways> with_records(const Expression& call, const Value& subject, const Value& function, Way& way);
  std::optional<Ways> handed(const Expression& call, Way& way);
  Ways made_promise(const Expression& call, Way way);
  Ways invoked(const Value& function, const std::vector<Value>& arguments, Way way);
  bool settled(const Expression& call, const Value& what, Way& way);

  // Values.
  Value value(const Expression& one, Way& way);
  Value compared(const Expression& one, Way& way);
  Value compare(Value left, Value right, const std::string& word, Way& way);
  Value called(const Expression& one, Way& way);
  std::optional<Value> on_subject(const Expression& one, const Value& subject, const std::vector<Value>& arguments, Way& way);
  std::optional<Value> by_word(const Expression& one, const std::vector<Value>& arguments, Way& way);
  Value method(const Expression& one, const Value& subject, const std::vector<Value>& arguments, Way& way);
  Value member(const Expression& one, Way& way);
  Value element(const Expression& one, Way& way);
  Value collected(const Expression& one, Way& way);
  Value any_of(const Expression& call, Way& way);
  Value joined(const Expression& one, Way& way);
  Value summed(const Expression& one, Way& way);
  Value looked_up(Way& way);
  /// What a constant of the file or a setting of the environment comes to;
  /// unknown for others.
  Value written(const Expression& one);
  /// Whether the end of the lookup is an error.
  bool fails() const;
  Value failure() const;
  Value answer() const;
  Value function_value(const Expression& one, const Way& way) const;
  std::optional<Value> answers_request(const std::string& path, const std::vector<Value>& arguments, Way& way);
  void bind(const Expression& target, const Value& value, Way& way);
  Value* find(const std::string& name, Way& way) const;

  // C: c_values.cpp, c_calls.cpp, c_outcomes.cpp, c_verdicts.cpp. What is nothing is left to what all languages have.
  struct Cell {
    std::size_t frame = 0;
    std::string key;
  };
  std::optional<Cell> cell(const Expression& one, Way& way);
  Value load(Value value, const Way& way) const;
  std::optional<Value> c_value(const Expression& one, Way& way);
  Value c_name(const Expression& one, Way& way);
  std::optional<Value> c_member(const Expression& one, Way& way);
  void take_string(const Value& record, Way& way) const;
  Value c_pointee(const Expression& one, Way& way);
  Value c_sum(const Expression& one, Way& way);
  Value c_unknown(const Expression& one, Way& way);
  bool c_bind(const Expression& target, const Value& value, Way& way);
  bool c_assigned(const Statement& one, const Value& result, Way& way);
  std::optional<Value> c_compare(Value& left, Value& right, const std::string& word, Way& way);
  std::optional<Value> c_called(const Expression& one, Way& way);
  std::optional<Value> c_on_text(const Expression& one, const std::string& word, const std::vector<Value>& arguments, Way& way);
  std::optional<Value> c_told(const Expression& one, const std::string& word, const std::vector<Value>& arguments, Way& way);
  std::optional<Value> c_replied(const Expression& one, const std::string& word, const std::vector<Value>& arguments, Way& way);
  std::optional<Value> c_of_reply(const std::string& member, const Value& reply) const;
  Value c_left(const Expression& one, const std::vector<Value>& arguments, Way& way);
  Value c_looked_up(Way& way);
  bool c_rests(const Expression& call, Way& way);
  std::optional<Ways> c_handed(const Expression& call, Way& way);
  Value c_code() const;
  Value c_reply() const;
  void put(const Expression& call, std::size_t argument, const Value& value, Way& way);
  void c_decide(const Callable& function, Ways& ways) const;

  const Functions& functions_;
  Texts& texts_;
  const Expression& lookup_;
  const LookupCall* row_;
  LookupEnd end_;
  int depth_ = 0;
  std::size_t loops_ = 0;
  std::size_t values_ = 0;  // of C that were worked out
  std::size_t steps_ = 0;
  bool exhausted_ = false;
};

}  // namespace mainstay::script
