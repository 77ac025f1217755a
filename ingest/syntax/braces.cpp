#include "ingest/syntax/braces.h"

#include <algorithm>
#include <utility>

#include "ingest/syntax/lua.h"

namespace mainstay {
namespace {

constexpr std::size_t kMaxDepth = 100;

enum class TokenKind : std::uint8_t { word, open, close, end_of_statement, end_of_text };

struct Token {
  TokenKind kind = TokenKind::end_of_text;
  BraceWord word;
};

class Lexer {
 public:
  Lexer(const BraceInput& input, Diagnostics& problems) : input_(input), text_(input.text), problems_(problems) {}

  Token next() {
    const bool ended_line = skip_blanks();
    if (ended_line && !lines_are_free()) return {TokenKind::end_of_statement, {}};
    if (at_ >= text_.size()) return {TokenKind::end_of_text, {}};
    const char c = text_[at_];
    if (c == ';' && lines_are_free()) return mark(TokenKind::end_of_statement);
    if (c == '{' && opens_block()) return mark(TokenKind::open);
    if (c == '}') return mark(TokenKind::close);
    if (c == '"' || (c == '\'' && input_.dialect == BraceDialect::nginx)) return quoted(c);
    return bare();
  }

  /// Passes a program of Lua to its closing brace; false when there is none, and nothing is passed.
  bool skip_lua() {
    const std::size_t end = end_of_lua_block(text_, at_);
    if (end == std::string_view::npos) return false;
    at_ = end + 1;
    return true;
  }

  void report(Location where, std::string message, std::string hint) {
    problems_.error(input_.source, where, std::move(message), std::move(hint));
  }

 private:
  bool lines_are_free() const { return input_.dialect != BraceDialect::corefile; }
  bool is_blank(char c) const { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

  /// Passes white space and comments; true when a line ended among them.
  bool skip_blanks() {
    bool ended_line = false;
    while (at_ < text_.size()) {
      if (text_[at_] == '#' || (input_.dialect == BraceDialect::bind && text_.substr(at_).starts_with("//"))) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (input_.dialect == BraceDialect::bind && text_.substr(at_).starts_with("/*")) {
        skip_long_comment();
      } else if (is_blank(text_[at_])) {
        ended_line = ended_line || text_[at_] == '\n';
        ++at_;
      } else {
        break;
      }
    }
    return ended_line;
  }

  void skip_long_comment() {
    const std::size_t close = text_.find("*/", at_ + 2);
    if (close == std::string_view::npos)
      report(input_.map.where(at_, at_ + 2), "a comment is never closed", "the rest of the file is part of it");
    at_ = close == std::string_view::npos ? text_.size() : close + 2;
  }

  /// In a Corefile a brace opens a block only as a word of its own: `{$ENV}` and `{1}` are parts of words.
  bool opens_block() const { return lines_are_free() || at_ + 1 >= text_.size() || is_blank(text_[at_ + 1]) || text_[at_ + 1] == '#'; }

  Token mark(TokenKind kind) {
    const std::size_t begin = at_++;
    return {kind, {std::string(text_.substr(begin, 1)), input_.map.where(begin, at_), false}};
  }

  Token quoted(char quote) {
    const std::size_t begin = ++at_;
    std::string decoded;
    while (at_ < text_.size() && text_[at_] != quote) {
      const bool escapes =
          text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == quote || (lines_are_free() && text_[at_ + 1] == '\\'));
      if (escapes) ++at_;
      decoded += text_[at_++];
    }
    if (at_ >= text_.size()) {
      // The quote was surely meant to end on its line: the rest of the text is read as usual.
      at_ = std::min(text_.find('\n', begin), text_.size());
      report(input_.map.where(begin - 1, begin), "a quote is not closed", "it is read as if it ended with its line");
      return {TokenKind::word, {std::string(text_.substr(begin, at_ - begin)), input_.map.where(begin, at_), true}};
    }
    const std::size_t end = at_++;
    return {TokenKind::word, {std::move(decoded), input_.map.where(begin, end), true}};
  }

