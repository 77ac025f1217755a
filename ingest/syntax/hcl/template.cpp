// Templates: quoted strings and here documents, with their sequences `${ }` and `%{ }`.
#include <algorithm>
#include <limits>
#include <utility>

#include "ingest/syntax/hcl/parser.h"

namespace mainstay::hcl {
namespace {

using Piece = TemplatePiece;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'; }

void trim_left(std::string& text) { text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_blank)); }
void trim_right(std::string& text) { text.erase(std::find_if_not(text.rbegin(), text.rend(), is_blank).base(), text.end()); }

std::size_t indentation(const std::string& line) {
  return static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_blank) - line.begin());
}

/// Takes the smallest indentation away from every line of an indented here document. Blank lines do not count.
void remove_indentation(std::vector<Piece>& pieces) {
  std::size_t smallest = std::numeric_limits<std::size_t>::max();
  std::vector<std::string*> lines;
  bool begins_line = true;
  for (Piece& piece : pieces) {
    const bool literal = piece.kind == Piece::Kind::literal;
    if (begins_line) {
      std::string& text = piece.node.text;
      const std::size_t indent = literal ? indentation(text) : 0;
      if (!literal || indent < text.size() || !text.ends_with('\n')) {
        smallest = std::min(smallest, indent);
        if (literal) lines.push_back(&text);
      }
    }
    begins_line = literal && piece.node.text.ends_with('\n');
  }
  for (std::string* line : lines) line->erase(0, std::min(smallest, line->size()));
}

std::string_view marker_of_line(std::string_view line) {
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  return line;
}

void encode(char32_t code, std::string& into) {
  const auto put = [&](char32_t octet) { into += static_cast<char>(static_cast<unsigned char>(octet)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | (code >> 6)), put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12)), put(0x80 | ((code >> 6) & 0x3f)), put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | (code >> 18)), put(0x80 | ((code >> 12) & 0x3f)), put(0x80 | ((code >> 6) & 0x3f)), put(0x80 | (code & 0x3f));
  }
}

}  // namespace

/// Reads one escape sequence behind its backslash. A bad one is reported and kept as written: the rest of the string is still known.
void Parser::escape(std::string& into) {
  const std::size_t begin = cursor_.offset() - 1;
  const char kind = cursor_.peek();
  switch (kind) {
    case 'n': into += '\n', cursor_.advance(); return;
    case 'r': into += '\r', cursor_.advance(); return;
    case 't': into += '\t', cursor_.advance(); return;
    case '"':
    case '\\': into += kind, cursor_.advance(); return;
    default: break;
  }
  if (kind == 'u' || kind == 'U') {
    const std::size_t digits = kind == 'u' ? 4 : 8;
    char32_t code = 0;
    std::size_t read = 0;
    for (cursor_.advance(); read < digits; ++read, cursor_.advance()) {
      const char c = cursor_.peek();
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) break;
      code = code * 16 + static_cast<char32_t>(digit);
    }
    if (read == digits && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return encode(code, into);
  }
  into += source_.bytes().substr(begin, cursor_.offset() - begin);
  problems_.error(source_, range(begin, std::max<std::size_t>(cursor_.offset(), begin + 1)), "not a known escape sequence",
                  "known are \\n \\r \\t \\\" \\\\ \\uXXXX \\UXXXXXXXX; write \\\\ for a backslash");
}

Expression Parser::quoted() {
  const std::size_t begin = cursor_.offset();
  cursor_.advance();
  open('"');
  std::vector<Piece> pieces;
  quoted_pieces(pieces);
  if (failed_) return node(ExpressionKind::bad, begin);
  cursor_.advance();
  close();
  return assembled(std::move(pieces), begin, false);
}

/// Reads up to the closing quote, which stays.
void Parser::quoted_pieces(std::vector<Piece>& pieces) {
  const Restored trim(trim_next_, false);
  std::string literal;
  std::size_t begin = cursor_.offset();
  const auto flush = [&] {
    if (cursor_.offset() == begin) return;
    if (std::exchange(trim_next_, false)) trim_left(literal);
    Piece piece{.node = node(ExpressionKind::string, begin)};
    piece.node.text = std::exchange(literal, {});
    pieces.push_back(std::move(piece));
  };
  while (!failed_) {
    const char c = cursor_.peek();
    if (cursor_.at_end() || cursor_.at_newline()) {
      fail(begin == cursor_.offset() ? begin - 1 : begin, cursor_.offset(), "the string is not closed on its line",
           "add `\"`, or use a here document for several lines");
    } else if (c == '"') {
      return flush();
    } else if (cursor_.sees("$${") || cursor_.sees("%%{")) {
      literal += c, literal += '{';
      cursor_.advance(3);
    } else if (cursor_.sees("${") || cursor_.sees("%{")) {
      flush();
      sequence(pieces);
      begin = cursor_.offset();
    } else if (c == '\\') {
      cursor_.advance();
      escape(literal);
    } else {
      literal += c;
      cursor_.advance();
    }
  }
}

