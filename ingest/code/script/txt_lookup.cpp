#include "ingest/code/script/txt_lookup.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "graph/values/ascii.h"

namespace mainstay::code {
namespace {

using Kind = ExpressionKind;

constexpr std::size_t kMostWays = 256;
constexpr std::size_t kMostSteps = 50'000;
constexpr int kDeepestCalls = 3;

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

std::string last_word(const Expression& callee) {
  if (callee.kind == Kind::name || callee.kind == Kind::attribute) return callee.word;
  return {};
}

/// "dns.resolver.resolve" of a callee, as far as it is made of names.
std::string path_of(const Expression& callee) {
  if (callee.kind == Kind::name) return callee.word;
  if (callee.kind != Kind::attribute) return {};
  const std::string outer = path_of(callee.parts.front());
  return outer.empty() ? callee.word : outer + "." + callee.word;
}

/// The argument of a call by position or by name; null when there is none.
const Expression* argument(const Expression& call, std::size_t position, std::string_view name) {
  std::size_t at = 0;
  for (std::size_t part = 1; part < call.parts.size(); ++part) {
    if (call.names[part - 1] == name) return &call.parts[part];
    if (call.names[part - 1].empty() && at++ == position) return &call.parts[part];
  }
  return nullptr;
}

bool is_txt(const Expression* one) {
  return one != nullptr && one->kind == Kind::text && ascii_lower(one->text.known().value_or("")) == "txt";
}

/// `dns.resolver.resolve(name, "TXT")` and its kin.
bool is_lookup(const Expression& call) {
  if (call.kind != Kind::call) return false;
  const std::string word = last_word(call.parts.front());
  if (word != "resolve" && word != "query" && word != "resolve_at") return false;
  const bool attribute = call.parts.front().kind == Kind::attribute && call.parts.front().parts.front().kind == Kind::attribute &&
                         call.parts.front().parts.front().word == "rdatatype";
  return !attribute && (is_txt(argument(call, 1, "rdtype")) || is_txt(argument(call, 2, "rdtype")) ||
                        last_word(argument(call, 1, "rdtype") == nullptr ? Expression{} : *argument(call, 1, "rdtype")) == "TXT");
}

template <class Visit>
void each_expression(const Expression& one, Visit&& visit) {
  visit(one);
  for (const Expression& part : one.parts) each_expression(part, visit);
}

template <class Visit>
void each_expression(const std::vector<Statement>& all, Visit&& visit) {
  for (const Statement& one : all) {
    for (const Expression& target : one.targets) each_expression(target, visit);
    each_expression(one.value, visit);
    if (one.kind == StatementKind::function || one.kind == StatementKind::type) continue;
    each_expression(one.body, visit);
    each_expression(one.otherwise, visit);
    each_expression(one.last, visit);
    for (const Handler& handler : one.handlers) each_expression(handler.body, visit);
  }
}

/// Words of calls that check something which the caller must have: a signature, a digest, a token.
bool proves(std::string_view path) {
  const std::string lower = ascii_lower(path);
  const auto has = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  return has("verify") || has("compare_digest") || has("jwt.decode") || has("signature") || has("authenticate") || has("decode_token") ||
         has("check_password") || has("parse_jwt");
}

Seen opposite(Seen seen) { return seen == Seen::yes ? Seen::no : seen == Seen::no ? Seen::yes : Seen::unknown; }

/// Whether a value counts as true; nothing when that is not known.
std::optional<bool> truth(const Value& value) {
  switch (value.seen) {
    case Seen::yes:
    case Seen::answer:
    case Seen::allow:
    case Seen::deny: return true;
    case Seen::no: return false;
    case Seen::constant: return !value.text.empty();
    case Seen::derived:
    case Seen::unknown: break;
  }
  return std::nullopt;
}

/// The functions of a file, and which of them rest on a lookup.
class Functions {
 public:
  explicit Functions(const std::vector<Statement>& file) {
    collect(file);
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& [name, function] : by_name_) {
        if (looking_.contains(name) || !rests_on_lookup(function->body)) continue;
        looking_.insert(name);
        changed = true;
      }
    }
    for (const std::string& name : looking_) {
      each_expression(by_name_.at(name)->body, [&](const Expression& one) {
        if (one.kind == Kind::call && looking_.contains(last_word(one.parts.front())) && last_word(one.parts.front()) != name)
          inner_.insert(last_word(one.parts.front()));
      });
    }
  }

