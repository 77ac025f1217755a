#include "analyzer/rules/client_owners.h"

#include <algorithm>
#include <set>

namespace mainstay {
namespace {

void add_addresses(const std::vector<Upstream>& upstreams, std::set<IpAddress>& addresses) {
  for (const Upstream& upstream : upstreams) {
    if (upstream.address) addresses.insert(*upstream.address);
  }
}

/// Where servers listen that the estate runs or asks.
std::set<IpAddress> resolvers(const Estate& estate) {
  std::set<IpAddress> addresses;
  for (const Stub& stub : estate.stubs()) add_addresses(stub.servers, addresses);
  for (const Server& server : estate.servers()) {
    addresses.insert(server.addresses.begin(), server.addresses.end());
    for (const Forward& forward : server.forwards) add_addresses(forward.upstreams, addresses);
  }
  return addresses;
}

}  // namespace

ClientOwners::ClientOwners(const Estate& estate) : estate_(estate) {
  if (estate.observations().empty()) return;
  std::map<std::string, std::vector<const Workload*>> by_name;
  for (const Workload& one : estate.workloads()) by_name[one.name].push_back(&one);
  for (const auto& [name, workloads] : by_name) {
    if (!name.empty() && workloads.size() == 1) known_[name] = workloads;
  }
  for (const Workload& one : estate.workloads()) known_[one.id] = {&one};
  for (const Scope& scope : estate.scopes()) add_scope(scope.id, scope.id);
  for (const Endpoint& endpoint : estate.endpoints()) {
    const Workload* const itself = estate.workload(endpoint.workload);
    for (const IpAddress& address : endpoint.addresses) {
      if (itself != nullptr) known_[address.text()].push_back(itself);
    }
  }
  for (const Inventory& owned : estate.inventory()) {
    const auto holder = by_name.find(owned.owner);
    const bool is_one = owned.kind == "instance" && owned.address && holder != by_name.end() && holder->second.size() == 1;
    if (is_one) known_[owned.address->text()].push_back(holder->second.front());
  }
  for (const IpAddress& address : resolvers(estate)) known_.erase(address.text());
  for (auto& [client, workloads] : known_) {
    std::sort(workloads.begin(), workloads.end(), [](const Workload* a, const Workload* b) { return a->id < b->id; });
    workloads.erase(std::unique(workloads.begin(), workloads.end()), workloads.end());
  }
}

void ClientOwners::add_scope(const std::string& client, const std::string& scope) {
  for (const Workload& one : estate_.workloads()) {
    if (estate_.is_in(one.scope, scope)) known_[client].push_back(&one);
  }
}

std::vector<const Workload*> ClientOwners::workloads_of(const std::string& client) const {
  const auto at = known_.find(client);
  return at == known_.end() ? std::vector<const Workload*>() : at->second;
}

}  // namespace mainstay
