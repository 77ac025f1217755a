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
    if (part.seen == Seen::constant && (part.text == "Allow" || part.text == "Deny"))
      said = part.text == "Allow" ? Seen::allow : Seen::deny;
    if (part.seen == Seen::allow || part.seen == Seen::deny) said = part.seen;
  }
  if (way.flow == Flow::raised) return {};
  if (proves(path)) {
    way.marks.proved = true;
    return {};
  }
  if (std::optional<Value> answered = answers_request(path, arguments, way)) return *std::move(answered);
  if (said) return {.seen = *said};
  const auto has = [&](Seen seen) {
    return std::any_of(arguments.begin(), arguments.end(), [&](const Value& part) { return part.seen == seen; });
  };
  if (subject.seen == Seen::allow || subject.seen == Seen::deny) return subject;
  if (subject.seen == Seen::failure && subject.is_end) {
    const EndWords& words = functions_.dialect().ends[static_cast<std::size_t>(end_)];
    if (is_one_of(word, {"toString", "Error", "getMessage", "String"}) && !words.message.empty())
      return {.seen = Seen::constant, .text = std::string(words.message)};
    return member(callee, way);
  }
  if (subject.seen == Seen::reply) {
    if (is_one_of(word, {"run", "get", "getAnswers", "getAll"})) return fails() ? Value{.seen = Seen::no} : answer();
    if (word == "size") return fails() ? Value{.seen = Seen::constant, .text = "0"} : Value{.seen = Seen::count};
    if (word == "getResult")
      return {.seen = Seen::constant, .text = std::string(functions_.dialect().ends[static_cast<std::size_t>(end_)].code)};
    return subject;
  }
  if (subject.seen == Seen::answer && !functions_.dialect().strings_member.empty() && word == functions_.dialect().strings_member)
    return member(callee, way);
  if (subject.seen == Seen::answer && word == "get" && functions_.dialect().strings == 1 && !arguments.empty() &&
      arguments[0].text == "0") {
    way.marks.first_record = way.marks.first_record || subject.level == 1;
    way.marks.first_string = way.marks.first_string || subject.level == -1;
    return {.seen = Seen::answer};
  }
  if (subject.seen == Seen::answer || has(Seen::answer) || (subject.seen == Seen::constant && has(Seen::constant)) ||
      (arguments.size() == 2 && arguments[0].seen == Seen::constant)) {
    const bool compared = compares(word);
    if (subject.seen == Seen::answer || compared) return method(one, subject, arguments, way);
  }
  if (subject.seen == Seen::no && callee.kind == Kind::attribute) {
    if (is_one_of(word, {"isEmpty", "every", "All", "allMatch", "noneMatch"})) return {.seen = Seen::yes};
    if (is_one_of(word, {"indexOf", "lastIndexOf"})) return {.seen = Seen::constant, .text = "-1"};
    if (is_one_of(word, {"size", "Count"})) return {.seen = Seen::constant, .text = "0"};
    return subject;
  }
  if (is_one_of(word, {"bool", "Boolean"}) && one.parts.size() == 2) return arguments[0];
  if (word == "len" && one.parts.size() == 2) {
    if (has(Seen::answer)) return {.seen = Seen::count};
    if (has(Seen::no)) return {.seen = Seen::constant, .text = "0"};
  }
  if (is_one_of(word, {"isArray", "isNull", "nonNull", "IsNullOrEmpty", "IsNullOrWhiteSpace"}) && arguments.size() == 1) {
    const std::optional<bool> there = truth(arguments[0]);
    const bool asks_for_it = word == "isArray" || word == "nonNull";
    return there ? Value{.seen = *there == asks_for_it ? Seen::yes : Seen::no} : Value{};
  }
  if (is_one_of(word, {"As", "AsType", "Errorf", "Wrap", "Wrapf", "Join", "WithStack"}) && has(Seen::failure)) {
    const auto failed = std::find_if(arguments.begin(), arguments.end(), [](const Value& part) { return part.seen == Seen::failure; });
    if (word != "As") return *failed;
    // errors.As(err, &known)
    if (one.parts.size() == 3 && one.parts[2].kind == Kind::name) bind(one.parts[2], *failed, way);
    return {.seen = Seen::yes};
  }
  if (is_one_of(word, {"As", "Is"}) && arguments.size() == 2 && arguments[0].seen == Seen::no) return {.seen = Seen::no};
  if (path == "errors.New" || path == "fmt.Errorf" || path == "status.Error" || path == "status.Errorf")
    return {.seen = Seen::failure, .text = "error"};
  if (callee.kind == Kind::attribute && word == "fail" && path.starts_with("context")) {
    if (!way.given[0]) way.given[0] = Given{.value = {.seen = Seen::failure, .text = "error"}, .raises = true};
    return {};
  }
  if (callee.kind == Kind::attribute && word == "succeed" && path.starts_with("context") && !arguments.empty()) {
    if (!way.given[0]) way.given[0] = Given{.value = arguments[0], .raises = false};
    return {};
  }
  if (!has(Seen::answer)) {
    const bool is_derived = subject.seen == Seen::derived || has(Seen::derived);
    if (!is_derived && subject.seen == Seen::unknown) {
      if (const Value known = written(one); known.seen != Seen::unknown) return known;
    }
    if (has(Seen::no) && arguments.size() == 1 && keeps(word)) return arguments[0];
    return {.seen = is_derived ? Seen::derived : Seen::unknown};
  }
  if (keeps(word)) return *std::find_if(arguments.begin(), arguments.end(), [](const Value& part) { return part.seen == Seen::answer; });
  return {.seen = Seen::derived};
}

}  // namespace mainstay::script
