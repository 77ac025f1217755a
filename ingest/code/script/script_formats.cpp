// Texts that are made by filling values into others, and what a file takes in from elsewhere.
#include <algorithm>
#include <string_view>
#include <utility>

#include "ingest/code/format_text.h"
#include "ingest/code/script/script_calls.h"
#include "ingest/code/script/script_texts.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using code::Value;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// A text, what is filled into it, and how its places are written.
struct Filling {
  const Expression* shape = nullptr;
  std::size_t first = 0;  // of the values, among the parts
  const std::vector<Expression>* values = nullptr;
  bool has_braces = false;
};

std::optional<Filling> filling_of(const Expression& one) {
  if (one.kind == Kind::unknown && one.word == "%" && one.parts.size() == 2) {
    const Expression& right = one.parts[1];
    if (right.kind == Kind::list) return Filling{&one.parts[0], 0, &right.parts, false};
    return Filling{&one.parts[0], 1, &one.parts, false};
  }
  if (one.kind != Kind::call) return std::nullopt;
  const Expression& callee = one.parts.front();
  const std::string word = last_word(callee);
  const bool has_argument = one.parts.size() > 1;
  if (has_argument && is_one_of(word, {"Sprintf", "sprintf"})) return Filling{&one.parts[1], 2, &one.parts, false};
  const bool is_on_text = callee.kind == Kind::attribute && (callee.parts[0].kind == Kind::text || word == "formatted");
  if (is_on_text && is_one_of(word, {"format", "formatted"})) return Filling{&callee.parts[0], 1, &one.parts, word == "format"};
  if (has_argument && word == "format") return Filling{&one.parts[1], 2, &one.parts, false};
  if (has_argument && word == "Format") return Filling{&one.parts[1], 2, &one.parts, true};
  return std::nullopt;
}

/// "%(name)s" as "%s", with the names in their order.
std::string without_names(std::string_view format, std::vector<std::string>& names) {
  std::string plain;
  for (std::size_t at = 0; at < format.size(); ++at) {
    plain += format[at];
    const std::size_t close = format[at] == '%' && format.substr(at + 1).starts_with("(") ? format.find(')', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      if (format[at] == '%' && format.substr(at + 1).starts_with("%")) plain += format[++at];
      continue;
    }
    names.emplace_back(format.substr(at + 2, close - at - 2));
    at = close;
  }
  return plain;
}

}  // namespace

bool Texts::formatted(const Expression& one, ScopeId scope, Value& got) {
  std::optional<Filling> filling = filling_of(one);
  if (!filling) return false;
  const Expression* callee = one.kind == Kind::call ? &one.parts.front() : nullptr;
  if (callee != nullptr && callee->kind == Kind::attribute && callee->word == "format" && !filling->has_braces) {
    const Value subject = value(callee->parts[0], scope);  // URL.format(host), not String.format("%s", host)
    if (subject.has_literal && subject.text.known().value_or("").find('{') != std::string::npos)
      filling = Filling{&callee->parts[0], 1, &one.parts, true};
  }
  const Value shape = value(*filling->shape, scope);
  if (!shape.text.is_known()) {
    got = {.text = Text(Hole{.name = "format", .pattern = {}}), .where = one.where};
    return true;
  }
  got = {.text = {}, .where = shape.has_literal ? shape.where : one.where, .has_literal = shape.has_literal};
  std::vector<std::string> names;
  const std::string format = filling->has_braces ? *shape.text.known() : without_names(*shape.text.known(), names);
  const Expression* table =
      names.empty() || filling->values->size() <= filling->first ? nullptr : this->shape((*filling->values)[filling->first], scope);
  const auto filled = [&](std::size_t argument) {
    const std::size_t part = filling->first + argument;
    const Expression* of = argument < names.size()                           ? (table == nullptr ? nullptr : entry(*table, names[argument]))
                           : names.empty() && part < filling->values->size() ? &(*filling->values)[part]
                                                                             : nullptr;
    if (of == nullptr) return Text(Hole{.name = argument < names.size() ? names[argument] : "argument", .pattern = {}});
    const Value each = value(*of, scope);
    if (got.variable.empty() && argument == 0) got.variable = each.variable;
    return each.text;
  };
  const Text plain = filling->has_braces ? code::braces_filled(format, filled) : code::percents_filled(format, filled);
  for (const Text::Piece& piece : plain.pieces()) {  // "{host}" with host=...
    const Hole* hole = std::get_if<Hole>(&piece);
    const Expression* of = hole == nullptr || callee == nullptr ? nullptr : argument(one, static_cast<std::size_t>(-1), hole->name);
    if (of != nullptr) {
      got.text.append(value(*of, scope).text);
    } else if (hole != nullptr) {
      got.text.append(*hole);
    } else {
      got.text.append(std::get<std::string>(piece));
    }
  }
  return true;
}

