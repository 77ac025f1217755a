// Values of C: what names, members and pointers come to, and where they are kept.
#include <fmt/format.h>

#include <algorithm>

#include "ingest/code/script/c_answers.h"
#include "ingest/code/script/c_constants.h"
#include "ingest/code/script/c_levels.h"
#include "ingest/code/script/c_words.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

constexpr int kLongestChain = 4;  // of pointers to pointers
constexpr std::size_t kMostValues = 500'000;

bool is_raw(const Value& value) { return value.seen == Seen::answer && value.level >= kRawText; }

/// A name in capitals: a constant, whether its number is known or not.
bool is_capital(std::string_view name) {
  return name.size() > 1 &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

Value named_constant(const std::string& name) {
  const std::optional<int> number = c_constant(name);
  return {.seen = Seen::constant, .text = number ? fmt::format("{}", *number) : name, .name = name};
}

/// The members of an object lie beside it, whether it is reached by its name or by a pointer.
std::string member_key(std::string of, const std::string& word) {
  if (of.ends_with("[]")) of.resize(of.size() - 2);
  return of + "." + word;
}

bool is_first(const Expression& one) {
  return one.kind == Kind::pointee || (one.parts.size() == 2 && one.parts[1].kind == Kind::number && one.parts[1].number == 0);
}

}  // namespace

Value Run::load(Value value, const Way& way) const {
  for (int left = kLongestChain; value.seen == Seen::place; --left) {
    if (left == 0 || value.place >= way.frames.size()) return {};
    const auto at = way.frames[value.place].values.find(value.text);
    if (at == way.frames[value.place].values.end()) return {};
    Value inner = at->second;
    value = std::move(inner);
  }
  return value;
}

std::optional<Run::Cell> Run::cell(const Expression& one, Way& way) {
  switch (one.kind) {
    case Kind::name: {
      for (std::size_t frame = way.frame, depth = 0; frame < way.frames.size() && depth < 20; frame = way.frames[frame].around, ++depth) {
        if (way.frames[frame].values.contains(one.word)) return Cell{frame, one.word};
      }
      return Cell{0, "::" + one.word};  // a variable of the file
    }
    case Kind::attribute: {
      const Value of = value(one.parts[0], way);
      if (of.seen == Seen::place) return Cell{of.place, member_key(of.text, one.word)};
      const std::optional<Cell> around = cell(one.parts[0], way);
      if (!around) return std::nullopt;
      if (of.seen == Seen::unknown && one.parts[0].kind == Kind::name)  // an object that somebody else made
        way.frames[around->frame].values[around->key] = {.seen = Seen::place, .text = around->key + "[]", .place = around->frame};
      return Cell{around->frame, member_key(around->key, one.word)};
    }
    case Kind::pointee:
    case Kind::element: {
      const Value of = value(one.parts[0], way);
      if (of.seen == Seen::place) return Cell{of.place, of.text};
      return cell(one.parts[0], way);
    }
    default: return std::nullopt;
  }
}

Value Run::c_name(const Expression& one, Way& way) {
  if (const Value* known = find(one.word, way)) return *known;
  if (const auto shared = way.frames[0].values.find("::" + one.word); shared != way.frames[0].values.end()) return shared->second;
  if (Value function = function_value(one, way); function.seen == Seen::function) return function;
  if (const std::vector<const Expression*> given = texts_.constants(one.word); given.size() == 1) {
    const bool is_number = given.front()->kind == Kind::number;
    Value got = is_number ? Value{.seen = Seen::constant, .text = fmt::format("{}", given.front()->number)} : written(one);
    if (given.front()->kind == Kind::truth) got = {.seen = given.front()->word == "true" ? Seen::yes : Seen::no};
    if (got.seen == Seen::constant && is_number) got.name = one.word;
    if (got.seen != Seen::unknown) return got;
  }
  return is_capital(one.word) || c_constant(one.word) ? named_constant(one.word) : Value{};
}

