// Resolution: who asks whom for a name, and what each server does with the question. Reads the Estate, decides nothing about faults.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/catalogue.h"
#include "graph/model/estate.h"

namespace mainstay {

/// How a server comes to an answer for one name.
enum class Via : std::uint8_t {
  own_data,   // it has the zone, or local data
  denied,     // it has the zone, and the name is not there: NXDOMAIN or an empty answer, which no client takes to another server
  refused,    // it has nothing on the name and does not look for others: REFUSED or no reply, and a client asks the next server
  forwarded,  // it asks the upstreams of a forward
  iterated    // it asks the authoritative servers from the root down
};

struct Treatment {
  Via via = Via::iterated;
  const Zone* zone = nullptr;        // the zone behind own_data and denied, when it is one
  const LocalZone* local = nullptr;  // the local zone behind own_data and denied, when it is one
  const Forward* forward = nullptr;  // behind forwarded
  bool assumed = false;              // nothing in the tree says what this server does
  Reasons reasons;
};

/// Whether a server answers a name with data.
enum class AnswerKind : std::uint8_t { unknown, positive, negative };

/// Answers questions about one Estate; keeps stand-ins for servers that are asked but not described.
/// Not safe to share between threads.
class Resolution {
 public:
  Resolution(const Estate& estate, const Catalogue& catalogue) : estate_(estate), catalogue_(catalogue) {}

  const Estate& estate() const { return estate_; }
  const Catalogue& catalogue() const { return catalogue_; }

  /// The stub resolvers that a workload may use, by the rules of docs/design.md: its own, that of the scope it names, else of the nearest
  /// scope around it. Several when it may run on any of several hosts. None: not known.
  std::vector<const Stub*> stubs_of(const Workload& workload) const;
  /// The same for a scope id.
  std::vector<const Stub*> stubs_named(std::string_view scope) const;

  /// The servers that an upstream entry stands for, when `scope` asks. A host name gives the servers at its known addresses.
  /// Shape: never empty but for a host without known address and a scope without a stub; a stand-in where nothing describes the server.
  std::vector<const Server*> servers_of(const Upstream& upstream, std::string_view scope);

  /// What the server does with a question for that name.
  Treatment treat(const Server& server, const DomainName& name) const;
  /// What comes out of it, followed through forwards; unknown when that cannot be told.
  AnswerKind answer(const Server& server, const DomainName& name);

  /// The deepest zone around a name that everybody can see.
  const Zone* public_zone(const DomainName& name) const;
  /// True when no public resolver can have the zone's data: every name server's address is known and private.
  bool is_internal(const Zone& zone) const;
  /// The alias of a name in a zone (CNAME, ALIAS, or a DNAME above it), when its target is fully known.
  std::optional<std::pair<DomainName, const Record*>> alias(const DomainName& name, const Zone& zone) const;
  /// True when the zone is completely known and has neither the name nor a wildcard for it, nor a delegation above it.
  bool lacks(const Zone& zone, const DomainName& name) const;

  /// The name that a stub asks for when a program gives it `host`: the candidate of the search list that can be told to exist, else the
  /// host taken as absolute.
  DomainName asked_name(const DomainName& host, const Stub& stub);

  /// The operator of a server, when it is a public resolver.
  const KnownProvider* operator_of(const Server& server) const;
  /// False for stand-ins: somebody asks the server, nothing describes it.
  static bool is_described(const Server& server) { return !server.reasons.empty(); }
  /// Who asks a stand-in, in the order of evidence: all that is known of it.
  Reasons named_by(const Server& server) const;

 private:
  struct StandIn {
    Server server;
    std::set<Evidence> named_by;
  };
  const Server* stand_in(const std::string& id, const Upstream& upstream);
  bool sees(const Server& server, const Zone& zone) const;
  const Zone* own_zone(const Server& server, const DomainName& name) const;
  AnswerKind answer(const Server& server, const DomainName& name, unsigned depth);

  const Estate& estate_;
  const Catalogue& catalogue_;
  std::map<std::string, StandIn, std::less<>> stand_ins_;  // a map, so that addresses stay
};

}  // namespace mainstay
