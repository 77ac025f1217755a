#include "analyzer/policy/controls.h"

#include <algorithm>
#include <array>
#include <string>

namespace mainstay {
namespace {

constexpr std::string_view kNhi = "OWASP NHI Top 10 2025";
constexpr std::string_view kMaestro = "CSA MAESTRO";
constexpr std::string_view kAiRmf = "NIST AI RMF 1.0";
constexpr std::string_view kCsf = "NIST CSF 2.0";

// An ellipsis stands where the text of a category is longer.
constexpr std::array kEntries{
    ControlEntry{kNhi, "NHI1:2025", "Improper Offboarding"},
    ControlEntry{kNhi, "NHI2:2025", "Secret Leakage"},
    ControlEntry{kNhi, "NHI3:2025", "Vulnerable Third-Party NHI"},
    ControlEntry{kNhi, "NHI4:2025", "Insecure Authentication"},
    ControlEntry{kNhi, "NHI5:2025", "Overprivileged NHI"},
    ControlEntry{kNhi, "NHI6:2025", "Insecure Cloud Deployment Configurations"},
    ControlEntry{kNhi, "NHI7:2025", "Long-Lived Secrets"},
    ControlEntry{kNhi, "NHI8:2025", "Environment Isolation"},
    ControlEntry{kNhi, "NHI9:2025", "NHI Reuse"},
    ControlEntry{kMaestro, "L4", "Deployment Infrastructure"},
    ControlEntry{kMaestro, "L5", "Evaluation and Observability"},
    ControlEntry{kMaestro, "L6", "Security and Compliance (vertical)"},
    ControlEntry{kAiRmf, "GOVERN 1.7", "Processes and procedures are in place for decommissioning and phasing out AI systems safely ..."},
    ControlEntry{
        kAiRmf, "GOVERN 6.2",
        "Contingency processes are in place to handle failures or incidents in third-party data or AI systems deemed to be high-risk."},
    ControlEntry{kAiRmf, "MAP 4",
                 "Risks and benefits are mapped for all components of the AI system including third-party software and data."},
    ControlEntry{
        kAiRmf, "MEASURE 2.6",
        "... Safety metrics reflect system reliability and robustness, real-time monitoring, and response times for AI system failures."},
    ControlEntry{kAiRmf, "MEASURE 2.7", "AI system security and resilience ... are evaluated and documented."},
    ControlEntry{kAiRmf, "MANAGE 3", "AI risks and benefits from third-party entities are managed."},
    ControlEntry{kCsf, "IDENTIFY", "The organization's current cybersecurity risks are understood."},
    ControlEntry{kCsf, "PROTECT", "Safeguards to manage the organization's cybersecurity risks are used."},
    ControlEntry{kCsf, "RECOVER", "Assets and operations affected by a cybersecurity incident are restored."},
};

using Ids = std::span<const std::string_view>;

// One list for each kind of trouble.
constexpr std::string_view kSinglePoint[] = {"NHI6:2025", "L4", "GOVERN 6.2", "MAP 4", "MEASURE 2.7", "PROTECT"};
constexpr std::string_view kThirdParty[] = {"NHI3:2025", "NHI6:2025", "L4", "GOVERN 6.2", "MAP 4", "MEASURE 2.7", "MANAGE 3", "PROTECT"};
constexpr std::string_view kSlow[] = {"NHI6:2025", "L4", "MEASURE 2.6", "PROTECT"};
constexpr std::string_view kStart[] = {"NHI6:2025", "L4", "MEASURE 2.7", "RECOVER"};
constexpr std::string_view kEmergency[] = {"NHI6:2025", "L4", "GOVERN 6.2", "MEASURE 2.7", "RECOVER"};
constexpr std::string_view kClaimable[] = {"NHI1:2025", "NHI3:2025", "L6", "GOVERN 1.7", "IDENTIFY"};
constexpr std::string_view kStale[] = {"NHI1:2025", "L5", "GOVERN 1.7", "IDENTIFY"};
constexpr std::string_view kForgeable[] = {"NHI4:2025", "L6", "MEASURE 2.7", "PROTECT"};
constexpr std::string_view kMixedUp[] = {"NHI8:2025", "NHI9:2025", "L6", "PROTECT"};
constexpr std::string_view kOverprivileged[] = {"NHI5:2025", "L6", "MEASURE 2.7", "PROTECT"};
constexpr std::string_view kLongLived[] = {"NHI1:2025", "NHI7:2025", "L6", "GOVERN 1.7", "PROTECT"};

struct Row {
  std::string_view rule;
  Ids ids;
};

constexpr std::array kRows{
    Row{"bootstrap-cycle", kStart},
    Row{"breakglass-shared-fate", kEmergency},
    Row{"cert-expiry", kStart},
    Row{"cold-start-hard-dep", kStart},
    Row{"cred-longlived-fallback", kLongLived},
    Row{"dangling-cname", kClaimable},
    Row{"dangling-ip", kClaimable},
    Row{"dangling-issuer", kClaimable},
    Row{"delegation-cycle", kSinglePoint},
    Row{"dns-writer-unsafe", kOverprivileged},
    Row{"failover-over-budget", kSlow},
    Row{"failover-search-amplified", kSlow},
    Row{"name-nxdomain-in-use", kStale},
    Row{"negative-answer-no-failover", kSinglePoint},
    Row{"no-serve-stale", kSlow},
    Row{"obs-amplification", kSlow},
    Row{"obs-answer-out-of-policy", kForgeable},
    Row{"obs-edge-drift", kStale},
    Row{"obs-failure-rate", kSlow},
    Row{"obs-partial-chain", kStale},
    Row{"obs-resolver-bypass", kStale},
    Row{"obs-single-resolver", kSinglePoint},
    Row{"obs-slow", kSlow},
    Row{"obs-spike-or-storm", kSlow},
    Row{"record-never-queried", kStale},
    Row{"resolve-once-client", kSlow},
    Row{"resolver-list-truncated", kSinglePoint},
    Row{"resolver-shared-fate", kSinglePoint},
    Row{"spof-dns-provider", kThirdParty},
    Row{"spof-idp", kThirdParty},
    Row{"spof-live-keys", kSinglePoint},
    Row{"spof-nameserver", kSinglePoint},
    Row{"spof-prefix", kSinglePoint},
    Row{"spof-registration", kThirdParty},
    Row{"spof-resolver", kSinglePoint},
    Row{"spof-sts-region", kThirdParty},
    Row{"spof-upstream", kSinglePoint},
    Row{"survival-below-rto", kEmergency},
    Row{"txtid-binding-mismatch", kMixedUp},
    Row{"txtid-duplicate", kMixedUp},
    Row{"txtid-expired", kLongLived},
    Row{"txtid-fail-open", kForgeable},
    Row{"txtid-missing", kForgeable},
    Row{"txtid-no-rotation", kLongLived},
    Row{"txtid-permission-missing", kLongLived},
    Row{"txtid-permission-wide", kOverprivileged},
    Row{"txtid-resolver-errors", kSlow},
    Row{"txtid-ttl-long", kLongLived},
    Row{"txtid-ttl-short", kSlow},
    Row{"txtid-unauthenticated", kForgeable},
    Row{"txtid-weak-check", kForgeable},
    Row{"txtid-wildcard", kForgeable},
    Row{"upstream-health-blind", kSlow},
};

}  // namespace

std::span<const ControlEntry> control_entries() { return kEntries; }

std::span<const std::string_view> ids_of_controls(std::string_view rule) {
  const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& one) { return one.rule == rule; });
  return row == kRows.end() ? Ids() : row->ids;
}

std::vector<Control> controls_of(std::string_view rule) {
  const Ids ids = ids_of_controls(rule);
  std::vector<Control> all;
  for (const ControlEntry& entry : kEntries) {
    const bool is_named = std::find(ids.begin(), ids.end(), entry.id) != ids.end();
    if (is_named) all.push_back({std::string(entry.framework), std::string(entry.id), std::string(entry.title)});
  }
  return all;
}

std::vector<std::string_view> rules_with_controls() {
  std::vector<std::string_view> all;
  for (const Row& row : kRows) all.push_back(row.rule);
  return all;
}

}  // namespace mainstay
