#include "tests/analyzer/rules/small_estate.h"

#include <catch2/catch.hpp>

#include "analyzer/rules/rule.h"

namespace mainstay {

Reasons written(std::uint32_t line) { return {Evidence::declared({.file = "tree", .line = line, .column = 1, .length = 1, .text = "x"})}; }

void add_process(std::vector<Fact>& facts, const Process& process) {
  const std::string machine = "host:" + (process.machine.empty() ? process.name : process.machine);
  facts.emplace_back(Scope{.id = machine, .kind = ScopeKind::host, .name = machine.substr(5), .reasons = written()});
  Stub stub{.scope = machine, .library = ResolverLibrary::glibc, .reasons = written()};
  for (const std::string& address : process.asks.empty() ? std::vector<std::string>{"10.0.1.53", "10.0.2.53"} : process.asks)
    stub.servers.push_back({.address = *IpAddress::parse(address), .reasons = written()});
  facts.emplace_back(stub);
  facts.emplace_back(Workload{.id = "process:" + process.name,
                              .name = process.name,
                              .scope = machine,
                              .purpose = process.purpose,
                              .failure_domains = process.domains,
                              .reasons = written()});
  facts.emplace_back(Use{.workload = "process:" + process.name,
                         .host = process.host,
                         .role = process.role,
                         .key = "KEY",
                         .alternative = process.alternative,
                         .reasons = written()});
}

Record record(const std::string& owner, const std::string& type, const std::string& data, std::uint32_t ttl) {
  return {.owner = owner, .type = type, .ttl = *Ttl::from_seconds(ttl), .data = data, .zone = "zone", .reasons = written()};
}

void add_zone(std::vector<Fact>& facts, const std::string& apex, const std::vector<std::string>& addresses, const std::string& host) {
  facts.emplace_back(Zone{.apex = *DomainName::parse(apex), .complete = true, .reasons = written()});
  for (std::size_t at = 0; at < addresses.size(); ++at) {
    const std::string server = "ns" + std::to_string(at + 1) + "." + apex;
    facts.emplace_back(record(apex, "NS", server));
    const bool is_v6 = addresses[at].find(':') != std::string::npos;
    if (!addresses[at].empty()) facts.emplace_back(record(server, is_v6 ? "AAAA" : "A", addresses[at]));
  }
  if (!host.empty()) facts.emplace_back(record(host, "A", "203.0.113.10", 300));
}

std::string Said::told() const {
  std::string text;
  for (const Finding& one : findings) text += one.message + "\n";
  for (const Undecided& one : undecided) text += "undecided: " + one.why + "\n";
  return text;
}

Said said(std::string_view rule, std::vector<Fact> facts, const Catalogue& catalogue) {
  const Rule* found = find_rule(rule);
  REQUIRE(found != nullptr);
  const Estate estate = Estate::build(std::move(facts));
  const Analysis analysis(estate, catalogue);
  RuleReport report(*found, analysis);
  found->check(analysis, report);
  return {report.findings(), report.undecided()};
}

}  // namespace mainstay