  const Statement* find(const std::string& name) const {
    const auto at = by_name_.find(name);
    return at == by_name_.end() ? nullptr : at->second;
  }
  /// Calls a function of the file that rests on a lookup.
  const Statement* looking(const Expression& call) const {
    if (call.kind != Kind::call) return nullptr;
    const std::string name = last_word(call.parts.front());
    return looking_.contains(name) ? find(name) : nullptr;
  }
  bool rests_on_lookup(const std::vector<Statement>& body) const {
    bool found = false;
    each_expression(body, [&](const Expression& one) { found = found || is_lookup(one) || looking(one) != nullptr; });
    return found;
  }
  /// Those that no other one of them calls, by name; where all call each other, all.
  std::vector<const Statement*> outermost() const {
    std::vector<const Statement*> found;
    for (const std::string& name : looking_) {
      if (!inner_.contains(name) || inner_.size() == looking_.size()) found.push_back(by_name_.at(name));
    }
    return found;
  }

 private:
  void collect(const std::vector<Statement>& all) {
    for (const Statement& one : all) {
      if (one.kind == StatementKind::function) by_name_.emplace(one.word, &one);
      collect(one.body);
      collect(one.otherwise);
      collect(one.last);
      for (const Handler& handler : one.handlers) collect(handler.body);
    }
  }

  std::map<std::string, const Statement*> by_name_;
  std::set<std::string> looking_;
  std::set<std::string> inner_;
};

/// Runs the statements for one end of one lookup.
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
  void append(Ways& into, Ways more) {
    for (Way& way : more) into.push_back(std::move(way));
    if (into.size() > kMostWays) {
      exhausted_ = true;
      into.resize(kMostWays);
    }
  }

  const Functions& functions_;
  const Expression& lookup_;
  LookupEnd end_;
  int depth_ = 0;
  std::size_t steps_ = 0;
  bool exhausted_ = false;
};

std::string class_of(LookupEnd end) {
  switch (end) {
    case LookupEnd::nxdomain: return "NXDOMAIN";
    case LookupEnd::nodata: return "NoAnswer";
    case LookupEnd::servfail: return "NoNameservers";
    case LookupEnd::timed_out: return "Timeout";
    case LookupEnd::expected:
    case LookupEnd::other: break;
  }
  return {};
}

Ways Run::block(const std::vector<Statement>& body, Ways ways) {
  for (const Statement& one : body) {
    Ways after;
    for (Way& way : ways) {
      if (way.flow != Flow::next) {
        append(after, {std::move(way)});
      } else {
        append(after, statement(one, std::move(way)));
      }
    }
    ways = std::move(after);
  }
  return ways;
}

Ways Run::calls(const Expression& expression, Way way) {
  std::vector<const Expression*> found;
  each_expression(expression, [&](const Expression& one) {
    if (functions_.looking(one) != nullptr) found.push_back(&one);
  });
  Ways ways{std::move(way)};
  for (auto call = found.rbegin(); call != found.rend(); ++call) {  // the inner ones first
    Ways after;
    for (Way& each : ways) {
      if (each.flow != Flow::next || depth_ >= kDeepestCalls) {
        append(after, {std::move(each)});
        continue;
      }
      const Statement& function = *functions_.looking(**call);
      Way inside;
      inside.marks = each.marks;
      for (std::size_t at = 0; at < function.parameters.size() && at + 1 < (*call)->parts.size(); ++at) {
        inside.values[function.parameters[at]] = value((*call)->parts[at + 1], each);
      }
      ++depth_;
      Ways inner = block(function.body, {std::move(inside)});
      --depth_;
      for (Way& one : inner) {
        Way next = each;
        next.marks = one.marks;
        if (one.flow == Flow::raised) {
          next.flow = Flow::raised;
          next.raised = one.raised;
          next.is_end = one.is_end;
        } else {
          next.calls[*call] = one.flow == Flow::returned ? one.result : Value{Seen::no, {}};
        }
        append(after, {std::move(next)});
      }
    }
    ways = std::move(after);
  }
  return ways;
}

