#include "tests/render/read_back.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace mainstay {
namespace {

void put_back(std::string& text, std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t taken = 1;
    std::string_view into = std::string_view(text).substr(at, 1);
    for (const auto& [from, to] : pairs) {
      if (std::string_view(text).substr(at).starts_with(from)) {
        taken = from.size();
        into = to;
        break;
      }
    }
    out += into;
    at += taken;
  }
  text = std::move(out);
}

void collect(const nlohmann::json& value, std::string& out) {
  if (value.is_string()) out += value.get<std::string>() + "\n";
  if (value.is_object()) {
    for (const auto& member : value.items()) {
      out += member.key() + "\n";
      collect(member.value(), out);
    }
  }
  if (value.is_array()) {
    for (const nlohmann::json& item : value) collect(item, out);
  }
}

}  // namespace

std::vector<std::vector<std::string>> csv_rows(std::string_view text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool is_quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string& cell = rows.back().back();
    if (is_quoted && text.substr(at).starts_with("\"\"")) {
      cell += text[at++];
    } else if (text[at] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && text[at] == ',') {
      rows.back().emplace_back();
    } else if (!is_quoted && text.substr(at).starts_with("\r\n")) {
      rows.push_back({""});
      ++at;
    } else {
      cell += text[at];
    }
  }
  rows.pop_back();
  return rows;
}

std::string json_strings(const std::string& text) {
  std::string out;
  collect(nlohmann::json::parse(text), out);
  return out;
}

std::string without_entities(std::string text) {
  put_back(text, {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}});
  return text;
}

std::string without_markdown_escapes(std::string text) {
  put_back(text, {{"<span>", ""}, {"</span>", ""}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"\\\\", "\\"}, {"\\`", "`"},
                  {"\\*", "*"},   {"\\~", "~"},    {"\\_", "_"},   {"\\{", "{"},  {"\\}", "}"},  {"\\[", "["},   {"\\]", "]"},
                  {"\\|", "|"},   {"\\^", "^"},    {"\\-", "-"},   {"\\+", "+"},  {"\\=", "="},  {"\\.", "."},   {"\\)", ")"}});
  return text;
}

std::string markup_of(std::string_view text) {
  const auto run_at = [&](std::size_t at) {
    const std::size_t end = text.find_first_not_of('`', at);
    return std::min(end, text.size()) - at;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
      continue;
    }
    const std::size_t run = text[at] == '`' ? run_at(at) : 0;
    std::size_t close = run == 0 ? text.npos : at + run;
    while (close < text.size() && run_at(close) != run) close = text.find('`', close + std::max<std::size_t>(1, run_at(close)));
    if (close >= text.size()) {
      out += text[at];
    } else {
      at = close + run - 1;
    }
  }
  return out;
}

std::string without_codes(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text[at] == '#' ? text.find(';', at) : text.npos;
    if (end == text.npos) {
      out += text[at];
    } else {
      out += static_cast<char>(std::stoi(text.substr(at + 1, end - at - 1)));
      at = end;
    }
  }
  return out;
}

std::string without_percent_codes(std::string text) {
  put_back(text, {{"%25", "%"}, {"%3A", ":"}, {"%2C", ","}, {"%0A", "\n"}, {"%0D", "\r"}});
  return text;
}

}  // namespace mainstay