/// url.URL{Scheme: "https", Host: "id.corp.example", Path: "/token"}
bool Texts::composed(const Expression& one, ScopeId scope, Value& got) {
  const Expression* table = last_word(one.parts.front()) == "URL" && one.parts.back().kind == Kind::table ? &one.parts.back() : nullptr;
  const Expression* host = table == nullptr ? nullptr : entry(*table, "Host");
  if (host == nullptr) return false;
  got = value(*host, scope);
  const Expression *scheme = entry(*table, "Scheme"), *path = entry(*table, "Path");
  Text text = scheme == nullptr ? Text("https") : value(*scheme, scope).text;
  text.append("://");
  text.append(got.text);
  if (path != nullptr) text.append(value(*path, scope).text);
  got.text = std::move(text);
  return true;
}

/// A text in which each hole has its expression among the parts.
Value Texts::with_fields(const Expression& one, ScopeId scope) {
  Value got{.text = {}, .where = one.where, .has_literal = true};
  std::size_t field = 0;
  if (one.parts.empty()) {
    got.text = one.text;
    return got;
  }
  for (const Text::Piece& piece : one.text.pieces()) {
    const Hole* hole = std::get_if<Hole>(&piece);
    if (hole == nullptr) {
      got.text.append(std::get<std::string>(piece));
      continue;
    }
    const Value each = field < one.parts.size() ? value(one.parts[field++], scope) : Value{};
    if (!each.has_literal && !each.is_environment) {
      got.text.append(*hole);
      continue;
    }
    if (got.text.empty()) {
      got.variable = each.variable;
      if (each.has_literal) got.where = each.where;
    }
    got.text.append(each.text);
  }
  return got;
}

std::optional<Taken> Texts::taken(const Expression& one, ScopeId scope, int depth) const {
  constexpr int kMost = 8;
  if (depth > kMost) return std::nullopt;
  if (std::optional<std::string> module = imported_module(one)) return Taken{*std::move(module), {}};
  if (one.kind == Kind::attribute) {
    std::optional<Taken> found = taken(one.parts[0], scope, depth + 1);
    if (found) found->path.push_back(one.word);
    return found;
  }
  const Expression* assigned = one.kind == Kind::name ? assigned_once(one, scope) : nullptr;
  return assigned == nullptr || assigned == &one ? std::nullopt : taken(*assigned, scope, depth + 1);
}

std::string Texts::full_path(const Expression& one, ScopeId scope) const {
  const std::optional<Taken> found = taken(one, scope);
  if (!found) return path_of(one);
  std::string path = found->module;
  for (const std::string& word : found->path) {
    if (word != "default") path += "." + word;
  }
  return path;
}

bool Texts::from_elsewhere(const Expression& one, ScopeId scope, Value& got) {
  const std::optional<Taken> found = elsewhere_ ? taken(one, scope) : std::nullopt;
  if (!found || found->path.empty()) return false;
  got = elsewhere_(*found);
  return got.has_literal || got.is_environment;
}

/// What a file has without saying whose it is: a constant of its package, or one of the modules that it takes in whole.
bool Texts::from_anywhere(const std::string& name, Value& got) {
  if (!elsewhere_) return false;
  const auto whole = scopes_.front().assigned.find("*");
  if (whole == scopes_.front().assigned.end()) {
    got = elsewhere_({{}, {name}});
    return got.has_literal || got.is_environment;
  }
  constexpr std::size_t kMost = 4;
  for (std::size_t at = 0; at < std::min(whole->second.size(), kMost); ++at) {
    std::optional<Taken> module = taken(*whole->second[at], ScopeId::file);
    if (!module) continue;
    module->path.push_back(name);
    got = elsewhere_(*module);
    if (got.has_literal || got.is_environment) return true;
  }
  return false;
}

Value Texts::exported(const std::vector<std::string>& path) {
  const auto chain = [](const std::vector<std::string>& words) {
    Expression one;
    one.kind = Kind::name;
    one.word = words.front();
    for (std::size_t at = 1; at < words.size(); ++at) {
      Expression outer;
      outer.kind = Kind::attribute;
      outer.word = words[at];
      outer.parts.push_back(std::move(one));
      one = std::move(outer);
    }
    return one;
  };
  std::vector<std::vector<std::string>> ways{path};
  const bool is_default = path.front() == "default";
  for (const std::vector<std::string>& front : {std::vector<std::string>{"module", "exports"}, std::vector<std::string>{"exports"}}) {
    ways.push_back(front);
    ways.back().insert(ways.back().end(), path.begin() + (is_default ? 1 : 0), path.end());
  }
  for (const std::vector<std::string>& words : ways) {
    const Expression one = chain(words);
    Value got = value(one, ScopeId::file);
    if (got.has_literal || got.is_environment) return got;
  }
  return {};
}

}  // namespace mainstay::script
