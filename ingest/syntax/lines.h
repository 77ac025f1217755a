// Lines of words: the notation of resolv.conf, hosts and their kin, with the place of every word.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/values/location.h"

namespace mainstay {

/// One word of a line. `text` is a view into the source; a quoted word is given without its quotes, `where` covers them.
struct Word {
  std::string_view text;
  Location where;
  bool quoted = false;
};

/// One line that is not a comment and not blank.
struct Line {
  std::vector<Word> words;
  Location where;           // without the line's end and surrounding white space
  bool indented = false;    // white space stands before the first word
  bool open_quote = false;  // a quote was not closed on this line; the last word runs to the line's end
};

/// What a file's lines look like.
struct LineSyntax {
  std::string_view comments = "#";    // octets that start a comment
  bool comments_after_words = false;  // a comment may also start at a later word; otherwise only in the first column of the line
  bool quotes = false;                // "..." and '...' hold white space
};

/// Gives the lines of a text one by one; knows CRLF, a byte order mark and a last line without an end.
/// Cost: linear in the text; memory for one line's words.
class LineReader {
 public:
  LineReader(std::string_view text, SourceId source, LineSyntax syntax = {});

  /// Fills `line` with the next one that says something; false at the end of the text.
  bool next(Line& line);

 private:
  void split(std::size_t begin, std::size_t end, Line& line) const;
  Location at(std::size_t begin, std::size_t end) const;

  std::string_view text_;
  SourceId source_;
  LineSyntax syntax_;
  std::size_t position_ = 0;
};

}  // namespace mainstay
