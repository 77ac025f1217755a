// Builds the tree of YAML and JSON from events, within the limits that hostile input meets.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ingest/syntax/yaml.h"

namespace mainstay {

/// Takes the events of one stream and makes a YamlStream of them.
/// Offsets are octets of the input's text. Every call returns false once the document must be given up; abandon() then drops it.
class YamlBuilder {
 public:
  static constexpr std::size_t kMaxDepth = 200;
  static constexpr std::size_t kMaxNodes = 4'000'000;
  static constexpr std::size_t kMaxAliasNodes = 200'000;

  /// A scalar as the parser gives it: the decoded text and the raw octets, which may be the same view.
  struct Scalar {
    std::string_view text;
    std::string_view raw;
    YamlStyle style = YamlStyle::plain;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  /// What may stand before a node.
  struct Properties {
    std::string_view tag;
    std::string anchor;
  };

  YamlBuilder(const YamlInput& input, Diagnostics& problems) : input_(input), problems_(problems) {}

  bool scalar(const Scalar& scalar, const Properties& properties);
  bool alias(std::string_view name, std::size_t begin, std::size_t end);
  bool open(YamlKind kind, std::size_t begin, std::size_t end, const Properties& properties);
  /// `end` is the offset behind the closing bracket; a block collection has none, and ends with its last value: give 0.
  bool close(std::size_t end);
  /// True when the next node is a key of a map.
  bool expects_key() const { return !open_.empty() && open_.back().node->is_map() && !open_.back().has_key; }

  void end_document();
  /// Drops the open document.
  void abandon();
  /// Closes what is open as if it ended here, and keeps it.
  void close_all(std::size_t end);
  void mark_template() { stream_.is_template_ = true; }
  /// A lasting copy of a text that the parser will take back.
  std::string_view keep(std::string text);
  void report(std::size_t begin, std::size_t end, std::string message, std::string hint);
  void remark(std::size_t begin, std::size_t end, std::string message, std::string hint);
  YamlStream take() { return std::move(stream_); }

 private:
  struct Open {
    YamlNode* node = nullptr;
    std::size_t begin = 0;
    std::string anchor;
    bool is_key = false;
    bool has_key = false;
    bool key_is_merge = false;
    std::string_view key;
    Location key_where;
    std::unique_ptr<std::unordered_map<std::string_view, std::size_t>> seen;
    std::vector<std::pair<const YamlNode*, Location>> merges;
  };

  YamlNode* make(YamlKind kind);
  bool place(const YamlNode* node);
  void add_entry(Open& map, const YamlNode* node);
  static std::size_t position_of(Open& map, std::string_view key);
  void take_key(std::string_view key, Location where, bool is_plain);
  void merge(Open& map);
  void merge_from(Open& map, const YamlNode& from, Location where);
  void remember(const std::string& anchor, const YamlNode* node);

  YamlInput input_;
  Diagnostics& problems_;
  YamlStream stream_;
  std::vector<Open> open_;
  const YamlNode* root_ = nullptr;
  std::map<std::string, const YamlNode*, std::less<>> anchors_;
  std::size_t last_end_ = 0;
  std::size_t alias_nodes_ = 0;
  bool alias_limit_reported_ = false;
};

}  // namespace mainstay
