// Calls that have a value without parting ways.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "graph/values/ascii.h"
#include "ingest/code/script/http_answers.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words of calls that check something which the caller must have: a signature,
/// a digest, a token.
bool proves(std::string_view path) {
  const std::string lower = ascii_lower(path);
  const auto has = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  return has("verify") || has("compare_digest") || has("jwt.decode") || has("signature") || has("authenticate") || has("decode_token") ||
         has("check_password") || has("parse_jwt") || has("timingsafeequal") || has("hmac.equal") || has("constanttimecompare") ||
         has("messagedigest.isequal") || has("fixedtimeequals") || has("jwt.parse") || has("parsewithclaims") || has("validatetoken");
}

/// Calls that say whether one text is the other, or in it: of a member, or with
/// both as arguments.
bool compares(std::string_view word) {
  return is_one_of(word, {"startswith",  "endswith",      "__contains__",     "find",          "count",
                          "includes",    "startsWith",    "endsWith",         "has",           "contains",
                          "containsKey", "equals",        "equalsIgnoreCase", "Contains",      "StartsWith",
                          "EndsWith",    "Equals",        "HasPrefix",        "HasSuffix",     "EqualFold",
                          "Equal",       "test",          "matches",          "localeCompare", "IsMatch",
                          "MatchString", "contentEquals", "isEqual",          "SequenceEqual", "ContainsKey",
                          "Is",          "compareTo"});
}

bool positions(std::string_view word) { return is_one_of(word, {"indexOf", "lastIndexOf", "IndexOf", "search", "Index", "findIndex"}); }

/// Calls that keep what they are given: str(x), Buffer.from(x),
/// strings.TrimSpace(x).
bool keeps(std::string_view word) {
  static const std::set<std::string_view> kWords = {"str",
                                                    "list",
                                                    "set",
                                                    "tuple",
                                                    "sorted",
                                                    "iter",
                                                    "next",
                                                    "join",
                                                    "b",
                                                    "loads",
                                                    "dict",
                                                    "map",
                                                    "filter",
                                                    "reversed",
                                                    "from_iterable",
                                                    "String",
                                                    "from",
                                                    "Set",
                                                    "Array",
                                                    "parse",
                                                    "concat",
                                                    "Join",
                                                    "TrimSpace",
                                                    "Trim",
                                                    "ToLower",
                                                    "ToUpper",
                                                    "Fields",
                                                    "Split",
                                                    "string",
                                                    "byte",
                                                    "asList",
                                                    "of",
                                                    "stream",
                                                    "all",
                                                    "race",
                                                    "allSettled",
                                                    "resolve",
                                                    "valueOf",
                                                    "list",
                                                    "entrySet",
                                                    "unquote",
                                                    "TrimPrefix",
                                                    "fromEntries",
                                                    "freeze",
                                                    "TrimSuffix",
                                                    "decodeURIComponent",
                                                    "ToList",
                                                    "copyOf",
                                                    "ofNullable",
                                                    "HashSet",
                                                    "ArrayList",
                                                    "wait",
                                                    "Result",
                                                    "withTimeout",
                                                    "Unquote"};
  return kWords.contains(word);
}

}  // namespace

/// What is answered to a request: res.status(403), w.WriteHeader(401),
/// response.sendError(403), next.ServeHTTP(w, r).
std::optional<Value> Run::answers_request(const std::string& path, const std::vector<Value>& arguments, Way& way) {
  const HttpAnswer answer = http_answer(path);
  if (answer == HttpAnswer::none) return std::nullopt;
  if (answer == HttpAnswer::passes_on) {
    way.given[0] = Given{.value = {.seen = Seen::allow}, .raises = false};
    return Value{.seen = Seen::allow};
  }
  for (const Value& argument : arguments) {
    if (argument.seen != Seen::constant) continue;
    const int code = std::atoi(argument.text.c_str());
    if (code < 100 || code > 599) continue;
    const Value said{.seen = code < 300 ? Seen::allow : Seen::deny};
    if (answer == HttpAnswer::sends && !way.given[0]) way.given[0] = Given{.value = said, .raises = false};
    return said;
  }
  return std::nullopt;
}

