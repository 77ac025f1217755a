#include "tests/render/sample_report.h"

#include <fmt/format.h>

namespace mainstay {
namespace {

Evidence at(std::string file, std::uint32_t line, std::string text, std::uint32_t column = 1) {
  return Evidence::declared({.file = std::move(file), .line = line, .column = column, .length = 1, .text = std::move(text)});
}

std::vector<std::string> workload_ids(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t number = 1; number <= count; ++number) out.push_back(fmt::format("deployment:prod/apps/service-{:02}", number));
  return out;
}

void add_sources(Report& report) {
  report.sources.push_back({.file = "README.md", .state = SourceState::not_ours});
  report.sources.push_back(
      {.file = "hosts/app/etc/resolv.conf", .state = SourceState::read, .format = "resolv-conf", .octets = 58, .facts = 1});
  report.sources.push_back({.file = "hosts/dns-a/etc/unbound/unbound.conf",
                            .state = SourceState::read,
                            .format = "unbound",
                            .octets = 912,
                            .facts = 4,
                            .warnings = 1});
  report.sources.push_back({.file = "infra/main.tf",
                            .state = SourceState::read,
                            .format = "terraform",
                            .cause = SourceCause::read_in_part,
                            .octets = 48211,
                            .facts = 37,
                            .errors = 1});
  report.sources.push_back({.file = "infra/vpc.tf", .state = SourceState::read, .format = "terraform", .octets = 20411, .facts = 12});
  report.sources.push_back({.file = "state/terraform.tfstate",
                            .state = SourceState::skipped,
                            .cause = SourceCause::over_limit,
                            .reason = "larger than 64 MB",
                            .octets = 81234567});
  report.sources.push_back({.file = "zones/corp.example.zone",
                            .state = SourceState::failed,
                            .format = "zone",
                            .cause = SourceCause::unreadable,
                            .reason = "not readable: permission denied"});
}

void add_endpoints(Report& report) {
  const struct {
    const char* name;
    Role role;
    std::size_t workloads;
  } rows[] = {{"acme.okta.com", Role::oidc_issuer, 118},
              {"sts.us-east-1.amazonaws.com", Role::sts, 87},
              {"spire-server.spire.svc", Role::workload_identity, 64},
              {"vault.corp.example", Role::secret_store, 41},
              {"ldap.corp.example", Role::ldap, 23},
              {"日本語.example", Role::saml_idp, 12},
              {"login-${var.env}.corp.example", Role::oauth_token, 7},
              {"crl.corp.example", Role::crl, 3},
              {"kdc.corp.example", Role::kerberos_kdc, 2}};
  std::size_t faults = 0;
  for (const auto& row : rows) {
    EndpointRow endpoint{.name = row.name, .role = row.role, .hosts = {row.name}, .workloads = workload_ids(row.workloads)};
    for (std::size_t fault = 0; fault < faults; ++fault) endpoint.single_faults.push_back(fmt::format("resolver 10.9.9.{}", fault + 1));
    endpoint.inherent_faults = 2;
    endpoint.weakest = faults % 2 == 0 ? Confidence::declared : Confidence::product_default;
    endpoint.evidence = {at("hosts/app/opt/app/.env", static_cast<std::uint32_t>(faults) + 1, fmt::format("ISSUER=https://{}", row.name))};
    if (faults > 0) {
      endpoint.lockout = LockoutRow{.most = 300 * faults * faults, .complete = faults == 1, .fault = "resolver 10.9.9.1", .holds = {}};
      endpoint.lockout->holds = {{"a cached answer for " + endpoint.name, 300 * faults * faults, endpoint.evidence},
                                 {"a token of " + endpoint.name, std::nullopt, {}}};
    }
    report.endpoints.push_back(std::move(endpoint));
    faults = (faults + 1) % 4;
  }
}

void add_findings(Report& report) {
  Finding upstream{.rule = "spof-upstream",
                   .id = "41aa90b2c3d4e5f6",
                   .severity = Severity::critical,
                   .confidence = Confidence::declared,
                   .message = "every lookup of 118 workloads ends at the forwarder 10.9.9.1, behind two resolvers that look redundant",
                   .fix = "give each resolver a second upstream in another network",
                   .subjects = {{"resolver", "10.9.9.1"}},
                   .affected = workload_ids(118)};
  upstream.evidence = {at("hosts/dns-a/etc/unbound/unbound.conf", 5, "forward-addr: 10.9.9.1"),
                       at("hosts/dns-b/etc/unbound/unbound.conf", 5, "forward-addr: 10.9.9.1"),
                       Evidence::observed("logs/unbound.log", 120433, "2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z"),
                       Evidence::assumed("10.9.9.1 is not described in the tree; it is taken to resolve from the root")};
  upstream.same_blast = {{"prefix", "10.9.9.0/24"}, {"host", "dns-fwd"}, {"network", "mgmt"}, {"zone", "az1"}};
  Finding failover{.rule = "failover-over-budget",
                   .id = "41ab00000000d0e9",
                   .severity = Severity::high,
                   .confidence = Confidence::product_default,
                   .message = "5.0 s resolver failover ≥ 3.0 s deadline around it",
                   .fix = "options timeout:1 attempts:2",
                   .subjects = {{"stub", "host:hosts/app"}},
                   .affected = workload_ids(1),
                   .arithmetic = "wait(0) = 5 s > 3 s; with \"options timeout:1 attempts:2\": 1 s"};
  failover.evidence = {at("hosts/app/etc/resolv.conf", 1, "nameserver 10.9.1.53"),
                       Evidence::by_default("glibc: timeout 5, resolv.conf(5)")};
  report.findings = {upstream, failover};
  for (int number = 0; number < 9; ++number) {
    Finding stale{.rule = "record-never-queried",
                  .id = fmt::format("{:x}0b5200000000000", number + 5),
                  .severity = number < 4 ? Severity::medium : Severity::low,
                  .confidence = Confidence::observed,
                  .message = fmt::format("old-vpn-{}.corp.example was not asked for in 30 days", number),
                  .fix = "delete the record",
                  .subjects = {{"record", fmt::format("old-vpn-{}.corp.example. A", number)}}};
    stale.evidence = {at("zones/corp.example.zone", 88, "old-vpn\tA 10.9.3.7")};
    report.findings.push_back(std::move(stale));
  }
}

void add_rows(Report& report) {
  report.workloads = {{.id = "process:hosts/app/opt/app",
                       .kind = "process",
                       .name = "app",
                       .scope = "host:hosts/app",
                       .resolver = "10.9.1.53, 10.9.2.53 (hosts/app/etc/resolv.conf:1)",
                       .endpoints = {"vault.corp.example"},
                       .single_faults = 2,
                       .cold_start = false,
                       .evidence = {at("hosts/app/opt/app/.env", 1, "VAULT_ADDR=https://vault.corp.example:8200", 12)}}};
  report.resolvers = {{.id = "server:hosts/dns-a/unbound",
                       .label = "dns-a",
                       .software = "unbound",
                       .addresses = {"10.9.1.53"},
                       .upstreams = {"10.9.9.1"},
                       .workloads = 118,
                       .evidence = {at("hosts/dns-a/etc/unbound/unbound.conf", 2, "interface: 10.9.1.53")}},
                      {.id = "resolver:10.9.9.1", .label = "10.9.9.1", .workloads = 118, .described = false}};
  report.zones = {{.apex = "corp.example",
                   .provider = "route53",
                   .is_signed = "no",
                   .name_servers = {"ns1.corp.example", "ns2.corp.example"},
                   .records = 42,
                   .evidence = {at("zones/corp.example.zone", 1, "@ SOA ns1 hostmaster 1 7200 900 1209600 300")}}};
  report.diagnostics = {{{.file = "infra/main.tf", .line = 12, .column = 14, .length = 9, .text = "address = 300.1.1.1x"},
                         DiagnosticSeverity::error,
                         "not an IP address",
                         "write four numbers from 0 to 255",
                         11}};
  report.undecided = {{.what = "resolver",
                       .why = "no resolver configuration covers it",
                       .count = 9,
                       .examples = {"function:infra/lambda.a", "function:infra/lambda.b"}},
                      {.what = "failover-over-budget", .why = "no deadline encloses the lookup", .count = 131}};
}

}  // namespace

