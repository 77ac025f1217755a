#include "graph/model/function_code.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace mainstay {
namespace {

using Asked = std::tuple<std::string, std::uint32_t, std::uint32_t, std::string, Role>;

/// Where a use is asked for: the last place that its evidence has.
std::optional<Asked> asked_at(const Use& use) {
  for (auto reason = use.reasons.rbegin(); reason != use.reasons.rend(); ++reason) {
    if (!reason->place.file.empty())
      return Asked{reason->place.file, reason->place.line, reason->place.column, use.host.display(), use.role};
  }
  return std::nullopt;
}

}  // namespace

void give_code_to_functions(std::vector<Workload>& workloads, std::vector<Use>& uses, const std::vector<Credential>& credentials) {
  std::map<std::string, WorkloadKind, std::less<>> kinds;
  for (const Workload& one : workloads) kinds.emplace(one.id, one.kind);
  const auto is_kind = [&](const Use& use, WorkloadKind kind) {
    const auto found = kinds.find(use.workload);
    return found != kinds.end() && found->second == kind;
  };
  std::set<Asked> asked;
  for (const Use& use : uses) {
    if (std::optional<Asked> at = is_kind(use, WorkloadKind::function) ? asked_at(use) : std::nullopt) asked.insert(*std::move(at));
  }
  if (asked.empty()) return;
  std::set<std::string> given, kept;
  for (const Credential& one : credentials) kept.insert(one.workload);
  std::erase_if(uses, [&](const Use& use) {
    const std::optional<Asked> at = is_kind(use, WorkloadKind::process) ? asked_at(use) : std::nullopt;
    const bool is_given = at && asked.contains(*at);
    (is_given ? given : kept).insert(use.workload);
    return is_given;
  });
  std::erase_if(workloads, [&](const Workload& one) { return given.contains(one.id) && !kept.contains(one.id); });
}

}  // namespace mainstay