Value Run::method(const Expression& one, const Value& subject, const std::vector<Value>& arguments, Way& way) {
  const std::string word = last_word(one.parts.front());
  const auto is_answer = [](const Value& value) { return value.seen == Seen::answer; };
  const Value* given = nullptr;
  for (const Value& argument : arguments) {
    if (is_answer(argument)) given = &argument;
  }
  if (compares(word) && (is_answer(subject) || given != nullptr)) {
    // The other one: of a member, the subject or the argument; of a function,
    // the argument that is none.
    Value with = is_answer(subject) ? (arguments.empty() ? Value{} : arguments[0]) : subject;
    if (!is_answer(subject) && arguments.size() > 1) with = is_answer(arguments[0]) ? arguments[1] : arguments[0];
    return compare(is_answer(subject) ? subject : *given, with, "==", way);
  }
  if (positions(word) && is_answer(subject)) {
    const Value found = compare(subject, arguments.empty() ? Value{} : arguments[0], "==", way);
    return {.seen = Seen::constant, .text = found.seen == Seen::yes ? "0" : "-1"};
  }
  if (compares(word) && subject.seen == Seen::constant && arguments.size() == 1 && arguments[0].seen == Seen::constant) {
    if (!subject.items.empty()) return compare(arguments[0], subject, "in", way);
    const bool is_in = is_one_of(word, {"includes", "contains", "Contains"}) ? subject.text.find(arguments[0].text) != std::string::npos
                                                                             : subject.text == arguments[0].text;
    return {.seen = is_in ? Seen::yes : Seen::no};
  }
  if (compares(word) && arguments.size() == 2 && arguments[0].seen == Seen::constant && arguments[1].seen == Seen::constant) {
    if (!arguments[0].items.empty()) return compare(arguments[1], arguments[0], "in", way);
    return {.seen = arguments[0].text.find(arguments[1].text) != std::string::npos ? Seen::yes : Seen::no};
  }
  if (word == "match" && is_answer(subject)) {
    // A pattern with groups takes the record apart; one without asks what it
    // says.
    const Expression* pattern = one.parts.size() > 1 ? &one.parts[1] : nullptr;
    const bool takes_apart = pattern == nullptr || pattern->kind != Kind::text || pattern->text.display().find('(') != std::string::npos;
    if (takes_apart) return subject;
    way.marks.constant = true;
    return end_ == LookupEnd::expected ? subject : Value{.seen = Seen::no};
  }
  Value got = subject;
  if (word == "flat" || word == "join" || word == "shift" || word == "pop") got.level = std::max(subject.level - 1, 0);
  if (word == "at" && one.parts.size() == 2) got.level = std::max(subject.level - 1, 0);
  if (is_one_of(word, {"size", "Count", "length", "Length"})) got = {.seen = Seen::count};
  if (is_one_of(word, {"isEmpty", "IsNullOrEmpty", "isBlank"})) got = {.seen = Seen::no};
  if (is_one_of(word, {"isPresent", "hasMore", "hasMoreElements", "hasNext", "Any", "any", "MoveNext"})) got = {.seen = Seen::yes};
  return got;
}

/// A call of a member of something that is known.
std::optional<Value> Run::on_subject(const Expression& one, const Value& subject, const std::vector<Value>& arguments, Way& way) {
  const Expression& callee = one.parts.front();
  const std::string word = last_word(callee);
  const Dialect& dialect = functions_.dialect();
  const EndWords& words = dialect.ends[static_cast<std::size_t>(end_)];
  if (subject.seen == Seen::allow || subject.seen == Seen::deny) return subject;
  if (subject.seen == Seen::failure && subject.is_end) {
    if (is_one_of(word, {"toString", "Error", "getMessage", "String"}) && !words.message.empty())
      return Value{.seen = Seen::constant, .text = std::string(words.message)};
    return member(callee, way);
  }
  if (subject.seen == Seen::reply) {
    if (is_one_of(word, {"run", "get", "getAnswers", "getAll"})) return fails() ? Value{.seen = Seen::no} : answer();
    if (word == "size") return fails() ? Value{.seen = Seen::constant, .text = "0"} : Value{.seen = Seen::count};
    return word == "getResult" ? Value{.seen = Seen::constant, .text = std::string(words.code)} : subject;
  }
  if (subject.seen == Seen::no && callee.kind == Kind::attribute) {
    const bool has_answer = std::any_of(arguments.begin(), arguments.end(), [](const Value& part) { return part.seen == Seen::answer; });
    if (has_answer && compares(word)) return method(one, subject, arguments, way);
    if (is_one_of(word, {"isEmpty", "every", "All", "allMatch", "noneMatch"})) return Value{.seen = Seen::yes};
    if (is_one_of(word, {"indexOf", "lastIndexOf"})) return Value{.seen = Seen::constant, .text = "-1"};
    if (is_one_of(word, {"size", "Count"})) return Value{.seen = Seen::constant, .text = "0"};
    return subject;
  }
  if (subject.seen != Seen::answer) return std::nullopt;
  if (!dialect.strings_member.empty() && word == dialect.strings_member) return member(callee, way);
  if (word != "get" || dialect.strings != 1 || arguments.empty() || arguments[0].text != "0") return method(one, subject, arguments, way);
  way.marks.first_record = way.marks.first_record || subject.level == 1;
  way.marks.first_string = way.marks.first_string || subject.level == -1;
  return Value{.seen = Seen::answer};
}

