// Expressions: what they come to.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "graph/values/ascii.h"
#include "ingest/code/script/http_answers.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_from_answer(const Value& value) { return value.seen == Seen::answer || value.seen == Seen::derived; }

/// What a table that is given back says: {"isAuthorized": True}, {"statusCode":
/// 403}, a policy with "Effect": "Allow".
std::optional<Seen> said_by_table(const Expression& table, const std::vector<Value>& values) {
  for (std::size_t at = 0; at + 1 < table.parts.size(); at += 2) {
    const std::string key = ascii_lower(table.parts[at].text.known().value_or(""));
    const Value& value = values[at + 1];
    if (is_one_of(key, {"isauthorized", "authorized", "allowed", "allow", "valid", "ok", "authenticated", "active"})) {
      if (const std::optional<bool> holds = truth(value)) return *holds ? Seen::allow : Seen::deny;
    }
    if (key == "statuscode" || key == "status") {
      if (const std::optional<double> code = number_of(value)) return *code < 300 ? Seen::allow : Seen::deny;
    }
    if (value.seen == Seen::allow || value.seen == Seen::deny) return value.seen;
    if (key == "effect" && value.seen == Seen::constant) return value.text == "Allow" ? Seen::allow : Seen::deny;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> number_of(const Value& value) {
  if (value.seen != Seen::constant || value.text.empty()) return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(value.text.c_str(), &end);
  return end == value.text.c_str() + value.text.size() ? std::optional(number) : std::nullopt;
}

std::optional<bool> truth(const Value& value) {
  switch (value.seen) {
    case Seen::yes:
    case Seen::answer:
    case Seen::reply:
    case Seen::count:
    case Seen::failure:
    case Seen::function:
    case Seen::allow:
    case Seen::deny: return true;
    case Seen::no: return false;
    case Seen::constant:
      if (!value.name.empty() && value.text == value.name) break;  // a number that is not known
      return !value.text.empty() && value.text != "0";
    default: break;
  }
  return std::nullopt;
}

Value* Run::find(const std::string& name, Way& way) const {
  for (std::size_t frame = way.frame, depth = 0; frame < way.frames.size() && depth < 20; frame = way.frames[frame].around, ++depth) {
    const auto at = way.frames[frame].values.find(name);
    if (at != way.frames[frame].values.end()) return &at->second;
  }
  return nullptr;
}

void Run::bind(const Expression& target, const Value& value, Way& way) {
  if (functions_.dialect().has_cells && c_bind(target, value, way)) return;
  if (target.kind == Kind::name) {
    Value* known = find(target.word, way);
    (known != nullptr ? *known : way.frames[way.frame].values[target.word]) = value;
  }
  if (target.kind == Kind::attribute && is_one_of(target.word, {"statusCode", "StatusCode", "status"})) {
    if (const std::optional<double> code = number_of(value); code && !way.given[0])
      way.given[0] = Given{.value = {.seen = *code < 300 ? Seen::allow : Seen::deny}, .raises = false};
  }
  if (target.kind != Kind::list) return;
  for (std::size_t at = 0; at < target.parts.size(); ++at) {
    const bool is_error = at > 0 && functions_.dialect().errors_beside;
    Value part = value.seen == Seen::answer && !is_error ? value : Value{};
    if (value.items.size() == target.parts.size()) part = value.items[at];
    if (value.seen == Seen::no && value.items.empty()) part = value;
    bind(target.parts[at], part, way);
  }
}

Value Run::joined(const Expression& one, Way& way) {
  const bool is_both = one.kind == Kind::both;
  Value left = value(one.parts[0], way);
  const std::optional<bool> first = truth(left);
  if (way.flow == Flow::raised || first == std::optional(!is_both)) return left;
  Value right = value(one.parts[1], way);
  if (first) return right;
  const std::optional<bool> second = truth(right);
  if (second == std::optional(!is_both)) return right;
  const bool is_derived = left.seen == Seen::derived || right.seen == Seen::derived;
  return {.seen = is_derived ? Seen::derived : Seen::unknown};
}

bool Run::fails() const { return end_ != LookupEnd::expected && end_ != LookupEnd::other; }

Value Run::failure() const {
  const EndWords& words = functions_.dialect().ends[static_cast<std::size_t>(end_)];
  return {.seen = Seen::failure, .text = words.classes.empty() ? "error" : std::string(words.classes.front()), .is_end = true};
}

Value Run::answer() const { return {.seen = Seen::answer, .level = functions_.dialect().strings}; }

/// What the lookup itself gives, by the style of its library.
Value Run::looked_up(Way& way) {
  const auto raise = [&] {
    way.flow = Flow::raised;
    way.result = failure();
    way.raised_at = &lookup_;
    return Value{};
  };
  const Value none{.seen = Seen::no};
  const Style style = row_ == nullptr ? Style::raises : row_->style;
  switch (style) {
    case Style::raises: return fails() ? raise() : answer();
    case Style::pair: {
      Value both = fails() ? none : answer();
      both.items = fails() ? std::vector<Value>{none, failure()} : std::vector<Value>{answer(), none};
      return both;
    }
    case Style::reply:
      return end_ == LookupEnd::timed_out && !functions_.dialect().ends[5].code.starts_with("TRY") ? raise() : Value{.seen = Seen::reply};
    case Style::replies: {
      Value all{.seen = Seen::reply};
      const bool has_none = end_ == LookupEnd::timed_out;
      all.items = {has_none ? none : Value{.seen = Seen::reply}, {}, has_none ? failure() : none};
      return all;
    }
    case Style::emptied: return fails() && end_ != LookupEnd::nodata ? raise() : Value{.seen = Seen::reply};
    default: return c_looked_up(way);
  }
  return {};
}

Value Run::compared(const Expression& one, Way& way) {
  Value left = value(one.parts[0], way);
  if (one.word == "instanceof") {
    const std::string type = path_of(one.parts[1]);
    if (way.flow == Flow::raised || left.seen != Seen::failure) return {};
    Way raised;
    raised.result = left;
    const std::optional<bool> is_one = catches(type, raised);
    return is_one ? Value{.seen = *is_one ? Seen::yes : Seen::no} : Value{};
  }
  Value right = value(one.parts[1], way);
  if (way.flow == Flow::raised) return {};
  return compare(std::move(left), std::move(right), one.word, way);
}

Value Run::compare(Value left, Value right, const std::string& word, Way& way) {
  if (functions_.dialect().has_cells) {
    if (std::optional<Value> got = c_compare(left, right, word, way)) return *std::move(got);
  }
  const bool is_equality = word == "==" || word == "in" || word == "is";
  const bool is_difference = word == "!=" || word == "not in" || word == "is not";
  const auto same = [&](bool holds) { return Value{.seen = holds == is_equality ? Seen::yes : Seen::no}; };
  // How many there are, against a number: none is less than any.
  if (const std::optional<double> number = number_of(right);
      number && (left.seen == Seen::count || left.seen == Seen::no || number_of(left))) {
    const bool many = left.seen == Seen::count;
    const double least = many ? 1 : number_of(left).value_or(0);
    if (is_equality || is_difference) {
      if (!many) return same(least == *number);
      return *number <= 0 ? same(false) : Value{};
    }
    if (!many)
      return {.seen = (word == ">"    ? least > *number
                       : word == ">=" ? least >= *number
                       : word == "<"  ? least < *number
                                      : least <= *number)
                          ? Seen::yes
                          : Seen::no};
    if ((word == ">" && *number <= 0) || (word == ">=" && *number <= 1)) return {.seen = Seen::yes};
    if ((word == "<" && *number <= 1) || (word == "<=" && *number <= 0)) return {.seen = Seen::no};
    return {};
  }
  if (word == "<" && right.seen == Seen::count) return {.seen = Seen::yes};  // the first round of "i < n"
  if (word == "<" && right.seen == Seen::no) return {.seen = Seen::no};
  const bool is_named = left.seen == Seen::failure || right.seen == Seen::failure || left.seen == Seen::reply || right.seen == Seen::reply;
  if (is_named && (is_equality || is_difference)) {
    const Value& other = left.seen == Seen::failure || left.seen == Seen::reply ? right : left;
    return other.seen == Seen::no ? same(false) : Value{};
  }
  const bool left_answer = left.seen == Seen::answer;
  const bool right_answer = right.seen == Seen::answer;
  if (left_answer == right_answer) {
    if (word == "in" || word == "not in") {
      const auto is_it = [&](const Value& item) { return item.seen == Seen::constant && item.text == left.text; };
      if (left.seen == Seen::constant && !right.items.empty()) return same(std::any_of(right.items.begin(), right.items.end(), is_it));
    }
    if (left.seen == Seen::constant && right.seen == Seen::constant && (word == "==" || word == "!=")) return same(left.text == right.text);
    if (right.seen == Seen::no && (left.seen == Seen::constant || word.ends_with("in")) && (is_equality || is_difference))
      return same(false);
    const bool are_flags = (left.seen == Seen::yes || left.seen == Seen::no) && (right.seen == Seen::yes || right.seen == Seen::no);
    if (are_flags && (is_equality || is_difference)) return same(left.seen == right.seen);
    if (right.seen == Seen::yes && is_from_answer(left)) return left;
    return {.seen = is_from_answer(left) || is_from_answer(right) ? Seen::derived : Seen::unknown};
  }
  const Value& with = left_answer ? right : left;
  if (with.seen == Seen::no) return is_equality || is_difference ? same(false) : Value{};
  if (word == "is" || word == "is not") return {};
  if (!is_equality && !is_difference) return {.seen = Seen::derived};
  if (with.seen == Seen::derived) return with;
  (with.seen == Seen::constant || with.seen == Seen::setting ? way.marks.constant : way.marks.unproved) = true;
  return same(end_ == LookupEnd::expected);
}

/// any(condition for record in answers): one round, because what holds for one
/// record holds for all of them here.
Value Run::any_of(const Expression& call, Way& way) {
  const Expression& each = call.parts[1];
  const Value over = value(each.parts[1], way);
  if (over.seen != Seen::answer) return {};
  Way inside = way;
  inside.frames[inside.frame].values[each.word] = over;
  Value held = value(each.parts[0], inside);
  way.marks = inside.marks;
  return held;
}

Value Run::summed(const Expression& one, Way& way) {
  Value sum{.seen = Seen::constant};
  for (const Expression& part : one.parts) {
    const Value more = value(part, way);
    if (more.seen == Seen::constant && sum.seen == Seen::constant) {
      sum.text += more.text;
    } else if (more.seen == Seen::answer && sum.seen != Seen::derived && sum.seen != Seen::unknown) {
      sum = more;
    } else if (more.seen != Seen::constant) {
      sum = {.seen = is_from_answer(sum) || is_from_answer(more) ? Seen::derived : Seen::unknown};
    }
  }
  return sum;
}

/// A member of an error, of a reply, or of what was looked up.
Value Run::member(const Expression& one, Way& way) {
  Value of = value(one.parts.front(), way);
  if (way.flow == Flow::raised) return {};
  if (one.word == "(type)") {  // "known, ok := value.(T)"
    Value same = of;
    const std::optional<bool> there = truth(of);
    same.items = {of, there ? Value{.seen = *there ? Seen::yes : Seen::no} : Value{}};
    return same;
  }
  const Dialect& dialect = functions_.dialect();
  const EndWords& words = dialect.ends[static_cast<std::size_t>(end_)];
  if (of.seen == Seen::failure && of.is_end) {
    if (is_one_of(one.word, {"code", "errno", "Code"}) && !words.code.empty())
      return {.seen = Seen::constant, .text = std::string(words.code)};
    if (one.word == "message" && !words.message.empty()) return {.seen = Seen::constant, .text = std::string(words.message)};
    for (const ErrorMember& each : dialect.members) {
      if (each.word == one.word) return {.seen = (each.ends >> static_cast<unsigned>(end_) & 1U) != 0 ? Seen::yes : Seen::no};
    }
    return is_one_of(one.word, {"cause", "original"}) ? of : Value{};
  }
  if (of.seen == Seen::reply) {
    if (is_one_of(one.word, {"Rcode", "ResponseCode", "HeaderResponseCode"}))
      return {.seen = Seen::constant, .text = std::string(words.code)};
    if (one.word == "HasError") return {.seen = end_ == LookupEnd::nxdomain || end_ == LookupEnd::servfail ? Seen::yes : Seen::no};
    if (one.word.starts_with("Answer") || one.word == "AllRecords") return fails() ? Value{.seen = Seen::no} : answer();
    return of;
  }
  if (of.seen == Seen::unknown && is_code(dialect, one.word)) return {.seen = Seen::constant, .text = one.word};
  if (of.seen == Seen::unknown && is_code(dialect, "E" + one.word)) return {.seen = Seen::constant, .text = "E" + one.word};  // dns.NODATA
  if (is_one_of(one.word, {"length", "Length", "Count", "size"})) {
    if (of.seen == Seen::answer) return {.seen = Seen::count};
    if (of.seen == Seen::no) return {.seen = Seen::constant, .text = "0"};
  }
  if (of.seen == Seen::answer && !dialect.strings_member.empty() && one.word == dialect.strings_member) {
    Value strings = of;
    strings.level = -1;  // the strings of one record
    return strings;
  }
  if (is_from_answer(of) || of.seen == Seen::no) return of;
  if (is_one_of(one.word, {"Allow", "ALLOW"})) return {.seen = Seen::constant, .text = "Allow"};
  if (is_one_of(one.word, {"Deny", "DENY"})) return {.seen = Seen::constant, .text = "Deny"};
  if (const std::optional<int> code = http_status(one.word)) return {.seen = Seen::constant, .text = fmt::format("{}", *code)};
  if (Value known = written(one); known.seen != Seen::unknown) return known;
  return function_value(one, way);
}

Value Run::element(const Expression& one, Way& way) {
  Value of = value(one.parts.front(), way);
  if (way.flow == Flow::raised) return {};
  if (of.seen != Seen::answer) return of.seen == Seen::derived || of.seen == Seen::no ? of : Value{};
  const bool is_first = one.parts.size() == 2 && one.parts[1].kind == Kind::number && one.parts[1].number == 0;
  const int strings = functions_.dialect().strings;
  if (is_first && (of.level == -1 || (strings == 2 && of.level == 1))) way.marks.first_string = true;
  if (is_first && strings > 0 && of.level == strings) way.marks.first_record = true;
  if (one.parts.size() == 2) of.level = std::max(of.level - 1, 0);
  return of;
}

/// Lists and tables.
Value Run::collected(const Expression& one, Way& way) {
  std::vector<Value> values;
  for (const Expression& part : one.parts) values.push_back(value(part, way));
  const auto with_items = [&](Value got) {
    if (one.kind == Kind::list) got.items = values;
    return got;
  };
  if (one.kind == Kind::table) {
    if (const std::optional<Seen> said = said_by_table(one, values)) return {.seen = *said};
  }
  for (const Value& part : values) {
    if (part.seen == Seen::answer || part.seen == Seen::allow || part.seen == Seen::deny) return with_items(part);
  }
  const auto is_constant = [](const Value& part) { return part.seen == Seen::constant; };
  if (!values.empty() && std::all_of(values.begin(), values.end(), is_constant))
    return with_items({.seen = Seen::constant, .text = "list"});
  return values.empty() && one.kind == Kind::list ? Value{.seen = Seen::no} : with_items({});
}

Value Run::written(const Expression& one) {
  const code::Value text = texts_.value(one, one.kind == Kind::call ? texts_.scope_of(one) : ScopeId::file);
  if (text.is_environment || !text.variable.empty()) return {.seen = Seen::setting};
  return text.has_literal && text.text.is_known() ? Value{.seen = Seen::constant, .text = *text.text.known()} : Value{};
}

Value Run::value(const Expression& one, Way& way) {
  if (way.flow == Flow::raised) return {};
  if (functions_.dialect().has_cells) {
    if (std::optional<Value> got = c_value(one, way)) return *std::move(got);
  }
  switch (one.kind) {
    case Kind::text: return one.text.is_known() ? Value{.seen = Seen::constant, .text = *one.text.known()} : Value{};
    case Kind::number: return {.seen = Seen::constant, .text = fmt::format("{}", one.number)};
    case Kind::truth: return {.seen = one.word == "true" ? Seen::yes : Seen::no};
    case Kind::nothing: return {.seen = Seen::no};
    case Kind::name: {
      if (const Value* known = find(one.word, way)) return *known;
      if (Value function = function_value(one, way); function.seen == Seen::function) return function;
      if (Value known = written(one); known.seen != Seen::unknown) return known;
      const Expression* list = texts_.shape(one, ScopeId::file);
      return list != nullptr && list->kind == Kind::list ? collected(*list, way) : Value{};
    }
    case Kind::function: return function_value(one, way);
    case Kind::call: return called(one, way);
    case Kind::compare: return compared(one, way);
    case Kind::sum: return summed(one, way);
    case Kind::both:
    case Kind::either: return joined(one, way);
    case Kind::opposite: {
      const Value inner = value(one.parts[0], way);
      const std::optional<bool> holds = truth(inner);
      return {.seen = holds ? (*holds ? Seen::no : Seen::yes) : inner.seen == Seen::derived ? Seen::derived : Seen::unknown};
    }
    case Kind::choice: {
      const std::optional<bool> holds = truth(value(one.parts[1], way));
      return holds ? value(one.parts[*holds ? 0 : 2], way) : Value{};
    }
    case Kind::assigned: {
      Value got = value(one.parts[1], way);
      bind(one.parts[0], got, way);
      return got;
    }
    case Kind::attribute: return member(one, way);
    case Kind::element: return element(one, way);
    case Kind::each: {
      const Value over = value(one.parts[1], way);
      return is_from_answer(over) ? over : Value{};
    }
    case Kind::list:
    case Kind::table: return collected(one, way);
    case Kind::address:
    case Kind::pointee:
    case Kind::unknown: break;
  }
  Value sum;
  for (const Expression& part : one.parts) {
    if (is_from_answer(value(part, way))) sum = {.seen = Seen::derived};
  }
  return sum;
}

}  // namespace mainstay::script
