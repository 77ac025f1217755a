#include "ingest/code/expression.h"

#include <algorithm>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/code/expression_tokens.h"
#include "ingest/code/format_text.h"
#include "ingest/code/text_calls.h"
#include "ingest/syntax/cxx_literal.h"

namespace mainstay::code {
namespace {

constexpr int kMaxDepth = 12;
constexpr std::size_t kMaxWritten = 64;
constexpr int kMaxAppended = 32;          // parts of a text that is put together piece by piece
constexpr std::size_t kMaxAssigned = 32;  // values of one variable of a file

Value unknown(CxxTokens tokens) { return {.text = Text(Hole{.name = written(tokens)}), .where = extent(tokens)}; }

}  // namespace

std::string written(CxxTokens expression) {
  std::string text;
  for (const CxxToken& token : expression) {
    if (text.size() + token.text.size() > kMaxWritten) {
      text += "...";
      break;
    }
    if (token.kind == CxxTokenKind::string) {
      text += "\"\"";  // what it holds is no name, and may be secret
    } else {
      text += token.text;
    }
  }
  return text;
}

Value Expressions::value(CxxTokens expression, const Scene& scene) {
  if (left_ == 0 || depth_ >= kMaxDepth || expression.empty()) return unknown(expression);
  --left_;
  ++depth_;
  const std::size_t question = find_outside(expression, "?");
  Value result = question < expression.size() ? chosen(expression, question, scene) : joined(expression, scene);
  --depth_;
  if (!result.has_literal) result.where = extent(expression);
  return result;
}

/// "a ? b : c", "a ?: c".
Value Expressions::chosen(CxxTokens expression, std::size_t question, const Scene& scene) {
  const CxxTokens behind = expression.subspan(question + 1);
  const std::size_t colon = find_outside(behind, ":");
  if (colon == behind.size()) return unknown(expression);
  const CxxTokens then = colon == 0 ? expression.subspan(0, question) : behind.first(colon);
  const CxxTokens otherwise = behind.subspan(colon + 1);
  std::vector<Value> values;
  for (const CxxTokens branch : {then, otherwise}) {
    if (!is_null(branch)) values.push_back(value(branch, scene));
  }
  return one_of(values).value_or(unknown(expression));
}

/// Texts side by side, with or without a plus.
Value Expressions::joined(CxxTokens expression, const Scene& scene) {
  Value out;
  for (std::size_t at = 0; at < expression.size();) {
    const CxxToken& token = expression[at];
    if (token.is("+") || token.is("&") || token.is("*")) {
      ++at;
    } else if (token.is("(") && is_cast(expression.subspan(at), behind_brackets(expression.subspan(at), 0))) {
      at += behind_brackets(expression.subspan(at), 0);
    } else if (token.kind == CxxTokenKind::mark && !is_open(token) && !token.is("::")) {
      return unknown(expression);  // another operator
    } else {
      at += append_primary(expression.subspan(at), scene, out);
    }
  }
  return out.text.empty() && !out.has_literal ? unknown(expression) : out;
}

/// Takes one operand off; the number of its tokens.
std::size_t Expressions::append_primary(CxxTokens rest, const Scene& scene, Value& out) {
  const CxxToken& first = rest[0];
  if (first.kind == CxxTokenKind::string) {
    append(out, {.text = Text(cxx_string(first.text)), .where = first.where, .has_literal = true});
    return 1;
  }
  if (first.kind == CxxTokenKind::number) {
    append(out, {.text = Text(plain_number(first.text))});
    return 1;
  }
  Value got;
  std::size_t end = 0;
  if (first.is("(") || first.is("{")) {
    end = behind_brackets(rest, 0);
    got = value(rest.subspan(1, std::max<std::size_t>(end, 2) - 2), scene);
  } else {
    end = take_path(rest, scene, got);
  }
  end = take_members(rest, end, scene, got);
  append(out, got);
  return end;
}

/// A name, or a call of one.
std::size_t Expressions::take_path(CxxTokens rest, const Scene& scene, Value& got) {
  const PathAhead path = path_ahead(rest);
  if (path.end == 0 || path.text.empty()) {
    got = unknown(rest.first(1));
    return 1;
  }
  if (path.end == rest.size() || !(rest[path.end].is("(") || rest[path.end].is("{"))) {
    got = named(path.text, rest.first(path.end), scene);
    return path.end;
  }
  const std::size_t close = behind_brackets(rest, path.end);
  const std::string_view name = last_word(path.text);
  const bool is_view = close == path.end + 2 && is_view_member(name) && path.text.size() > name.size();
  if (is_view) {
    got = named(path.text.substr(0, path.text.size() - name.size() - 1), rest.first(path.end), scene);
  } else {
    got = call(path.text, rest.subspan(path.end + 1, std::max(close, path.end + 2) - path.end - 2), scene);
  }
  return close;
}

/// What follows with a dot: ".c_str()" changes nothing, ".arg(x)" fills in, anything else makes it unknown.
std::size_t Expressions::take_members(CxxTokens rest, std::size_t end, const Scene& scene, Value& got) {
  while (end + 1 < rest.size() && (rest[end].is(".") || rest[end].is("->")) && rest[end + 1].kind == CxxTokenKind::word) {
    const std::string_view member = rest[end + 1].text;
    const bool is_call = end + 2 < rest.size() && rest[end + 2].is("(");
    const std::size_t close = is_call ? behind_brackets(rest, end + 2) : end + 2;
    if (is_call && member == "arg") {
      got.text = qt_filled(got.text, value(rest.subspan(end + 3, std::max(close, end + 4) - end - 4), scene).text);
    } else if (!is_call || !is_view_member(member)) {
      got = unknown(rest.first(close));
    }
    end = close;
  }
  return end;
}

Value Expressions::call(std::string_view path, CxxTokens list, const Scene& scene) {
  const std::vector<CxxTokens> arguments = split_arguments(list);
  const auto argument = [&](std::size_t at) -> std::optional<Value> {
    const CxxTokens one = arguments[at];
    if (one.size() == 1 && (one[0].text == "NULL" || one[0].text == "nullptr")) return std::nullopt;
    return value(one, scene);
  };
  return text_of_call(path, arguments.size(), argument)
      .value_or(Value{.text = Text(Hole{.name = std::string(path) + "()"}), .where = extent(list)});
}

Value Expressions::named(const std::string& path, CxxTokens words, const Scene& scene) {
  if (path.empty()) return unknown(words);
  if (std::optional<Value> found = in_function(path, scene)) return *std::move(found);
  if (scene.bound != nullptr) {
    if (const auto at = scene.bound->find(std::string_view(path)); at != scene.bound->end()) return at->second;
  }
  const bool is_parameter = scene.function != nullptr && std::find(scene.function->parameters.begin(), scene.function->parameters.end(),
                                                                   path) != scene.function->parameters.end();
  if (!is_parameter) {
    if (std::optional<Value> found = in_file(path)) return *std::move(found);
    const std::string last(last_word(path));
    if (std::optional<Value> found = last == path ? std::nullopt : in_file(last)) return *std::move(found);
    if (elsewhere_) {
      if (std::optional<Value> found = elsewhere_(last)) return *std::move(found);
    }
  }
  return {.text = Text(Hole{.name = path}), .where = extent(words)};
}

/// What was assigned before in the same function: the last one that cannot be passed by, and those behind it that can.
std::optional<Value> Expressions::in_function(const std::string& path, const Scene& scene) {
  if (scene.function == nullptr) return std::nullopt;
  const std::vector<Assigned>& all = file_.assigned(path);
  std::vector<Value> values;
  auto one = std::lower_bound(all.begin(), all.end(), scene.at, [](const Assigned& other, std::size_t at) { return other.at < at; });
  while (one != all.begin() && left_ > 0) {
    --one;
    if (one->at < scene.function->begin) break;
    const Scene before{one->at, scene.function, scene.bound};
    Value got = value(one->value, before);
    if (one->is_appended) {
      ++appended_;
      Value whole = (appended_ < kMaxAppended ? in_function(path, before) : std::nullopt).value_or(unknown(one->value));
      --appended_;
      append(whole, got);
      got = std::move(whole);
    }
    const bool is_last = one->is_appended || file_.dominates(one->at, scene.at);
    if (!is_null(one->value)) values.push_back(std::move(got));
    if (is_last) break;
  }
  if (values.empty()) return std::nullopt;
  return one_of(values).value_or(Value{.text = Text(Hole{.name = path})});
}

/// What the file assigns outside of functions; when functions of it do so too, it must be the same.
std::optional<Value> Expressions::in_file(const std::string& path) {
  if (const CxxTokens* macro = file_.macro(path); macro != nullptr && !macro->empty()) return value(*macro, {});
  std::vector<Value> values;
  bool is_declared = false;
  for (const Assigned& one : file_.assigned(path)) {
    const Function* function = file_.function_at(one.at);
    const bool is_member = path.ends_with('_') || path.find('.') != std::string::npos;
    if (function == nullptr) is_declared = true;
    if (function != nullptr && !is_declared && !is_member) continue;  // a variable of that function
    if (one.is_appended || values.size() >= kMaxAssigned) return std::nullopt;
    if (!is_null(one.value)) values.push_back(value(one.value, {one.at, function, nullptr}));
  }
  return values.empty() ? std::nullopt : one_of(values);
}

std::optional<Value> Expressions::constant(std::string_view name) { return in_file(std::string(name)); }

}  // namespace mainstay::code