std::optional<Value> Run::c_member(const Expression& one, Way& way) {
  const Value of = value(one.parts[0], way);
  if (way.flow == Flow::raised) return Value{};
  if (one.word == "res_h_errno") return load({.seen = Seen::place, .text = "(h_errno)", .place = 0}, way);
  if (one.word == "npos") return Value{.seen = Seen::constant, .text = "-1"};
  if (const std::optional<Cell> here = cell(one, way)) {
    const auto at = way.frames[here->frame].values.find(here->key);
    if (at != way.frames[here->frame].values.end()) return at->second;
  }
  const Value content = load(of, way);
  if (content.items.size() >= 2 && (one.word == "first" || one.word == "second")) return content.items[one.word == "first" ? 0 : 1];
  if (content.seen == Seen::no) return Value{.seen = Seen::constant, .text = "0"};  // of an object that is zero
  if (content.seen == Seen::answer || content.seen == Seen::reply) {
    if (std::optional<Value> got = c_of_reply(one.word, content)) {
      if (one.word == "txt") {
        take_string(content, way);
        way.marks.first_record = way.marks.first_string;
      }
      return got;
    }
    return content;
  }
  const bool is_scope = one.parts[0].kind == Kind::name && of.seen == Seen::unknown && one.word.size() > 1;
  const bool is_enumerator =
      is_scope && ((one.word[0] >= 'A' && one.word[0] <= 'Z') || (one.word[0] == 'k' && one.word[1] >= 'A' && one.word[1] <= 'Z'));
  if (is_enumerator && (says_yes(one.word) || says_no(one.word))) return named_constant(one.word);
  return std::nullopt;
}

/// A string of a record is read: all of them in a loop around it, else the first one only.
void Run::take_string(const Value& record, Way& way) const {
  if (loops_ > record.place) {
    way.marks.all_strings = true;
    way.marks.first_string = false;
  } else {
    way.marks.first_string = !way.marks.all_strings;
  }
}

/// *x and x[i]
Value Run::c_pointee(const Expression& one, Way& way) {
  if (one.parts.size() == 2) value(one.parts[1], way);
  const Value of = value(one.parts[0], way);
  if (way.flow == Flow::raised) return {};
  Value content = of;
  if (of.seen == Seen::place) {
    const auto at = way.frames[std::min(of.place, way.frames.size() - 1)].values.find(of.text);
    if (at == way.frames[std::min(of.place, way.frames.size() - 1)].values.end()) return {};
    if (one.kind == Kind::pointee && at->second.seen == Seen::place) return at->second;  // a pointer to a pointer
    content = load(of, way);
  }
  if (content.seen != Seen::answer) return content.seen == Seen::reply ? Value{} : content;
  switch (content.level) {
    case kRecords:
      if (is_first(one)) way.marks.first_record = true;
      content.level = kRdata;
      content.place = loops_;
      return content;
    case kStrings:
      if (is_first(one)) way.marks.first_string = true;
      content.level = kRawText;
      return content;
    case kRdata: take_string(content, way); return {.seen = Seen::count};  // the octet with the length of a string
    case kTexts:
      if (is_first(one)) way.marks.first_record = true;
      content.level = kText;
      return content;
    case kText: return one.kind == Kind::pointee ? content : Value{.seen = Seen::derived};  // of an optional; a character
    default: return {.seen = Seen::derived};
  }
}

Value Run::c_sum(const Expression& one, Way& way) {
  std::vector<Value> values;
  for (const Expression& part : one.parts) values.push_back(value(part, way));
  if (way.flow == Flow::raised) return {};
  Value found;
  double total = 0;
  bool all_numbers = true, all_texts = true, is_derived = false, has_count = false, has_number = false;
  std::string text;
  for (const Value& each : values) {
    if (each.seen == Seen::place && load(each, way).seen != Seen::answer) return each;
    Value content = load(each, way);
    if (content.seen == Seen::reply || content.seen == Seen::no) return content;  // a place in it
    const std::optional<double> number = number_of(content);
    total += number.value_or(0);
    has_number = has_number || number;
    has_count = has_count || content.seen == Seen::count;
    all_numbers = all_numbers && number;
    all_texts = all_texts && content.seen == Seen::constant;
    is_derived = is_derived || content.seen == Seen::derived || (content.seen != Seen::constant && found.seen == Seen::answer);
    text += content.text;
    if (content.seen == Seen::answer) {
      is_derived = is_derived || (found.seen == Seen::answer && !is_raw(content));
      found = content;
    }
  }
  if (is_raw(found)) {
    const bool is_text = found.level == kRdata && has_number;  // behind the octet with the length
    if (is_text) take_string(found, way);
    if (is_text) found.level = kRawText;
    return found;
  }
  if (is_derived) return {.seen = Seen::derived};
  if (found.seen == Seen::answer) return found;
  if (all_numbers) return {.seen = Seen::constant, .text = fmt::format("{}", total)};
  if (all_texts) return {.seen = Seen::constant, .text = text};
  return has_count && total >= 0 && values.size() == 2 ? Value{.seen = Seen::count} : Value{};
}

