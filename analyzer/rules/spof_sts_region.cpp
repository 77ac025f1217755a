#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

constexpr std::string_view kGlobal = "sts.amazonaws.com";
constexpr std::string_view kGlobalRegion = "us-east-1";  // which serves the global endpoint for regions that must be opted into

// The regions that are enabled by default: from these the global endpoint is served in the caller's own region.
// Source: AWS SDKs and Tools Reference Guide, "AWS STS Regional endpoints".
constexpr std::string_view kDefaultRegions[] = {"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1",
                                                "ap-southeast-2", "ca-central-1",   "eu-central-1",   "eu-north-1", "eu-west-1",
                                                "eu-west-2",      "eu-west-3",      "sa-east-1",      "us-east-1",  "us-east-2",
                                                "us-west-1",      "us-west-2"};

/// The region in the name of a regional endpoint of the token service, "sts.eu-west-1.amazonaws.com"; nothing for other names.
std::optional<std::string> region_of_endpoint(const std::string& host) {
  for (const std::string_view prefix : {"sts.", "sts-fips."}) {
    if (!host.starts_with(prefix)) continue;
    for (const std::string_view suffix : {".amazonaws.com", ".amazonaws.com.cn", ".api.aws"}) {
      if (!host.ends_with(suffix) || host.size() <= prefix.size() + suffix.size()) continue;
      std::string region = host.substr(prefix.size(), host.size() - prefix.size() - suffix.size());
      if (region.find('.') == std::string::npos) return region;
    }
  }
  return std::nullopt;
}

/// "eu-central-1" of the zone of availability "eu-central-1a"; local zones have other names and give nothing.
std::optional<std::string> region_of_zone(const std::string& zone) {
  const std::size_t size = zone.size();
  const auto is_digit = [&](std::size_t at) { return zone[at] >= '0' && zone[at] <= '9'; };
  if (size < 3 || is_digit(size - 1) || !is_digit(size - 2) || zone[size - 3] != '-') return std::nullopt;
  return zone.substr(0, size - 1);
}

std::optional<std::string> region_in(const std::vector<FailureDomain>& domains) {
  for (const FailureDomain& one : domains) {
    if (one.kind == "region") return one.name;
  }
  for (const FailureDomain& one : domains) {
    if (one.kind == "zone") return region_of_zone(one.name);
  }
  return std::nullopt;
}

/// The region that a workload runs in, as it or a scope around it says.
std::optional<std::string> region_of(const Estate& estate, const Workload& workload) {
  if (std::optional<std::string> own = region_in(workload.failure_domains)) return own;
  std::string_view at = workload.scope;
  for (std::size_t steps = 0; steps <= estate.scopes().size(); ++steps) {
    const Scope* scope = estate.scope(at);
    if (scope == nullptr) return std::nullopt;
    if (std::optional<std::string> around = region_in(scope->failure_domains)) return around;
    at = scope->parent;
  }
  return std::nullopt;
}

/// The workloads of other regions that depend on one endpoint of the token service.
struct Elsewhere {
  std::string served_in;
  std::set<std::string> regions;
  std::vector<NodeId> goals;
  std::vector<Evidence> evidence;
};

/// The region whose failure takes the endpoint from a workload of `region`, when that is another one.
std::optional<std::string> served_elsewhere(const std::string& host, const std::string& region, RuleReport& report) {
  if (const std::optional<std::string> endpoint = region_of_endpoint(host)) {
    return *endpoint == region ? std::nullopt : endpoint;
  }
  if (region == kGlobalRegion) return std::nullopt;
  if (std::find(std::begin(kDefaultRegions), std::end(kDefaultRegions), region) != std::end(kDefaultRegions)) {
    report.undecided("the global endpoint is served in the own region only for names that Amazon's resolver has answered", host);
    return std::nullopt;
  }
  return std::string(kGlobalRegion);
}

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  std::map<NodeId, Elsewhere> found;
  for (const Use& use : analysis.estate().uses()) {
    const std::string host = host_name_of(use.host);
    if (use.role != Role::sts || (host != kGlobal && !region_of_endpoint(host))) continue;
    const std::optional<NodeId> goal = graph.find(NodeKind::workload, use.workload);
    const std::optional<NodeId> endpoint = graph.find(NodeKind::endpoint, host);
    const Workload* workload = analysis.estate().workload(use.workload);
    if (!goal || !endpoint || workload == nullptr || !analysis.faults().fails(*goal, *endpoint)) continue;  // there is another way
    const std::optional<std::string> region = region_of(analysis.estate(), *workload);
    if (!region || !use.host.is_known()) {
      report.undecided(region ? "the region of the token service is not in the tree" : "nothing says in which region the workload runs",
                       use.workload);
      continue;
    }
    const std::optional<std::string> other = served_elsewhere(host, *region, report);
    if (!other) continue;
    Elsewhere& one = found[*endpoint];
    one.served_in = *other;
    one.regions.insert(*region);
    if (std::find(one.goals.begin(), one.goals.end(), *goal) == one.goals.end()) one.goals.push_back(*goal);
    if (one.evidence.size() < 4) add_evidence(use.reasons, 1, one.evidence);
  }
  for (auto& [endpoint, one] : found) {
    std::sort(one.goals.begin(), one.goals.end());
    Finding finding;
    finding.subjects = {subject_of(graph, endpoint)};
    finding.affected = analysis.names(one.goals);
    finding.confidence = best_proved(graph, one.goals, endpoint);
    finding.evidence = std::move(one.evidence);
    finding.message = fmt::format("{} in {} get{} credentials from {} alone, which {} serves: either region takes them down",
                                  how_many(one.goals.size(), "workload"), fmt::join(one.regions, ", "), one.goals.size() == 1 ? "s" : "",
                                  graph.node(endpoint).name, one.served_in);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule spof_sts_region;
constinit const Rule spof_sts_region{
    .name = "spof-sts-region",
    .summary = "workloads get their credentials from the token service of one region that is not theirs",
    .why =
        "A workload that exchanges its token in another region needs two regions to be up, and a fault of the other one stops it when its "
        "credentials run out. In its own region the token service adds nothing that the workload does not need anyway, so that is not "
        "told. "
        "The global endpoint is served by us-east-1 for regions that must be opted into, and locally for the others.",
    .fix =
        "use the token service of the workload's own region (AWS_REGION, AWS_STS_REGIONAL_ENDPOINTS=regional), with a second region as "
        "an alternative where the workload itself can move",
    .reference = "AWS SDKs and Tools Reference Guide, AWS STS Regional endpoints; AWS Fault Isolation Boundaries",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
