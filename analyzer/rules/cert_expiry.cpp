#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyzer/identities/txt_life.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kSoon = 14 * kDay;
constexpr std::int64_t kNow = 2 * kDay;

/// True when a certificate with that name is one for the host. Source: RFC 6125 section 6.4.3 (a wildcard stands for one label).
bool is_for(const std::string& name, const DomainName& host) {
  const Result<DomainName> own = DomainName::parse(name);
  if (!own) return false;
  return own->is_wildcard() ? !host.is_root() && host.parent() == own->parent() : *own == host;
}

bool is_for(const Certificate& certificate, const DomainName& host) {
  const auto names_host = [&](const std::string& name) { return is_for(name, host); };
  return std::any_of(certificate.names.begin(), certificate.names.end(), names_host);
}

std::optional<DomainName> domain_of(const Text& text) {
  const std::optional<std::string> known = text.known();
  const Result<DomainName> name = known ? DomainName::parse(*known) : Result<DomainName>(Error{""});
  return name ? std::optional(*name) : std::nullopt;
}

/// The identity endpoints that a certificate is for, and the workloads that need them.
struct Users {
  std::set<DomainName> hosts;
  std::set<std::string> workloads;
};

Users users_of(const Certificate& certificate, const Estate& estate) {
  Users users;
  for (const Use& use : estate.uses()) {
    const std::optional<DomainName> host = domain_of(use.host);
    if (!host || !is_for(certificate, *host)) continue;
    users.hosts.insert(*host);
    users.workloads.insert(use.workload);
  }
  for (const Endpoint& endpoint : estate.endpoints()) {
    for (const Text& text : endpoint.hosts) {
      const std::optional<DomainName> host = domain_of(text);
      if (host && is_for(certificate, *host)) users.hosts.insert(*host);
    }
  }
  return users;
}

std::string in_days(std::int64_t left) {
  return left <= 0 ? fmt::format("ended {} ago", how_many(static_cast<std::size_t>(-left / kDay), "day"))
                   : fmt::format("ends in {}", how_many(static_cast<std::size_t>(left / kDay), "day"));
}

void check(const Analysis& analysis, RuleReport& report) {
  if (analysis.now() == 0) return;
  for (const Certificate& certificate : analysis.estate().certificates()) {
    const std::optional<std::int64_t> end = moment_of(certificate.not_after);
    if (!end || *end - analysis.now() > kSoon) continue;
    const std::int64_t left = *end - analysis.now();
    const Users users = users_of(certificate, analysis.estate());
    const std::string about = certificate.names.empty() ? "issued by " + certificate.issuer : certificate.names.front();
    if (users.hosts.empty()) {
      report.undecided("a certificate is at its end, and no identity endpoint that is known has its name", about);
      continue;
    }
    Finding finding;
    for (const DomainName& host : users.hosts) finding.subjects.push_back({"certificate", std::string(host.host())});
    finding.affected.assign(users.workloads.begin(), users.workloads.end());
    finding.severity = left <= kNow ? Severity::critical : Severity::high;
    finding.confidence = strongest(certificate.reasons);
    finding.evidence = certificate.reasons;
    finding.message = fmt::format("the certificate of {} {}", users.hosts.begin()->host(), in_days(left));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule cert_expiry;
constinit const Rule cert_expiry{
    .name = "cert-expiry",
    .summary = "the certificate of an identity endpoint has ended, or ends within two weeks",
    .why =
        "From its end on every client that verifies it refuses the endpoint, all at once, and what was to renew it may need that endpoint.",
    .fix =
        "renew it now, and see why that did not happen by itself: renewal belongs at two thirds of a certificate's life, with an alarm "
        "behind it",
    .reference = "RFC 5280 section 4.1.2.5",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
