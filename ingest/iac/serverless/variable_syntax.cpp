#include "ingest/iac/serverless/variable_syntax.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace mainstay::serverless {
namespace {

constexpr int kMaxDepth = 50;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

class Parser {
 public:
  Parser(std::string_view text, const VariableMarks& marks) : text_(text), marks_(marks) {}

  VariableText parse() { return text_until({}, 0).value_or(VariableText()); }

 private:
  bool starts_with(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
  }

  static void add_plain(VariableText& out, std::string_view plain) {
    if (plain.empty()) return;
    if (out.parts.empty() || !out.parts.back().variable.empty()) out.parts.emplace_back();
    out.parts.back().plain += plain;
  }

  /// Whether a variable begins here: a name, and behind it a colon that stands alone or a parenthesis.
  bool is_variable() const {
    if (!starts_with(marks_.open)) return false;
    std::size_t i = at_ + marks_.open.size();
    while (i < text_.size() && text_[i] == ' ') ++i;
    const std::size_t begin = i;
    while (i < text_.size() && is_name(text_[i])) ++i;
    if (i == begin || i == text_.size()) return false;
    if (text_[i] == '(') return true;
    return text_[i] == ':' && (i + 1 >= text_.size() || text_[i + 1] != ':');
  }

  /// Reads up to one of the characters, which is not taken; nothing when the text ends before. Without any, the rest.
  std::optional<VariableText> text_until(std::string_view ends, int depth) {
    VariableText out;
    while (at_ < text_.size()) {
      if (ends.find(text_[at_]) != std::string_view::npos || (!ends.empty() && starts_with(marks_.close))) return out;
      if (starts_with("\\${")) {  // not a variable, but what one looks like
        add_plain(out, "${");
        at_ += 3;
      } else if (is_variable()) {
        const std::size_t begin = at_;
        std::optional<Variable> variable = depth < kMaxDepth ? this->variable(depth) : std::nullopt;
        if (!variable) {
          if (!ends.empty()) return std::nullopt;
          add_plain(out, text_.substr(begin));
          at_ = text_.size();
          return out;
        }
        out.parts.emplace_back();
        out.parts.back().variable.push_back(*std::move(variable));
      } else {
        add_plain(out, text_.substr(at_, 1));
        ++at_;
      }
    }
    return ends.empty() ? std::optional(std::move(out)) : std::nullopt;
  }

  std::optional<Variable> variable(int depth) {
    at_ += marks_.open.size();
    const std::size_t begin = at_;
    Variable made;
    while (true) {
      skip_blanks();
      std::optional<VariableSource> source = this->source(depth + 1);
      if (!source) return std::nullopt;
      made.sources.push_back(*std::move(source));
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
      } else if (starts_with(marks_.close)) {
        break;
      } else {
        return std::nullopt;
      }
    }
    made.written = text_.substr(begin, at_ - begin);
    at_ += marks_.close.size();
    return made;
  }

  std::optional<VariableSource> source(int depth) {
    VariableSource made;
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) {
      const char quote = text_[at_++];
      std::optional<VariableText> inside = quoted(quote, depth);
      if (!inside) return std::nullopt;
      made.address = *std::move(inside);
      made.is_quoted = true;
      return made;
    }
    std::size_t end = at_;
    while (end < text_.size() && is_name(text_[end])) ++end;
    const bool is_source = end > at_ && end < text_.size() && (text_[end] == ':' || text_[end] == '(');
    if (is_source) {
      made.type = text_.substr(at_, end - at_);
      at_ = end;
      if (text_[at_] == '(' && !take_parameter(made, depth)) return std::nullopt;
      if (at_ >= text_.size() || text_[at_] != ':') return made;
      ++at_;
    }
    std::optional<VariableText> address = text_until(",", depth);
    if (!address) return std::nullopt;
    made.address = trimmed(*std::move(address));
    return made;
  }

  bool take_parameter(VariableSource& made, int depth) {
    ++at_;
    skip_blanks();
    const bool is_quoted = at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"');
    std::optional<VariableText> parameter = is_quoted ? quoted(text_[at_++], depth) : text_until(")", depth);
    skip_blanks();
    if (!parameter || at_ >= text_.size() || text_[at_] != ')') return false;
    ++at_;
    made.parameter = trimmed(*std::move(parameter));
    return true;
  }

  /// Inside quotes only the quote ends, and variables are read all the same.
  std::optional<VariableText> quoted(char quote, int depth) {
    VariableText out;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (is_variable() && depth < kMaxDepth) {
        std::optional<Variable> variable = this->variable(depth);
        if (!variable) return std::nullopt;
        out.parts.emplace_back();
        out.parts.back().variable.push_back(*std::move(variable));
        continue;
      }
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      add_plain(out, text_.substr(at_++, 1));
    }
    if (at_ >= text_.size()) return std::nullopt;
    ++at_;
    return out;
  }

  static VariableText trimmed(VariableText text) {
    while (!text.parts.empty() && text.parts.back().variable.empty()) {
      std::string& plain = text.parts.back().plain;
      while (plain.ends_with(' ') || plain.ends_with('\n')) plain.pop_back();
      if (!plain.empty()) break;
      text.parts.pop_back();
    }
    if (!text.parts.empty() && text.parts.front().variable.empty()) {
      std::string& plain = text.parts.front().plain;
      plain.erase(0, std::min(plain.find_first_not_of(" \n"), plain.size()));
    }
    return text;
  }

  std::string_view text_;
  const VariableMarks& marks_;
  std::size_t at_ = 0;
};

}  // namespace

bool VariableText::has_variables() const {
  return std::any_of(parts.begin(), parts.end(), [](const Part& part) { return !part.variable.empty(); });
}

std::string VariableText::plain() const { return parts.size() == 1 && parts[0].variable.empty() ? parts[0].plain : std::string(); }

VariableText parse_variables(std::string_view text, const VariableMarks& marks) { return Parser(text, marks).parse(); }

}  // namespace mainstay::serverless
