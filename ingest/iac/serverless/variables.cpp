// Source: serverless.com/framework/docs, "Variables" of the provider aws; v2 and v3 of the framework.
#include "ingest/iac/serverless/variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/template.h"

namespace mainstay::serverless {
namespace {

using cloudformation::part;
using cloudformation::plain;

constexpr int kMaxDepth = 150;

std::vector<std::string> segments_of(const std::string& address) {
  std::vector<std::string> path;
  for (std::size_t begin = 0; begin < address.size();) {
    const std::size_t end = std::min(address.find('.', begin), address.size());
    if (end > begin) path.push_back(address.substr(begin, end - begin));
    begin = end + 1;
  }
  return path;
}

template <std::size_t N>
bool ends_with_one_of(const std::string& name, const std::string_view (&ends)[N]) {
  return std::any_of(std::begin(ends), std::end(ends), [&](std::string_view end) { return name.ends_with(end); });
}

constexpr std::string_view kPrograms[] = {".cjs", ".js", ".mjs", ".ts"};
constexpr std::string_view kTrees[] = {".json", ".yaml", ".yml"};

}  // namespace

const Value& ServiceFiles::value_of(const std::string& written, Location where) {
  static const Value kNothing;
  const std::string trimmed = written.starts_with("./") ? written.substr(2) : written;
  const Result<std::string> path = resolve_path(service_file_, trimmed);
  if (!path) return kNothing;
  if (const auto at = read_.find(*path); at != read_.end()) return at->second;
  Value& value = read_[*path];
  if (!unit_.tree().read(*path)) return value;
  if (ends_with_one_of(*path, kPrograms)) {
    value = Value::unknown("file(" + written + ")");
    return value;
  }
  const Source* source = unit_.include(*path, where);
  if (source == nullptr) return value;
  if (ends_with_one_of(*path, kTrees)) {
    if (std::optional<Value> tree = cloudformation::read_tree(unit_, *source)) value = *std::move(tree);
  } else {
    value = Value::of_text(Text(source->bytes().substr(0, Value::kMaxOctets)));
    value.origin = {unit_.id_of(*source), 0, 0};
  }
  return value;
}

VariableMarks marks_of(const Value& root) {
  const std::string syntax = plain(part(part(root, "provider"), "variableSyntax"));
  if (syntax.find("{{") != std::string::npos) return {"${{", "}}"};
  return {};
}

Variables::Variables(Unit& unit, ServiceFiles& files, const Value& root, std::string stage)
    : unit_(unit), files_(files), root_(root), stage_(std::move(stage)), marks_(marks_of(root)) {}

Value Variables::resolve(const Value& written) {
  if (written.kind == ValueKind::string) {
    const std::optional<std::string> text = written.text.known();
    if (!text || text->find(marks_.open) == std::string::npos) return written;
    return resolved_text(written);
  }
  if (written.kind != ValueKind::list && written.kind != ValueKind::map) return written;
  if (budget_ == 0) return Value::unknown("value");
  --budget_;
  Value made;
  if (written.kind == ValueKind::list) {
    std::vector<Value> items;
    for (const Value& item : written.items) items.push_back(resolve(item));
    made = Value::of_list(std::move(items));
  } else {
    std::vector<Entry> entries;
    for (const Entry& entry : written.entries) entries.push_back({entry.key, resolve(entry.value)});
    made = Value::of_map(std::move(entries));
  }
  if (made.weight > Value::kMaxWeight) made = Value::unknown("value");
  made.origin = written.origin;
  return made;
}

/// A text is worked out once; one that is asked for while it is worked out depends on itself.
Value Variables::resolved_text(const Value& written) {
  if (const auto at = known_.find(&written); at != known_.end()) return at->second;
  if (depth_ >= kMaxDepth || budget_ == 0) return Value::unknown("value");
  if (!in_progress_.insert(&written).second) {
    const std::string text = plain(written);
    if (files_.is_new("circle")) {
      unit_.error(written.origin, fmt::format("the variable {} depends on itself", text.substr(0, 100)),
                  "break the circle: one of its values must not use it");
    }
    return Value::unknown(text);
  }
  --budget_;
  ++depth_;
  Value made = text_value(parse_variables(plain(written), marks_), written.origin);
  --depth_;
  in_progress_.erase(&written);
  if (made.origin == Location{} || (made.kind != ValueKind::map && made.kind != ValueKind::list)) made.origin = written.origin;
  // Only what lies in the service or its files keeps its place in memory; all written values do.
  known_[&written] = made;
  return made;
}

Value Variables::text_value(const VariableText& text, Location where) {
  if (text.parts.size() == 1 && !text.parts[0].variable.empty()) return variable_value(text.parts[0].variable[0], where);
  std::vector<Value> values;
  for (const VariableText::Part& one : text.parts) {
    values.push_back(one.variable.empty() ? Value::of_text(Text(one.plain)) : variable_value(one.variable[0], where));
  }
  std::vector<const Value*> arguments;
  for (const Value& value : values) arguments.push_back(&value);
  return iac::lifted(arguments, [&](std::vector<Value>& known) {
    Text out;
    std::size_t octets = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
      const std::string name = text.parts[i].variable.empty() ? std::string() : text.parts[i].variable[0].written;
      const Text next = as_text(known[i], name);
      octets += iac::octets_of(next);
      if (octets > Value::kMaxOctets) return Value::unknown("value");
      out.append(next);
    }
    return Value::of_text(std::move(out));
  });
}

