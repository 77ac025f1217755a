// SearchLists: which questions of a log are made by search lists, and not meant.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/model/estate.h"

namespace mainstay {

/// Recognises a name that a stub made by putting a suffix of its search list behind what a program asked for: the same client asked for
/// the name without the suffix too, and that with it does not exist.
/// A suffix counts when a stub of the estate lists it; which stub a client has need not be known.
class SearchLists {
 public:
  explicit SearchLists(const Estate& estate);

  /// The name that was meant, when the observation is of one that a search list made.
  std::optional<DomainName> meant(const Observation& one) const;
  /// True when a client that was told that a name does not exist got an answer for it with a suffix behind it.
  bool is_found_with_suffix(const std::string& client, const DomainName& name) const;
  /// The stubs that list a suffix.
  const std::vector<const Stub*>& stubs_with(const DomainName& suffix) const;
  /// The suffix that `meant` found behind a name.
  std::optional<DomainName> suffix_of(const Observation& one) const;

 private:
  std::map<DomainName, std::vector<const Stub*>> suffixes_;
  std::map<std::pair<std::string, DomainName>, bool> asked_;  // whether any question had an answer with NOERROR
};

}  // namespace mainstay
