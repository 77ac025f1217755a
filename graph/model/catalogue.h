// Catalogue: what is known of the world outside the scanned tree. Data files fill it (ingest/catalogue); the type lives here because
// the graph is built with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/model/pattern_index.h"
#include "graph/values/text.h"

namespace mainstay {

/// How well a text with unknown parts fits a pattern: certainly, or only if the unknown parts turn out so.
enum class Fit : std::uint8_t { no, possible, certain };

/// Compares a host name with a host pattern, without case and without regard to a final dot.
/// Shape:  in a pattern `*` stands for one or more octets of one label, and a first label `**` for one or more whole labels:
///         "sts.*.amazonaws.com", "**.okta.com", "*-admin.okta.com".
/// A hole stands for some octets of its label where the pattern has a `*`, so that "sts.${region}.amazonaws.com" fits the first pattern
/// and "${org}.okta.com" the second one certainly. Where the pattern has a known label a hole may stand for anything, also for several
/// labels, and what then fits is `possible`: "${service}.eu-west-1.amazonaws.com" and the first pattern.
Fit fit(std::string_view pattern, const Text& host);

/// A host name that is known to be an identity endpoint.
struct KnownHost {
  std::string pattern;
  Role role = Role::identity_host;
  std::string provider;
  std::string source;
};

/// A setting that is known to hold an identity endpoint: "VAULT_ADDR", "*_OIDC_ISSUER_URL".
/// Shape: compared without case; `*` stands for any octets, also none.
struct KnownKey {
  std::string pattern;
  Role role = Role::identity_host;
  std::string source;
};

/// A DNS provider, known by the names or addresses of its servers.
struct KnownProvider {
  std::string name;                       // "route53"
  std::string title;                      // "Amazon Route 53"
  std::vector<std::string> name_servers;  // host patterns of its authoritative servers
  std::vector<std::string> resolvers;     // addresses or prefixes of its public resolvers
  std::string source;
};

/// A host-name suffix at which a name can be claimed by anyone when it is not in use.
struct Claimable {
  std::string pattern;
  std::string service;
  std::string condition;  // "" or what limits the take-over ("the provider verifies the domain")
  std::string source;
};

/// Looks things up in the tables; the first row that fits wins, so that a user's file, loaded first, overrides ours.
/// Cost: a lookup does not grow with the number of rows, but for key patterns with a star inside and for resolver addresses.
class Catalogue {
 public:
  void add(KnownHost row);
  void add(KnownKey row);
  void add(KnownProvider row);
  void add(Claimable row);

  /// The row for a host name, and how well it fits; the first certain one, else the first possible one whose provider domain is known.
  const KnownHost* host(const Text& host) const;
  const KnownKey* key(std::string_view key) const;
  /// The provider that runs the authoritative server of that name.
  const KnownProvider* provider_of_name_server(const DomainName& name) const;
  /// The operator of a public resolver.
  const KnownProvider* operator_of_resolver(const IpAddress& address) const;
  const KnownProvider* provider(std::string_view name) const;
  const Claimable* claimable(const DomainName& target) const;

  const std::vector<KnownHost>& hosts() const { return hosts_; }
  const std::vector<KnownKey>& keys() const { return keys_; }
  const std::vector<KnownProvider>& providers() const { return providers_; }
  const std::vector<Claimable>& claimables() const { return claimable_; }

 private:
  std::vector<KnownHost> hosts_;
  std::vector<KnownKey> keys_;
  std::vector<KnownProvider> providers_;
  std::vector<Claimable> claimable_;
  HostPatternIndex host_index_;
  HostPatternIndex name_server_index_;
  HostPatternIndex claimable_index_;
  KeyPatternIndex key_index_;
};

}  // namespace mainstay
