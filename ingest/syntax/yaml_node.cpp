#include "ingest/syntax/yaml.h"

#include <algorithm>

namespace mainstay {
namespace {

const YamlNode& absent() {
  static const YamlNode node;
  return node;
}

/// How many octets of the source an escape of a double-quoted scalar takes, from its backslash on.
std::size_t escape_length(std::string_view raw) {
  if (raw.size() < 2) return raw.size();
  switch (raw[1]) {
    case 'x': return std::min<std::size_t>(4, raw.size());
    case 'u': return std::min<std::size_t>(6, raw.size());
    case 'U': return std::min<std::size_t>(10, raw.size());
    default: return 2;
  }
}

/// A literal block keeps its lines: line by line the text is the end of the source's line.
void map_literal(std::string_view text, std::string_view raw, std::size_t begin, TextMap& map) {
  std::size_t at = 0, source = 0, indent = std::string_view::npos;
  while (at < text.size() && source < raw.size()) {
    const std::size_t text_end = std::min(text.find('\n', at), text.size());
    std::size_t source_end = std::min(raw.find('\n', source), raw.size());
    const std::size_t next = source_end + 1;
    if (source_end > source && raw[source_end - 1] == '\r') --source_end;
    const std::size_t kept = text_end - at;
    const std::size_t length = source_end - source;
    if (indent == std::string_view::npos && kept > 0) indent = length >= kept ? length - kept : 0;
    map.add_run(at, begin + source + std::min(length, indent == std::string_view::npos ? length : indent));
    at = text_end + 1;
    source = next;
  }
}

/// Other scalars fold their line breaks: equal octets are aligned, and white space of the source that has no counterpart is passed over.
void map_folded(const YamlNode& node, std::size_t begin, TextMap& map) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::string_view text = node.text, raw = node.raw;
  std::size_t source = 0;
  for (std::size_t at = 0; at < text.size() && source < raw.size(); ++at) {
    if (node.style == YamlStyle::double_quoted && raw[source] == '\\') {
      map.add_run(at, begin + source);
      const bool is_wide = static_cast<unsigned char>(text[at]) >= 0x80;
      source += escape_length(raw.substr(source));
      while (is_wide && at + 1 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xc0) == 0x80) ++at;
      continue;
    }
    const bool folds = text[at] == ' ' || text[at] == '\n';
    if (text[at] != raw[source] || folds) {
      const std::size_t next = std::min(raw.find_first_not_of(kBlank, source), raw.size());
      if (folds && raw.substr(source, next - source).find('\n') != std::string_view::npos) {
        map.add_run(at, begin + source);
        while (at + 1 < text.size() && text[at + 1] == '\n') ++at;
        source = next;
        continue;
      }
      if (!folds) source = next;
    }
    map.add_run(at, begin + source);
    source += node.style == YamlStyle::single_quoted && raw.substr(source).starts_with("''") ? 2 : 1;
  }
}

}  // namespace

bool YamlNode::present() const { return this != &absent(); }

const YamlEntry* YamlNode::entry(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& one) { return one.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

const YamlNode& YamlNode::operator[](std::string_view key) const {
  const YamlEntry* found = entry(key);
  return found == nullptr ? absent() : *found->value;
}

std::string_view YamlNode::text_or(std::string_view otherwise) const { return is_scalar() && kind != YamlKind::null ? text : otherwise; }

std::optional<std::uint32_t> YamlNode::count() const {
  if (!is_scalar() || text.empty() || text.size() > 9) return std::nullopt;
  std::uint32_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

bool YamlNode::is_true() const { return is_scalar() && (text == "true" || text == "True" || text == "TRUE"); }

TextMap YamlNode::text_map() const {
  TextMap map(where.source, where.begin);
  if (text == raw) return map;
  if (style == YamlStyle::literal) {
    map_literal(text, raw, where.begin, map);
  } else {
    map_folded(*this, where.begin, map);
  }
  map.set_end(where.end);
  return map;
}

}  // namespace mainstay