Ways Run::statement(const Statement& one, Way way) {
  if (++steps_ > kMostSteps) {
    exhausted_ = true;
    return {std::move(way)};
  }
  switch (one.kind) {
    case StatementKind::function:
    case StatementKind::type: return {std::move(way)};
    case StatementKind::stop_loop: way.flow = Flow::stopped; return {std::move(way)};
    case StatementKind::next_round: way.flow = Flow::again; return {std::move(way)};
    case StatementKind::attempt: return attempt(one, std::move(way));
    default: break;
  }
  Ways after;
  for (Way& each : calls(one.value, std::move(way))) {
    if (each.flow != Flow::next) {
      append(after, {std::move(each)});
      continue;
    }
    switch (one.kind) {
      case StatementKind::branch: append(after, branch(one, std::move(each))); continue;
      case StatementKind::loop: append(after, loop(one, std::move(each))); continue;
      default: break;
    }
    Value result = value(one.value, each);
    if (each.flow == Flow::raised) {
      append(after, {std::move(each)});
      continue;
    }
    switch (one.kind) {
      case StatementKind::assign:
        for (const Expression& target : one.targets) bind(target, result, each);
        break;
      case StatementKind::give_back:
        each.flow = Flow::returned;
        each.result = std::move(result);
        break;
      case StatementKind::raise:
        each.flow = Flow::raised;
        // Raised again, or chained: it is still the end of the lookup that leaves.
        if (each.raised.empty() || one.value.kind != Kind::unknown) {
          const Expression& what = one.value.kind == Kind::call ? one.value.parts.front() : one.value;
          each.raised = path_of(what);
          each.is_end = false;
        }
        break;
      case StatementKind::with: append(after, block(one.body, {std::move(each)})); continue;
      default: break;
    }
    append(after, {std::move(each)});
  }
  return after;
}

Ways Run::branch(const Statement& one, Way way) {
  const Value condition = value(one.value, way);
  if (way.flow == Flow::raised) return {std::move(way)};
  const std::optional<bool> holds = truth(condition);
  way.marks.guessed = way.marks.guessed || condition.seen == Seen::derived;
  Ways after;
  if (!holds || *holds) append(after, block(one.body, {way}));
  if (!holds || !*holds) append(after, block(one.otherwise, {std::move(way)}));
  return after;
}

Ways Run::loop(const Statement& one, Way way) {
  const Value over = value(one.value, way);
  if (way.flow == Flow::raised) return {std::move(way)};
  const bool rounds_known = over.seen == Seen::answer && !one.targets.empty();
  Ways after;
  Way around = way;
  for (const Expression& target : one.targets) bind(target, over, around);
  Ways inside = block(one.body, {std::move(around)});
  for (Way& each : inside) {
    const bool stopped = each.flow == Flow::stopped;
    if (stopped || each.flow == Flow::again) each.flow = Flow::next;
    if (each.flow == Flow::next && !stopped) {
      append(after, block(one.otherwise, {std::move(each)}));
    } else {
      append(after, {std::move(each)});
    }
  }
  if (!rounds_known && truth(over) != std::optional(true)) append(after, block(one.otherwise, {std::move(way)}));
  return after;
}

