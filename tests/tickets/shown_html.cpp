#include "tests/tickets/shown_html.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace mainstay {
namespace {

void append_character(std::string& out, unsigned long code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else {
    out += static_cast<char>(0xe0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  }
}

/// One reference at the beginning of `text`; gives how long it is, 0 when it is none.
std::size_t resolve(std::string_view text, std::string& out) {
  static const std::map<std::string_view, char> kNamed = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"nbsp", ' '}};
  const std::size_t end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos) return 0;
  const std::string name(text.substr(1, end - 1));
  if (name.starts_with('#')) {
    const bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    append_character(out, std::strtoul(name.c_str() + (is_hex ? 2 : 1), nullptr, is_hex ? 16 : 10));
    return end + 1;
  }
  const auto named = kNamed.find(name);
  if (named == kNamed.end()) return 0;
  out += named->second;
  return end + 1;
}

}  // namespace

ShownHtml shown_html(std::string_view html) {
  ShownHtml shown;
  while (!html.empty()) {
    if (html.front() == '<') {
      const std::size_t end = std::min(html.find('>'), html.size() - 1);
      const std::string_view tag = html.substr(1, end - 1);
      std::string name(tag.substr(0, tag.find_first_of(" \n\t/", 1)));
      if (name == "a") name += tag.find("href") == std::string_view::npos ? " name" : " " + between(tag, "class=\"", "\"");
      if (!name.starts_with('/')) shown.elements.insert(name);
      html.remove_prefix(end + 1);
    } else if (const std::size_t length = html.front() == '&' ? resolve(html, shown.text) : 0; length > 0) {
      html.remove_prefix(length);
    } else {
      shown.text += html.front();
      html.remove_prefix(1);
    }
  }
  return shown;
}

std::string between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  if (from == std::string_view::npos) return {};
  const std::size_t to = text.find(end, from + begin.size());
  return std::string(text.substr(from + begin.size(), to == std::string_view::npos ? to : to - from - begin.size()));
}

}  // namespace mainstay
