// What each plugin of CoreDNS says about a server.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ingest/config/coredns.h"

namespace mainstay {

/// One server block being read: its zones and the server that it adds to.
struct CorefileBlock {
  Unit& unit;
  const CorefileContext& context;
  Server& server;
  std::vector<DomainName> zones;
  std::set<std::string>& noted;  // words that were noted once already
};

/// Reads one plugin directive of a server block.
void read_plugin(CorefileBlock& block, const BraceStatement& directive);

/// The zone that a word of a Corefile names: a domain, or an IPv4 prefix as its reverse zone. Nothing when it is neither.
std::optional<DomainName> corefile_zone(std::string_view word);

}  // namespace mainstay
