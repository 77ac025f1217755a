#include "analyzer/report/make_impact.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "analyzer/rules/purposes.h"
#include "analyzer/rules/resolver_faults.h"
#include "graph/values/assert.h"

namespace mainstay {
namespace {

std::string named(const RequirementGraph& graph, NodeId node) {
  return fmt::format("{} {}", word(graph.node(node).kind), label_of(graph, node));
}

/// Follows what does not hold from a use down to where it begins, and says on the way what a person would look at.
class DeadPath {
 public:
  DeadPath(const RequirementGraph& graph, const std::vector<bool>& holds, NodeId use) : graph_(graph), holds_(holds) {
    std::set<NodeId> seen;
    for (std::optional<NodeId> at = use; at && seen.insert(*at).second; at = step(*at)) end_ = *at;
  }

  std::string reason() const {
    const std::string end = named(graph_, end_);
    if (graph_.node(end_).kind == NodeKind::endpoint) return end + " itself";
    if (lists_ == 0) return end + ", and nothing else would do";
    const std::string list = lists_ == 1 ? "its only resolver" : fmt::format("none of its {} resolvers", lists_);
    if (resolver_ && *resolver_ == end_) {
      return lists_ == 1 ? label_of(graph_, end_) + " is its only resolver" : list + " is there";
    }
    return fmt::format("{} {} without {}", list, lists_ == 1 ? "cannot answer" : "can answer", end);
  }
  const Reasons& evidence() const { return evidence_; }

 private:
  /// The first member that fails of the first group that fails.
  std::optional<NodeId> step(NodeId at) {
    for (const Group& group : graph_.groups(at)) {
      const std::span<const Member> members = graph_.members(group);
      const auto held = static_cast<std::uint32_t>(
          std::count_if(members.begin(), members.end(), [&](const Member& one) { return holds_[index(one.node)]; }));
      if (held >= group.needed) continue;
      for (const Member& member : members) {
        if (holds_[index(member.node)]) continue;
        note(at, group, member);
        return member.node;
      }
    }
    return std::nullopt;
  }

  void note(NodeId from, const Group& group, const Member& member) {
    const NodeKind to = graph_.node(member.node).kind;
    if (graph_.node(from).kind == NodeKind::lookup && to == NodeKind::question && lists_ == 0) {
      lists_ = group.count;
      if (!graph_.reason(member).empty()) evidence_ = graph_.reason(member);
    }
    if (to == NodeKind::resolver && !resolver_) resolver_ = member.node;
    if (evidence_.empty()) evidence_ = graph_.reason(member);
  }

