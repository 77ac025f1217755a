// Expressions: what they come to.
#include <algorithm>
#include <set>

#include "graph/values/ascii.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

/// The class of dnspython that such an end is raised as; empty for one that is not raised.
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

/// Words of calls that check something which the caller must have: a signature, a digest, a token.
bool proves(std::string_view path) {
  const std::string lower = ascii_lower(path);
  const auto has = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  return has("verify") || has("compare_digest") || has("jwt.decode") || has("signature") || has("authenticate") || has("decode_token") ||
         has("check_password") || has("parse_jwt");
}
Seen opposite(Seen seen) { return seen == Seen::yes ? Seen::no : seen == Seen::no ? Seen::yes : Seen::unknown; }

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

}  // namespace

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

void Run::bind(const Expression& target, const Value& value, Way& way) {
  if (target.kind == Kind::name) way.values[target.word] = value;
  if (target.kind == Kind::list) {
    for (const Expression& part : target.parts) bind(part, value.seen == Seen::answer ? value : Value{}, way);
  }
}

Value Run::joined(const Expression& one, Way& way) {
  const bool is_both = one.kind == Kind::both;
  Value left = value(one.parts[0], way);
  const std::optional<bool> first = truth(left);
  if (way.flow == Flow::raised || first == std::optional(!is_both)) return left;
  Value right = value(one.parts[1], way);
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
  Value held = value(each.parts[0], inside);
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

}  // namespace mainstay::script
