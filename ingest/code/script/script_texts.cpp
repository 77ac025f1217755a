// What expressions come to.
#include "ingest/code/script/script_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/code/script/script_calls.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using code::Value;

constexpr int kDeepest = 40;

Value unknown(std::string_view name, Location where) {
  return {.text = Text(Hole{.name = std::string(name.empty() ? "expression" : name.substr(0, 80)), .pattern = {}}), .where = where};
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Calls that give back the text that they get: `new URL(x)`, `URI.create(x)`,
/// `aws.String(x)`.
bool passes_argument(std::string_view word) {
  return is_one_of(word, {"URL",        "Uri",        "URI",       "create",     "parse",     "Parse",
                          "String",     "str",        "encodeURI", "StringPtr",  "string",    "Must",
                          "TrimSuffix", "TrimRight",  "TrimSpace", "TrimPrefix", "ToLower",   "urlparse",
                          "ofNullable", "JoinPath",   "urljoin",   "from",       "createURI", "stripTrailingSlash",
                          "valueOf",    "fromString", "freeze",    "newBuilder", "cleanUrl",  "ldns_dname_new_frm_str"});
}

/// Members of a text that give it back, for the purpose of knowing its host.
bool passes_subject(std::string_view word) {
  return is_one_of(
      word, {"toString", "ToString", "trim",    "Trim",   "TrimEnd", "strip",     "rstrip", "lower",  "toLowerCase", "ToLowerInvariant",
             "href",     "replace",  "Replace", "String", "build",   "normalize", "decode", "encode", "replaceAll",  "c_str"});
}

void append(Value& into, const Value& more) {
  if (more.has_literal && !into.has_literal) into.where = more.where;
  if (into.text.empty() && into.variable.empty()) into.variable = more.variable;
  into.has_literal = into.has_literal || more.has_literal;
  into.text.append(more.text);
}

/// What is given back when a function has one way to do so.
const Expression* only_result(const std::vector<Statement>& body, int depth, std::size_t& count) {
  const Expression* found = nullptr;
  if (depth > 20) {
    count = 2;
    return nullptr;
  }
  for (const Statement& one : body) {
    if (one.kind == StatementKind::function || one.kind == StatementKind::type) continue;
    if (one.kind == StatementKind::give_back) {
      found = &one.value;
      ++count;
    }
    for (const std::vector<Statement>* inside : {&one.body, &one.otherwise, &one.last}) {
      if (const Expression* more = only_result(*inside, depth + 1, count)) found = more;
    }
    for (const Handler& handler : one.handlers) only_result(handler.body, depth + 1, count);
  }
  return found;
}

}  // namespace

Value Texts::value(const Expression& one, ScopeId scope) {
  if (left_ == 0 || depth_ >= kDeepest) return unknown({}, one.where);
  --left_;
  ++depth_;
  Value got = worked_out(one, scope);
  --depth_;
  return got;
}

std::vector<Value> Texts::values(const Expression& one, ScopeId scope) {
  const Value plain = value(one, scope);
  const Scope& inside = at(scope);
  const auto callers = called_.find(inside.function);
  const auto stands_for = [&](const std::string& name) {
    const auto is_it = [&](const Text::Piece& piece) {
      const Hole* hole = std::get_if<Hole>(&piece);
      return hole != nullptr && hole->name == name;
    };
    return !name.empty() && std::any_of(plain.text.pieces().begin(), plain.text.pieces().end(), is_it);
  };
  if (inside.function.empty() || callers == called_.end() || std::none_of(inside.parameters.begin(), inside.parameters.end(), stands_for))
    return {plain};
  std::vector<Value> all;
  for (std::size_t caller = 0; caller < std::min(callers->second.size(), kMostCallers); ++caller) {
    const Site& site = callers->second[caller];
    for (std::size_t part = 0; part < inside.parameters.size() && part + 1 < site.call->parts.size(); ++part)
      bound_[{scope, inside.parameters[part]}] = value(site.call->parts[part + 1], site.scope);
    all.push_back(value(one, scope));
    bound_.clear();
  }
  return all;
}

