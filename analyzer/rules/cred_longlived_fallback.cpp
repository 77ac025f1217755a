#include <fmt/format.h>

#include <array>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// A static secret that the product's client takes before, or after, the token exchange of the same provider.
/// Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers"; Azure Identity, DefaultAzureCredential.
struct StaticSecret {
  std::string_view kind;
  std::string_view exchange;  // a part of the exchange's host
  std::string_view name;
};
constexpr std::array<StaticSecret, 2> kSecrets = {
    {{"aws-access-key", "amazonaws.com", "the static access key"}, {"azure-client-secret", "microsoftonline.", "the client secret"}}};

/// The exchange of a workload at the provider of a secret; null when it has none.
const Use* exchange_of(const Estate& estate, const Credential& secret, const StaticSecret& kind) {
  for (const Use& use : estate.uses_of(secret.workload)) {
    const bool is_there = use.host.skeleton('*').find(kind.exchange) != std::string::npos;
    if (use.role == Role::sts && is_there) return &use;
  }
  return nullptr;
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  for (const Credential& secret : estate.credentials()) {
    const Workload* workload = estate.workload(secret.workload);
    const bool is_kept = workload != nullptr && workload->purpose == Purpose::break_glass;  // for when the exchange is down
    if (secret.life != CredentialLife::long_lived || workload == nullptr || is_kept) continue;
    for (const StaticSecret& kind : kSecrets) {
      const Use* exchange = secret.kind == kind.kind ? exchange_of(estate, secret, kind) : nullptr;
      if (exchange == nullptr) continue;
      Finding finding;
      finding.subjects = {{"workload", secret.workload}, {"credential", secret.kind}};
      finding.affected = {secret.workload};
      finding.confidence = std::min(strongest(secret.reasons), strongest(exchange->reasons));
      add_evidence(secret.reasons, 2, finding.evidence);
      add_evidence(exchange->reasons, 2, finding.evidence);
      finding.message =
          fmt::format("{} of {} is taken before the token exchange is asked for: nobody notices when that stops, and the key never ends",
                      kind.name, workload->name);
      report.add(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule cred_longlived_fallback;
constinit const Rule cred_longlived_fallback{
    .name = "cred-longlived-fallback",
    .summary = "a long-lived secret stands beside a workload's token exchange",
    .why =
        "Clients look for static secrets before they exchange a token. The exchange is never tried, so it may be broken for months, and "
        "whoever reads the secret is the workload for as long as it is valid.",
    .fix =
        "take the secret away where the token exchange works; where it is kept for emergencies, declare that (MAINSTAY_PURPOSE=break-glass "
        "on a workload of its own), seal it, and alarm on its use",
    .reference = "AWS SDKs and Tools Reference Guide, Standardized credential providers; Azure Identity, DefaultAzureCredential",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
