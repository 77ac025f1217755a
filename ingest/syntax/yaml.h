// YAML and JSON as one tree, every node with the bytes it was read from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "ingest/source/source.h"
#include "ingest/syntax/text_map.h"

namespace mainstay {

enum class YamlKind : std::uint8_t { null, boolean, number, text, list, map };
enum class YamlStyle : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

struct YamlNode;

/// One key of a map with its value. A merged key (`<<`) keeps the place where it is written.
struct YamlEntry {
  std::string_view key;
  Location where;
  const YamlNode* value = nullptr;
};

/// One value. Views point into the source and into the tree, and live as long as both.
/// Shape:  `text` is the decoded text of a scalar whatever its kind ("0x1F", "true"); `raw` the octets it was decoded from, without
///         quotes and block header; `tag` the tag as written ("!Ref"), or empty. An alias is the very node that it refers to.
///         `entries` are in the order of the file; of equal keys only the last is kept; keys merged by `<<` stand behind the map's own.
/// Source: YAML 1.2.2 section 10.3 (core schema) decides the kind of a plain scalar; all quoted scalars are texts.
struct YamlNode {
  YamlKind kind = YamlKind::null;
  YamlStyle style = YamlStyle::plain;
  std::uint16_t height = 1;  // levels of nodes below and with this one
  std::uint32_t weight = 1;  // nodes below and with this one, aliases counted as often as they are used
  std::string_view text;
  std::string_view raw;
  std::string_view tag;
  Location where;
  std::vector<const YamlNode*> children;
  std::vector<YamlEntry> entries;

  bool is_map() const { return kind == YamlKind::map; }
  bool is_list() const { return kind == YamlKind::list; }
  bool is_scalar() const { return kind != YamlKind::map && kind != YamlKind::list; }
  /// False for the node that stands for what is not there.
  bool present() const;

  /// The value of that key; the absent node, which is null, when this is no map or has no such key. Calls can be chained.
  const YamlNode& operator[](std::string_view key) const;
  /// The entry of that key; null when there is none.
  const YamlEntry* entry(std::string_view key) const;
  /// The text of a scalar that is not null; `otherwise` for everything else.
  std::string_view text_or(std::string_view otherwise) const;
  /// The value of a decimal number without sign, also when it is quoted.
  std::optional<std::uint32_t> count() const;
  /// True for the texts "true", "True" and "TRUE", also when quoted.
  bool is_true() const;

  /// The map from offsets of `text` to the source. Cost: linear in the text.
  TextMap text_map() const;
};

/// What the text of a tree is and where it stands: a whole source, or a text inside another one with its map.
struct YamlInput {
  std::string_view bytes;
  TextMap map;
  const Source& source;
};

/// The documents of one stream and the memory behind them. Does not copy the source, which must live longer.
class YamlStream {
 public:
  YamlStream() = default;
  // Nodes point at each other: a copy would point into the original.
  YamlStream(const YamlStream&) = delete;
  YamlStream& operator=(const YamlStream&) = delete;
  YamlStream(YamlStream&&) = default;
  YamlStream& operator=(YamlStream&&) = default;

  const std::vector<const YamlNode*>& documents() const { return documents_; }
  /// True when the text is a template of Helm or of the like and was not read; a note says so.
  bool is_template() const { return is_template_; }

 private:
  friend class YamlBuilder;
  std::deque<YamlNode> nodes_;
  std::deque<std::string> texts_;
  std::vector<const YamlNode*> documents_;
  bool is_template_ = false;
};

/// Reads all documents of a YAML stream. Empty documents are left out.
/// Errors: a diagnostic for each document that is no YAML, which is then skipped as a whole; the others are read. Duplicate keys,
///         unknown aliases, octets that are not UTF-8 are reported and the document is used. Deeper than 200 levels, or more nodes
///         than kMaxNodes with aliases counted as often as used: an error, and that document or alias is left out.
YamlStream read_yaml(const YamlInput& input, Diagnostics& problems);
YamlStream read_yaml(const Source& source, SourceId id, Diagnostics& problems);

/// Reads one JSON text (RFC 8259), strictly: no comments, no trailing commas.
/// Errors: as for YAML; after a syntax error what was read before it is kept.
YamlStream read_json(const YamlInput& input, Diagnostics& problems);
YamlStream read_json(const Source& source, SourceId id, Diagnostics& problems);

}  // namespace mainstay