Value Texts::worked_out(const Expression& one, ScopeId scope) {
  Value got;
  if (environment(one, scope, got)) return got;
  switch (one.kind) {
    case Kind::text: return with_fields(one, scope);
    case Kind::number:
      if (one.number < 0 || one.number > 1e6 || one.number != static_cast<double>(static_cast<int>(one.number))) break;
      return {.text = Text(fmt::format("{}", static_cast<int>(one.number))), .where = one.where, .has_literal = true};
    case Kind::name: return named(one, scope);
    case Kind::sum:
      got.where = one.where;
      for (const Expression& part : one.parts) append(got, value(part, scope));
      return got;
    case Kind::either: return either(one.parts[0], one.parts[1], scope);
    case Kind::choice: {
      Value first = value(one.parts[0], scope);
      const Value second = value(one.parts[2], scope);
      if (first.text == second.text) return first;
      if (first.has_literal != second.has_literal)
        return either(one.parts[first.has_literal ? 2 : 0], one.parts[first.has_literal ? 0 : 2], scope);
      break;
    }
    case Kind::attribute:
    case Kind::element: return member(one, scope);
    case Kind::call: return called(one, scope);
    case Kind::assigned: return value(one.parts[1], scope);
    default: break;
  }
  if (formatted(one, scope, got)) return got;
  return unknown(path_of(one), one.where);
}

/// `a || b`, `a ?? b`: what stands in the source for when the first one has no
/// value.
Value Texts::either(const Expression& first, const Expression& second, ScopeId scope) {
  Value left = value(first, scope);
  if (left.has_literal) return left;
  Value right = value(second, scope);
  if (!right.has_literal) return left.variable.empty() ? right : left;
  right.variable = left.variable.empty() ? left.text.display() : left.variable;
  right.is_environment = false;
  return right;
}

/// process.env.X, os.Getenv("X"), System.getenv("X"),
/// Environment.GetEnvironmentVariable("X"), os.environ["X"], with or without a
/// default.
bool Texts::environment(const Expression& one, ScopeId scope, Value& got) {
  const auto read = [&](std::string name) {
    got = {.text = Text(Hole{.name = name, .pattern = {}}), .where = one.where, .variable = name, .is_environment = true};
    return true;
  };
  const auto is_environment = [&](const Expression& of) {
    const std::string path = full_path(of, scope);
    return is_one_of(path, {"process.env", "import.meta.env", "meta.env", "os.environ", "environ", "Bun.env"});
  };
  if (one.kind == Kind::attribute && is_environment(one.parts[0])) return read(one.word);
  if (one.kind == Kind::element && one.parts.size() == 2 && is_environment(one.parts[0]) && one.parts[1].kind == Kind::text)
    return read(one.parts[1].text.display());
  if (one.kind != Kind::call || one.parts.size() < 2) return false;
  const std::string path = full_path(one.parts[0], scope);
  const std::string word = ascii_lower(last_word(one.parts[0]));
  const bool is_read = word.find("getenv") != std::string::npos || word == "lookupenv" || word == "getenvironmentvariable" ||
                       path == "Deno.env.get" || path == "os.environ.get" || path == "environ.get" || path == "os.getenv" ||
                       path == "decouple.config" || path == "env.str" || path == "env.url" || word == "envor" ||
                       word == "getenvordefault" || path == "System.getenv.getOrDefault" || (word == "env" && one.parts.size() == 3);
  if (!is_read) return false;
  const Value name = value(one.parts[1], scope);
  if (!name.text.is_known() || name.text.empty()) return false;
  read(*name.text.known());
  if (one.parts.size() < 3) return true;
  Value other = value(one.parts[2], scope);
  if (!other.has_literal) return true;
  other.variable = got.variable;
  got = other;
  return true;
}