/// Whether a clause takes what was raised; nothing when that is not known.
std::optional<bool> Run::catches(const std::string& written, const Way& way) const {
  const std::string word = written.substr(written.rfind('.') == std::string::npos ? 0 : written.rfind('.') + 1);
  if (word == "Exception" || word == "BaseException") return true;
  if (!way.is_end) return written == way.raised ? std::optional(true) : written == "?" ? std::nullopt : std::optional(false);
  if (word == "DNSException" || word == way.raised) return true;
  if (word == "LifetimeTimeout") return way.raised == "Timeout";
  const std::set<std::string> others = {"NXDOMAIN", "NoAnswer", "NoNameservers", "Timeout", "YXDOMAIN", "NotAbsolute", "NoRootSOA"};
  if (others.contains(word)) return false;
  const std::set<std::string> unrelated = {"KeyError", "ValueError", "TypeError", "IndexError", "AttributeError", "OSError", "IOError"};
  return unrelated.contains(word) ? std::optional(false) : std::nullopt;
}

Ways Run::handled(const Statement& one, Way way) {
  Ways after;
  for (const Handler& handler : one.handlers) {
    std::optional<bool> taken = handler.classes.empty() ? std::optional(true) : std::optional(false);
    for (const std::string& written : handler.classes) {
      const std::optional<bool> this_one = catches(written, way);
      if (taken == std::optional(true)) break;
      if (!this_one || *this_one) taken = this_one;
    }
    if (taken == std::optional(false)) continue;
    Way inside = way;
    inside.flow = Flow::next;
    inside.marks.guessed = inside.marks.guessed || !taken;
    append(after, block(handler.body, {std::move(inside)}));
    if (taken) return after;
  }
  append(after, {std::move(way)});
  return after;
}

Ways Run::attempt(const Statement& one, Way way) {
  Ways after;
  for (Way& each : block(one.body, {std::move(way)})) {
    if (each.flow == Flow::raised) {
      append(after, handled(one, std::move(each)));
    } else if (each.flow == Flow::next) {
      append(after, block(one.otherwise, {std::move(each)}));
    } else {
      append(after, {std::move(each)});
    }
  }
  if (one.last.empty()) return after;
  Ways finished;
  for (Way& each : after) {
    Way inside = each;
    inside.flow = Flow::next;
    for (Way& end : block(one.last, {std::move(inside)})) {
      if (end.flow != Flow::next) {
        append(finished, {std::move(end)});  // a return in it takes the place of everything
        continue;
      }
      end.flow = each.flow;
      end.result = each.result;
      end.raised = each.raised;
      end.is_end = each.is_end;
      append(finished, {std::move(end)});
    }
  }
  return finished;
}

void Run::bind(const Expression& target, const Value& value, Way& way) {
  if (target.kind == Kind::name) way.values[target.word] = value;
  if (target.kind == Kind::list) {
    for (const Expression& part : target.parts) bind(part, value.seen == Seen::answer ? value : Value{}, way);
  }
}

Value Run::joined(const Expression& one, Way& way) {
  const bool is_both = one.kind == Kind::both;
  const Value left = value(one.parts[0], way);
  const std::optional<bool> first = truth(left);
  if (way.flow == Flow::raised || first == std::optional(!is_both)) return left;
  const Value right = value(one.parts[1], way);
  if (first) return right;
  if (truth(right) == std::optional(!is_both)) return right;
  return {left.seen == Seen::derived || right.seen == Seen::derived ? Seen::derived : Seen::unknown, {}};
}

