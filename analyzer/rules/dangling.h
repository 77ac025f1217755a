// What the rules about dangling names share: whether something here owns what a record points at.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzer/rules/rule.h"

namespace mainstay {

enum class Owned { yes, maybe, no };

/// Whether something in the scanned inventory has that host name; maybe, when a name there is only partly known and could be it.
Owned owned(const Estate& estate, const DomainName& target);

/// A name that leads to one that anyone can claim and nothing here owns.
struct DanglingName {
  const Claimable* row = nullptr;
  DomainName target;
  std::vector<const Record*> records;  // the aliases that lead there, in order; empty when the name itself is claimable
  Owned owned = Owned::no;             // no or maybe
};

/// Follows the aliases of a name; nothing when they lead to what is owned, or to what nobody can claim.
std::optional<DanglingName> dangling(const Analysis& analysis, const DomainName& name);

/// Adds the workloads that use one of the names, and where they say so.
void add_users(const Estate& estate, const std::set<std::string>& names, Finding& finding);

}  // namespace mainstay
