#include "render/tickets/ticket_markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "graph/values/ascii.h"
#include "render/escape.h"
#include "render/pen.h"
#include "render/tickets/json_answer.h"

namespace mainstay {
namespace {

using Json = nlohmann::ordered_json;

/// How one markup writes the parts of a text.
struct Markup {
  std::string (*block)(BlockKind kind, const std::vector<std::string>& lines) = nullptr;
  std::string (*tail)(const std::string& tail) = nullptr;
};

std::size_t octets_of(const std::vector<std::string>& lines) {
  std::size_t octets = 0;
  for (const std::string& line : lines) octets += line.size();
  return octets;
}

/// As many of the lines, from the first one on, as fit into `room` once they are written; halved until they do.
std::string fitting(BlockKind kind, std::vector<std::string>& lines, std::size_t room, const Markup& markup) {
  for (; !lines.empty(); lines.resize(lines.size() / 2)) {
    if (octets_of(lines) > room) continue;  // no markup makes a text shorter
    std::string part = markup.block(kind, lines);
    if (part.size() <= room) return part;
  }
  return {};
}

/// Blocks as long as they fit; the first one that does not is cut between lines, and what is behind it is left out.
std::string written(const TicketText& text, const Markup& markup) {
  constexpr std::size_t kNote = 200;  // kept free for what says that something was left out
  const std::string tail = text.tail.empty() ? std::string() : markup.tail(text.tail);
  const std::size_t most = text.most - std::min(text.most, tail.size() + kNote);
  std::string out;
  std::size_t left_out = 0;
  for (const TicketBlock& block : text.blocks) {
    std::vector<std::string> lines;
    if (left_out == 0) {
      lines = block.lines;
      out += fitting(block.kind, lines, most - out.size(), markup);
    }
    left_out += block.lines.size() - lines.size();
  }
  if (left_out > 0) out += markup.block(BlockKind::text, {counted(left_out, "more line") + " did not fit here."});
  return out + tail;
}

std::string comment_line(const std::string& tail) { return fmt::format("<!-- {} -->\n", tail); }
std::string bare_line(const std::string& tail) { return tail + "\n"; }

using Prose = std::string (*)(std::string_view text);

template <Prose kProse>
std::string markdown_block(BlockKind kind, const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) {
    switch (kind) {
      case BlockKind::text: out += kProse(line) + "\n\n"; break;
      case BlockKind::heading: out += "### " + kProse(line) + "\n\n"; break;
      case BlockKind::items: out += "- " + kProse(line) + "\n"; break;
      case BlockKind::code: out += "- " + code_span(line) + "\n"; break;
    }
  }
  return kind == BlockKind::items || kind == BlockKind::code ? out + "\n" : out;
}

/// Prose without a sign that Redmine makes a link or a macro of; other text as code.
std::string redmine_prose(std::string_view text) {
  constexpr std::string_view kSigns = "#@[]{}";
  bool is_plain = text.find_first_of(kSigns) == std::string_view::npos;
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    is_plain = is_plain && at + 1 < text.size() && text[at + 1] == ' ';
  }
  return is_plain ? for_markdown(text) : code_span(text);
}

/// Every sign that could be markup as a reference to its number, which wikis show and do not read.
/// Signs between letters or digits that are `plain` there stay, so that names and addresses can be searched for.
std::string for_wiki(std::string_view text, std::string_view plain) {
  const std::string line = for_terminal(text);
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const bool is_inside = at > 0 && at + 1 < line.size() && is_ascii_alphanumeric(line[at - 1]) && is_ascii_alphanumeric(line[at + 1]);
    const bool is_www = c == '.' && at >= 3 && ascii_lower(line.substr(at - 3, 3)) == "www";
    const bool is_last_stop = c == '.' && at > 0 && at + 1 == line.size();
    const bool stays = is_ascii_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80 || c == ' ' || c == ',' || is_last_stop ||
                       (is_inside && !is_www && plain.find(c) != std::string_view::npos);
    out += stays ? std::string(1, c) : fmt::format("&#{};", static_cast<int>(c));
  }
  return out;
}

/// Redmine shows what stands between the tags as it is; only tags that it looks for in there, to find the end, must not be in it.
std::string inside_pre(std::string line) {
  for (std::size_t at = line.find('<'); at != std::string::npos; at = line.find('<', at + 1)) {
    std::string_view name = std::string_view(line).substr(at + 1);
    if (name.starts_with('/')) name.remove_prefix(1);
    const std::string tag = ascii_lower(name.substr(0, 9));
    if (tag.starts_with("pre") || tag.starts_with("code") || tag.starts_with("kbd") || tag == "notextile") line.replace(at, 1, "&lt;");
  }
  return line;
}

std::string textile_block(BlockKind kind, const std::vector<std::string>& lines) {
  constexpr std::string_view kPlain = ".-_/";
  if (kind == BlockKind::code) {
    std::string out = "<pre>\n";
    for (const std::string& line : lines) out += inside_pre(for_terminal(line)) + "\n";
    return out + "</pre>\n\n";
  }
  std::string out;
  for (const std::string& line : lines) {
    const std::string shown = for_wiki(line, kPlain);
    if (kind == BlockKind::heading) out += "h3. " + shown + "\n\n";
    if (kind == BlockKind::items) out += "* " + shown + "\n";
    if (kind == BlockKind::text) out += shown + "\n\n";
  }
  return kind == BlockKind::items ? out + "\n" : out;
}

