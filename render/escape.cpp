#include "render/escape.h"

#include <fmt/format.h>
#include <unistr.h>

#include <algorithm>
#include <array>

namespace mainstay {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";

/// One character of a text, or one octet that is none.
struct Character {
  std::string_view bytes;
  char32_t code = 0;
  bool valid = false;
};

Character character_at(std::string_view text, std::size_t at) {
  ucs4_t code = 0;
  const int length = u8_mbtoucr(&code, reinterpret_cast<const std::uint8_t*>(text.data() + at), text.size() - at);
  if (length <= 0) return {.bytes = text.substr(at, 1)};
  return {.bytes = text.substr(at, static_cast<std::size_t>(length)), .code = code, .valid = true};
}

/// Calls `each` with every character in turn.
template <class Each>
void for_each_character(std::string_view text, Each each) {
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    each(character);
    at += character.bytes.size();
  }
}

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }

/// Characters that change the order of others or cannot be seen, so that a text reads as something that it is not.
/// Source: Unicode TR 36 (security considerations), UAX 9 (bidirectional controls). Joiners are left alone: scripts and emoji need them.
bool misleads(char32_t code) {
  struct Range {
    char32_t first, last;
  };
  constexpr std::array<Range, 11> kRanges = {{{0x00ad, 0x00ad},
                                              {0x061c, 0x061c},
                                              {0x180e, 0x180e},
                                              {0x200b, 0x200b},
                                              {0x200e, 0x200f},
                                              {0x2028, 0x202e},
                                              {0x2060, 0x206f},
                                              {0xfeff, 0xfeff},
                                              {0xfff9, 0xfffb},
                                              {0xe0000, 0xe007f},
                                              {0x3164, 0x3164}}};
  return std::any_of(kRanges.begin(), kRanges.end(), [&](const Range& range) { return code >= range.first && code <= range.last; });
}

/// The plain form of the few characters that our own sentences use.
std::string_view plain(char32_t code) {
  switch (code) {
    case U'→': return "->";
    case U'…': return "...";
    case U'·': return "|";
    case U'×': return "x";
    case U'–':
    case U'—': return "-";
    case U'≥': return ">=";
    case U'≤': return "<=";
    default: return {};
  }
}

std::string code_escape(char32_t code) { return fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(code)); }

std::string byte_escape(char byte) { return fmt::format("\\x{:02x}", static_cast<unsigned char>(byte)); }

void append_for_terminal(const Character& character, Charset charset, std::string& out) {
  const char32_t code = character.code;
  if (!character.valid || (code < 0x80 && is_control(code) && code != '\t' && code != '\n')) {
    out += byte_escape(character.bytes[0]);
  } else if (code == '\t') {
    out += ' ';
  } else if (code == '\n') {
    out += "\\n";
  } else if (is_control(code) || misleads(code)) {
    out += code_escape(code);
  } else if (charset == Charset::utf8 || code < 0x80) {
    out += character.bytes;
  } else {
    const std::string_view form = plain(code);
    out += form.empty() ? code_escape(code) : std::string(form);
  }
}

/// The characters of XML 1.0, section 2.2, without the controls that it only tolerates.
bool is_xml(char32_t code) { return code == '\t' || code == '\n' || (!is_control(code) && code != 0xfffe && code != 0xffff); }

}  // namespace

std::string for_terminal(std::string_view text, Charset charset) {
  std::string out;
  out.reserve(text.size());
  for_each_character(text, [&](const Character& character) { append_for_terminal(character, charset, out); });
  return out;
}

std::string for_xml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_character(text, [&](const Character& character) {
    if (!character.valid || !is_xml(character.code)) {
      out += kReplacement;
    } else if (misleads(character.code)) {
      out += code_escape(character.code);
    } else {
      switch (character.code) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += character.bytes;
      }
    }
  });
  return out;
}

std::string for_dot(std::string_view text) {
  std::string out = "\"";
  for_each_character(text, [&](const Character& character) {
    if (character.valid && character.code == '\n') {
      out += "\\n";
    } else if (!character.valid || is_control(character.code)) {
      out += kReplacement;
    } else if (misleads(character.code)) {
      out += "\\" + code_escape(character.code);
    } else if (character.code == '"' || character.code == '\\') {
      out += '\\';
      out += character.bytes;
    } else {
      out += character.bytes;
    }
  });
  return out + '"';
}

std::string for_json_document(std::string_view document) {
  std::string out;
  out.reserve(document.size());
  const auto is_plain = [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\n'; };
  if (std::all_of(document.begin(), document.end(), is_plain)) return std::string(document);  // most are, and some are large
  for_each_character(document, [&](const Character& character) {
    const bool layout = character.code == '\n';
    if (!character.valid) {
      out += kReplacement;
    } else if (layout || (!is_control(character.code) && !misleads(character.code))) {
      out += character.bytes;
    } else if (character.code > 0xffff) {
      const std::uint32_t rest = static_cast<std::uint32_t>(character.code) - 0x10000;
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + (rest >> 10), 0xdc00 + (rest & 0x3ff));
    } else {
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(character.code));
    }
  });
  return out;
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_character(text, [&](const Character& character) { out += character.valid ? character.bytes : kReplacement; });
  return out;
}

}  // namespace mainstay
