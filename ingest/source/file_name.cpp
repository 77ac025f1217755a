#include "ingest/source/file_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace mainstay {
namespace {

unsigned char octet_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// The length of the UTF-8 sequence that begins there, or 0 when none does. Source: RFC 3629 section 4.
std::size_t sequence_at(std::string_view text, std::size_t at) {
  const unsigned char first = octet_at(text, at);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > text.size()) return 0;
  for (std::size_t next = at + 1; next < at + length; ++next) {
    if ((octet_at(text, next) & 0xc0) != 0x80) return 0;
  }
  const unsigned char second = octet_at(text, at + 1);
  const bool is_overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool is_surrogate = first == 0xed && second > 0x9f;
  const bool is_too_large = first == 0xf4 && second > 0x8f;
  return is_overlong || is_surrogate || is_too_large ? 0 : length;
}

/// True for text that holds what stands for an octet that is not UTF-8: "\x80" to "\xff".
bool reads_like_escape(std::string_view text) {
  for (std::size_t at = text.find("\\x"); at != std::string_view::npos; at = text.find("\\x", at + 1)) {
    const std::string_view digits = text.substr(at + 2).substr(0, 2);
    if (digits.size() == 2 && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos && digits[0] >= '8') return true;
  }
  return false;
}

std::string without_dots(std::string_view path) {
  std::string name;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == "." || part == "..") continue;
    if (!name.empty()) name += '/';
    name += shown_component(part);
  }
  return name;
}

/// The part of `path` behind `folder`, with its slash; empty when it does not lie there.
std::string_view behind(std::string_view folder, std::string_view path) {
  if (!path.starts_with(folder) || path.size() == folder.size() || path[folder.size()] != '/') return {};
  return path.substr(folder.size());
}

struct NamedRoot {
  std::string name;
  std::string real;
};

/// True when both may stand in one tree: apart, or one inside the other in name as on disk.
bool go_together(const NamedRoot& one, const NamedRoot& other) {
  if (one.name == other.name) return false;
  const std::string_view above = behind(one.name, other.name);
  const std::string_view below = behind(other.name, one.name);
  return above == (above.empty() ? above : behind(one.real, other.real)) && below == (below.empty() ? below : behind(other.real, one.real));
}

}  // namespace

std::string shown_component(std::string_view component) {
  bool is_valid = true;
  for (std::size_t at = 0; is_valid && at < component.size();) {
    const std::size_t length = sequence_at(component, at);
    is_valid = length > 0;
    at += length;
  }
  if (is_valid && !reads_like_escape(component)) return std::string(component);
  std::string shown;
  for (std::size_t at = 0; at < component.size();) {
    const std::size_t length = sequence_at(component, at);
    if (length == 0) {
      shown += fmt::format("\\x{:02x}", octet_at(component, at));
    } else if (component[at] == '\\') {
      shown += "\\\\";
    } else {
      shown += component.substr(at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  return shown;
}

std::string shown_path(std::string_view path) {
  std::string shown;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    shown += shown_component(path.substr(0, slash));
    if (slash < path.size()) shown += '/';
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return shown;
}

std::vector<std::string> root_names(const std::vector<std::string>& given, const std::vector<std::string>& real, bool is_lone_folder) {
  if (is_lone_folder) return {""};
  std::vector<std::string> names;
  for (std::size_t at = 0; at < given.size(); ++at) {
    std::string name = without_dots(given[at]);
    if (name.empty()) name = shown_component(std::string_view(real[at]).substr(real[at].rfind('/') + 1));
    if (name.empty()) name = "root";
    const auto is_taken = [&](const std::string& candidate) {
      for (std::size_t other = 0; other < names.size(); ++other) {
        if (!go_together({candidate, real[at]}, {names[other], real[other]})) return true;
      }
      return false;
    };
    std::string unique = name;
    // The number goes to the first component: behind it no name of another root can be a folder of this one.
    const std::size_t first = std::min(name.find('/'), name.size());
    for (std::uint32_t number = 2; is_taken(unique); ++number) {
      unique = fmt::format("{}~{}{}", name.substr(0, first), number, name.substr(first));
    }
    names.push_back(std::move(unique));
  }
  return names;
}

bool is_template_name(std::string_view name) {
  constexpr std::string_view kEnds[] = {".j2",  ".jinja",    ".jinja2", ".erb",      ".epp",    ".tmpl",
                                        ".tpl", ".template", ".in",     ".mustache", ".gotmpl", ".ctmpl"};
  return std::any_of(std::begin(kEnds), std::end(kEnds), [&](std::string_view end) { return name.ends_with(end); });
}

}  // namespace mainstay