std::string jira_block(BlockKind kind, const std::vector<std::string>& lines) {
  constexpr std::string_view kPlain = "._";
  std::string out;
  for (const std::string& line : lines) {
    const std::string shown = for_wiki(line, kPlain);
    switch (kind) {
      case BlockKind::text: out += shown + "\n\n"; break;
      case BlockKind::heading: out += "h3. " + shown + "\n\n"; break;
      case BlockKind::items: out += "* " + shown + "\n"; break;
      case BlockKind::code: out += "* {{" + shown + "}}\n"; break;
    }
  }
  return kind == BlockKind::items || kind == BlockKind::code ? out + "\n" : out;
}

std::string plain_block(BlockKind kind, const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) {
    const std::string shown = for_terminal(line);
    if (kind == BlockKind::text) out += shown + "\n\n";
    if (kind == BlockKind::heading) out += shown + ":\n";
    if (kind == BlockKind::items) out += "- " + shown + "\n";
    if (kind == BlockKind::code) out += "    " + shown + "\n";
  }
  return kind == BlockKind::items || kind == BlockKind::code ? out + "\n" : out;
}

Json text_node(const std::string& text, bool is_code) {
  Json node = {{"type", "text"}, {"text", text.empty() ? " " : text}};
  if (is_code) node["marks"] = Json::array({{{"type", "code"}}});
  return node;
}

Json paragraph_node(const std::string& line, bool is_code = false) {
  return {{"type", "paragraph"}, {"content", Json::array({text_node(for_terminal(line), is_code)})}};
}

void append_document_block(Json& content, BlockKind kind, const std::vector<std::string>& lines) {
  if (kind == BlockKind::text) {
    for (const std::string& line : lines) content.push_back(paragraph_node(line));
    return;
  }
  if (kind == BlockKind::heading) {
    for (const std::string& line : lines)
      content.push_back({{"type", "heading"}, {"attrs", {{"level", 3}}}, {"content", Json::array({text_node(for_terminal(line), false)})}});
    return;
  }
  Json items = Json::array();
  for (const std::string& line : lines)
    items.push_back({{"type", "listItem"}, {"content", Json::array({paragraph_node(line, kind == BlockKind::code)})}});
  if (!items.empty()) content.push_back({{"type", "bulletList"}, {"content", std::move(items)}});
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

void gather_text(const JsonAnswer& node, std::string& out, int depth) {
  constexpr int kDeepest = 50;
  if (depth > kDeepest || !node.is_object()) return;
  out += text_at(node, "text");
  const auto content = node.find("content");
  if (content != node.end() && content->is_array()) {
    for (const JsonAnswer& child : *content) gather_text(child, out, depth + 1);
  }
  if (const std::string type = text_at(node, "type"); type == "paragraph" || type == "heading") out += '\n';
}

}  // namespace

std::string as_markdown(const TicketText& text) { return written(text, {markdown_block<for_markdown>, comment_line}); }
std::string as_redmine_markdown(const TicketText& text) { return written(text, {markdown_block<redmine_prose>, comment_line}); }
std::string as_textile(const TicketText& text) { return written(text, {textile_block, comment_line}); }
std::string as_jira_wiki(const TicketText& text) { return written(text, {jira_block, bare_line}); }
std::string as_plain(const TicketText& text) { return written(text, {plain_block, bare_line}); }

std::string as_document(const TicketText& text) {
  // Jira counts the characters of a text, not the octets of its JSON, so the blocks are cut as plain text first.
  std::size_t room = text.most - std::min(text.most, text.tail.size() + 200);
  std::size_t left_out = 0;
  Json content = Json::array();
  for (const TicketBlock& block : text.blocks) {
    std::vector<std::string> lines;
    for (const std::string& line : block.lines) {
      const std::size_t cost = for_terminal(line).size() + 1;
      if (left_out > 0 || cost > room) {
        ++left_out;
        continue;
      }
      room -= cost;
      lines.push_back(line);
    }
    append_document_block(content, block.kind, lines);
  }
  if (left_out > 0) content.push_back(paragraph_node(counted(left_out, "more line") + " did not fit here."));
  if (!text.tail.empty()) content.push_back(paragraph_node(text.tail));
  return dumped({{"type", "doc"}, {"version", 1}, {"content", std::move(content)}});
}

std::string text_of_document(std::string_view json) {
  std::string out;
  if (const std::optional<JsonAnswer> document = parsed_answer(json)) gather_text(*document, out, 0);
  return out;
}

std::vector<TicketBlock> paragraph(std::string text) { return {{BlockKind::text, {std::move(text)}}}; }

std::string cut_title(std::string_view title, std::size_t most) {
  std::string line = for_terminal(title);
  const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  if (static_cast<std::size_t>(std::count_if(line.begin(), line.end(), starts_character)) <= most) return line;
  std::size_t end = 0, characters = 0;
  for (; end < line.size(); ++end) {
    if (starts_character(line[end]) && ++characters > most - 3) break;
  }
  return line.substr(0, end) + "...";
}

}  // namespace mainstay
