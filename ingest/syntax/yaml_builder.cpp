#include "ingest/syntax/yaml_builder.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

bool is_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool all_of(std::string_view text, std::string_view set) { return !text.empty() && text.find_first_not_of(set) == std::string_view::npos; }

bool is_number(std::string_view text) {
  if (text.starts_with("0o")) return all_of(text.substr(2), "01234567");
  if (text.starts_with("0x")) return all_of(text.substr(2), "0123456789abcdefABCDEF");
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (is_any(text, {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"})) return true;
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos) {
    std::string_view power = text.substr(exponent + 1);
    if (!power.empty() && (power[0] == '-' || power[0] == '+')) power.remove_prefix(1);
    if (!all_of(power, "0123456789")) return false;
    text = text.substr(0, exponent);
  }
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return all_of(text, "0123456789");
  const std::string_view whole = text.substr(0, dot);
  const std::string_view part = text.substr(dot + 1);
  if (whole.empty() && part.empty()) return false;
  return (whole.empty() || all_of(whole, "0123456789")) && (part.empty() || all_of(part, "0123456789"));
}

YamlKind kind_of_scalar(const YamlBuilder::Scalar& scalar, std::string_view tag) {
  if (tag == "!!str" || tag == "!") return YamlKind::text;
  if (scalar.style != YamlStyle::plain) return YamlKind::text;
  if (is_any(scalar.text, {"", "~", "null", "Null", "NULL"})) return YamlKind::null;
  if (is_any(scalar.text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return YamlKind::boolean;
  return is_number(scalar.text) ? YamlKind::number : YamlKind::text;
}

}  // namespace

std::string_view YamlBuilder::keep(std::string text) { return stream_.texts_.emplace_back(std::move(text)); }

void YamlBuilder::report(std::size_t begin, std::size_t end, std::string message, std::string hint) {
  problems_.error(input_.source, input_.map.where(begin, end), std::move(message), std::move(hint));
}

void YamlBuilder::remark(std::size_t begin, std::size_t end, std::string message, std::string hint) {
  problems_.note(input_.source, input_.map.where(begin, end), std::move(message), std::move(hint));
}

YamlNode* YamlBuilder::make(YamlKind kind) {
  YamlNode& node = stream_.nodes_.emplace_back();
  node.kind = kind;
  return &node;
}

void YamlBuilder::remember(const std::string& anchor, const YamlNode* node) {
  if (!anchor.empty()) anchors_.insert_or_assign(anchor, node);
}

bool YamlBuilder::scalar(const Scalar& scalar, const Properties& properties) {
  last_end_ = std::max(last_end_, scalar.end);
  const Location where = input_.map.where(scalar.begin, scalar.end);
  if (expects_key() && properties.anchor.empty()) {
    take_key(scalar.text, where, scalar.style == YamlStyle::plain);
    return true;
  }
  if (stream_.nodes_.size() >= kMaxNodes) {
    report(scalar.begin, scalar.end, fmt::format("more than {} values in one file", kMaxNodes), "the rest of this document is not read");
    return false;
  }
  YamlNode* node = make(kind_of_scalar(scalar, properties.tag));
  node->style = scalar.style;
  node->text = scalar.text;
  node->raw = scalar.raw;
  node->tag = properties.tag;
  node->where = where;
  remember(properties.anchor, node);
  if (expects_key()) {
    take_key(scalar.text, where, scalar.style == YamlStyle::plain);
    return true;
  }
  return place(node);
}

bool YamlBuilder::alias(std::string_view name, std::size_t begin, std::size_t end) {
  last_end_ = std::max(last_end_, end);
  const auto found = anchors_.find(name);
  const YamlNode* node = found == anchors_.end() ? nullptr : found->second;
  const bool is_inside_itself = std::any_of(open_.begin(), open_.end(), [&](const Open& open) { return open.anchor == name; });
  if (node == nullptr || is_inside_itself) {
    report(begin, end,
           is_inside_itself ? fmt::format("the alias *{} stands inside the value it refers to", name)
                            : fmt::format("no anchor is called &{} before this alias", name),
           "the value counts as empty");
    node = make(YamlKind::null);
  } else if (expects_key()) {
    take_key(node->is_scalar() ? node->text : name, input_.map.where(begin, end), false);
    return true;
  } else if (alias_nodes_ + node->weight > kMaxAliasNodes || open_.size() + node->height > kMaxDepth) {
    if (!alias_limit_reported_) {
      report(begin, end, fmt::format("the aliases of this document stand for more than {} values or {} levels", kMaxAliasNodes, kMaxDepth),
             "this alias and later ones that are too large count as empty");
    }
    alias_limit_reported_ = true;
    node = make(YamlKind::null);
  } else {
    alias_nodes_ += node->weight;
  }
  if (expects_key()) {
    take_key(name, input_.map.where(begin, end), false);
    return true;
  }
  return place(node);
}

bool YamlBuilder::open(YamlKind kind, std::size_t begin, std::size_t end, const Properties& properties) {
  if (open_.size() >= kMaxDepth || stream_.nodes_.size() >= kMaxNodes) {
    report(begin, end,
           open_.size() >= kMaxDepth ? fmt::format("values are nested deeper than {} levels", kMaxDepth)
                                     : fmt::format("more than {} values in one file", kMaxNodes),
           "this document is not read");
    return false;
  }
  const bool is_key = expects_key();
  Open& opened = open_.emplace_back();
  opened.node = make(kind);
  opened.node->tag = properties.tag;
  opened.node->where = input_.map.where(begin, end);
  opened.begin = begin;
  opened.anchor = properties.anchor;
  opened.is_key = is_key;
  return true;
}

bool YamlBuilder::close(std::size_t end) {
  MAINSTAY_ASSERT(!open_.empty(), "the parser closes what it opened");
  Open closed = std::move(open_.back());
  open_.pop_back();
  if (closed.has_key) add_entry(closed, make(YamlKind::null));
  if (!closed.merges.empty()) merge(closed);
  YamlNode& node = *closed.node;
  last_end_ = std::max({closed.begin, end, last_end_});
  node.where = input_.map.where(closed.begin, last_end_);
  remember(closed.anchor, &node);
  if (closed.is_key) {
    take_key(input_.bytes.substr(closed.begin, last_end_ - closed.begin), node.where, false);
    return true;
  }
  return place(&node);
}

bool YamlBuilder::place(const YamlNode* node) {
  if (open_.empty()) {
    root_ = node;
    return true;
  }
  Open& around = open_.back();
  if (around.node->is_map()) {
    add_entry(around, node);
    return true;
  }
  around.node->children.push_back(node);
  around.node->weight += node->weight;
  around.node->height = std::max(around.node->height, static_cast<std::uint16_t>(node->height + 1));
  return true;
}

void YamlBuilder::take_key(std::string_view key, Location where, bool is_plain) {
  Open& map = open_.back();
  map.has_key = true;
  map.key_is_merge = is_plain && key == "<<";
  map.key = key;
  map.key_where = where;
}

/// The index of a key among the entries, or their number when it is new; a new key is expected to be added at once.
std::size_t YamlBuilder::position_of(Open& map, std::string_view key) {
  constexpr std::size_t kFew = 16;  // so few are searched faster than hashed
  const std::vector<YamlEntry>& entries = map.node->entries;
  if (entries.size() < kFew) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& one) { return one.key == key; });
    return static_cast<std::size_t>(found - entries.begin());
  }
  if (map.seen == nullptr) {
    map.seen = std::make_unique<std::unordered_map<std::string_view, std::size_t>>();
    for (std::size_t i = 0; i < entries.size(); ++i) map.seen->emplace(entries[i].key, i);
  }
  return map.seen->try_emplace(key, entries.size()).first->second;
}

