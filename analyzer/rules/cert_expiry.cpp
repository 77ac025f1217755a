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

bool share_a_file(const Certificate& one, const Certificate& other) {
  return std::any_of(one.reasons.begin(), one.reasons.end(), [&](const Evidence& each) {
    return std::any_of(other.reasons.begin(), other.reasons.end(), [&](const Evidence& its) { return its.place.file == each.place.file; });
  });
}

bool has_name(const Certificate& certificate, const std::string& name) {
  return std::find(certificate.names.begin(), certificate.names.end(), name) != certificate.names.end();
}

/// The certificate that a certificate's issuer has in the same file: of several that were issued for one name the one that lasts longest,
/// as clients build the way that holds. Null for none, and for one that signs itself, which clients have of their own. Source: RFC 8446
/// section 4.4.2; RFC 4158 section 2.
const Certificate* issuer_of(const Certificate& certificate, const std::vector<Certificate>& all) {
  const Certificate* found = nullptr;
  for (const Certificate& one : all) {
    if (&one == &certificate || !has_name(one, certificate.issuer) || one.issuer == certificate.issuer || !share_a_file(one, certificate))
      continue;
    if (found == nullptr || found->not_after < one.not_after) found = &one;
  }
  return found;
}

/// What ends first of a certificate and those that it rests on in its file.
const Certificate& first_to_end(const Certificate& certificate, const std::vector<Certificate>& all) {
  constexpr int kMost = 10;
  const Certificate *first = &certificate, *at = &certificate;
  for (int depth = 0; depth < kMost && (at = issuer_of(*at, all)) != nullptr; ++depth) {
    if (!at->not_after.empty() && at->not_after < first->not_after) first = at;
  }
  return *first;
}

/// True for one by which another certificate of its file is issued: it is judged with that.
bool issues_another(const Certificate& certificate, const std::vector<Certificate>& all) {
  return std::any_of(all.begin(), all.end(), [&](const Certificate& one) {
    return &one != &certificate && has_name(certificate, one.issuer) && share_a_file(one, certificate);
  });
}

void check(const Analysis& analysis, RuleReport& report) {
  if (analysis.now() == 0) return;
  const std::vector<Certificate>& all = analysis.estate().certificates();
  for (const Certificate& certificate : all) {
    if (issues_another(certificate, all)) continue;
    const Certificate& first = first_to_end(certificate, all);
    const std::optional<std::int64_t> end = moment_of(first.not_after);
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
    finding.evidence = first.reasons;
    finding.message = fmt::format("the certificate of {} {}", users.hosts.begin()->host(), in_days(left));
    if (&first != &certificate) {
      finding.message = fmt::format("the certificate of {} rests on that of {}, which {}", users.hosts.begin()->host(), first.names.front(),
                                    in_days(left));
      finding.evidence.insert(finding.evidence.end(), certificate.reasons.begin(), certificate.reasons.end());
    }
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule cert_expiry;
constinit const Rule cert_expiry{
    .name = "cert-expiry",
    .summary = "the certificate of an identity endpoint, or one of its chain, has ended or ends within two weeks",
    .why =
        "From its end on every client that verifies it refuses the endpoint, all at once, and what was to renew it may need that endpoint.",
    .fix =
        "renew it now, and see why that did not happen by itself: renewal belongs at two thirds of a certificate's life, with an alarm "
        "behind it",
    .reference = "RFC 5280 sections 4.1.2.5 and 6.1.3",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
