#include "ingest/iac/document.h"

#include <charconv>
#include <utility>

namespace mainstay::iac {
namespace {

Value scalar(const YamlNode& node) {
  if (node.kind == YamlKind::null) return {};
  if (node.kind == YamlKind::boolean) return Value::of(node.is_true());
  if (node.kind == YamlKind::number) {
    double number = 0;
    const auto [end, error] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), number);
    const bool is_whole = error == std::errc() && end == node.text.data() + node.text.size();
    if (is_whole && number_text(number) == node.text) return Value::of_number(number);
  }
  return Value::of_text(Text(node.text));
}

}  // namespace

Value document_value(const YamlNode& node) {
  Value made;
  if (node.is_list()) {
    std::vector<Value> items;
    items.reserve(node.children.size());
    for (const YamlNode* child : node.children) items.push_back(document_value(*child));
    made = Value::of_list(std::move(items));
  } else if (node.is_map()) {
    std::vector<Entry> entries;
    entries.reserve(node.entries.size());
    // Merged keys stand behind the map's own and give way to them.
    for (auto entry = node.entries.rbegin(); entry != node.entries.rend(); ++entry)
      entries.push_back({std::string(entry->key), document_value(*entry->value)});
    made = Value::of_map(std::move(entries));
  } else {
    made = scalar(node);
  }
  made.origin = node.where;
  return made;
}

}  // namespace mainstay::iac