Value Run::compared(const Expression& one, Way& way) {
  const Value left = value(one.parts[0], way);
  const Value right = value(one.parts[1], way);
  if (way.flow == Flow::raised) return {};
  const bool left_answer = left.seen == Seen::answer;
  const bool right_answer = right.seen == Seen::answer;
  const std::string& word = one.word;
  if (left_answer == right_answer) {
    if (left.seen == Seen::constant && right.seen == Seen::constant && (word == "==" || word == "!="))
      return {(left.text == right.text) == (word == "==") ? Seen::yes : Seen::no, {}};
    const bool is_equality = word == "==" || word == "in";
    if (right.seen == Seen::no && (left.seen == Seen::constant || word.ends_with("in")) &&
        (is_equality || word == "!=" || word == "not in"))
      return {is_equality ? Seen::no : Seen::yes, {}};
    const bool is_derived = left_answer || left.seen == Seen::derived || right.seen == Seen::derived;
    return {is_derived ? Seen::derived : Seen::unknown, {}};
  }
  const Value& with = left_answer ? right : left;
  if (word == "is" || word == "is not") return {with.seen == Seen::no ? (word == "is" ? Seen::no : Seen::yes) : Seen::unknown, {}};
  if (word != "==" && word != "in" && word != "!=" && word != "not in") return {Seen::derived, {}};
  if (with.seen == Seen::derived) return {Seen::derived, {}};
  if (with.seen == Seen::no) return {word == "==" || word == "in" ? Seen::no : Seen::yes, {}};
  (with.seen == Seen::constant ? way.marks.constant : way.marks.unproved) = true;
  const Seen same = end_ == LookupEnd::expected ? Seen::yes : Seen::no;
  return {word == "==" || word == "in" ? same : opposite(same), {}};
}

/// any(condition for record in answers): one round, because what holds for one record holds for all of them here.
Value Run::any_of(const Expression& call, Way& way) {
  const Expression& each = call.parts[1];
  const Value over = value(each.parts[1], way);
  if (over.seen != Seen::answer) return {};
  Way inside = way;
  inside.values[each.word] = over;
  const Value held = value(each.parts[0], inside);
  way.marks = inside.marks;
  return held;
}

Value Run::called(const Expression& one, Way& way) {
  if (const auto known = way.calls.find(&one); known != way.calls.end()) return known->second;
  if (&one == &lookup_) {
    const std::string raised = class_of(end_);
    if (raised.empty()) return {Seen::answer, {}};
    way.flow = Flow::raised;
    way.raised = raised;
    way.is_end = true;
    return {};
  }
  const std::string path = path_of(one.parts.front());
  const std::string word = last_word(one.parts.front());
  if ((word == "any" || word == "all") && one.parts.size() == 2 && one.parts[1].kind == Kind::each) return any_of(one, way);
  bool holds_answer = false;
  std::optional<Seen> said;
  std::optional<Value> subject;
  if (one.parts.front().kind == Kind::attribute) subject = value(one.parts.front().parts.front(), way);
  for (std::size_t at = 1; at < one.parts.size(); ++at) {
    const Value part = value(one.parts[at], way);
    holds_answer = holds_answer || part.seen == Seen::answer || part.seen == Seen::derived;
    if (part.seen == Seen::constant && (part.text == "Allow" || part.text == "Deny"))
      said = part.text == "Allow" ? Seen::allow : Seen::deny;
  }
  if (way.flow == Flow::raised) return {};
  if (proves(path)) {
    way.marks.proved = true;
    return {};
  }
  if (said) return {*said, {}};
  if (subject && subject->seen == Seen::answer) {
    const bool compares = word == "startswith" || word == "endswith" || word == "__contains__" || word == "find" || word == "count";
    if (!compares) return *subject;  // strip(), decode(), to_text(), split(), ...
    const Value with = one.parts.size() > 1 ? value(one.parts[1], way) : Value{};
    (with.seen == Seen::constant ? way.marks.constant : way.marks.unproved) = true;
    return {end_ == LookupEnd::expected ? Seen::yes : Seen::no, {}};
  }
  if (word == "bool" && one.parts.size() == 2) return value(one.parts[1], way);
  if (!holds_answer) return {subject && subject->seen == Seen::derived ? Seen::derived : Seen::unknown, {}};
  const std::set<std::string> keeps = {"str", "list",  "set",  "tuple", "sorted", "iter",     "next",         "join",
                                       "b",   "loads", "dict", "map",   "filter", "reversed", "from_iterable"};
  if (keeps.contains(word)) return {Seen::answer, {}};
  return {Seen::derived, {}};
}

