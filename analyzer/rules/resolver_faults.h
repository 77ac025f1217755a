// What the rules about single resolvers share: which node of a fault class is a resolver that its losers ask, and the finding about it.
#pragma once

#include <optional>
#include <vector>

#include "analyzer/rules/rule.h"

namespace mainstay {

/// True when the goal's stub asks that server itself.
bool asks(const Analysis& analysis, NodeId goal, NodeId resolver);

/// The resolver of a class that the stub of at least one lost workload asks itself; the representative when it is one, else the first.
std::optional<NodeId> asked_resolver(const Analysis& analysis, const Blast& faults);

/// The resolver of a class that no lost workload asks itself, when the class has no asked one.
std::optional<NodeId> hidden_resolver(const Analysis& analysis, const Blast& faults);

/// A finding with subject, affected, evidence, same blast and confidence filled in from the class.
/// Shape: evidence starts with where the subject is declared or named, then where the first lost workload says what it needs.
Finding finding_about(const Analysis& analysis, const Blast& faults, NodeId subject);

/// Evidence of why a workload needs anything: its first use.
void add_use_evidence(const Analysis& analysis, NodeId goal, std::vector<Evidence>& evidence);

/// Appends reasons, declared ones first, each once, at most `most`.
void add_evidence(const Reasons& reasons, std::size_t most, std::vector<Evidence>& evidence);

/// Puts the places to mend before the finding's other evidence; what stands in both is kept once.
void put_first(std::vector<Evidence> first, Finding& finding);

/// The label of a node as messages quote it.
std::string label_of(const RequirementGraph& graph, NodeId node);

}  // namespace mainstay
