#include "analyzer/gate/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "analyzer/rules/rule.h"

namespace mainstay {
namespace {

using ById = std::map<std::string_view, const Finding*>;

ById by_id(const Report& report) {
  ById all;
  for (const Finding& one : report.findings) all.emplace(one.id, &one);
  for (const Finding& one : report.suppressed) all.emplace(one.id, &one);
  return all;
}

/// What is in `now` and not in `before`; both sorted.
std::vector<std::string> added(const std::vector<std::string>& before, const std::vector<std::string>& now) {
  std::vector<std::string> out;
  std::set_difference(now.begin(), now.end(), before.begin(), before.end(), std::back_inserter(out));
  return out;
}

/// Why a finding is worse than it was; empty when it is not.
std::string worse_because(const Finding& before, const Finding& now) {
  std::string why;
  if (now.severity > before.severity) why = fmt::format("{} → {}", word(before.severity), word(now.severity));
  if (const std::vector<std::string> more = added(before.affected, now.affected); !more.empty()) {
    why += why.empty() ? "" : ", ";
    why += fmt::format("now takes access from {} more: {}", how_many(more.size(), "workload"), more.front());
    if (more.size() > 1) why += ", ...";
  }
  return why;
}

/// Pairs what is new with what is fixed: the same rule, nobody loses access who did not before, no worse. Each pairs once.
class Moves {
 public:
  explicit Moves(const std::vector<const Finding*>& fixed) : fixed_(fixed), taken_(fixed.size(), false) {}

  bool pairs(const Finding& now) {
    if (now.affected.empty()) return false;
    for (std::size_t at = 0; at < fixed_.size(); ++at) {
      const Finding& before = *fixed_[at];
      if (taken_[at] || before.rule != now.rule || !worse_because(before, now).empty()) continue;
      taken_[at] = true;
      return true;
    }
    return false;
  }

  bool is_taken(std::size_t at) const { return taken_[at]; }

 private:
  const std::vector<const Finding*>& fixed_;
  std::vector<bool> taken_;
};

std::vector<EndpointChange> endpoint_changes(const Report& base, const Report& head) {
  std::map<std::pair<std::string, Role>, std::pair<const EndpointRow*, const EndpointRow*>> rows;
  for (const EndpointRow& one : base.endpoints) rows[{one.name, one.role}].first = &one;
  for (const EndpointRow& one : head.endpoints) rows[{one.name, one.role}].second = &one;
  const EndpointRow none;
  std::vector<EndpointChange> out;
  for (const auto& [key, pair] : rows) {
    const EndpointRow& before = pair.first == nullptr ? none : *pair.first;
    const EndpointRow& now = pair.second == nullptr ? none : *pair.second;
    EndpointChange one{.name = key.first, .role = key.second};
    one.workloads_before = before.workloads.size();
    one.workloads_after = now.workloads.size();
    one.gained = added(before.single_faults, now.single_faults);
    one.lost = added(now.single_faults, before.single_faults);
    one.faults_before = before.single_faults.size();
    one.faults_after = now.single_faults.size();
    const bool same = one.gained.empty() && one.lost.empty() && before.workloads == now.workloads;
    if (!same) out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::string> newly_unable_to_start(const Report& base, const Report& head) {
  std::map<std::string_view, bool> could;
  for (const WorkloadRow& one : base.workloads) could[one.id] = one.cold_start;
  std::vector<std::string> out;
  for (const WorkloadRow& one : head.workloads) {
    const auto before = could.find(one.id);
    if (!one.cold_start && before != could.end() && before->second) out.push_back(one.id);
  }
  return out;
}

}  // namespace

Comparison compare(const Report& base, const Report& head) {
  const ById before = by_id(base);
  const ById now = by_id(head);
  std::vector<const Finding*> fixed;
  for (const Finding& one : base.findings) {
    if (!now.contains(one.id)) fixed.push_back(&one);
  }
  Comparison out;
  Moves moves(fixed);
  for (const Finding& one : head.findings) {
    const auto known = before.find(one.id);
    if (known == before.end()) {
      (moves.pairs(one) ? out.moved : out.fresh).push_back(one);
    } else if (std::string why = worse_because(*known->second, one); !why.empty()) {
      out.worse.push_back({one, std::move(why)});
    } else {
      ++out.unchanged;
    }
  }
  for (const Finding& one : head.suppressed) {
    if (!before.contains(one.id)) out.accepted.push_back(one);
  }
  for (std::size_t at = 0; at < fixed.size(); ++at) {
    if (!moves.is_taken(at)) out.fixed.push_back(*fixed[at]);
  }
  out.endpoints = endpoint_changes(base, head);
  out.cannot_start = newly_unable_to_start(base, head);
  return out;
}

}  // namespace mainstay
