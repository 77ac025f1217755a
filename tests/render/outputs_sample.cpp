#include "tests/render/outputs_sample.h"

#include "tests/render/sample_report.h"

namespace mainstay {

Report reported_sample() {
  Report report = sample_report();
  report.rules = {{.name = "failover-over-budget",
                   .summary = "Failing over takes longer than a deadline around it",
                   .why = "The sign-in gives up before the second resolver is asked",
                   .fix = "set timeout and attempts",
                   .reference = "resolv.conf(5)",
                   .severity = Severity::high},
                  {.name = "record-never-queried", .summary = "A record that nobody asks for", .severity = Severity::low},
                  {.name = "spof-resolver", .summary = "One resolver is all that workloads have", .severity = Severity::high},
                  {.name = "spof-upstream",
                   .summary = "Several resolvers end at one forwarder",
                   .why = "Redundancy in front of a single upstream is none",
                   .fix = "give each resolver a second upstream in another network",
                   .reference = "RFC 9499",
                   .severity = Severity::critical,
                   .controls = {{"OWASP NHI Top 10 2025", "NHI7", "Long-Lived Secrets"}, {"House rules", "", "No single upstream"}}}};
  report.findings[0].owners = {"@corp/dns-team"};
  Finding waived = report.findings[1];
  waived.id = "feed00000000beef";
  waived.suppression = Suppression{.kind = SuppressionKind::waiver,
                                   .reason = "the second line is ordered",
                                   .until = "2027-01-31",
                                   .place = {.file = "waivers.yaml", .line = 3, .text = "- id: feed00000000beef"}};
  report.suppressed = {waived};
  return report;
}

OutputContext sample_context() {
  OutputContext context;
  context.now = 1'795'000'000;
  context.prefix = "infra/";
  const Finding finding = sample_report().findings[0];
  context.marks[finding.evidence[0].place] = {.hash = "5f0a:1", .column = 3, .end_column = 26};
  context.flows[finding.id] = {{"workload app", {finding.evidence[1]}},
                               {"needs lookup of vault.corp.example (1 of 2)", {Evidence::assumed("glibc")}},
                               {"needs resolver 10.9.9.1", {finding.evidence[0]}}};
  return context;
}

Report planted_report(const std::string& text) {
  const auto place = [&](std::uint32_t line) { return Place{.file = text, .line = line, .text = text}; };
  Finding finding{.rule = text,
                  .id = "0123456789abcdef",
                  .severity = Severity::high,
                  .message = text,
                  .fix = text,
                  .subjects = {{text, text}},
                  .affected = {text},
                  .evidence = {Evidence::declared(place(1)), Evidence::observed(text, 7, text, text), Evidence::by_default(text),
                               Evidence::assumed(text)},
                  .same_blast = {{text, text}},
                  .arithmetic = text,
                  .owners = {text}};
  Report report;
  report.roots = report.logs = {text};
  report.findings = {finding};
  finding.id = "fedcba9876543210";
  finding.suppression = Suppression{.kind = SuppressionKind::in_place, .reason = text, .until = text, .place = place(2)};
  report.suppressed = {finding};
  report.rules = {{.name = text,
                   .summary = text,
                   .why = text,
                   .fix = text,
                   .reference = text,
                   .severity = Severity::medium,
                   .controls = {{text, text, text}}},
                  {.name = "quiet " + text, .summary = text}};
  report.sources = {{.file = text, .state = SourceState::failed, .cause = SourceCause::unreadable, .reason = text},
                    {.file = text, .state = SourceState::skipped, .cause = SourceCause::ignored, .reason = text}};
  report.diagnostics = {{place(3), DiagnosticSeverity::error, text, text, 1}};
  report.undecided = {{.what = text, .why = text, .count = 1, .examples = {text}}};
  report.endpoints = {{.name = text, .hosts = {text}, .provider = text, .workloads = {text}, .single_faults = {text}}};
  report.workloads = {{.id = text, .kind = text, .name = text, .scope = text, .resolver = text, .endpoints = {text}}};
  return report;
}

OutputContext planted_context(const std::string& text) {
  OutputContext context;
  context.flows["0123456789abcdef"] = {{text, {Evidence::declared({.file = text, .line = 9, .text = text})}}};
  return context;
}

}  // namespace mainstay