/// Arithmetic, and what fits no grammar.
Value Run::c_unknown(const Expression& one, Way& way) {
  std::vector<Value> values;
  for (const Expression& part : one.parts) values.push_back(value(part, way));
  if (one.word == kSizeWord) return {.seen = Seen::count};
  if (way.flow == Flow::raised || values.empty()) return {};
  const Value first = load(values.front(), way);
  if (one.word == kMinusWord) {
    if (first.seen != Seen::constant) return {.seen = first.seen == Seen::derived ? Seen::derived : Seen::unknown};
    const std::optional<double> number = number_of(first);
    return {.seen = Seen::constant, .text = fmt::format("{}", number ? -*number : -1), .name = first.name};
  }
  if (one.word == kStepWord) {
    Value next = first;
    if (const std::optional<double> number = number_of(first)) next.text = fmt::format("{}", *number + 1);
    if (next.seen == Seen::answer && next.level == kRdata) next.level = kRawText;
    if (next.seen == Seen::constant || next.seen == Seen::answer) bind(one.parts[0], next, way);
    return values.front();
  }
  const bool is_derived = std::any_of(values.begin(), values.end(), [&](const Value& each) {
    const Value content = load(each, way);
    return content.seen == Seen::derived || (content.seen == Seen::answer && !is_raw(content));
  });
  return {.seen = is_derived ? Seen::derived : Seen::unknown};
}

std::optional<Value> Run::c_value(const Expression& one, Way& way) {
  if (exhausted_ || ++values_ > kMostValues) {  // what a member is of is worked out for its value and for its place: chains of them double
    exhausted_ = true;
    return Value{};
  }
  switch (one.kind) {
    case Kind::name:
      if (one.word == "h_errno") return load({.seen = Seen::place, .text = "(h_errno)", .place = 0}, way);
      return c_name(one, way);
    case Kind::attribute: return c_member(one, way);
    case Kind::pointee:
    case Kind::element: return c_pointee(one, way);
    case Kind::sum: return c_sum(one, way);
    case Kind::unknown: return c_unknown(one, way);
    case Kind::call: return c_called(one, way);
    case Kind::list:
      if (one.parts.size() == 1 && one.parts[0].kind == Kind::number && one.parts[0].number == 0) return Value{.seen = Seen::no};
      return std::nullopt;
    case Kind::address: {
      const Value of = value(one.parts[0], way);
      if (of.seen == Seen::function) return of;
      if (of.seen == Seen::place && of.text.ends_with("[]") && one.parts[0].kind == Kind::name) return of;
      const std::optional<Cell> here = cell(one.parts[0], way);
      return here ? Value{.seen = Seen::place, .text = here->key, .place = here->frame} : Value{};
    }
    default: return std::nullopt;
  }
}

bool Run::c_bind(const Expression& target, const Value& value, Way& way) {
  if (target.kind == Kind::list) return false;
  const std::optional<Cell> here = cell(target, way);
  if (!here) return true;
  Value& kept = way.frames[here->frame].values[here->key];
  const bool is_inside = target.kind == Kind::element || target.kind == Kind::pointee;
  const bool is_mark = target.kind == Kind::element && value.seen == Seen::constant;  // buffer[length] = '\0'
  if (is_mark && (kept.seen == Seen::answer || kept.seen == Seen::derived)) return true;
  kept = is_inside && number_of(value) == std::optional(0.0) ? Value{.seen = Seen::no} : value;  // or an empty text
  return target.kind != Kind::attribute;                                                         // response.status = 403 says more
}