/// What a table that is given back says: {"isAuthorized": True}, {"statusCode": 403}, a policy with "Effect": "Allow".
std::optional<Seen> said_by_table(const Expression& table, const std::vector<Value>& values) {
  for (std::size_t at = 0; at + 1 < table.parts.size(); at += 2) {
    const std::string key = ascii_lower(table.parts[at].text.known().value_or(""));
    const Expression& written = table.parts[at + 1];
    const Value& value = values[at + 1];
    if (key == "isauthorized" || key == "authorized" || key == "allowed" || key == "allow" || key == "valid" || key == "ok") {
      if (const std::optional<bool> holds = truth(value)) return *holds ? Seen::allow : Seen::deny;
    }
    if (key == "statuscode" && written.kind == Kind::number) return written.number < 300 ? Seen::allow : Seen::deny;
    if (value.seen == Seen::allow || value.seen == Seen::deny) return value.seen;
    if (key == "effect" && value.seen == Seen::constant) return value.text == "Allow" ? Seen::allow : Seen::deny;
  }
  return std::nullopt;
}

Value Run::value(const Expression& one, Way& way) {
  if (way.flow == Flow::raised) return {};
  switch (one.kind) {
    case Kind::text: return one.text.is_known() ? Value{Seen::constant, *one.text.known()} : Value{};
    case Kind::number: return {Seen::constant, "number"};
    case Kind::truth: return {one.word == "true" ? Seen::yes : Seen::no, {}};
    case Kind::nothing: return {Seen::no, {}};
    case Kind::name: {
      const auto at = way.values.find(one.word);
      return at == way.values.end() ? Value{} : at->second;
    }
    case Kind::call: return called(one, way);
    case Kind::compare: return compared(one, way);
    case Kind::both:
    case Kind::either: return joined(one, way);
    case Kind::opposite: {
      const Value inner = value(one.parts[0], way);
      const std::optional<bool> holds = truth(inner);
      return holds ? Value{*holds ? Seen::no : Seen::yes, {}} : Value{inner.seen == Seen::derived ? Seen::derived : Seen::unknown, {}};
    }
    case Kind::choice: {
      const std::optional<bool> holds = truth(value(one.parts[1], way));
      return holds ? value(one.parts[*holds ? 0 : 2], way) : Value{};
    }
    case Kind::attribute:
    case Kind::element: {
      const Value of = value(one.parts.front(), way);
      return of.seen == Seen::answer || of.seen == Seen::derived ? of : Value{};
    }
    case Kind::each: {
      const Value over = value(one.parts[1], way);
      return over.seen == Seen::answer || over.seen == Seen::derived ? over : Value{};
    }
    case Kind::list:
    case Kind::table: {
      std::vector<Value> values;
      for (const Expression& part : one.parts) values.push_back(value(part, way));
      if (one.kind == Kind::table) {
        if (const std::optional<Seen> said = said_by_table(one, values)) return {*said, {}};
      }
      for (const Value& part : values) {
        if (part.seen == Seen::answer || part.seen == Seen::allow || part.seen == Seen::deny) return part;
      }
      const bool all_constant =
          !values.empty() && std::all_of(values.begin(), values.end(), [](const Value& part) { return part.seen == Seen::constant; });
      if (all_constant) return {Seen::constant, "list"};
      return values.empty() && one.kind == Kind::list ? Value{Seen::no, {}} : Value{};
    }
    case Kind::unknown: break;
  }
  Value sum;
  for (const Expression& part : one.parts) {
    const Value inner = value(part, way);
    if (inner.seen == Seen::answer || inner.seen == Seen::derived) sum = {Seen::derived, {}};
  }
  return sum;
}

/// How a way ends, for whoever called the outermost function.
enum class Verdict : std::uint8_t { allows, denies, raises, nothing, unknown };

