// Values as documents and back: JSON, YAML, CSV.
#include <string>
#include <utility>

#include "ingest/iac/terraform/functions.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::terraform {
namespace {

using Result = std::optional<Value>;

Result jsonencode(Arguments arguments) {
  if (arguments.size() != 1 || arguments[0].is_unknown()) return std::nullopt;
  Value made = Value::of_text(json_text(arguments[0]));
  made.items.push_back(arguments[0]);
  made.weight += arguments[0].weight;
  return made;
}

Value value_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlKind::null: return {};
    case YamlKind::boolean: return Value::of(node.is_true());
    case YamlKind::number: {
      const std::optional<double> number = known_number(Value::of_text(std::string(node.text)));
      return number ? Value::of_number(*number) : Value::of_text(std::string(node.text));
    }
    case YamlKind::text: return Value::of_text(std::string(node.text));
    case YamlKind::list: {
      std::vector<Value> items;
      for (const YamlNode* child : node.children) items.push_back(value_of(*child));
      return Value::of_list(std::move(items));
    }
    case YamlKind::map: break;
  }
  std::vector<Entry> entries;
  for (const YamlEntry& entry : node.entries) entries.push_back({std::string(entry.key), value_of(*entry.value)});
  return Value::of_map(std::move(entries));
}

using Reader = YamlStream (*)(const Source&, SourceId, Diagnostics&);

/// What an encoding function made is read back even where it has unknown parts. JSON is YAML, so that one form serves for both.
Result decoded(Arguments arguments, Reader read) {
  if (arguments.size() != 1 || arguments[0].kind != ValueKind::string) return std::nullopt;
  if (!arguments[0].items.empty()) return arguments[0].items[0];
  const std::optional<std::string> text = known_text(arguments[0]);
  if (!text) return std::nullopt;
  const Source source("document", *text);
  Diagnostics problems;
  const YamlStream stream = read(source, SourceId{}, problems);
  if (problems.has_errors() || stream.is_template() || stream.documents().size() > 1) return std::nullopt;
  if (stream.documents().empty()) return Value();
  const YamlNode& document = *stream.documents().front();
  return document.weight <= Value::kMaxWeight ? Result(value_of(document)) : std::nullopt;
}

Result jsondecode(Arguments arguments) {
  return decoded(arguments, [](const Source& source, SourceId id, Diagnostics& problems) { return read_json(source, id, problems); });
}
Result yamldecode(Arguments arguments) {
  return decoded(arguments, [](const Source& source, SourceId id, Diagnostics& problems) { return read_yaml(source, id, problems); });
}

using Row = std::vector<std::string>;

/// Takes one field off; false when its quotes are wrong.
bool take_field(std::string_view& rest, std::string& field) {
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find_first_of(",\n"), rest.size());
    field = rest.substr(0, end);
    rest.remove_prefix(end);
    return field.find('"') == std::string::npos;
  }
  for (rest.remove_prefix(1); !rest.empty();) {
    const std::size_t quote = std::min(rest.find('"'), rest.size());
    field += rest.substr(0, quote);
    rest.remove_prefix(std::min(quote + 1, rest.size()));
    if (!rest.starts_with('"')) return rest.empty() || rest.starts_with(',') || rest.starts_with('\n');
    field += '"';
    rest.remove_prefix(1);
  }
  return false;
}

/// The rows of a CSV text (RFC 4180); blank lines are none.
std::optional<std::vector<Row>> rows_of(std::string text) {
  for (std::size_t at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) text.erase(at, 1);
  std::vector<Row> rows;
  std::string_view rest = text;
  while (!rest.empty()) {
    if (rest.starts_with('\n')) {
      rest.remove_prefix(1);
      continue;
    }
    Row row;
    for (bool more = true; more;) {
      std::string field;
      if (!take_field(rest, field)) return std::nullopt;
      row.push_back(std::move(field));
      more = rest.starts_with(',');
      if (!rest.empty()) rest.remove_prefix(1);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Result csvdecode(Arguments arguments) {
  const std::optional<std::string> text = arguments.size() == 1 ? known_text(arguments[0]) : std::nullopt;
  if (!text || text->size() > Value::kMaxOctets) return std::nullopt;
  const std::optional<std::vector<Row>> rows = rows_of(*text);
  if (!rows || rows->empty() || rows->size() * rows->front().size() > Value::kMaxWeight) return std::nullopt;
  std::vector<Value> all;
  for (std::size_t at = 1; at < rows->size(); ++at) {
    const Row& row = (*rows)[at];
    if (row.size() != rows->front().size()) return std::nullopt;
    std::vector<Entry> entries;
    for (std::size_t column = 0; column < row.size(); ++column) entries.push_back({rows->front()[column], Value::of_text(row[column])});
    all.push_back(Value::of_map(std::move(entries)));
  }
  return Value::of_list(std::move(all));
}

constexpr Function kFunctions[] = {
    {"csvdecode", &csvdecode},   {"jsondecode", &jsondecode}, {"jsonencode", &jsonencode},
    {"yamldecode", &yamldecode}, {"yamlencode", &jsonencode},
};

}  // namespace

std::span<const Function> document_functions() { return kFunctions; }

}  // namespace mainstay::terraform
