#include "ingest/code/text_calls.h"

#include <algorithm>
#include <array>
#include <string>

#include "ingest/code/expression_tokens.h"
#include "ingest/code/format_text.h"

namespace mainstay::code {
namespace {

constexpr std::size_t kMaxText = 2'048;  // octets of a value

std::optional<Value> formatted(std::size_t format, bool is_braces, std::size_t count, const ArgumentValue& argument) {
  std::optional<Value> shape = format < count ? argument(format) : std::nullopt;
  const std::optional<std::string> known = shape ? shape->text.known() : std::nullopt;
  if (!known) return std::nullopt;
  const auto filled = [&](std::size_t at) {
    if (format + 1 + at >= count) return Text(Hole{.name = "?"});
    const Value got = argument(format + 1 + at).value_or(Value{.text = Text(Hole{.name = "?"})});
    if (shape->variable.empty()) shape->variable = got.variable;
    return got.text;
  };
  shape->text = is_braces ? braces_filled(*known, filled) : percents_filled(*known, filled);
  return shape;
}

std::optional<Value> read_environment(std::string_view name, std::size_t count, const ArgumentValue& argument) {
  const std::optional<Value> variable = argument(0);
  const std::optional<std::string> known = variable ? variable->text.known() : std::nullopt;
  if (!known || known->empty()) return std::nullopt;
  if (name == "qEnvironmentVariable" && count > 1) {
    std::optional<Value> otherwise = argument(1);
    if (otherwise) otherwise->variable = *known;
    return otherwise;
  }
  return Value{.text = Text(Hole{.name = *known}), .where = variable->where, .variable = *known, .is_environment = true};
}

}  // namespace

void append(Value& out, const Value& more) {
  if (out.text.skeleton().size() + more.text.skeleton().size() > kMaxText) return;
  out.is_environment = out.text.empty() && more.is_environment;
  if (more.has_literal && !out.has_literal) out.where = more.where;
  out.text.append(more.text);
  out.has_literal = out.has_literal || more.has_literal;
  if (out.variable.empty()) out.variable = more.variable;
}

std::optional<Value> one_of(const std::vector<Value>& values) {
  std::optional<Value> found;
  std::string variable;
  for (const Value& value : values) {
    if (value.is_environment) {
      variable = value.variable;
    } else if (found && found->text != value.text) {
      return std::nullopt;
    } else {
      found = value;
    }
  }
  if (!found && !values.empty()) return values.front();
  if (found && found->variable.empty()) found->variable = variable;
  return found;
}

std::optional<Value> text_of_call(std::string_view path, std::size_t count, const ArgumentValue& argument) {
  constexpr std::array<std::string_view, 4> kSums = {"StrCat", "g_strconcat", "sdscat", "concat"};
  constexpr std::array<std::string_view, 6> kPercents = {"StrFormat", "g_strdup_printf", "curl_maprintf",
                                                         "asprintf",  "sprintf",         "StringPrintf"};
  const std::string_view name = last_word(path);
  if (count == 0) return std::nullopt;
  if (is_environment_read(name)) return read_environment(name, count, argument);
  if (is_transparent(name)) return argument(0);
  if (std::ranges::find(kSums, name) != kSums.end()) {
    Value out;
    for (std::size_t at = 0; at < count; ++at) {
      if (const std::optional<Value> part = argument(at)) append(out, *part);
    }
    return out;
  }
  if (name == "format" || name == "runtime_format") return formatted(0, true, count, argument);
  if (std::ranges::find(kPercents, name) != kPercents.end())
    return formatted(name == "asprintf" || name == "sprintf" ? 1 : 0, false, count, argument);
  if (name == "snprintf" || name == "curl_msnprintf") return formatted(2, false, count, argument);
  return std::nullopt;
}

}  // namespace mainstay::code
