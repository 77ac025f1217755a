// Asked names: what code looks up when it looks up an identity, and what the zones of the tree answer.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/model/estate.h"

namespace mainstay {

/// The names that code asks about: one name, or with parts unknown all names below a domain.
struct AskedIdentity {
  DomainName name = DomainName::root();
  bool below = false;
  friend auto operator<=>(const AskedIdentity&, const AskedIdentity&) = default;
};

/// What an owner stands for; nothing when not even its domain is known.
std::optional<AskedIdentity> asked_name(const Text& owner);

/// What a question for TXT gets.
enum class TxtAnswer : std::uint8_t {
  there,     // something answers, or may
  nxdomain,  // the name does not exist; of names below a domain: none of them has a TXT record
  nodata,    // the name exists, and has no TXT record
  unknown    // the zone is not whole in the tree, or hands the name on
};
TxtAnswer answer_to(const AskedIdentity& asked, const Estate& estate);

/// The zones that a name stands in, one for each view; the ones nearest to the name.
std::vector<const Zone*> zones_around(const DomainName& name, const Estate& estate);

/// True when a name may be what the text stands for: its unknown parts hold at least one octet and no dot.
bool may_be(const Text& pattern, const DomainName& name);

}  // namespace mainstay