Value Texts::all_the_same(const std::vector<const Expression*>& values, ScopeId scope, Value otherwise) {
  constexpr std::size_t kMost = 8;
  if (values.empty() || values.size() > kMost) return otherwise;
  Value first = value(*values.front(), scope);
  if (values.size() == 2 && first.is_environment) {  // "if it is empty: it is ..."
    Value second = value(*values.back(), scope);
    if (!second.has_literal) return otherwise;
    second.variable = first.variable;
    return second;
  }
  for (const Expression* more : values) {
    // "let x = null" in front of what gives it a value
    if (more->kind != Kind::nothing && value(*more, scope).text != first.text && values.front()->kind != Kind::nothing) return otherwise;
  }
  if (values.front()->kind == Kind::nothing) return values.size() == 2 ? value(*values.back(), scope) : otherwise;
  return first;
}

Value Texts::named(const Expression& one, ScopeId scope) {
  for (ScopeId inside = scope;; inside = at(inside).around) {
    const Scope& here = at(inside);
    if (const auto bound = bound_.find({inside, one.word}); bound != bound_.end()) return bound->second;
    const auto is_parameter = std::find(here.parameters.begin(), here.parameters.end(), one.word);
    const auto found = here.assigned.find(one.word);
    if (found != here.assigned.end()) {
      const auto key = std::pair(inside, one.word);
      if (open_.contains(key)) return unknown(one.word, one.where);
      open_.insert(key);
      Value got = unknown(one.word, one.where);
      if (found->second.size() != 1 || !taken(*found->second.front(), inside)) {
        got = all_the_same(found->second, inside, got);
      } else if (Value other; from_elsewhere(*found->second.front(), inside, other)) {
        got = other;
      }
      open_.erase(key);
      return got;
    }
    if (is_parameter != here.parameters.end())
      return parameter(one.word, static_cast<std::size_t>(is_parameter - here.parameters.begin()), inside, one.where);
    if (inside == ScopeId::file) break;
  }
  Value got;
  return from_anywhere(one.word, got) ? got : unknown(one.word, one.where);
}

/// A parameter is what the only caller in the file gives for it.
Value Texts::parameter(const std::string& name, std::size_t position, ScopeId scope, Location where) {
  const auto callers = called_.find(at(scope).function);
  if (at(scope).function.empty() || callers == called_.end() || callers->second.size() != 1) return unknown(name, where);
  const Site& site = callers->second.front();
  const auto key = std::pair(scope, name);
  if (position + 1 >= site.call->parts.size() || open_.contains(key)) return unknown(name, where);
  open_.insert(key);
  Value got = value(site.call->parts[position + 1], site.scope);
  open_.erase(key);
  return got.has_literal || got.is_environment ? got : unknown(name, where);
}

const Expression* Texts::assigned_once(const Expression& one, ScopeId scope) const {
  if (one.kind == Kind::name) {
    for (ScopeId inside = scope;; inside = at(inside).around) {
      const auto found = at(inside).assigned.find(one.word);
      if (found != at(inside).assigned.end()) return found->second.size() == 1 ? found->second.front() : nullptr;
      if (inside == ScopeId::file) return nullptr;
    }
  }
  if (one.kind != Kind::attribute) return nullptr;
  const auto found = paths_.find(path_of(one));
  return found != paths_.end() && found->second.size() == 1 ? found->second.front() : nullptr;
}

const Expression* Texts::entry(const Expression& table, std::string_view key) {
  for (std::size_t part = 0; part + 1 < table.parts.size(); part += 2) {
    if (table.parts[part].kind == Kind::text && table.parts[part].text.known() == std::optional<std::string>(key))
      return &table.parts[part + 1];
  }
  return nullptr;
}

const Expression* Texts::shape(const Expression& one, ScopeId scope, int depth) const {
  constexpr int kMost = 6;
  if (one.kind == Kind::table || one.kind == Kind::list) return &one;
  if (depth >= kMost) return nullptr;
  if (one.kind == Kind::call && one.parts.size() > 1 && one.parts.back().kind == Kind::table) return &one.parts.back();
  if (const Expression* assigned = assigned_once(one, scope)) return shape(*assigned, scope, depth + 1);
  if (one.kind != Kind::attribute) return nullptr;
  const Expression* around = shape(one.parts[0], scope, depth + 1);
  const Expression* inside = around != nullptr && around->kind == Kind::table ? entry(*around, one.word) : nullptr;
  return inside == nullptr ? nullptr : shape(*inside, scope, depth + 1);
}

