#include "ingest/syntax/script_tokens.h"

#include <algorithm>
#include <array>
#include <optional>

#include "graph/values/ascii.h"
#include "ingest/syntax/script_literal.h"

namespace mainstay {
namespace {

using Kind = ScriptTokenKind;
using Lexicon = ScriptLexicon;

bool begins_name(char c) { return is_ascii_letter(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80; }
bool continues_name(char c) { return begins_name(c) || is_ascii_digit(c); }

/// What the tokens at a place are part of.
enum class Inside : std::uint8_t {
  code,      // of a field in a text or an element: a brace may close it
  text,      // a text with fields
  tag,       // <a href="x" ...>
  children,  // what stands between two tags
  closing    // </a>
};

struct Layer {
  Inside inside = Inside::code;
  std::size_t brackets = 0;  // "(" that were open before it
  std::size_t braces = 0;    // that are open in it
  ScriptText text;           // of a text
};

class Reader {
 public:
  Reader(std::string_view source, Lexicon lexicon, SourceId id, const std::function<void(ScriptProblem)>& problem)
      : source_(source), lexicon_(lexicon), id_(id), problem_(problem) {}

  std::vector<ScriptToken> run() {
    if (source_.starts_with("\xef\xbb\xbf")) at_ = 3;
    if (source_.substr(at_).starts_with("#!")) at_ = std::min(source_.find('\n', at_), source_.size());
    while (at_ < source_.size()) {
      const Inside inside = layers_.empty() ? Inside::code : layers_.back().inside;
      switch (inside) {
        case Inside::code: next(); break;
        case Inside::text: text_part(Kind::text_middle, at_); break;
        case Inside::tag: tag(); break;
        case Inside::children: children(); break;
        case Inside::closing: closing(); break;
      }
    }
    end_line();
    if (!layers_.empty()) problem_({span(source_.size(), source_.size()), "a text or an element is not closed", "close it where it ends"});
    return std::move(tokens_);
  }

 private:
  bool is_javascript() const { return lexicon_ == Lexicon::javascript || lexicon_ == Lexicon::jsx; }
  Location span(std::size_t begin, std::size_t end) const {
    return {id_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }
  std::string_view rest() const { return source_.substr(at_); }

  void add(Kind kind, std::size_t begin, std::size_t end, std::string value = {}) {
    tokens_.push_back({.kind = kind,
                       .written = source_.substr(begin, end - begin),
                       .value = std::move(value),
                       .starts_line = is_line_start_,
                       .where = span(begin, end)});
    is_line_start_ = false;
  }
  void add_mark(std::string_view mark) {
    tokens_.push_back({.kind = Kind::op, .written = mark, .value = {}, .starts_line = is_line_start_, .where = span(at_, at_ + 1)});
    is_line_start_ = false;
  }

  void end_line();
  void next();
  bool take_blank();
  bool take_comment();
  bool take_text();
  bool take_pattern();
  bool take_element();
  void take_operator();
  void text_part(Kind kind, std::size_t begin);
  void end_field();
  void tag();
  void children();
  void closing();
  bool is_operand_next() const;

  std::string_view source_;
  Lexicon lexicon_;
  SourceId id_;
  const std::function<void(ScriptProblem)>& problem_;
  std::vector<ScriptToken> tokens_;
  std::vector<Layer> layers_;
  std::vector<bool> heads_;  // of the brackets "(" that are open: whether one is the head of an `if` and the like
  bool was_head_ = false;
  std::size_t at_ = 0;
  bool is_line_start_ = true;
};

/// The semicolon that Go has at the end of a line.
void Reader::end_line() {
  if (lexicon_ != Lexicon::go || tokens_.empty()) return;
  const ScriptToken& last = tokens_.back();
  constexpr std::array<std::string_view, 6> kEnds = {")", "]", "}", "++", "--", "..."};
  const bool ends = last.kind != Kind::op || std::find(kEnds.begin(), kEnds.end(), last.written) != kEnds.end();
  constexpr auto kOpen = std::to_array<std::string_view>({"case", "chan",   "const",  "default", "defer",  "else",      "for",
                                                          "func", "go",     "goto",   "if",      "import", "package",   "range",
                                                          "type", "select", "struct", "switch",  "var",    "interface", "map"});
  const bool is_keyword = last.kind == Kind::name && std::find(kOpen.begin(), kOpen.end(), last.written) != kOpen.end();
  if (ends && !is_keyword) add_mark(";");
}

bool Reader::take_blank() {
  const char c = peek();
  if (c == '\n') {
    end_line();
    is_line_start_ = true;
  } else if (c != ' ' && c != '\t' && c != '\r' && c != '\f' && c != '\v') {
    return false;
  }
  ++at_;
  return true;
}

bool Reader::take_comment() {
  if (peek() == '/' && peek(1) == '/') {
    at_ = std::min(source_.find('\n', at_), source_.size());
    return true;
  }
  if (peek() == '#' && lexicon_ == Lexicon::csharp && is_line_start_) {
    at_ = std::min(source_.find('\n', at_), source_.size());
    return true;
  }
  if (peek() != '/' || peek(1) != '*') return false;
  const std::size_t end = source_.find("*/", at_ + 2);
  if (end == std::string_view::npos) problem_({span(at_, at_ + 2), "this comment is not closed", "close it with */"});
  const std::string_view inside = source_.substr(at_, end == std::string_view::npos ? end : end - at_);
  if (inside.find('\n') != std::string_view::npos) {
    end_line();
    is_line_start_ = true;
  }
  at_ = end == std::string_view::npos ? source_.size() : end + 2;
  return true;
}

void Reader::next() {
  if (take_blank() || take_comment()) return;
  if (!layers_.empty() && peek() == '}' && layers_.back().braces == 0) return end_field();
  if (!layers_.empty() && lexicon_ == Lexicon::csharp && peek() == ':' && peek(1) != ':' && layers_.back().braces == 0 &&
      heads_.size() <= layers_.back().brackets)
    return end_field();  // what follows says how it is written
  if (take_text() || take_pattern() || take_element()) return;
  const char c = peek();
  const std::size_t begin = at_;
  const bool is_marked = (c == '#' && is_javascript()) || (c == '@' && lexicon_ == Lexicon::csharp);
  if (begins_name(c) || (is_marked && begins_name(peek(1)))) {
    ++at_;
    while (continues_name(peek())) ++at_;
    add(Kind::name, begin, at_);
  } else if (is_ascii_digit(c) || (c == '.' && is_ascii_digit(peek(1)))) {
    while (continues_name(peek()) || (peek() == '.' && is_ascii_digit(peek(1)))) ++at_;
    add(Kind::number, begin, at_);
  } else {
    take_operator();
  }
}

/// Whether an operand may stand here, so that a slash begins a pattern and "<" an element.
bool Reader::is_operand_next() const {
  if (tokens_.empty()) return true;
  const ScriptToken& last = tokens_.back();
  if (last.kind == Kind::op) return last.written == ")" ? was_head_ : last.written != "]" && last.written != "++" && last.written != "--";
  constexpr std::array<std::string_view, 15> kWords = {"return", "typeof", "case", "in",    "of",    "delete",     "void",   "throw",
                                                       "new",    "else",   "do",   "await", "yield", "instanceof", "default"};
  if (last.kind == Kind::name) return std::find(kWords.begin(), kWords.end(), last.written) != kWords.end();
  return last.kind == Kind::text_begin || last.kind == Kind::text_middle;
}

bool Reader::take_pattern() {
  if (!is_javascript() || peek() != '/' || !is_operand_next()) return false;
  bool in_class = false;
  for (std::size_t end = at_ + 1; end < source_.size() && source_[end] != '\n'; ++end) {
    const char c = source_[end];
    if (c == '\\') {
      ++end;
    } else if (c == '[' || c == ']') {
      in_class = c == '[';
    } else if (c == '/' && !in_class) {
      const std::size_t begin = at_;
      at_ = end + 1;
      while (is_ascii_letter(peek())) ++at_;
      add(Kind::pattern, begin, at_, std::string(source_.substr(begin + 1, end - begin - 1)));
      return true;
    }
  }
  return false;
}

bool Reader::take_text() {
  const std::optional<ScriptText> text = script_text(rest(), lexicon_);
  if (!text) return false;
  const std::size_t begin = at_;
  at_ += text->opening;
  if (text->has_fields) {
    layers_.push_back({.inside = Inside::text, .brackets = heads_.size(), .text = *text});
    text_part(Kind::text_begin, begin);
    return true;
  }
  const ScriptTextPart part = read_text_part(source_, at_, *text);
  if (part.end == TextEnd::open)
    problem_({span(begin, std::min(begin + 1, source_.size())), "this string is not closed", "close it with the quotes that open it"});
  at_ = part.behind;
  add(Kind::string, begin, at_, part.value);
  return true;
}

/// One part of a text, up to a field or to its end. A text without any field is a string.
void Reader::text_part(Kind kind, std::size_t begin) {
  const ScriptText text = layers_.back().text;
  const ScriptTextPart part = read_text_part(source_, at_, text);
  at_ = part.behind;
  if (part.end == TextEnd::field) {
    add(kind, begin, at_, part.value);
    layers_.push_back({.inside = Inside::code, .brackets = heads_.size(), .text = {}});
    return;
  }
  if (part.end == TextEnd::open)
    problem_({span(begin, std::min(begin + 1, source_.size())), "this text is not closed", "close it with the quotes that open it"});
  add(kind == Kind::text_begin ? Kind::string : Kind::text_end, begin, at_, part.value);
  layers_.pop_back();
}

/// The end of what stands in the braces of a text or an element.
void Reader::end_field() {
  const std::size_t begin = at_;
  if (peek() == ':') at_ = std::min(source_.find_first_of("}\n", at_), source_.size());
  if (peek() == '}') ++at_;
  layers_.pop_back();
  if (layers_.empty()) return;
  if (layers_.back().inside == Inside::text) {
    text_part(Kind::text_middle, begin);
  } else {
    tokens_.push_back({.kind = Kind::op, .written = ",", .value = {}, .where = span(begin, at_)});
  }
}

/// <a ...> where an operand is expected: not the "<" of a comparison, nor that of a list of types.
bool Reader::take_element() {
  if (lexicon_ != Lexicon::jsx || peek() != '<' || !is_operand_next()) return false;
  std::size_t end = at_ + 1;
  if (end >= source_.size() || (!is_ascii_letter(source_[end]) && source_[end] != '_' && source_[end] != '>')) return false;
  while (end < source_.size() && (continues_name(source_[end]) || source_[end] == '.' || source_[end] == '-' || source_[end] == ':')) ++end;
  const std::string_view behind = source_.substr(end);
  if (behind.starts_with(",") || behind.starts_with(" extends") || behind.starts_with(" =")) return false;
  if (behind.starts_with(">(") && end > at_ + 1) return false;  // a function with a type of its own
  add_mark("[");
  at_ = end;
  layers_.push_back({.inside = Inside::tag, .text = {}});
  return true;
}

void Reader::tag() {
  const char c = peek();
  if (c == '{') {
    ++at_;
    layers_.push_back({.inside = Inside::code, .brackets = heads_.size(), .text = {}});
  } else if (c == '"' || c == '\'') {
    at_ = std::min(source_.find(c, at_ + 1), source_.size() - 1) + 1;
  } else if (c == '/' && peek(1) == '>') {
    layers_.pop_back();
    add_mark("]");
    at_ += 2;
    if (!layers_.empty() && layers_.back().inside == Inside::children) add_mark(",");
  } else if (c == '>') {
    layers_.back().inside = Inside::children;
    ++at_;
  } else {
    ++at_;
  }
}

void Reader::children() {
  const char c = peek();
  if (c == '{') {
    ++at_;
    layers_.push_back({.inside = Inside::code, .brackets = heads_.size(), .text = {}});
  } else if (c == '<' && peek(1) == '/') {
    layers_.back().inside = Inside::closing;
    at_ += 2;
  } else if (c == '<') {
    add_mark("[");
    ++at_;
    layers_.push_back({.inside = Inside::tag, .text = {}});
  } else {
    at_ = std::min(source_.find_first_of("{<", at_ + 1), source_.size());
  }
}

void Reader::closing() {
  at_ = std::min(source_.find('>', at_), source_.size() - 1) + 1;
  layers_.pop_back();
  add_mark("]");
  if (!layers_.empty() && layers_.back().inside == Inside::children) add_mark(",");
}

void Reader::take_operator() {
  constexpr std::array<std::string_view, 31> kLong = {
      "===", "!==", "**=", "<<=", "&&=", "||=", "?\?=", "...", "=>", "==", "!=", "<=", ">=", "&&", "||", "??",
      "?.",  "++",  "--",  "+=",  "-=",  "*=",  "/=",   "%=",  "&=", "|=", "^=", "**", "<<", "->", "::"};
  constexpr std::array<std::string_view, 3> kGo = {":=", "<-", "&^"};
  const auto begins = [&](std::string_view one) { return rest().starts_with(one); };
  std::size_t length = 1;
  if (const auto known = std::find_if(kLong.begin(), kLong.end(), begins); known != kLong.end()) length = known->size();
  if (lexicon_ == Lexicon::go && std::any_of(kGo.begin(), kGo.end(), begins)) length = 2;
  if (begins("?.") && is_ascii_digit(peek(2))) length = 1;
  const char c = peek();
  if (c == '(') {
    constexpr std::array<std::string_view, 4> kHeads = {"if", "while", "for", "with"};
    heads_.push_back(!tokens_.empty() && std::find(kHeads.begin(), kHeads.end(), tokens_.back().written) != kHeads.end());
  }
  if (c == ')' && !heads_.empty()) {
    was_head_ = heads_.back();
    heads_.pop_back();
  }
  if (!layers_.empty() && c == '{') ++layers_.back().braces;
  if (!layers_.empty() && c == '}' && layers_.back().braces > 0) --layers_.back().braces;
  add(Kind::op, at_, at_ + length);
  at_ += length;
}

}  // namespace

std::vector<ScriptToken> script_tokens(std::string_view source, ScriptLexicon lexicon, SourceId id,
                                       const std::function<void(ScriptProblem)>& problem) {
  return Reader(source, lexicon, id, problem).run();
}

bool is_minified(std::string_view source) {
  constexpr std::size_t kLeast = 8'000;    // octets
  constexpr std::size_t kLongLines = 400;  // octets of a line, on average
  if (source.size() < kLeast) return false;
  const auto lines = static_cast<std::size_t>(std::count(source.begin(), source.end(), '\n')) + 1;
  return source.size() / lines > kLongLines;
}

}  // namespace mainstay
