// TXT identities: the names at which workloads' identities stand in DNS, by a convention that the records themselves show.
//
// Such a record is public data. It says what the owner of the zone wants to be true; it does not authenticate whoever points at it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/identities/txt_fields.h"
#include "graph/model/estate.h"

namespace mainstay {

/// The text of one TXT record of an identity.
struct TxtValue {
  const Record* record = nullptr;
  TxtFields fields;
};

/// The TXT records of one owner name in one zone and view.
struct TxtIdentity {
  DomainName owner = DomainName::root();
  std::string service;
  std::string environment;
  const Zone* zone = nullptr;  // null when the tree has none that the records stand in
  std::vector<TxtValue> values;
};

/// Where identities stand, as settings say it: service.environment.suffix, or environment.service.suffix.
struct TxtNames {
  DomainName suffix = DomainName::root();
  bool environment_first = false;
  std::vector<std::string> environments;  // labels of them; empty: any label may be one
  Reasons reasons;
};

/// Names of the form service.environment.suffix.
struct TxtConvention {
  DomainName suffix = DomainName::root();
  bool environment_first = false;         // environment.service.suffix
  std::vector<std::string> environments;  // that settings name; empty: any
  Reasons stated;                         // where settings state it; empty: the records show it
  std::vector<TxtIdentity> identities;
  std::vector<TxtValue> strays;  // below a stated suffix, and named otherwise
};

/// The conventions of an estate, by suffix. A suffix is one when its first label speaks of identity ("auth", "identity", "nhi", ...) and a
/// name below it has a usual word for an environment in its place ("prod", "staging", ...); or when two records below it, with such words,
/// have fields that name somebody. Names with an underscored label and texts of other well-known uses do not count.
/// What settings state is one in any case, and nothing is learned above or below its suffix.
/// Shape: sorted by suffix, identities by owner; wildcard owners are not among them.
/// Cost: linear in the records, apart from sorting.
std::vector<TxtConvention> txt_conventions(const Estate& estate, const std::vector<TxtNames>& stated = {});

/// The places of the records of some conventions' identities, in their order.
std::vector<Place> places_of(const std::vector<TxtConvention>& conventions);

/// The zone that a record stands in, by apex and view; null when none of the tree is it.
const Zone* zone_of(const Record& record, const Estate& estate);

/// A label of a suffix below which identities stand: "auth", "identity", "nhi", ...
bool speaks_of_identity(std::string_view label);

/// "production" for "prd": one word for the usual spellings of an environment; other words are themselves.
std::string_view usual_environment(std::string_view word);

}  // namespace mainstay