Verdict verdict_of(const Way& way) {
  if (way.flow == Flow::raised) return Verdict::raises;
  if (way.flow != Flow::returned) return Verdict::nothing;
  switch (way.result.seen) {
    case Seen::allow:
    case Seen::yes: return Verdict::allows;
    case Seen::deny:
    case Seen::no: return Verdict::denies;
    case Seen::constant: {
      const std::string lower = ascii_lower(way.result.text);
      if (lower == "allow" || lower == "ok" || lower == "allowed") return Verdict::allows;
      return lower == "deny" || lower == "denied" || lower.empty() ? Verdict::denies : Verdict::unknown;
    }
    case Seen::answer:
    case Seen::derived:
    case Seen::unknown: break;
  }
  return Verdict::unknown;
}

/// The ways of every end, judged together: where a function says no by raising, coming to its end says yes.
class Judge {
 public:
  std::array<Ways, kLookupEnds> ways;
  bool exhausted = false;

  void judge(TxtLookup& lookup) const {
    const bool guards = says_no_by_raising();
    for (std::size_t end = 0; end < kLookupEnds; ++end) {
      Consequence& one = lookup.ends[end];
      one.unknown = exhausted || ways[end].empty();
      for (const Way& way : ways[end]) {
        Verdict verdict = verdict_of(way);
        if (verdict == Verdict::nothing) verdict = guards ? Verdict::allows : Verdict::denies;
        if (way.marks.guessed || verdict == Verdict::unknown) {
          one.unknown = true;
        } else if (verdict == Verdict::allows) {
          one.allows = true;
        } else if (verdict == Verdict::raises) {
          (way.is_end ? one.raises : one.denies) = true;
        } else {
          one.denies = true;
        }
      }
    }
    lookup.check = check(lookup);
    const auto is_policy = [](const Way& way) {
      return way.flow == Flow::returned && (way.result.seen == Seen::allow || way.result.seen == Seen::deny);
    };
    for (const Ways& one : ways) lookup.answers_authoriser = lookup.answers_authoriser || std::any_of(one.begin(), one.end(), is_policy);
  }

 private:
  bool says_no_by_raising() const {
    const auto raises = [](const Way& way) { return verdict_of(way) == Verdict::raises && !way.is_end; };
    const auto says_yes = [](const Way& way) { return verdict_of(way) == Verdict::allows; };
    const Ways& other = ways[static_cast<std::size_t>(LookupEnd::other)];
    const Ways& expected = ways[static_cast<std::size_t>(LookupEnd::expected)];
    return std::any_of(other.begin(), other.end(), raises) && std::none_of(expected.begin(), expected.end(), says_yes);
  }

  TxtCheck check(const TxtLookup& lookup) const {
    const Consequence& expected = lookup.ends[static_cast<std::size_t>(LookupEnd::expected)];
    const Consequence& other = lookup.ends[static_cast<std::size_t>(LookupEnd::other)];
    if (!expected.allows || exhausted) return TxtCheck::unknown;
    const bool guards = says_no_by_raising();
    bool constant = false;
    bool unproved = false;
    for (const Way& way : ways[static_cast<std::size_t>(LookupEnd::expected)]) {
      const Verdict verdict = verdict_of(way);
      if (verdict != Verdict::allows && !(guards && verdict == Verdict::nothing)) continue;
      if (way.marks.guessed) return TxtCheck::unknown;
      if (way.marks.proved) return TxtCheck::proved;
      constant = constant || way.marks.constant;
      unproved = unproved || way.marks.unproved;
    }
    if (other.allows) return TxtCheck::existence;
    return constant ? TxtCheck::constant : unproved ? TxtCheck::unproved : TxtCheck::unknown;
  }
};

