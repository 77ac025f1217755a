// Options of unbound.conf: a flat list of clause, option and values over all included files, each with its place.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "ingest/source/includes.h"

namespace mainstay {

/// One word of unbound.conf; quotes are taken off.
struct UnboundWord {
  std::string_view text;
  Location where;
  bool quoted = false;
  bool first_on_line = false;
};

/// Gives the words of a text: blanks and line ends part them, `#` at the start of a word is a comment, "..." and '...' end on their line.
/// Source: unbound util/configlexer.lex.
class UnboundLexer {
 public:
  UnboundLexer(std::string_view text, SourceId source) : text_(text), source_(source) {}
  /// False at the end. `open_quote` says that the word's quote is not closed on its line.
  bool next(UnboundWord& word, bool& open_quote);

 private:
  std::string_view text_;
  SourceId source_;
  std::size_t position_ = 0;
  bool fresh_line_ = true;
};

/// One option with its values. A clause keyword ("server:", "forward-zone:") is an option without values and starts a new clause.
struct UnboundOption {
  std::string_view clause;  // "server", "forward-zone", ...; without its colon
  std::string_view name;    // "forward-addr"; the clause's own name when the clause starts here
  std::vector<UnboundWord> values;
  Location where;  // of the option's name
  bool starts_clause = false;
};

/// Reads the unit's first source, what it includes, and then its other sources, and hands on every option in order.
/// Errors: an option outside a clause, a value that is missing, an include that leads nowhere; the rest is read.
/// Limits: includes 20 deep, 1000 in all.
void read_unbound_options(Unit& unit, const std::function<void(const UnboundOption&)>& take);

/// The files that an include pattern means, as they lie in the tree; sorted. See included_files().
std::vector<std::string> unbound_includes(const SourceTree& tree, std::string_view from, std::string_view pattern);

}  // namespace mainstay
