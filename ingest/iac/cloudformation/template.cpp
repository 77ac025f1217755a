#include "ingest/iac/cloudformation/template.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/iac/document.h"

namespace mainstay::cloudformation {
namespace {

constexpr std::array<std::string_view, 19> kTags = {"And",   "Base64",      "Cidr",         "Equals",    "FindInMap", "GetAZs", "GetAtt",
                                                    "If",    "ImportValue", "Join",         "Length",    "Not",       "Or",     "Select",
                                                    "Split", "Sub",         "ToJsonString", "Transform", "Contains"};

/// The key of the long form; empty for tags that are no functions.
std::string function_of_tag(std::string_view tag) {
  if (!tag.starts_with('!') || tag.starts_with("!!")) return {};
  tag.remove_prefix(1);
  if (tag == "Ref" || tag == "Condition") return std::string(tag);
  if (std::find(kTags.begin(), kTags.end(), tag) == kTags.end()) return {};
  return "Fn::" + std::string(tag);
}

Value untagged(const YamlNode& node) {
  Value made;
  if (node.is_list()) {
    std::vector<Value> items;
    items.reserve(node.children.size());
    for (const YamlNode* child : node.children) items.push_back(value_of(*child));
    made = Value::of_list(std::move(items));
  } else if (node.is_map()) {
    std::vector<Entry> entries;
    entries.reserve(node.entries.size());
    // Merged keys stand behind the map's own and give way to them.
    for (auto entry = node.entries.rbegin(); entry != node.entries.rend(); ++entry) {
      entries.push_back({std::string(entry->key), value_of(*entry->value)});
    }
    made = Value::of_map(std::move(entries));
  } else {
    made = iac::document_value(node);
  }
  made.origin = node.where;
  return made;
}

/// `!GetAtt Zone.NameServers` names a resource and an attribute, which may have dots of its own.
Value attribute_pair(Value written) {
  const std::string name = plain(written);
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return written;
  Value id = Value::of_text(Text(name.substr(0, dot))), attribute = Value::of_text(Text(name.substr(dot + 1)));
  id.origin = attribute.origin = written.origin;
  Value made = Value::of_list({std::move(id), std::move(attribute)});
  made.origin = written.origin;
  return made;
}

}  // namespace

const Value& part(const Value& map, std::string_view key) {
  static const Value kNothing;
  const Value* found = map.kind == ValueKind::map ? map.entry(key) : nullptr;
  return found != nullptr ? *found : kNothing;
}

std::string plain(const Value& value) {
  return value.kind == ValueKind::string ? value.text.known().value_or(std::string()) : std::string();
}

Value value_of(const YamlNode& node) {
  Value inner = untagged(node);
  std::string function = function_of_tag(node.tag);
  if (function.empty()) return inner;
  if (function == "Fn::GetAtt") inner = attribute_pair(std::move(inner));
  Value made = Value::of_map({{std::move(function), std::move(inner)}});
  made.origin = node.where;
  return made;
}

std::optional<Value> read_tree(Unit& unit, const Source& source) {
  const SourceId id = unit.id_of(source);
  const std::size_t first = source.bytes().find_first_not_of(" \t\r\n\xef\xbb\xbf");
  const bool is_json = first != std::string_view::npos && (source.bytes()[first] == '{' || source.bytes()[first] == '[');
  // YAML is a superset of JSON, but says less well what is wrong with it; and braces may begin YAML too.
  const bool has_json_name = source.name().ends_with(".json") || source.name().ends_with(".template");
  const YamlStream stream = is_json && has_json_name ? read_json(source, id, unit.problems()) : read_yaml(source, id, unit.problems());
  if (stream.documents().empty()) return std::nullopt;
  const YamlNode& root = *stream.documents().front();
  if (root.weight > kMaxTemplateNodes) {
    unit.error({id, 0, 0}, "this template is larger than CloudFormation takes", "it is not read");
    return std::nullopt;
  }
  if (stream.documents().size() > 1) {
    unit.warning(stream.documents()[1]->where, "a template is one document", "only the first one is read");
  }
  return value_of(root);
}

bool has_transform(const Value& root, std::string_view name) {
  const Value& transform = part(root, "Transform");
  if (plain(transform) == name) return true;
  return std::any_of(transform.items.begin(), transform.items.end(), [&](const Value& item) { return plain(item) == name; });
}

bool has_key_like(const Value& value, std::string_view begin) {
  for (const Value& item : value.items) {
    if (has_key_like(item, begin)) return true;
  }
  for (const Entry& entry : value.entries) {
    if (entry.key.starts_with(begin) || has_key_like(entry.value, begin)) return true;
  }
  return false;
}

const Entry* function_in(const Value& value) {
  if (value.kind != ValueKind::map || value.entries.size() != 1) return nullptr;
  const Entry& only = value.entries.front();
  return only.key == "Ref" || only.key.starts_with("Fn::") ? &only : nullptr;
}

}  // namespace mainstay::cloudformation
