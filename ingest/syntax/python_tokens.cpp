#include "ingest/syntax/python_tokens.h"

#include <algorithm>
#include <array>

#include "graph/values/ascii.h"
#include "ingest/syntax/utf8.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostBlocks = 100;

bool begins_name(char c) { return is_ascii_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool continues_name(char c) { return begins_name(c) || is_ascii_digit(c); }

/// True for a line that can only begin a statement of the whole file.
bool begins_block(std::string_view line) { return line.starts_with("def ") || line.starts_with("class ") || line.starts_with("import "); }

/// The letters in front of a string that change how it is read.
struct Prefix {
  bool raw = false;
  bool bytes = false;
  bool format = false;
};

class Reader {
 public:
  Reader(std::string_view source, SourceId id, const std::function<void(PythonProblem)>& problem)
      : source_(source), id_(id), problem_(problem) {}

  std::vector<PythonToken> run() {
    if (source_.starts_with("\xef\xbb\xbf")) at_ = 3;
    while (at_ < source_.size()) {
      if (is_line_start_ && brackets_ == 0) {
        indent();
      } else {
        next();
      }
    }
    end_line();
    while (blocks_.size() > 1) close_block();
    return std::move(tokens_);
  }

 private:
  Location span(std::size_t begin, std::size_t end) const {
    return {id_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  void add(PythonTokenKind kind, std::size_t begin, std::size_t end) {
    PythonToken one;
    one.kind = kind;
    one.written = source_.substr(begin, end - begin);
    one.where = span(begin, end);
    tokens_.push_back(std::move(one));
  }
  void end_line() {
    if (!tokens_.empty() && tokens_.back().kind != PythonTokenKind::line_end && tokens_.back().kind != PythonTokenKind::block_end &&
        tokens_.back().kind != PythonTokenKind::block_begin)
      add(PythonTokenKind::line_end, at_, at_);
  }
  void close_block() {
    blocks_.pop_back();
    add(PythonTokenKind::block_end, at_, at_);
  }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

  void indent();
  void next();
  bool take_string();
  std::size_t string_end(std::size_t begin, std::string_view quote) const;
  void read_value(std::string_view inside, const Prefix& prefix, PythonToken& into) const;
  void take_operator();

  std::string_view source_;
  SourceId id_;
  const std::function<void(PythonProblem)>& problem_;
  std::vector<PythonToken> tokens_;
  std::vector<std::size_t> blocks_{0};  // their columns
  std::size_t at_ = 0;
  std::size_t brackets_ = 0;
  bool is_line_start_ = true;
};

void Reader::indent() {
  const std::size_t begin = at_;
  std::size_t column = 0;
  for (; peek() == ' ' || peek() == '\t' || peek() == '\f'; ++at_) column = peek() == '\t' ? column / 8 * 8 + 8 : column + 1;
  is_line_start_ = false;
  if (peek() == '\n' || peek() == '\r' || peek() == '#' || at_ == source_.size()) return;  // a blank line has no indentation
  if (column > blocks_.back()) {
    if (blocks_.size() > kMostBlocks) return;
    blocks_.push_back(column);
    add(PythonTokenKind::block_begin, begin, at_);
    return;
  }
  while (column < blocks_.back()) close_block();
  if (column != blocks_.back())
    problem_({span(begin, at_), "this indentation fits no block that is open", "indent the line as one of the lines above it"});
}

void Reader::next() {
  const char c = peek();
  if (c == '\n') {
    ++at_;
    if (brackets_ > 0 && begins_block(source_.substr(at_))) {
      problem_({span(at_, at_ + 1), "a bracket in front of this line is not closed", "close it on its line"});
      brackets_ = 0;
    }
    if (brackets_ == 0) {
      end_line();
      is_line_start_ = true;
    }
  } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
    ++at_;
  } else if (c == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
    at_ += peek(1) == '\n' ? 2 : 3;
  } else if (c == '#') {
    at_ = std::min(source_.find('\n', at_), source_.size());
  } else if (take_string()) {
    return;
  } else if (begins_name(c)) {
    const std::size_t begin = at_;
    while (continues_name(peek())) ++at_;
    add(PythonTokenKind::name, begin, at_);
  } else if (is_ascii_digit(c) || (c == '.' && is_ascii_digit(peek(1)))) {
    const std::size_t begin = at_;
    while (continues_name(peek()) || peek() == '.') ++at_;
    add(PythonTokenKind::number, begin, at_);
  } else {
    take_operator();
  }
}

void Reader::take_operator() {
  constexpr std::array<std::string_view, 24> kLong = {"**=", "//=", ">>=", "<<=", "...", "==", "!=", "<=", ">=", "->", ":=", "+=",
                                                      "-=",  "*=",  "/=",  "%=",  "&=",  "|=", "^=", "@=", "**", "//", "<<", ">>"};
  const std::string_view rest = source_.substr(at_);
  const auto known = std::find_if(kLong.begin(), kLong.end(), [&](std::string_view one) { return rest.starts_with(one); });
  const std::size_t length = known == kLong.end() ? 1 : known->size();
  const char c = rest.front();
  if (c == '(' || c == '[' || c == '{') ++brackets_;
  if ((c == ')' || c == ']' || c == '}') && brackets_ > 0) --brackets_;
  add(PythonTokenKind::op, at_, at_ + length);
  at_ += length;
}

bool Reader::take_string() {
  std::size_t letters = 0;
  Prefix prefix;
  for (; letters < 2 && is_ascii_letter(peek(letters)); ++letters) {
    const char letter = ascii_lower(peek(letters));
    prefix.raw = prefix.raw || letter == 'r';
    prefix.bytes = prefix.bytes || letter == 'b';
    prefix.format = prefix.format || letter == 'f';
    if (letter != 'r' && letter != 'b' && letter != 'f' && letter != 'u') return false;
  }
  const char quote = peek(letters);
  if (quote != '"' && quote != '\'') return false;
  const std::size_t begin = at_ + letters;
  const std::size_t width = source_.substr(begin, 3) == std::string(3, quote) ? 3 : 1;
  const std::size_t end = string_end(begin + width, source_.substr(begin, width));
  const bool is_closed = source_.substr(end, width) == source_.substr(begin, width);
  if (!is_closed) {
    problem_({span(at_, std::min(end, at_ + 1)), "this string is not closed", "close it with the quotes that open it"});
    brackets_ = 0;  // the bracket that would close behind it is part of it
  }
  add(PythonTokenKind::string, at_, is_closed ? end + width : end);
  read_value(source_.substr(begin + width, end - begin - width), prefix, tokens_.back());
  tokens_.back().is_bytes = prefix.bytes;
  at_ = is_closed ? end + width : end;
  return true;
}

/// Where the closing quotes stand, or where the string ends without them.
std::size_t Reader::string_end(std::size_t begin, std::string_view quote) const {
  for (std::size_t at = begin; at < source_.size(); ++at) {
    if (source_[at] == '\\') {
      ++at;  // in raw strings, too, a backslash keeps a quote from closing
    } else if (source_.substr(at).starts_with(quote) || (source_[at] == '\n' && quote.size() == 1)) {
      return at;
    }
  }
  return source_.size();
}

/// The bracket that closes a replacement field of an f-string; npos when none does.
std::size_t field_end(std::string_view inside, std::size_t begin) {
  std::size_t depth = 0;
  for (std::size_t at = begin; at < inside.size(); ++at) {
    if (inside[at] == '{' || inside[at] == '[' || inside[at] == '(') ++depth;
    if (inside[at] == ')' || inside[at] == ']') depth -= depth > 0 ? 1 : 0;
    if (inside[at] == '}') {
      if (depth == 0) return at;
      --depth;
    }
  }
  return std::string_view::npos;
}

/// Where the expression of a replacement field ends: at its conversion, its format or its "=".
std::size_t expression_end(std::string_view field) {
  std::size_t depth = 0;
  char quote = '\0';
  for (std::size_t at = 0; at < field.size(); ++at) {
    const char c = field[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      continue;
    }
    if (c == '"' || c == '\'') quote = c;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && depth > 0) --depth;
    if (depth > 0) continue;
    const char next = at + 1 < field.size() ? field[at + 1] : '\0';
    if (c == ':' || (c == '!' && next != '=') || (c == '=' && next == '\0')) return at;
  }
  return field.size();
}

/// What one escape stands for, and how many octets it takes behind the backslash.
std::pair<std::string, std::size_t> escape(std::string_view rest) {
  const auto number = [&](std::size_t digits) -> std::pair<std::string, std::size_t> {
    char32_t point = 0;
    std::size_t at = 1;
    for (; at <= digits && at < rest.size(); ++at) {
      const char c = ascii_lower(rest[at]);
      if (!is_ascii_digit(c) && (c < 'a' || c > 'f')) break;
      point = point * 16 + static_cast<char32_t>(is_ascii_digit(c) ? c - '0' : c - 'a' + 10);
    }
    if (at != digits + 1) return {"\\", 0};
    std::string out;
    append_utf8(out, static_cast<unsigned>(point));
    return {out, at};
  };
  switch (rest.empty() ? '\0' : rest.front()) {
    case '\n': return {"", 1};
    case 'n': return {"\n", 1};
    case 't': return {"\t", 1};
    case 'r': return {"\r", 1};
    case '\\': return {"\\", 1};
    case '\'': return {"'", 1};
    case '"': return {"\"", 1};
    case 'x': return number(2);
    case 'u': return number(4);
    case 'U': return number(8);
    default: return {"\\", 0};  // an escape that is none stands for itself
  }
}

void Reader::read_value(std::string_view inside, const Prefix& prefix, PythonToken& into) const {
  Text& value = into.value;
  std::string known;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    const char c = inside[at];
    if (c == '\\' && !prefix.raw) {
      const auto [text, length] = escape(inside.substr(at + 1));
      known += text;
      at += length;
    } else if (prefix.format && (c == '{' || c == '}')) {
      const bool is_doubled = at + 1 < inside.size() && inside[at + 1] == c;
      const std::size_t end = is_doubled || c == '}' ? std::string_view::npos : field_end(inside, at + 1);
      if (end == std::string_view::npos) {
        known += c;
        at += is_doubled ? 1 : 0;
        continue;
      }
      value.append(known);
      known.clear();
      const std::string_view field = inside.substr(at + 1, end - at - 1);
      const std::string_view expression = field.substr(0, expression_end(field));
      value.append(Hole{std::string(expression.substr(0, 80)), {}});
      into.fields.push_back(expression);
      at = end;
    } else {
      known += c;
    }
  }
  value.append(known);
}

}  // namespace

std::vector<PythonToken> python_tokens(std::string_view source, SourceId id, const std::function<void(PythonProblem)>& problem) {
  return Reader(source, id, problem).run();
}

}  // namespace mainstay
