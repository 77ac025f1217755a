#include "ingest/iac/terraform/json_syntax.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "ingest/syntax/hcl/hcl.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::terraform {
namespace {

using Kind = hcl::ExpressionKind;

/// Blocks within blocks deeper than any provider has them; what is deeper is an argument only, so that nothing is copied at every level.
constexpr int kMaxBlocks = 10;

class Translation {
 public:
  Translation(const Source& source, Diagnostics& problems, bool has_templates)
      : source_(source), problems_(problems), has_templates_(has_templates) {}

  hcl::Expression expression(const YamlNode& node) {
    hcl::Expression made;
    made.where = node.where;
    switch (node.kind) {
      case YamlKind::null: made.kind = Kind::null; return made;
      case YamlKind::boolean:
        made.kind = Kind::boolean;
        made.text = node.is_true() ? "true" : "false";
        return made;
      case YamlKind::number:
        made.kind = Kind::number;
        made.text = node.text;
        return made;
      case YamlKind::text: return text(node);
      case YamlKind::list:
        made.kind = Kind::tuple;
        for (const YamlNode* child : node.children) made.children.push_back(expression(*child));
        return made;
      case YamlKind::map: break;
    }
    made.kind = Kind::object;
    for (const YamlEntry& entry : node.entries) {
      made.children.push_back(key(entry));
      made.children.push_back(expression(*entry.value));
    }
    return made;
  }

  /// The inside of a block: members that may be arguments are, and those that may be blocks are those too.
  hcl::Body inside(const YamlNode& object, int depth = 0) {
    hcl::Body made;
    made.where = object.where;
    for (const YamlEntry& entry : object.entries) {
      if (entry.key == "//") continue;
      if (entry.key == "dynamic") {
        add_labelled(*entry.value, "dynamic", 1, {}, entry.where, made, depth);
        continue;
      }
      hcl::Attribute attribute{.name = std::string(entry.key), .name_where = entry.where, .where = entry.where, .value = {}};
      attribute.where.end = std::max(entry.value->where.end, entry.where.end);
      attribute.value = expression(*entry.value);
      made.attributes.push_back(std::move(attribute));
      const auto is_object = [](const YamlNode* node) { return node->is_map(); };
      const bool may_be_blocks =
          entry.value->is_map() || (entry.value->is_list() && !entry.value->children.empty() &&
                                    std::all_of(entry.value->children.begin(), entry.value->children.end(), is_object));
      if (may_be_blocks && depth < kMaxBlocks) add_labelled(*entry.value, std::string(entry.key), 0, {}, entry.where, made, depth);
    }
    return made;
  }

  /// Blocks of one type: objects within as many objects as there are labels; lists may stand at every level.
  void add_labelled(const YamlNode& node, const std::string& type, std::size_t labels, std::vector<hcl::Label> above, Location header,
                    hcl::Body& into, int depth = 0) {
    if (node.is_list()) {
      for (const YamlNode* child : node.children) add_labelled(*child, type, labels, above, header, into, depth);
      return;
    }
    if (!node.is_map()) {
      problems_.error(source_, node.where, "an object is expected here", "what it declares is not read");
      return;
    }
    if (labels > 0) {
      for (const YamlEntry& entry : node.entries) {
        if (entry.key == "//") continue;
        std::vector<hcl::Label> deeper = above;
        deeper.push_back({std::string(entry.key), entry.where});
        add_labelled(*entry.value, type, labels - 1, std::move(deeper), entry.where, into, depth);
      }
      return;
    }
    Location where = header;
    where.end = std::max(node.where.end, header.end);
    into.blocks.push_back({.type = type, .labels = std::move(above), .header = header, .where = where, .body = inside(node, depth + 1)});
  }

 private:
  hcl::Expression text(const YamlNode& node) {
    if (has_templates_ && (node.text.find("${") != std::string_view::npos || node.text.find("%{") != std::string_view::npos))
      return parsed(node.text, node.text_map(), node.where);
    hcl::Expression made;
    made.kind = Kind::string;
    made.where = node.where;
    made.text = node.text;
    return made;
  }

  hcl::Expression key(const YamlEntry& entry) {
    if (has_templates_ && entry.key.find("${") != std::string_view::npos) {
      TextMap map(entry.where.source, entry.where.begin + 1);
      map.set_end(entry.where.end);
      return parsed(entry.key, map, entry.where);
    }
    hcl::Expression made;
    made.kind = Kind::string;
    made.where = entry.where;
    made.text = entry.key;
    return made;
  }

  /// A template inside a string of JSON, with the places that it has there.
  hcl::Expression parsed(std::string_view template_text, const TextMap& map, Location whole) {
    const Source inner(source_.name(), std::string(template_text));
    Diagnostics found;
    hcl::Expression made = hcl::parse_template(inner, whole.source, found);
    if (found.has_errors()) {
      problems_.error(source_, whole, "this template cannot be read: " + found.all().front().message, "its value stays unknown");
    }
    move_to(made, map);
    return made;
  }

  static void move_to(hcl::Expression& e, const TextMap& map) {
    e.where = map.where(e.where.begin, e.where.end);
    for (hcl::Expression& child : e.children) move_to(child, map);
  }

  const Source& source_;
  Diagnostics& problems_;
  bool has_templates_;
};

struct TopLevel {
  std::string_view type;
  std::size_t labels;
};

constexpr std::array<TopLevel, 11> kTopLevel = {{{"resource", 2},
                                                 {"data", 2},
                                                 {"variable", 1},
                                                 {"output", 1},
                                                 {"module", 1},
                                                 {"provider", 1},
                                                 {"locals", 0},
                                                 {"terraform", 0},
                                                 {"moved", 0},
                                                 {"import", 0},
                                                 {"removed", 0}}};

}  // namespace

hcl::Body parse_json(const Source& source, SourceId id, Diagnostics& problems) {
  hcl::Body made;
  const YamlStream stream = read_json(source, id, problems);
  if (stream.documents().empty()) return made;
  Translation translation(source, problems, true);
  std::vector<const YamlNode*> objects{stream.documents().front()};
  if (objects[0]->is_list()) objects = objects[0]->children;
  for (const YamlNode* object : objects) {
    for (const YamlEntry& entry : object->entries) {
      const auto* known = std::find_if(kTopLevel.begin(), kTopLevel.end(), [&](const TopLevel& one) { return one.type == entry.key; });
      if (known != kTopLevel.end()) translation.add_labelled(*entry.value, std::string(entry.key), known->labels, {}, entry.where, made);
    }
  }
  return made;
}

hcl::Body parse_json_values(const Source& source, SourceId id, Diagnostics& problems) {
  const YamlStream stream = read_json(source, id, problems);
  if (stream.documents().empty()) return {};
  hcl::Body made = Translation(source, problems, false).inside(*stream.documents().front());
  made.blocks.clear();
  return made;
}

}  // namespace mainstay::terraform
