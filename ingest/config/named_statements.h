// Statements of named.conf over all included files, each with its place.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/includes.h"
#include "ingest/syntax/braces.h"

namespace mainstay {

/// One statement: `name arguments { inner };`
class NamedStatement {
 public:
  NamedStatement(std::vector<BraceWord> words, Location where) : words_(std::move(words)), where_(where) {}

  std::string_view name() const { return words_.empty() ? std::string_view() : std::string_view(words_[0].text); }
  /// The word behind the name, from 0; empty when there is none.
  std::string_view argument(std::size_t at) const {
    return at + 1 < words_.size() ? std::string_view(words_[at + 1].text) : std::string_view();
  }
  Location where() const { return where_; }
  std::span<const NamedStatement> inner() const { return inner_; }
  /// The last statement of that name inside; null when there is none.
  const NamedStatement* find(std::string_view name) const;

  std::vector<NamedStatement>& inner() { return inner_; }

 private:
  std::vector<BraceWord> words_;
  Location where_;
  std::vector<NamedStatement> inner_;
};

/// The statements of the unit's files in order, with included files in place of their include statements. Files of the unit that no other
/// one includes follow.
/// Errors: an include that leads nowhere is a note; one that leads back to itself an error.
/// Limits: includes 20 deep, 1000 in all.
std::vector<NamedStatement> named_statements(Unit& unit);

/// The files of the tree that a file of named.conf includes.
std::vector<std::string> named_includes(const SourceTree& tree, const std::string& name);

/// Seconds of a duration: "3600", "1d12h", "PT36H"; nothing when it is none.
/// Source: BIND 9 Administrator Reference Manual, "duration".
std::optional<std::uint32_t> named_duration(std::string_view text);

}  // namespace mainstay
