// Explanation: why something is so, one line an edge with its evidence, and what is not known on the way.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/faults/proof.h"

namespace mainstay {

/// The best reason in one phrase: where it is written, which log says so, whose default it is, what was assumed.
std::string evidence_line(const Reasons& reasons);
/// "resolver 10.0.0.1".
std::string node_line(const RequirementGraph& graph, NodeId node);

/// Lines for a terminal, made harmless; and what the lines rest on that is not declared or observed.
class Explanation {
 public:
  explicit Explanation(const Analysis& analysis) : analysis_(analysis), graph_(analysis.graph()) {}

  void line(std::string_view text);
  /// The shortest way from one node to another, one line an edge.
  void proof_of(NodeId from, NodeId to, std::size_t indent);
  /// Everything that a node needs, down to what needs nothing: each list in the order in which it is asked. A node is unfolded once.
  void path_of(NodeId from);
  /// The single faults of a node, each with its proof.
  void faults_of(NodeId node);
  /// The names that a workload asks for: declared, observed or both.
  void names_of(const std::string& workload);
  /// Says what the lines above rest on: assumptions, defaults, settings that nothing states.
  void not_known();
  void add_not_known(std::string what) { not_known_.insert(std::move(what)); }

  const std::string& text() const { return text_; }

 private:
  void unfold(NodeId node, std::size_t indent);
  void members_of(NodeId node, const Group& group, std::size_t indent);
  void step(NodeId node, std::size_t indent, const std::string& lead, const Reasons& reasons);
  std::string described(NodeId node);
  std::string described_use(NodeId node);
  std::string described_lookup(const Node& node);
  std::string described_question(const Node& node);
  void note(const Reasons& reasons);

  const Analysis& analysis_;
  const RequirementGraph& graph_;
  std::string text_;
  std::set<NodeId> unfolded_;
  std::set<std::string> not_known_;
  std::size_t lines_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace mainstay