Report sample_report() {
  Report report;
  report.roots = {"."};
  report.logs = {"logs/unbound.log"};
  add_sources(report);
  add_endpoints(report);
  add_findings(report);
  add_rows(report);
  report.diagnostics_dropped = 3;
  return report;
}

Report hostile_report() {
  const std::string bad = kHostile;
  const Reasons reasons = {at(bad, 1, bad), Evidence::observed(bad, 1, bad, bad), Evidence::by_default(bad), Evidence::assumed(bad)};
  Report report;
  report.roots = report.logs = {bad};
  report.sources = {{.file = bad, .state = SourceState::read, .format = bad, .cause = SourceCause::read_in_part, .errors = 1},
                    {.file = bad, .state = SourceState::failed, .format = bad, .cause = SourceCause::unreadable, .reason = bad},
                    {.file = bad, .state = SourceState::skipped, .format = bad, .cause = SourceCause::ignored, .reason = bad}};
  report.diagnostics = {{{.file = bad, .text = bad}, DiagnosticSeverity::error, bad, bad, 3}};
  report.endpoints = {{.name = bad, .hosts = {bad}, .provider = bad, .workloads = {bad}, .single_faults = {bad}, .evidence = reasons}};
  report.endpoints[0].lockout = LockoutRow{.most = 1, .complete = false, .fault = bad, .holds = {{bad, 1, reasons}}};
  report.snapshots = {{.file = bad, .version = bad, .created = bad, .age = 1}};
  report.workloads = {{.id = bad, .kind = bad, .name = bad, .scope = bad, .resolver = bad, .endpoints = {bad}, .evidence = reasons}};
  report.resolvers = {{.id = bad, .label = bad, .software = bad, .addresses = {bad}, .upstreams = {bad}, .evidence = reasons}};
  report.zones = {{.apex = bad, .view = bad, .provider = bad, .is_signed = bad, .name_servers = {bad}, .evidence = reasons}};
  report.findings = {{.rule = bad,
                      .id = "0123456789abcdef",
                      .message = bad,
                      .fix = bad,
                      .subjects = {{bad, bad}},
                      .affected = {bad},
                      .evidence = reasons,
                      .same_blast = {{bad, bad}},
                      .arithmetic = bad}};
  report.undecided = {{.what = bad, .why = bad, .count = 1, .examples = {bad}}};
  return report;
}

