// Estate: all facts of a scan, merged by identity and indexed. Built once, then only read.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/findings/report.h"

namespace mainstay {

/// What is declared and observed.
/// Shape: every list is sorted and holds each thing once; facts that say the same thing are one fact with the reasons of all.
class Estate {
 public:
  Estate(Estate&&) = default;
  Estate& operator=(Estate&&) = default;
  Estate(const Estate&) = delete;  // the index points into the lists
  Estate& operator=(const Estate&) = delete;

  /// Two facts of one identity are merged: lists are joined, what only one of them says is taken, and where both say different things the
  /// better evidence wins, then the earlier one; such contradictions are counted in conflicts().
  static Estate build(std::vector<Fact> facts);

  const std::vector<Scope>& scopes() const { return scopes_; }
  const std::vector<Workload>& workloads() const { return workloads_; }
  const std::vector<Stub>& stubs() const { return stubs_; }
  const std::vector<Server>& servers() const { return servers_; }
  const std::vector<Zone>& zones() const { return zones_; }
  const std::vector<Record>& records() const { return records_; }
  const std::vector<Delegation>& delegations() const { return delegations_; }
  const std::vector<Endpoint>& endpoints() const { return endpoints_; }
  const std::vector<Use>& uses() const { return uses_; }
  /// Those of one workload. Cost: logarithmic.
  std::span<const Use> uses_of(std::string_view workload) const;
  const std::vector<Inventory>& inventory() const { return inventory_; }
  const std::vector<Credential>& credentials() const { return credentials_; }
  const std::vector<Certificate>& certificates() const { return certificates_; }
  const std::vector<Grant>& grants() const { return grants_; }
  const std::vector<IdentityRecord>& identity_records() const { return identity_records_; }
  const std::vector<Observation>& observations() const { return observations_; }
  const std::vector<Undecided>& conflicts() const { return conflicts_; }

  const Scope* scope(std::string_view id) const;
  const Workload* workload(std::string_view id) const;
  const Stub* stub(std::string_view scope) const;
  const Server* server(std::string_view id) const;
  /// The servers that listen on an address, in the order of their ids.
  std::vector<const Server*> servers_at(const IpAddress& address) const;
  /// The servers that run in a scope.
  std::vector<const Server*> servers_in(std::string_view scope) const;
  /// The hosts that are nodes of a cluster, given as "nodes:<cluster>".
  std::vector<const Scope*> nodes(std::string_view nodes_id) const;
  /// True when `inner` is `outer` or lies in it.
  bool is_in(std::string_view inner, std::string_view outer) const;

  /// All zones of one apex, in every view.
  std::span<const Zone> zones_of(const DomainName& apex) const;
  /// All records of one owner name whose parts are all known, in every zone and view, sorted by type.
  std::span<const Record* const> records_of(const DomainName& owner) const;
  /// True when a name lies above a record of that view, or owns one: it exists, perhaps as an empty non-terminal (RFC 8020).
  bool exists(const DomainName& name, std::string_view view) const;
  /// What is owned at an address or a host name.
  std::vector<const Inventory*> inventory_at(const IpAddress& address) const;
  std::vector<const Inventory*> inventory_named(const DomainName& host) const;
  std::vector<const Delegation*> delegations_of(const DomainName& child) const;

 private:
  Estate() = default;
  void index();

  std::vector<Scope> scopes_;
  std::vector<Workload> workloads_;
  std::vector<Stub> stubs_;
  std::vector<Server> servers_;
  std::vector<Zone> zones_;
  std::vector<Record> records_;
  std::vector<Delegation> delegations_;
  std::vector<Endpoint> endpoints_;
  std::vector<Use> uses_;
  std::vector<Inventory> inventory_;
  std::vector<Credential> credentials_;
  std::vector<Certificate> certificates_;
  std::vector<Grant> grants_;
  std::vector<IdentityRecord> identity_records_;
  std::vector<Observation> observations_;
  std::vector<Undecided> conflicts_;

  std::multimap<IpAddress, std::uint32_t> server_by_address_;
  std::multimap<std::string, std::uint32_t, std::less<>> server_by_scope_;
  std::multimap<std::string, std::uint32_t, std::less<>> host_by_parent_;
  std::map<DomainName, std::vector<const Record*>> records_by_owner_;
  std::map<std::pair<std::string, DomainName>, bool> exists_;
  std::multimap<IpAddress, std::uint32_t> inventory_by_address_;
  std::multimap<DomainName, std::uint32_t> inventory_by_host_;
};

}  // namespace mainstay
