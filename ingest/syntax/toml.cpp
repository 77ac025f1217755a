#include "ingest/syntax/toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <stdexcept>

namespace mainstay {

/// The library asserts what hostile text can break; such a text is refused, and the program does not end.
static constexpr void toml_requires(bool holds) {
  if (!holds) throw std::logic_error("a part of it is nothing that TOML has");
}

}  // namespace mainstay

#define TOML_EXCEPTIONS 1
#define TOML_ASSERT(condition) ::mainstay::toml_requires(static_cast<bool>(condition))
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

namespace mainstay {
namespace {

constexpr std::size_t kMaxOctets = std::size_t{1} << 20;

/// What a line of TOML outside of strings and comments looks like, as far as depth goes.
/// The library frees its tree by recursion and bounds neither the parts of a dotted key nor the tables that they make.
class Depths {
 public:
  explicit Depths(std::string_view bytes) : bytes_(bytes) {}

  /// Where the text is deeper than allowed; nothing when it is not.
  std::optional<std::size_t> too_deep() {
    constexpr std::size_t kMaxParts = 16;
    constexpr std::size_t kMaxBrackets = 32;
    std::size_t parts = 0;
    std::size_t brackets = 0;
    while (at_ < bytes_.size()) {
      const char c = bytes_[at_];
      if (c == '"' || c == '\'') {
        skip_string(c);
        continue;
      }
      if (c == '#') {
        at_ = std::min(bytes_.find('\n', at_), bytes_.size());
        continue;
      }
      if (c == '.') ++parts;
      if (c == '[' || c == '{') ++brackets;
      if ((c == ']' || c == '}') && brackets > 0) --brackets;
      if (c == '\n' || c == '=' || c == ',') parts = 0;
      if (parts > kMaxParts || brackets > kMaxBrackets) return at_;
      ++at_;
    }
    return std::nullopt;
  }

 private:
  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool is_long = bytes_.substr(at_).starts_with(three);
    at_ += is_long ? 3 : 1;
    while (at_ < bytes_.size()) {
      if (is_long ? bytes_.substr(at_).starts_with(three) : bytes_[at_] == quote) break;
      if (!is_long && bytes_[at_] == '\n') return;  // an error for the parser
      at_ += quote == '"' && bytes_[at_] == '\\' ? 2 : 1;
    }
    at_ = std::min(at_ + (is_long ? 3 : 1), bytes_.size());
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// Turns the lines and columns of the library, which counts characters, into offsets.
class Offsets {
 public:
  explicit Offsets(std::string_view bytes) : bytes_(bytes) {
    starts_.push_back(0);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      if (bytes[at] == '\n') starts_.push_back(at + 1);
    }
  }

  std::uint32_t of(toml::source_position position) const {
    if (position.line == 0) return 0;
    std::size_t at = starts_[std::min<std::size_t>(position.line, starts_.size()) - 1];
    for (toml::source_index left = position.column; left > 1 && at < bytes_.size() && bytes_[at] != '\n'; --left) {
      do ++at;
      while (at < bytes_.size() && (static_cast<unsigned char>(bytes_[at]) & 0xC0) == 0x80);
    }
    return static_cast<std::uint32_t>(at);
  }

  Location of(const toml::source_region& region, SourceId id) const {
    const std::uint32_t begin = of(region.begin);
    return {id, begin, std::max(begin, of(region.end))};
  }

 private:
  std::string_view bytes_;
  std::vector<std::size_t> starts_;
};

class TreeBuilder {
 public:
  TreeBuilder(const Offsets& offsets, SourceId id) : offsets_(offsets), id_(id) {}

  TomlNode build(const toml::node& from) const {
    TomlNode node;
    node.where = offsets_.of(from.source(), id_);
    if (const toml::table* table = from.as_table()) {
      node.kind = TomlKind::table;
      for (const auto& [key, value] : *table) {
        node.children.push_back(build(value));
        node.children.back().key = std::string(key.str());
        node.children.back().key_where = offsets_.of(key.source(), id_);
      }
      const auto in_file = [](const TomlNode& a, const TomlNode& b) { return a.key_where.begin < b.key_where.begin; };
      std::stable_sort(node.children.begin(), node.children.end(), in_file);
    } else if (const toml::array* list = from.as_array()) {
      node.kind = TomlKind::list;
      for (const toml::node& value : *list) node.children.push_back(build(value));
    } else {
      set_scalar(from, node);
    }
    return node;
  }

 private:
  static void set_scalar(const toml::node& from, TomlNode& node) {
    if (const auto* text = from.as_string()) {
      node.kind = TomlKind::text;
      node.text = text->get();
    } else if (const auto* number = from.as_integer()) {
      node.kind = TomlKind::integer;
      node.text = fmt::format("{}", number->get());
    } else if (const auto* real = from.as_floating_point()) {
      node.kind = TomlKind::real;
      node.text = fmt::format("{}", real->get());
    } else if (const auto* flag = from.as_boolean()) {
      node.kind = TomlKind::boolean;
      node.text = flag->get() ? "true" : "false";
    } else if (const auto* date = from.as_date()) {
      node.kind = TomlKind::date;
      node.text = fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
    } else {
      node.kind = TomlKind::time;
    }
  }

  const Offsets& offsets_;
  SourceId id_;
};

}  // namespace

const TomlNode* TomlNode::find(std::string_view name) const {
  const auto at = std::find_if(children.begin(), children.end(), [&](const TomlNode& one) { return one.key == name; });
  return at == children.end() ? nullptr : &*at;
}

TomlNode read_toml(const Source& source, SourceId id, Diagnostics& problems) {
  const std::string_view bytes = source.bytes();
  if (bytes.size() > kMaxOctets) {
    problems.error(source, {id, 0, 0}, "the file is larger than 1 MiB and is not read", "");
    return {};
  }
  if (const std::optional<std::size_t> deep = Depths(bytes).too_deep()) {
    const auto at = static_cast<std::uint32_t>(*deep);
    problems.error(source, {id, at, at + 1}, "values are nested too deeply here; the file is not read", "");
    return {};
  }
  const Offsets offsets(bytes);
  std::string problem;
  Location where{id, 0, 0};
  try {
    return TreeBuilder(offsets, id).build(toml::parse(bytes));
  } catch (const toml::parse_error& error) {
    problem = error.description();
    where = offsets.of(error.source(), id);
  } catch (const std::exception& error) {
    problem = error.what();
  }
  problems.error(source, where, "no TOML: " + problem, "nothing of the file is used until this is mended");
  return {};
}

}  // namespace mainstay
