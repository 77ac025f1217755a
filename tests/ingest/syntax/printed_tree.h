// A YAML or JSON tree on one line, for comparison in tests.
#pragma once

#include <string>

#include "ingest/syntax/yaml.h"

namespace mainstay {

/// Shape: texts in double quotes with line feeds as \n, numbers behind #, booleans behind ?, tags before their value.
inline std::string printed_tree(const YamlNode& node) {
  const auto quoted = [](std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out += c == '\n' ? std::string("\\n") : std::string(1, c);
    return out + "\"";
  };
  std::string out = node.tag.empty() ? std::string() : std::string(node.tag) + " ";
  std::string inner;
  switch (node.kind) {
    case YamlKind::null: return out + "null";
    case YamlKind::boolean: return out + "?" + std::string(node.text);
    case YamlKind::number: return out + "#" + std::string(node.text);
    case YamlKind::text: return out + quoted(node.text);
    case YamlKind::list:
      for (const YamlNode* child : node.children) inner += (inner.empty() ? "" : ", ") + printed_tree(*child);
      return out + "[" + inner + "]";
    case YamlKind::map:
      for (const YamlEntry& entry : node.entries)
        inner += (inner.empty() ? "" : ", ") + quoted(entry.key) + ": " + printed_tree(*entry.value);
      return out + "{" + inner + "}";
  }
  return out;
}

}  // namespace mainstay
