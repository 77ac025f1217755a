#include <fmt/format.h>

#include <algorithm>

#include "graph/values/ascii.h"
#include "render/escape.h"

namespace mainstay {
namespace {

/// Signs that start a formula in some spreadsheet, wide forms of East Asian keyboards included.
bool starts_formula(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  constexpr std::string_view kNarrow = "=+-@|%";
  if (!text.empty() && kNarrow.find(text.front()) != std::string_view::npos) return true;
  return text.starts_with("＝") || text.starts_with("＋") || text.starts_with("－") || text.starts_with("＠");
}

/// One character of Markdown prose. Names behind a sign (@somebody, #12, :emoji:, $formula$) are looked for in the text that is left when
/// the markup is gone, where a backslash does not help but an element of its own does.
std::string markdown_character(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '@':
    case '#':
    case '$':
    case '!':
    case '%':
    case ':': return fmt::format("<span>{}</span>", c);
    case '~': return "<span>\\~</span>";  // two of them strike out what stands between, elements or not
    default: return std::string("\\") + c;
  }
}

bool is_markdown_sign(char c) {
  constexpr std::string_view kSigns = "&<>@#$!~\\`*_{}[]|^";
  return kSigns.find(c) != std::string_view::npos;
}

/// A colon may start an emoji or a link, a percent sign a reference, only when something stands right behind.
bool is_sign_before(char c, std::string_view rest) {
  return (c == ':' || c == '%') && !rest.empty() && rest.front() != ' ' && !is_ascii_digit(rest.front());
}

/// A sign that makes the line an item of a list or the underline of a heading, at its beginning.
bool starts_block(std::string_view line, std::size_t at) {
  constexpr std::string_view kFirst = "-+=";
  if (at == 0) return kFirst.find(line[0]) != std::string_view::npos;
  const bool is_before_space = at + 1 == line.size() || line[at + 1] == ' ';
  return (line[at] == '.' || line[at] == ')') && is_before_space && line.find_first_not_of("0123456789") == at;
}

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

}  // namespace

std::string for_csv(std::string_view text) {
  std::string cell = for_terminal(text);
  replace_all(cell, "\"", "\"\"");
  return (starts_formula(cell) ? "\"'" : "\"") + cell + "\"";
}

std::string for_markdown(std::string_view text) {
  std::string line = for_terminal(text);
  line.erase(0, line.find_first_not_of(' '));
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::string_view rest = std::string_view(line).substr(at + 1);
    const bool is_www = line[at] == '.' && at >= 3 && (line[at - 1] | 0x20) == 'w' && (line[at - 2] | 0x20) == 'w';
    if (is_markdown_sign(line[at]) || is_sign_before(line[at], rest) || is_www || starts_block(line, at)) {
      out += markdown_character(line[at]);
    } else {
      out += line[at];
    }
  }
  return out;
}

std::string code_span(std::string_view text) {
  std::string inside = for_terminal(text);
  if (inside.empty()) return {};
  const std::string fence(longest_run_of_backticks(inside) + 1, '`');
  replace_all(inside, "|", "\\|");
  const bool pads = inside.front() == '`' || inside.back() == '`' || inside.front() == ' ' || inside.back() == ' ';
  return pads ? fence + " " + inside + " " + fence : fence + inside + fence;
}

std::string for_workflow_message(std::string_view text) {
  std::string out = for_terminal(text);
  replace_all(out, "%", "%25");
  return out;
}

std::string for_workflow_property(std::string_view text) {
  std::string out = for_workflow_message(text);
  replace_all(out, ":", "%3A");
  replace_all(out, ",", "%2C");
  return out;
}

std::string for_sarif(std::string_view text) {
  std::string out;
  for (const char c : for_terminal(text)) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string for_mermaid(std::string_view text) {
  // Signs that stay: they mean nothing in a quoted label, where a list or a heading has been ruled out.
  constexpr std::string_view kPlain = "/_,()+'=?";
  const std::string_view whole = text;
  std::string out = "\"";
  for (bool is_first = true; is_first || !text.empty(); is_first = false) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = for_terminal(text.substr(0, end));
    if (!is_first) out += "<br/>";
    for (std::size_t at = 0; at < line.size(); ++at) {
      const char c = line[at];
      const bool is_inside = at > 0 && at + 1 < line.size() && is_ascii_alphanumeric(line[at - 1]) && is_ascii_alphanumeric(line[at + 1]);
      const bool stays = is_ascii_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80 || c == ' ' ||
                         kPlain.find(c) != std::string_view::npos || (is_inside && (c == '.' || c == '-' || c == ':'));
      out += stays ? std::string(1, c) : fmt::format("#{};", static_cast<int>(c));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return whole.empty() ? "\" \"" : out + '"';
}

std::string for_uri(std::string_view path) {
  constexpr std::string_view kUnreserved = "-._~/";
  std::string out;
  for (const char c : path) {
    if (is_ascii_alphanumeric(c) || kUnreserved.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace mainstay