/// Assignments that are none in the source: arrays, and what is written into them.
bool Run::c_assigned(const Statement& one, const Value& result, Way& way) {
  if (one.targets.empty() || one.word.empty()) return false;
  const Expression& target = one.targets.front();
  std::map<std::string, Value>& here = way.frames[way.frame].values;
  if (one.word == kDeclaredWord || one.word == kArrayWord) {
    if (target.kind != Kind::name) return true;
    here[target.word] = one.word == kArrayWord ? Value{.seen = Seen::place, .text = target.word + "[]", .place = way.frame} : Value{};
    return true;
  }
  if (one.word == kLocalWord) {
    const auto declare = [&](const Expression& name) {
      if (name.kind == Kind::name) here[name.word] = {};
    };
    declare(target);
    if (target.kind == Kind::list) std::for_each(target.parts.begin(), target.parts.end(), declare);
    return false;
  }
  Value content = load(result, way);
  const Value to = value(target, way);
  if (one.word == kAppendWord) {
    const Value before = load(to, way);
    if (before.seen == Seen::answer && content.seen != Seen::derived) content = before;
    if (before.seen == Seen::derived) content = before;
    if (before.seen == Seen::constant && content.seen == Seen::constant) content.text = before.text + content.text;
  }
  if (content.seen == Seen::answer && content.level == kRdata) content.level = kRawText;
  if (to.seen == Seen::place) {
    if (to.place < way.frames.size()) way.frames[to.place].values[to.text] = std::move(content);
  } else if (const std::optional<Cell> at = cell(target, way)) {
    way.frames[at->frame].values[at->key] = std::move(content);
  }
  return true;
}

std::optional<Value> Run::c_compare(Value& left, Value& right, const std::string& word, Way& way) {
  left = load(left, way);
  right = load(right, way);
  const bool is_equality = word == "==";
  const bool is_test = is_equality || word == "!=";
  const auto same = [&](bool holds) { return Value{.seen = holds == is_equality ? Seen::yes : Seen::no}; };
  const auto is_plain = [](const Value& one) { return one.seen == Seen::constant || one.seen == Seen::no; };
  // The one that is asked about stands on the left.
  const bool is_swapped = is_plain(left) && !is_plain(right);
  if (is_swapped) {
    std::swap(left, right);
    if (!is_test) {
      const std::string other = (word[0] == '<' ? ">" : "<") + word.substr(1);
      return compare(std::move(left), std::move(right), other, way);
    }
  }
  if (is_raw(left) && is_raw(right)) {  // "p < end": the first round, "p + length > end": what arrives is whole
    if (is_test) return same(false);
    return Value{.seen = word[0] == '<' ? Seen::yes : Seen::no};
  }
  if (is_raw(left) || is_raw(right)) {  // pointers, not what they point to
    const Value& with = is_raw(left) ? right : left;
    const bool is_null = with.seen == Seen::no || (with.seen == Seen::constant && with.text == "0");
    return is_null && is_test ? same(false) : Value{};
  }
  const bool is_open_name = (left.seen == Seen::constant && !left.name.empty() && !number_of(left)) ||
                            (right.seen == Seen::constant && !right.name.empty() && !number_of(right));
  if (is_open_name && left.seen == Seen::constant && right.seen == Seen::constant) {
    if (!is_test || left.name.empty() || right.name.empty()) return Value{};
    return same(left.name == right.name);
  }
  if (is_open_name && left.seen != Seen::answer && right.seen != Seen::answer) {
    const bool is_derived = left.seen == Seen::derived || right.seen == Seen::derived;
    return Value{.seen = is_derived ? Seen::derived : Seen::unknown};
  }
  // How long the text is, and how many there are, is as expected when the text is.
  if (left.seen == Seen::count && right.seen == Seen::count && !is_test) return Value{};
  const bool is_counted = left.seen == Seen::count && (right.seen == Seen::count || number_of(right).value_or(0) >= 1);
  if (is_counted && is_test) return end_ == LookupEnd::expected ? same(true) : Value{};
  if (left.seen == Seen::yes && number_of(right)) left = {.seen = Seen::constant, .text = "1"};
  return std::nullopt;
}

}  // namespace mainstay::script