void YamlBuilder::add_entry(Open& map, const YamlNode* node) {
  YamlNode& owner = *map.node;
  map.has_key = false;
  owner.weight += node->weight;
  owner.height = std::max(owner.height, static_cast<std::uint16_t>(node->height + 1));
  if (map.key_is_merge) {
    map.merges.emplace_back(node, map.key_where);
    return;
  }
  const std::size_t at = position_of(map, map.key);
  if (at == owner.entries.size()) {
    owner.entries.push_back({map.key, map.key_where, node});
    return;
  }
  problems_.warning(input_.source, map.key_where, fmt::format("the key \"{}\" is written twice in one map", map.key.substr(0, 80)),
                    "the last one is used; remove the other");
  owner.entries[at] = {map.key, map.key_where, node};
}

void YamlBuilder::merge_from(Open& map, const YamlNode& from, Location where) {
  if (!from.is_map()) {
    problems_.warning(input_.source, where, "a merge key needs a map or a list of maps", "the merge is left out");
    return;
  }
  for (const YamlEntry& entry : from.entries) {
    if (position_of(map, entry.key) == map.node->entries.size()) map.node->entries.push_back(entry);
  }
}

void YamlBuilder::merge(Open& map) {
  for (const auto& [from, where] : map.merges) {
    if (!from->is_list()) {
      merge_from(map, *from, where);
      continue;
    }
    for (const YamlNode* one : from->children) merge_from(map, *one, where);
  }
}

void YamlBuilder::end_document() {
  MAINSTAY_ASSERT(open_.empty(), "a document ends when all its values are closed");
  if (root_ != nullptr && (!root_->is_scalar() || !root_->text.empty())) stream_.documents_.push_back(root_);
  abandon();
}

void YamlBuilder::abandon() {
  open_.clear();
  anchors_.clear();
  root_ = nullptr;
}

void YamlBuilder::close_all(std::size_t end) {
  while (!open_.empty()) close(end);
}

}  // namespace mainstay