Expression Parser::here_document() {
  const std::size_t begin = cursor_.offset();
  cursor_.advance(2);
  const bool indented = cursor_.peek() == '-';
  if (indented) cursor_.advance();
  const std::string_view marker = cursor_.take_identifier();
  if (marker.empty() || !cursor_.at_newline()) {
    fail_here("a here document needs a marker and the end of the line, not " + found(),
              "write <<EOT, the text, and EOT on a line of its own");
    return node(ExpressionKind::bad, begin);
  }
  cursor_.take_newline();
  const std::size_t header_end = cursor_.offset();
  open('<', marker);
  std::vector<Piece> pieces;
  here_document_pieces(pieces, marker);
  if (!failed_ && cursor_.at_end()) {
    cursor_.seek(header_end);
    fail(begin, header_end, "the here document has no end", "write its marker alone on a line behind the text");
  }
  if (failed_) return node(ExpressionKind::bad, begin);
  while (cursor_.peek() == ' ' || cursor_.peek() == '\t') cursor_.advance();
  cursor_.advance(marker.size());
  while (!cursor_.at_newline()) cursor_.advance();
  close();
  if (indented) remove_indentation(pieces);
  return assembled(std::move(pieces), begin, true);
}

/// Reads up to the line of the marker, which stays, or to the end of the text. One literal a line: `~` and indentation work on lines.
void Parser::here_document_pieces(std::vector<Piece>& pieces, std::string_view marker) {
  const Restored trim(trim_next_, false);
  std::string literal;
  std::size_t begin = cursor_.offset();
  bool at_line_begin = true;
  const auto flush = [&] {
    if (cursor_.offset() == begin) return;
    if (std::exchange(trim_next_, false)) trim_left(literal);
    Piece piece{.node = node(ExpressionKind::string, begin)};
    piece.node.text = std::exchange(literal, {});
    pieces.push_back(std::move(piece));
    begin = cursor_.offset();
  };
  while (!failed_ && !cursor_.at_end()) {
    if (at_line_begin) {
      const std::size_t end = cursor_.line_end();
      if (end < cursor_.size() && marker_of_line(cursor_.between(cursor_.offset(), end)) == marker) return flush();
      at_line_begin = false;
    }
    const char c = cursor_.peek();
    if (cursor_.sees("$${") || cursor_.sees("%%{")) {
      literal += c, literal += '{';
      cursor_.advance(3);
    } else if (cursor_.sees("${") || cursor_.sees("%{")) {
      flush();
      sequence(pieces);
      begin = cursor_.offset();
    } else {
      literal += c;
      cursor_.advance();
      if (c == '\n') {
        flush();
        at_line_begin = true;
      }
    }
  }
  flush();
}

/// A file that is one template, as a here document without a marker.
Expression Parser::whole_template() {
  std::vector<Piece> pieces;
  here_document_pieces(pieces, "\n");  // which no line is
  return failed_ ? node(ExpressionKind::bad, 0) : assembled(std::move(pieces), 0, true);
}

/// Reads one `${ }` or `%{ }`, and trims the literal before it when it asks for that.
void Parser::sequence(std::vector<Piece>& pieces) {
  const std::size_t begin = cursor_.offset();
  const bool is_directive = cursor_.peek() == '%';
  trim_next_ = false;
  cursor_.advance(2);
  if (cursor_.peek() == '~') {
    cursor_.advance();
    if (!pieces.empty() && pieces.back().kind == Piece::Kind::literal) trim_right(pieces.back().node.text);
  }
  open('$');
  Piece piece;
  {
    const Restored newlines(newlines_end_, false);
    blanks();
    if (is_directive) {
      piece = directive();
    } else {
      piece.kind = Piece::Kind::interpolation;
      piece.node = node(ExpressionKind::interpolation, begin);
      piece.node.children.push_back(expression());
    }
    blanks();
  }
  const bool trims = cursor_.sees("~}");
  if (!failed_ && !trims && cursor_.peek() != '}') {
    fail_here("a template sequence must end with `}`, not " + found(), "write $${ or %%{ to mean the characters themselves");
  }
  if (failed_) return;
  cursor_.advance(trims ? 2 : 1);
  close();
  trim_next_ = trims;
  piece.node.where = range(begin);
  pieces.push_back(std::move(piece));
}