/// A member of a table, of a type of the file, or one that is given a value
/// somewhere.
Value Texts::member(const Expression& one, ScopeId scope) {
  const bool is_element = one.kind == Kind::element;
  if (is_element && (one.parts.size() != 2 || one.parts[1].kind != Kind::text)) return unknown(path_of(one.parts[0]), one.where);
  const std::string key = is_element ? one.parts[1].text.display() : one.word;
  const std::string path = is_element ? key : path_of(one);
  if (Value got; from_elsewhere(one, scope, got)) return got;
  if (const auto set = paths_.find(path); set != paths_.end() && !is_element && !open_.contains({ScopeId::file, path})) {
    open_.insert({ScopeId::file, path});
    Value got = all_the_same(set->second, path_scopes_.at(path).front(), unknown(path, one.where));
    open_.erase({ScopeId::file, path});
    return got;
  }
  const Expression* table = shape(one.parts[0], scope);
  if (const Expression* found = table != nullptr && table->kind == Kind::table ? entry(*table, key) : nullptr) return value(*found, scope);
  const std::string around = last_word(one.parts[0]);
  if (around == "this" || around == "self" || types_.contains(around)) {
    Expression name;
    name.kind = Kind::name;
    name.word = key;
    name.where = one.where;
    Value got = named(name, ScopeId::file);
    if (got.has_literal || got.is_environment) return got;
  }
  if (passes_subject(key)) return value(one.parts[0], scope);
  return unknown(path, one.where);
}

Value Texts::given_back(const Function& function) {
  std::size_t count = 0;
  const Expression* result = only_result(*function.body, 0, count);
  if (count != 1 || result == nullptr) return unknown({}, {});
  return value(*result, function.scope);
}

Value Texts::result(const std::string& function) {
  const auto found = functions_.find(function);
  return found == functions_.end() ? unknown({}, {}) : given_back(found->second);
}

Value Texts::called(const Expression& one, ScopeId scope) {
  const Expression& callee = one.parts.front();
  const std::string word = last_word(callee);
  const bool has_argument = one.parts.size() > 1;
  Value filled;
  if (formatted(one, scope, filled) || composed(one, scope, filled)) return filled;
  if (word == "concat" && callee.kind == Kind::attribute) {
    Value got = value(callee.parts[0], scope);
    for (std::size_t part = 1; part < one.parts.size(); ++part) append(got, value(one.parts[part], scope));
    return got;
  }
  if (has_argument && is_one_of(word, {"orElse", "getOrDefault", "unwrap_or"}) && callee.kind == Kind::attribute)
    return either(callee.parts[0], one.parts.back(), scope);
  const auto function = functions_.find(word);
  if (function != functions_.end() && !open_.contains({function->second.scope, "()"})) {
    open_.insert({function->second.scope, "()"});
    Value got = given_back(function->second);
    open_.erase({function->second.scope, "()"});
    if (got.has_literal || got.is_environment) return got;
    return unknown(word, one.where);
  }
  if (word == "URL" && one.parts.size() == 3) {  // new URL(path, base)
    Value path = value(one.parts[1], scope);
    if (path.text.known_prefix().find("://") == std::string_view::npos) return value(one.parts[2], scope);
    return path;
  }
  if (has_argument && word == "get" && callee.kind == Kind::attribute) {  // of a table, maybe with a default
    const Expression* table = shape(callee.parts[0], scope);
    const bool has_key = table != nullptr && table->kind == Kind::table && one.parts[1].kind == Kind::text;
    if (const Expression* found = has_key ? entry(*table, one.parts[1].text.display()) : nullptr) return value(*found, scope);
  }
  if (has_argument && passes_argument(word)) return value(one.parts[1], scope);
  if (callee.kind == Kind::attribute && passes_subject(word)) return value(callee.parts[0], scope);
  return unknown(path_of(callee), one.where);
}

}  // namespace mainstay::script