  Token bare() {
    const std::size_t begin = at_;
    std::size_t inner = 0;  // open braces of placeholders inside the word
    while (at_ < text_.size() && !is_blank(text_[at_])) {
      const char c = text_[at_];
      if (lines_are_free() && (c == ';' || c == '{') && !(c == '{' && at_ > begin && text_[at_ - 1] == '$')) break;
      if (c == '{') ++inner;
      if (c == '}') {
        if (inner == 0) break;
        --inner;
      }
      if (c == '\\' && lines_are_free() && at_ + 1 < text_.size()) ++at_;
      ++at_;
    }
    at_ = std::max(at_, begin + 1);
    return {TokenKind::word, {std::string(text_.substr(begin, at_ - begin)), input_.map.where(begin, at_), false}};
  }

  BraceInput input_;
  std::string_view text_;
  Diagnostics& problems_;
  std::size_t at_ = 0;
};

class Parser {
 public:
  Parser(const BraceInput& input, Diagnostics& problems) : lexer_(input, problems) { open_.emplace_back(); }

  std::vector<BraceStatement> read() {
    for (Token token = lexer_.next(); token.kind != TokenKind::end_of_text; token = lexer_.next()) take(std::move(token));
    finish_statement();
    while (open_.size() > 1) {
      lexer_.report(open_.back().brace, "this brace is never closed", "it is read as if it ended with the file");
      close();
    }
    return std::move(open_.back().statements);
  }

 private:
  struct Block {
    std::vector<BraceStatement> statements;
    BraceStatement current;  // the statement around this block, or being read in it
    Location brace;
  };

  void take(Token token) {
    switch (token.kind) {
      case TokenKind::word:
        if (too_deep_ == 0) open_.back().current.words.push_back(std::move(token.word));
        break;
      case TokenKind::end_of_statement:
        if (!goes_on()) finish_statement();
        break;
      case TokenKind::open: open(token.word.where); break;
      case TokenKind::close:
        if (too_deep_ > 0) {
          --too_deep_;
        } else if (open_.size() == 1) {
          finish_statement();
          lexer_.report(token.word.where, "this closing brace has no opening one", "it is passed over");
        } else {
          finish_statement();
          close();
        }
        break;
      case TokenKind::end_of_text: break;
    }
  }

  void open(Location brace) {
    if (too_deep_ > 0 || open_.size() > kMaxDepth) {
      if (too_deep_++ == 0) lexer_.report(brace, "blocks are nested deeper than 100 levels", "this block is not read");
      return;
    }
    BraceStatement& current = open_.back().current;
    if (current.name().ends_with("_by_lua_block") && lexer_.skip_lua()) {
      current.has_block = true;
      return finish_statement();
    }
    open_.emplace_back().brace = brace;
  }

  void close() {
    std::vector<BraceStatement> inner = std::move(open_.back().statements);
    const Location brace = open_.back().brace;
    open_.pop_back();
    BraceStatement& current = open_.back().current;
    current.block = std::move(inner);
    current.has_block = true;
    if (current.words.empty()) current.where = brace;
    finish_statement();
  }

  /// In a Corefile a list of zones goes on behind a comma at the end of a line.
  bool goes_on() const {
    const std::vector<BraceWord>& words = open_.back().current.words;
    return open_.size() == 1 && !words.empty() && words.back().text.ends_with(',');
  }

  void finish_statement() {
    BraceStatement& current = open_.back().current;
    if (current.words.empty() && !current.has_block) return;
    if (!current.words.empty()) {
      current.where = current.words.front().where;
      current.where.end = std::max(current.where.end, current.words.back().where.end);
    }
    open_.back().statements.push_back(std::exchange(current, {}));
  }

  Lexer lexer_;
  std::vector<Block> open_;
  std::size_t too_deep_ = 0;
};

}  // namespace

std::vector<BraceStatement> read_braces(const BraceInput& input, Diagnostics& problems) { return Parser(input, problems).read(); }

}  // namespace mainstay
