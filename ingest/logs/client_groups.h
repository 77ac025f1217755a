// ClientGroups: which group of clients an address belongs to, as a user's map says.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/values/diagnostic.h"
#include "graph/values/ip_address.h"

namespace mainstay {

/// A map from addresses and networks to names of groups.
class ClientGroups {
 public:
  /// Reads lines of `address-or-network,group`; the longest network decides.
  /// Errors: a line that is none is a diagnostic with its place, and the others are used.
  static ClientGroups parse(const std::string& file, std::string_view text, std::vector<Diagnostic>& problems);

  /// The group of a client; empty when no line is about it.
  std::string_view group_of(const IpAddress& address) const;
  /// A text that is equal for maps that say the same.
  std::string canonical() const;

 private:
  struct Network {
    IpAddress address;
    unsigned bits = 0;
    std::string group;
    friend auto operator<=>(const Network&, const Network&) = default;
  };
  std::vector<Network> networks_;  // the longest first
};

}  // namespace mainstay
