// TOML as one tree, every key and value with the bytes it was read from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "ingest/source/source.h"

namespace mainstay {

enum class TomlKind : std::uint8_t { text, integer, real, boolean, date, time, list, table };

/// One value.
/// Shape:  `text` is the decoded text of a scalar: "true", "12", a date as YYYY-MM-DD. A table's members are its `children` in the order of
///         the file, each with its `key`; a list's children have none.
/// Source: TOML 1.0.0.
struct TomlNode {
  TomlKind kind = TomlKind::table;
  std::string key;
  Location key_where;
  std::string text;
  Location where;
  std::vector<TomlNode> children;

  bool is_table() const { return kind == TomlKind::table; }
  bool is_list() const { return kind == TomlKind::list; }
  /// The member of that key; null when there is none.
  const TomlNode* find(std::string_view name) const;
};

/// Reads one document; its root is a table.
/// Errors: the first error ends the reading, with a diagnostic and an empty table. More than 1 MiB, or values inside each other deeper than
///         any settings are: an error as well.
TomlNode read_toml(const Source& source, SourceId id, Diagnostics& problems);

}  // namespace mainstay
