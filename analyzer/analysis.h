// Analysis: the estate, its requirement graph and the answers that rules and commands ask for again and again. Made once a run.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/faults/representatives.h"
#include "analyzer/faults/single_faults.h"
#include "analyzer/faults/worst_faults.h"
#include "analyzer/git/line_ages.h"
#include "analyzer/identities/txt_identities.h"
#include "graph/model/requirements.h"
#include "graph/model/resolution.h"

namespace mainstay {

/// How one workload is tied to the servers that its stub asks.
struct AskedServers {
  std::vector<const Stub*> stubs;
  std::vector<const Server*> servers;  // in the order of the stub, each once; entries that the library never asks are left out
};

/// What an analysis takes from elsewhere than the estate.
struct AnalysisContext {
  std::int64_t now = 0;             // seconds since 1970, UTC; 0 where nobody says, and then nothing is past its end
  std::vector<TxtNames> txt_names;  // that settings state; they come before those that records show
  LineAges line_ages;               // of identity records
};

class Analysis {
 public:
  /// Keeps references to both; they must outlive the analysis.
  Analysis(const Estate& estate, const Catalogue& catalogue, AnalysisContext context = {});
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;

  const Estate& estate() const { return estate_; }
  const Catalogue& catalogue() const { return catalogue_; }
  std::int64_t now() const { return context_.now; }
  /// When the line of an identity record was last changed; null where nothing tells.
  const LineChange* changed(const Place& place) const { return context_.line_ages.of(place); }
  /// The resolution behind the graph; it may make stand-ins while it answers.
  Resolution& resolution() const { return resolution_; }
  const RequirementGraph& graph() const { return requirements_.graph; }
  const std::vector<Undecided>& undecided() const { return requirements_.undecided; }
  /// Worked out when they are first asked for, as are blasts() and inherent(): a what-if needs none of them.
  const SingleFaults& faults() const;
  /// For questions about sets of failed nodes; it keeps working memory while it answers.
  FixedPoints& fixed_points() const { return points_; }
  /// What is cached and held; worked out as it is asked for.
  const Holds& holds() const { return holds_; }
  /// When uses and workloads are locked out after the single fault that is worst for them. Worked out when it is first asked for.
  const std::map<NodeId, WorstFault>& worst_faults() const;
  /// Where identities stand in TXT records. Worked out when it is first asked for.
  const std::vector<TxtConvention>& txt_conventions() const;
  /// Single faults that somebody here could mend, joined where they are one and the same trouble.
  const std::vector<Blast>& blasts() const { return joined_faults().blasts; }
  /// Single faults that nobody here can add an alternative to.
  const std::vector<InherentFaults>& inherent() const { return joined_faults().inherent; }

  /// The workloads that need an identity endpoint: the goals of the graph, sorted by name.
  std::span<const NodeId> goals() const { return goals_; }
  const AskedServers& asked(NodeId goal) const;
  /// The goals that reach a node by any path, whether or not they could do without it, sorted.
  std::vector<NodeId> dependents(NodeId node) const;
  /// The places that say somebody asks a resolver: entries of stubs and forwards. Sorted, each once.
  Reasons asked_at(NodeId resolver) const;
  /// The names of goals as findings list them.
  std::vector<std::string> names(std::span<const NodeId> goals) const;

 private:
  const Representatives& joined_faults() const;
  /// Calls `visit` with each node that has a group with that member; once for each such group.
  template <class Visit>
  void each_needing(NodeId node, Visit&& visit) const {
    const GateIndex& gates = points_.gates();
    for (const std::uint32_t gate : gates.gates_with(index(node))) visit(NodeId(gates.owner(gate)));
  }

  const Estate& estate_;
  const Catalogue& catalogue_;
  AnalysisContext context_;
  mutable Resolution resolution_;
  Requirements requirements_;
  mutable FixedPoints points_;
  mutable std::optional<SingleFaults> faults_;
  std::vector<NodeId> goals_;
  mutable std::optional<Representatives> representatives_;
  Holds holds_;
  mutable std::optional<std::map<NodeId, WorstFault>> worst_faults_;
  mutable std::optional<std::vector<TxtConvention>> txt_conventions_;
  std::map<NodeId, AskedServers> asked_;
};

}  // namespace mainstay