TemplatePiece Parser::directive() {
  Piece piece;
  if (keyword("if")) {
    piece.kind = Piece::Kind::if_;
    piece.node.kind = ExpressionKind::template_if;
    blanks();
    piece.node.children.push_back(expression());
  } else if (keyword("for")) {
    piece.kind = Piece::Kind::for_;
    piece.node.kind = ExpressionKind::template_for;
    if (for_names(piece.node, "a %{for}")) piece.node.children.push_back(expression());
  } else if (keyword("else")) {
    piece.kind = Piece::Kind::else_;
  } else if (keyword("endif")) {
    piece.kind = Piece::Kind::endif;
  } else if (keyword("endfor")) {
    piece.kind = Piece::Kind::endfor;
  } else {
    fail_here("a template directive is needed here, not " + found(),
              "known are if, else, endif, for, endfor; write %%{ for the characters");
  }
  return piece;
}

/// Makes the tree of a template; one without sequences is a plain string.
Expression Parser::assembled(std::vector<Piece> pieces, std::size_t begin, bool heredoc) {
  Expression made = node(ExpressionKind::templated, begin);
  made.heredoc = heredoc;
  const bool trimmed =
      std::erase_if(pieces, [](const Piece& piece) { return piece.kind == Piece::Kind::literal && piece.node.text.empty(); }) > 0;
  std::size_t at = 0;
  assemble(pieces, at, made);
  if (trimmed && made.children.size() == 1 && made.children[0].kind == ExpressionKind::interpolation) {
    // A lone interpolation keeps its type; with a literal beside it, even an empty one, the value is a string.
    made.children.insert(made.children.begin(), node(ExpressionKind::string, begin));
  }
  if (!failed_ && at < pieces.size()) {
    const Location& where = pieces[at].node.where;
    fail(where.begin, where.end, "this template directive has no beginning");
  }
  const bool plain = made.children.empty() || (made.children.size() == 1 && made.children[0].kind == ExpressionKind::string);
  if (!plain) return made;
  made.kind = ExpressionKind::string;
  if (!made.children.empty()) made.text = std::move(made.children[0].text);
  made.children.clear();
  return made;
}

/// Appends pieces to `into` up to a piece that ends or divides an enclosing directive, and joins neighbouring literals.
void Parser::assemble(std::vector<Piece>& pieces, std::size_t& at, Expression& into) {
  const Nested nested(*this);
  while (!failed_ && at < pieces.size()) {
    Piece& piece = pieces[at];
    const Piece::Kind kind = piece.kind;
    if (kind == Piece::Kind::else_ || kind == Piece::Kind::endif || kind == Piece::Kind::endfor) return;
    ++at;
    if (kind == Piece::Kind::literal && !into.children.empty() && into.children.back().kind == ExpressionKind::string) {
      into.children.back().text += piece.node.text;
      into.children.back().where.end = piece.node.where.end;
      continue;
    }
    if (kind == Piece::Kind::if_ || kind == Piece::Kind::for_) pair(pieces, at, piece);
    into.children.push_back(std::move(piece.node));
  }
}

/// Gives an `if` or `for` what stands up to its end, and passes over that.
void Parser::pair(std::vector<Piece>& pieces, std::size_t& at, Piece& opener) {
  const bool is_if = opener.kind == Piece::Kind::if_;
  const Piece::Kind closer = is_if ? Piece::Kind::endif : Piece::Kind::endfor;
  const auto sees = [&](Piece::Kind kind) { return at < pieces.size() && pieces[at].kind == kind; };
  bool more = true;
  for (bool divided = false; more && !failed_; divided = true) {
    Expression part = node(ExpressionKind::templated, opener.node.where.end);
    part.where.end = part.where.begin;
    assemble(pieces, at, part);
    if (!part.children.empty()) part.where.end = part.children.back().where.end;
    opener.node.children.push_back(std::move(part));
    more = is_if && !divided && sees(Piece::Kind::else_);
    if (!more && !sees(closer)) {
      fail(opener.node.where.begin, opener.node.where.end, "this template directive has no end",
           is_if ? "add %{ endif }" : "add %{ endfor }");
    }
    ++at;
  }
}

}  // namespace mainstay::hcl
