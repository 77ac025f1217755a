// ClientOwners: which workloads are behind the clients of query logs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "graph/model/estate.h"

namespace mainstay {

/// Maps clients, as observations name them, to workloads: by the id of a workload or a scope, which a map of clients may give as a group,
/// by a workload's name when it is the only one of that name, and by addresses that the estate knows: those of instances and of endpoints
/// that run here. The address of a resolver stands for nobody, because what it asks it asks for others.
class ClientOwners {
 public:
  explicit ClientOwners(const Estate& estate);

  /// Sorted by id; empty when nothing says who it is. A scope stands for the workloads in it, since any of them may have asked.
  std::vector<const Workload*> workloads_of(const std::string& client) const;

 private:
  void add_scope(const std::string& client, const std::string& scope);

  const Estate& estate_;
  std::map<std::string, std::vector<const Workload*>> known_;
};

}  // namespace mainstay
