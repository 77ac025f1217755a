// The expansion behind build_requirements(): one member function a kind of node, and a list of nodes that are still to be expanded.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/requirements.h"

namespace mainstay {

class RequirementExpansion {
 public:
  explicit RequirementExpansion(Resolution& resolution) : resolution_(resolution), estate_(resolution.estate()) {}

  Requirements run();

 private:
  using Draft = RequirementGraphBuilder::Draft;
  using Need = RequirementGraphBuilder::Need;

  /// A host name as far as it is known. Where parts are unknown, `name` is the domain around it and nothing is said about single records.
  struct Wanted {
    DomainName name;
    std::string label;
    bool exact = true;
  };

  // requirement_workloads.cpp
  Draft workload(const Workload& one);
  Draft use(const Use& one);
  Draft endpoint(const Use& one);
  void need_addresses(Draft endpoint, const DomainName& host);
  Draft runs(const Workload& one);
  std::optional<Need> lookup_for(const Workload& one, const Use& use);
  std::optional<Need> lookup_by_scope(std::string_view scope, const Wanted& wanted);
  Need lookup_by_stubs(const std::vector<const Stub*>& stubs, const Wanted& wanted);
  Draft lookup(const Wanted& wanted, const Stub& stub);
  void expand_lookup(Draft draft, const Wanted& wanted, const Stub& stub);

  // requirement_questions.cpp
  Draft question(const Wanted& wanted, const Server& server);
  void expand_question(Draft draft, const Wanted& wanted, const Server& server);
  void expand_alias(Draft draft, const Wanted& wanted, const Server& server, const Zone* zone);
  std::vector<Need> upstream_questions(const Wanted& wanted, const Upstream& upstream, const Server& asker);
  Need upstream_host(const Wanted& wanted, const Upstream& upstream, const Server& asker, const Server& server);
  Draft resolver(const Server& server);
  Draft failure_domain(std::string_view kind, std::string_view name);
  void need_failure_domains(Draft draft, const std::vector<FailureDomain>& domains, const Reasons& reasons);
  Draft provider(const KnownProvider& known, const Reasons& named_by);

  // requirement_zones.cpp
  Draft iteration(const Wanted& wanted);
  Draft zone(const Zone& one);
  Draft foreign_zone(const DomainName& name);
  Draft name_server(const DomainName& name, const Reasons& named_by);
  Draft address(const IpAddress& address, const Reasons& named_by);
  /// What stands above a zone; `reasons` say that the zone is ours, and are empty for a stranger's.
  Draft parent(const DomainName& child, const Reasons& reasons);
  std::vector<Need> name_servers_of(const Zone& one);
  /// Why the address of a zone's name server must be looked up; nothing when whoever is referred to the zone knows it.
  std::optional<Reasons> looked_up(const DomainName& server, const Zone& zone) const;
  /// True when a host is a name server of the zone, by its name or by an address.
  bool serves(const DomainName& server, const Zone& zone) const;
  /// The addresses that records and glue give a name server.
  std::vector<std::pair<IpAddress, Reasons>> known_addresses(const DomainName& host) const;

  static Wanted wanted(const Text& host);
  void later(std::function<void()> task) { pending_.push_back(std::move(task)); }
  void undecided(std::string_view what, std::string_view why, std::string example);
  /// Adds to the places that a node is named at; they become its reasons when the graph is frozen.
  void named(Draft draft, const Reasons& reasons) { named_by_[draft].insert(reasons.begin(), reasons.end()); }
  /// A group that nothing can satisfy: the node never works.
  void never(Draft draft) { builder_.need(draft, {}, 1, Choice::ordered, 0); }

  Resolution& resolution_;
  const Estate& estate_;
  RequirementGraphBuilder builder_;
  std::vector<std::function<void()>> pending_;
  std::map<std::pair<std::string, std::string>, Undecided> undecided_;
  std::set<std::pair<std::string, std::string>> said_undecided_;  // (why, example): each is counted once, however many questions meet it
  std::map<Draft, std::set<Evidence>> named_by_;
  std::vector<std::pair<Draft, const Server*>> stand_ins_;
  std::map<std::string_view, const Endpoint*> endpoints_;
  std::multimap<DomainName, const Delegation*> glue_;
};

}  // namespace mainstay
