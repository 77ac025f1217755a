// What the rules about identities in TXT records share: findings about one record set, and about all below a suffix.
#pragma once

#include <string>
#include <vector>

#include "analyzer/identities/txt_identities.h"
#include "analyzer/rules/rule.h"

namespace mainstay {

/// The identities of a convention for which something holds, in their order.
template <class Holds>
std::vector<const TxtIdentity*> identities_that(const TxtConvention& convention, Holds&& holds) {
  std::vector<const TxtIdentity*> found;
  for (const TxtIdentity& one : convention.identities) {
    if (holds(one)) found.push_back(&one);
  }
  return found;
}

/// A finding about the records of one identity, with subject, evidence and confidence.
Finding finding_about(const TxtIdentity& identity);

/// A finding about several record sets below a suffix: the suffix is its subject, the places of the records its evidence.
Finding finding_about(const TxtConvention& convention, const std::vector<const TxtIdentity*>& identities);

/// "billing.prod.auth.example.com", or with several "billing.prod.auth.example.com and 3 more".
std::string names_of(const std::vector<const TxtIdentity*>& identities);

}  // namespace mainstay