/// A call of something that every program has, by its word: len(x), errors.As(err, &known), Array.isArray(x).
std::optional<Value> Run::by_word(const Expression& one, const std::vector<Value>& arguments, Way& way) {
  const std::string word = last_word(one.parts.front());
  const std::string path = path_of(one.parts.front());
  const Value none;
  const Value& first = arguments.empty() ? none : arguments.front();
  if (is_one_of(word, {"bool", "Boolean"}) && arguments.size() == 1) return first;
  if (word == "len" && arguments.size() == 1 && first.seen == Seen::answer) return Value{.seen = Seen::count};
  if (word == "len" && arguments.size() == 1 && first.seen == Seen::no) return Value{.seen = Seen::constant, .text = "0"};
  if (is_one_of(word, {"isArray", "isNull", "nonNull", "IsNullOrEmpty", "IsNullOrWhiteSpace"}) && arguments.size() == 1) {
    const std::optional<bool> there = truth(first);
    const bool asks_for_it = word == "isArray" || word == "nonNull";
    return there ? Value{.seen = *there == asks_for_it ? Seen::yes : Seen::no} : Value{};
  }
  const auto failed = std::find_if(arguments.begin(), arguments.end(), [](const Value& part) { return part.seen == Seen::failure; });
  if (failed != arguments.end() && is_one_of(word, {"As", "AsType", "Errorf", "Wrap", "Wrapf", "Join", "WithStack"})) {
    if (word != "As") return *failed;
    if (one.parts.size() == 3 && one.parts[2].kind == Kind::name) bind(one.parts[2], *failed, way);
    return Value{.seen = Seen::yes};
  }
  if (is_one_of(word, {"As", "Is"}) && arguments.size() == 2 && first.seen == Seen::no) return Value{.seen = Seen::no};
  if (is_one_of(path, {"errors.New", "fmt.Errorf", "status.Error", "status.Errorf"})) return Value{.seen = Seen::failure, .text = "error"};
  const bool settles = path.starts_with("context.") && (word == "fail" || (word == "succeed" && !arguments.empty()));
  if (!settles) return std::nullopt;
  const bool fails = word == "fail";
  if (!way.given[0]) way.given[0] = Given{.value = fails ? Value{.seen = Seen::failure, .text = "error"} : first, .raises = fails};
  return Value{};
}

Value Run::called(const Expression& one, Way& way) {
  if (const auto known = way.calls.find(&one); known != way.calls.end()) return known->second;
  if (&one == &lookup_) return looked_up(way);
  const Expression& callee = one.parts.front();
  const std::string path = path_of(callee);
  const std::string word = last_word(callee);
  if ((word == "any" || word == "all") && one.parts.size() == 2 && one.parts[1].kind == Kind::each) return any_of(one, way);
  std::vector<Value> arguments;
  std::optional<Seen> said;
  Value subject;
  if (callee.kind == Kind::attribute) subject = value(callee.parts.front(), way);
  for (std::size_t at = 1; at < one.parts.size(); ++at) {
    arguments.push_back(value(one.parts[at], way));
    const Value& part = arguments.back();
    if (part.seen == Seen::constant && part.text == "Allow") said = Seen::allow;
    if (part.seen == Seen::constant && part.text == "Deny") said = Seen::deny;
    if (part.seen == Seen::allow || part.seen == Seen::deny) said = part.seen;
  }
  if (way.flow == Flow::raised) return {};
  if (proves(path)) {
    way.marks.proved = true;
    return {};
  }
  if (std::optional<Value> answered = answers_request(path, arguments, way)) return *std::move(answered);
  if (said) return {.seen = *said};
  if (std::optional<Value> got = on_subject(one, subject, arguments, way)) return *std::move(got);
  const auto find = [&](Seen seen) {
    return std::find_if(arguments.begin(), arguments.end(), [&](const Value& part) { return part.seen == seen; });
  };
  const auto has = [&](Seen seen) { return find(seen) != arguments.end(); };
  const bool may_compare = has(Seen::answer) || (subject.seen == Seen::constant && has(Seen::constant)) ||
                           (arguments.size() == 2 && arguments[0].seen == Seen::constant);
  if (may_compare && compares(word)) return method(one, subject, arguments, way);
  if (std::optional<Value> got = by_word(one, arguments, way)) return *std::move(got);
  if (has(Seen::answer)) return keeps(word) ? *find(Seen::answer) : Value{.seen = Seen::derived};
  if (subject.seen == Seen::derived || has(Seen::derived)) return {.seen = Seen::derived};
  if (subject.seen == Seen::unknown) {
    if (Value known = written(one); known.seen != Seen::unknown) return known;
  }
  return has(Seen::no) && arguments.size() == 1 && keeps(word) ? arguments[0] : Value{};
}

}  // namespace mainstay::script
