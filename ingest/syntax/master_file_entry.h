// Entries of a master file: the words of one record or directive, over as many lines as its parentheses span.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"

namespace mainstay {

/// One word. `text` keeps its escapes; a quoted word is given without its quotes, and `where` covers them.
struct MasterToken {
  std::string_view text;
  Location where;
  bool quoted = false;
};

/// One entry. `blank_owner` says that it starts with white space, so that it belongs to the last owner.
struct MasterEntry {
  std::vector<MasterToken> tokens;
  bool blank_owner = false;
  Location problem_at;
  std::string_view problem;  // why the entry cannot be used; empty when it can
  bool is_template = false;  // a word holds an expression of a template language, see template_end()
};

/// Where the template expression ends that starts at `begin`: {{ }}, {% %} and {# #} of Jinja, <% %> of ERB; npos when none starts there.
std::size_t template_end(std::string_view text, std::size_t begin);

/// Gives the entries of a text one by one; a template expression is one word, or part of one.
/// Errors: an entry with an unclosed quote or parenthesis, or with too many words, carries its problem; the next one is sound again.
/// Cost:   linear in the text; memory for one entry's words, at most kMaxTokens of them.
/// Source: RFC 1035 section 5.1.
class MasterEntryReader {
 public:
  static constexpr std::size_t kMaxTokens = 65536;

  MasterEntryReader(std::string_view text, SourceId source);
  /// Fills `entry` with the next one that has words or a problem; false at the end.
  bool next(MasterEntry& entry);

 private:
  void read_entry(MasterEntry& entry);
  void read_quoted(MasterEntry& entry);
  void read_word(MasterEntry& entry);
  void push(MasterEntry& entry, MasterToken token);
  void fail(MasterEntry& entry, std::size_t begin, std::size_t end, std::string_view problem);
  void skip_line();
  Location at(std::size_t begin, std::size_t end) const;

  std::string_view text_;
  SourceId source_;
  std::size_t position_ = 0;
  bool unclosed_ = false;  // an earlier parenthesis found no end; from then on each line is an entry of its own
};

}  // namespace mainstay