ImpactReport sample_impact() {
  ImpactReport impact;
  impact.snapshots = {{.file = "prod.msn", .version = "VERSION", .created = "2026-11-20T02:00:00Z", .age = 25 * 3600}};
  impact.down = {{.subject = {"resolver", "server:unbound-a"}, .label = "10.20.0.53", .mode = "silent", .other_modes = {"closed", "slow"}}};
  const auto add = [&](const char* workload, Standing standing, const char* reason) -> ImpactRow& {
    impact.rows.push_back({.workload = workload, .standing = standing, .endpoints = {"vault.corp.example"}, .reason = reason});
    return impact.rows.back();
  };
  add("process:payroll", Standing::now, "10.20.0.53 is its only resolver").evidence = {
      at("hosts/payroll/etc/resolv.conf", 1, "nameserver 10.20.0.53")};
  ImpactRow& late = add("process:portal", Standing::time_out, "5 s of failover against a deadline of 3 s");
  late.arithmetic = "w(0)=5 s";
  late.wait = Bounds{5000, 5000};
  late.deadline = 3000;
  ImpactRow& wrong = add("process:mixed", Standing::degraded, "50 % of its lookups end in a wrong answer");
  wrong.lost_percent_lo = wrong.lost_percent_hi = 50;
  ImpactRow& later = add("process:cached", Standing::later, "none of its 2 resolvers can answer without zone corp.example");
  later.lockout = Bounds{0, 900};
  later.runs_out_first = "a cached answer for vault.corp.example";
  ImpactRow& slow = add("process:vm", Standing::slow, "+5 s a lookup");
  slow.wait = Bounds{0, 5000};
  slow.purpose = Purpose::break_glass;
  add("process:other", Standing::fine, "goes on another way");
  add("process:stray", Standing::unknown, "nothing says which resolver it uses");
  add("process:broken", Standing::lost_anyway, "none of its 2 resolvers is there").purpose = Purpose::break_glass;
  impact.reliefs = {
      {.action = "move 10.20.0.53 to 10.20.1.53", .why = "it answers those names for others", .restores = 4, .of = 5, .edits = 1},
      {.action = "edit 1 resolv.conf", .why = "", .restores = 1, .of = 5, .edits = 1}};
  return impact;
}

ImpactReport hostile_impact() {
  const std::string bad = kHostile;
  const Reasons reasons = {at(bad, 1, bad), Evidence::observed(bad, 1, bad, bad), Evidence::by_default(bad), Evidence::assumed(bad)};
  ImpactReport impact;
  impact.snapshots = {{.file = bad, .version = bad, .created = bad, .age = std::nullopt}};
  impact.down = {{.subject = {bad, bad}, .label = bad, .mode = bad, .other_modes = {bad}}};
  for (std::uint8_t standing = 0; standing < words(Standing::now).size(); ++standing) {
    impact.rows.push_back({.workload = bad, .standing = Standing(standing), .endpoints = {bad}, .reason = bad, .arithmetic = bad});
    impact.rows.back().purpose = Purpose::break_glass;
    impact.rows.back().lockout = Bounds{0, std::nullopt};
    impact.rows.back().runs_out_first = bad;
    impact.rows.back().evidence = reasons;
  }
  impact.reliefs = {{.action = bad, .why = bad, .restores = 1, .of = 1, .edits = 1, .evidence = reasons}};
  return impact;
}

}  // namespace mainstay