/// The first source that has a value. One that may have one makes two alternatives: it has, or the next ones decide.
Value Variables::variable_value(const Variable& variable, Location where) {
  std::vector<Alternative> sides;
  std::vector<std::pair<std::string, std::string>> when;
  for (const VariableSource& source : variable.sources) {
    Found found = source_value(source, where);
    if (found.value.is_null()) continue;
    if (found.is_certain || &source == &variable.sources.back()) {
      if (sides.empty()) return std::move(found.value);
      sides.push_back({when, std::move(found.value)});
      return iac::one_of(std::move(sides));
    }
    const std::string decider = found.value.hole.name;
    const auto with = [&](std::string_view way) {
      auto extended = when;
      extended.emplace_back(decider, way);
      std::sort(extended.begin(), extended.end());
      return extended;
    };
    sides.push_back({with("set"), std::move(found.value)});
    when = with("not set");
  }
  if (!sides.empty()) return iac::one_of(std::move(sides));
  const VariableSource& last = variable.sources.back();
  const bool is_in_tree = last.type == "self" || last.type == "file";
  if (is_in_tree && files_.is_new(variable.written)) {
    unit_.warning(where, fmt::format("{}{}{} names nothing that is here", marks_.open, variable.written, marks_.close),
                  "a value or a file of that name is missing, or a fallback behind a comma");
  }
  return Value::unknown(variable.written);
}

std::string Variables::address_of(const VariableText& text, Location where) {
  if (text.parts.empty()) return {};
  return as_text(text_value(text, where)).display();
}

Variables::Found Variables::source_value(const VariableSource& source, Location where) {
  if (source.type.empty()) return literal(source, where);
  const std::string address = address_of(source.address, where);
  // "cf.eu-west-1:stack.Output" and "ssm(eu-west-1):/path" say the region as well.
  const std::string_view type = std::string_view(source.type).substr(0, source.type.find('.'));
  if (type == "self") return from_self(address);
  if (type == "opt") return option(address);
  if (type == "param") return parameter(address);
  if (type == "sls" && address == "stage") return {Value::of_text(Text(stage_))};
  if (type == "aws" && address == "region") return from_self("provider.region");
  if (type == "file") {
    const Value& file = files_.value_of(address_of(source.parameter, where), where);
    return {walk(file, segments_of(address), 0, false)};
  }
  if (type == "strToBool") {
    const Value inner = text_value(source.parameter, where);
    const std::string word = ascii_lower(known_text(inner).value_or(""));
    if (word == "true" || word == "1") return {Value::of(true)};
    if (word == "false" || word == "0") return {Value::of(false)};
    return {Value::unknown("strToBool")};
  }
  const bool may_be_missing = type == "env" || type == "cf" || type == "ssm" || type == "s3" || type == "git" || type == "aws";
  if (!may_be_missing) return {Value::unknown(source.type + ":" + address)};
  return {Value::unknown(source.type + ":" + address), false};
}

Variables::Found Variables::literal(const VariableSource& source, Location where) {
  Value value = text_value(source.address, where);
  if (source.is_quoted || source.address.has_variables()) {
    if (source.address.parts.empty()) value = Value::of_text(Text(""));
    return {std::move(value)};
  }
  const std::string text = plain(value);
  if (text == "null") return {};
  if (text == "true" || text == "false") return {Value::of(text == "true")};
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && iac::number_text(number) == text) return {Value::of_number(number)};
  return {std::move(value)};
}

/// Of the options of the command line only the stage is known; the others are not given, as usual.
Variables::Found Variables::option(const std::string& name) {
  if (name == "stage" || name == "s") return {Value::of_text(Text(stage_))};
  return {};
}

Variables::Found Variables::parameter(const std::string& name) {
  for (const std::string& stage : {stage_, std::string("default")}) {
    for (const Value* parameters : {&part(part(root_, "params"), stage), &part(part(part(root_, "stages"), stage), "params")}) {
      const Value& found = part(*parameters, name);
      if (!found.is_null()) return {resolve(found)};
    }
  }
  return {};
}

/// Source: serverless.com/framework/docs, "Serverless.yml Reference": the defaults of provider.stage and provider.region.
Variables::Found Variables::from_self(const std::string& address) {
  if (address.empty()) return {Value::unknown("self:")};
  Value found = walk(root_, segments_of(address), 0, false);
  if (found.is_null() && address == "provider.stage") return {Value::of_text(Text(stage_))};
  if (found.is_null() && address == "provider.region") return {Value::of_text(Text("us-east-1"))};
  return {std::move(found)};
}

Value Variables::at(const std::string& path) { return from_self(path).value; }

/// Goes down step by step; a step that is a variable is worked out first. What was worked out has no variables any more.
Value Variables::walk(const Value& node, const std::vector<std::string>& path, std::size_t next, bool is_resolved) {
  if (node.kind == ValueKind::string && !is_resolved && next < path.size()) return walk(resolve(node), path, next, true);
  if (next == path.size()) return is_resolved ? node : resolve(node);
  if (node.kind == ValueKind::one_of) {
    return iac::lifted({&node}, [&](std::vector<Value>& one) { return walk(one[0], path, next, true); });
  }
  if (node.is_unknown()) {
    std::string name = node.hole.name + (next == 0 ? ":" : ".");
    for (std::size_t i = next; i < path.size(); ++i) name += (i > next ? "." : "") + path[i];
    return Value::unknown(std::move(name));
  }
  if (node.kind == ValueKind::list) {
    const std::optional<std::size_t> index = known_index(Value::of_text(Text(path[next])));
    return index && *index < node.items.size() ? walk(node.items[*index], path, next + 1, is_resolved) : Value();
  }
  const Value& child = part(node, path[next]);
  return child.is_null() ? Value() : walk(child, path, next + 1, is_resolved);
}

}  // namespace mainstay::serverless