/// The name that a lookup asks for, with what is assigned once in the function.
Text name_of(const Expression& lookup, const std::vector<Statement>& body) {
  const Expression* name = argument(lookup, 0, "qname");
  if (name == nullptr) return Text(Hole{"name", {}});
  if (name->kind == Kind::text) return name->text;
  if (name->kind != Kind::name) return Text(Hole{"name", {}});
  const Expression* assigned = nullptr;
  std::size_t times = 0;
  const auto look = [&](const auto& self, const std::vector<Statement>& all) -> void {
    for (const Statement& one : all) {
      for (const Expression& target : one.targets) {
        if (target.kind != Kind::name || target.word != name->word) continue;
        ++times;
        assigned = &one.value;
      }
      self(self, one.body);
      self(self, one.otherwise);
      self(self, one.last);
      for (const Handler& handler : one.handlers) self(self, handler.body);
    }
  };
  look(look, body);
  return times == 1 && assigned->kind == Kind::text ? assigned->text : Text(Hole{name->word, {}});
}

bool sets_limit(const Expression& lookup, const std::vector<Statement>& file) {
  if (argument(lookup, 99, "lifetime") != nullptr || argument(lookup, 99, "timeout") != nullptr) return true;
  bool found = false;
  each_expression(file, [&](const Expression& one) { found = found || (one.kind == Kind::attribute && one.word == "lifetime"); });
  return found;
}

bool takes_first(const std::vector<Statement>& body, bool of_strings) {
  bool found = false;
  each_expression(body, [&](const Expression& one) {
    if (one.kind != Kind::element || one.parts.size() != 2 || one.parts[1].kind != Kind::number || one.parts[1].number != 0) return;
    const Expression& of = one.parts.front();
    const bool strings = of.kind == Kind::attribute && of.word == "strings";
    found =
        found || (of_strings ? strings : of.kind == Kind::name && (of.word == "answers" || of.word == "answer" || of.word == "records"));
  });
  return found;
}

}  // namespace

std::string_view word(LookupEnd end) {
  constexpr std::array<std::string_view, kLookupEnds> kWords = {"expected", "other", "nxdomain", "nodata", "servfail", "timeout"};
  return kWords[static_cast<std::size_t>(end)];
}

std::string_view word(TxtCheck check) {
  constexpr std::array<std::string_view, 5> kWords = {"unknown", "existence", "constant", "unproved", "proved"};
  return kWords[static_cast<std::size_t>(check)];
}

std::vector<TxtLookup> txt_lookups(const std::vector<Statement>& file) {
  const Functions functions(file);
  std::vector<TxtLookup> found;
  const auto look = [&](const std::string& name, const std::vector<Statement>& body, const std::vector<Statement>& within) {
    each_expression(within, [&](const Expression& lookup) {
      if (!is_lookup(lookup)) return;
      TxtLookup one{.name = name_of(lookup, within), .function = name, .where = lookup.where};
      Judge judge;
      for (std::size_t end = 0; end < kLookupEnds; ++end) {
        Run run(functions, lookup, LookupEnd(end));
        judge.ways[end] = run.function(body, {});
        judge.exhausted = judge.exhausted || run.is_exhausted();
      }
      judge.judge(one);
      one.has_limit = sets_limit(lookup, file);
      one.first_string = takes_first(within, true);
      one.first_record = takes_first(within, false);
      found.push_back(std::move(one));
    });
  };
  for (const Statement* outer : functions.outermost()) {
    std::set<const Statement*> within{outer};
    for (bool grew = true; grew;) {
      grew = false;
      for (const Statement* each : std::set<const Statement*>(within)) {
        each_expression(each->body, [&](const Expression& one) {
          if (const Statement* inner = functions.looking(one)) grew = within.insert(inner).second || grew;
        });
      }
    }
    for (const Statement* each : within) look(outer->word, outer->body, each->body);
  }
  look("", file, file);
  std::stable_sort(found.begin(), found.end(), [](const TxtLookup& a, const TxtLookup& b) { return a.where.begin < b.where.begin; });
  return found;
}

}  // namespace mainstay::code