  const RequirementGraph& graph_;
  const std::vector<bool>& holds_;
  NodeId end_{};
  std::optional<NodeId> resolver_;  // the first one on the way
  std::uint32_t lists_ = 0;         // entries of the first list of resolvers on the way
  Reasons evidence_;
};

std::uint32_t percent(double share) { return static_cast<std::uint32_t>(std::lround(share * 100)); }

std::string share_in_words(Share share) {
  const std::uint32_t lo = percent(share.lo);
  const std::uint32_t hi = percent(share.hi);
  return lo == hi ? fmt::format("{} %", lo) : fmt::format("{} to {} %", lo, hi);
}

void explain_lost(const Analysis& analysis, const Impact& impact, const Outcome& outcome, ImpactRow& row) {
  if (!outcome.uses.empty()) {
    const DeadPath path(analysis.graph(), impact.works, outcome.uses.front());
    row.reason = path.reason();
    add_evidence(path.evidence(), 3, row.evidence);
  }
  if (!outcome.ending) return;
  row.lockout = Bounds{0, outcome.ending->longest.known};
  row.holds_known = outcome.ending->longest.is_known();
  if (!outcome.ending->carried.empty()) row.runs_out_first = outcome.ending->carried.front()->what;
}

/// Which nodes work, and tell the truth every time.
std::vector<bool> right_ones(const Impact& impact) {
  std::vector<bool> right(impact.lost_shares.size());
  for (std::size_t at = 0; at < right.size(); ++at) right[at] = impact.works[at] && impact.lost_shares[at].is_none();
  return right;
}

void explain_wrong(const Analysis& analysis, const std::vector<bool>& right, const Outcome& outcome, ImpactRow& row) {
  row.lost_percent_lo = percent(outcome.lost.lo);
  row.lost_percent_hi = percent(outcome.lost.hi);
  row.reason = fmt::format("{} of its lookups end in a wrong answer, which nobody asks again", share_in_words(outcome.lost));
  if (outcome.uses.empty()) return;
  const DeadPath path(analysis.graph(), right, outcome.uses.front());
  add_evidence(path.evidence(), 3, row.evidence);
}

/// Why it waits, or gives up waiting, in the words of the client library.
void explain_time(const Analysis& analysis, const Outcome& outcome, ImpactRow& row) {
  const LookupWait& time = *outcome.time;
  row.wait = Bounds{static_cast<std::uint64_t>(time.wait.lo.count()), static_cast<std::uint64_t>(time.wait.hi.count())};
  const std::string source = time.client.empty() ? "" : fmt::format(" ({}, {})", time.client, word(time.source));
  row.arithmetic = time.arithmetic;
  if (outcome.standing == Standing::time_out) {
    row.deadline = *outcome.deadline;
    row.reason = fmt::format("{} of failover{} against a deadline of {}", text(time.wait), source,
                             text(TimeRange{Milliseconds(*outcome.deadline), Milliseconds(*outcome.deadline)}));
  } else if (outcome.standing == Standing::slow) {
    row.reason = fmt::format("+{} a lookup{}", text(time.wait), source);
    if (outcome.deadline)
      row.reason += fmt::format(", deadline {}", text(TimeRange{Milliseconds(*outcome.deadline), Milliseconds(*outcome.deadline)}));
    if (outcome.deadline && time.wait.hi >= Milliseconds(*outcome.deadline)) row.reason += ", which it may miss";
  } else {
    row.reason = fmt::format("{}{}",
                             outcome.standing == Standing::now ? "its resolver library gives up"
                                                               : "its resolver library may give up, which depends on more than is known",
                             source);
  }
  for (const Stub* stub : analysis.asked(outcome.goal).stubs) add_evidence(stub->reasons, 1, row.evidence);
}

void explain_other_way(const Outcome& outcome, ImpactRow& row) {
  row.reason = "goes on another way";
  if (outcome.time && outcome.time->inner_unknown) row.reason += "; how long its resolver takes to turn to the next upstream is not known";
}

ImpactRow row_of(const Analysis& analysis, const Impact& impact, const std::vector<bool>& right, const Outcome& outcome) {
  const RequirementGraph& graph = analysis.graph();
  ImpactRow row{.workload = graph.node(outcome.goal).name, .purpose = purpose_of(analysis, outcome.goal), .standing = outcome.standing};
  std::set<std::string> endpoints;
  for (const NodeId use : outcome.uses) endpoints.insert(label_of(graph, use));
  row.endpoints.assign(endpoints.begin(), endpoints.end());
  if (outcome.ending || outcome.standing == Standing::lost_anyway) {
    explain_lost(analysis, impact, outcome, row);
  } else if (outcome.time && outcome.standing != Standing::fine) {
    explain_time(analysis, outcome, row);
  } else if (!outcome.lost.is_none()) {
    explain_wrong(analysis, right, outcome, row);
  } else if (outcome.standing == Standing::slow) {
    row.reason = fmt::format("{} of its lookups wait for something slow", share_in_words(outcome.slowed));
  } else if (outcome.standing == Standing::unknown) {
    row.reason = "nothing says which resolver it uses";
  } else if (outcome.is_near) {
    explain_other_way(outcome, row);
  }
  return row;
}

}  // namespace

ImpactReport make_impact(const Analysis& analysis, const Scenario& scenario, const Impact& impact) {
  ImpactReport report;
  for (const Fault& fault : scenario.faults) {
    const Node& node = analysis.graph().node(fault.node);
    DownRow row{.subject = subject_of(analysis.graph(), fault.node), .label = node.label, .mode = std::string(word(fault.mode))};
    for (const FaultMode mode : modes_of(node.kind)) {
      if (mode != fault.mode) row.other_modes.emplace_back(word(mode));
    }
    report.down.push_back(std::move(row));
  }
  const std::vector<bool> right = right_ones(impact);
  for (const Outcome& outcome : impact.outcomes) report.rows.push_back(row_of(analysis, impact, right, outcome));
  std::stable_sort(report.rows.begin(), report.rows.end(), [](const ImpactRow& a, const ImpactRow& b) {
    return std::tie(a.standing, a.workload) < std::tie(b.standing, b.workload);
  });
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < words(Standing::now).size(); ++at) sum += report.count(static_cast<Standing>(at));
  MAINSTAY_ASSERT(sum == analysis.goals().size(), "every workload is in exactly one list");
  return report;
}

}  // namespace mainstay
