#include "tests/graph/every_fact.h"

namespace mainstay {
namespace {

DomainName name(std::string_view text) { return *DomainName::parse(text); }
IpAddress address(std::string_view text) { return *IpAddress::parse(text); }

Text partly_known() {
  Text text("auth.");
  text.append(Hole{.name = "var.env", .pattern = "*.elb.*.amazonaws.com"});
  text.append(Hole{.name = "\"odd\" \\ name\n", .pattern = ""});
  text.append(".ex\xc3\xa4mple.com");
  return text;
}

Reasons reasons() {
  return {Evidence::declared({.file = "etc/a b.conf", .line = 4294967295, .column = 2, .length = 3, .text = "a\t\"quoted\" \\ line"}),
          Evidence::observed("dns.log", 18446744073709551615u, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
          Evidence::by_default("resolv.conf(5)"), Evidence::assumed("nothing says otherwise")};
}

std::vector<FailureDomain> domains() { return {{"zone", "eu-1a"}, {"provider", "cloud"}}; }

std::vector<Upstream> upstreams() {
  return {{.address = address("10.9.1.53"), .reasons = reasons()},
          {.host = "dns.example", .port = 853, .tls_name = "dns.example"},
          {.server = "server:x/unbound"},
          {.stub = "host:app", .asked = false}};
}

Server server() {
  return {.id = "server:hosts/a/unbound",
          .software = "unbound",
          .scope = "host:hosts/a",
          .workload = "deployment:prod/kube-system/coredns",
          .addresses = {address("10.9.1.53"), address("2001:db8::53"), address("::ffff:192.0.2.1")},
          .roles = {ServerRole::forwarder, ServerRole::authoritative},
          .forwards = {{.zone = DomainName::root(),
                        .upstreams = upstreams(),
                        .choice = Choice::parallel,
                        .falls_back_to_iteration = true,
                        .is_stub_zone = true,
                        .max_fails = 0,
                        .reasons = reasons()}},
          .local_zones = {{.zone = name("cluster.local"), .answers_all = false, .source = "kubernetes", .reasons = reasons()}},
          .iterates = false,
          .validates = true,
          .cache = {.serve_stale = 0, .min_ttl = 5, .max_ttl = 30},
          .replicas = 2,
          .failure_domains = domains(),
          .reasons = reasons()};
}

void add_places(std::vector<Fact>& facts) {
  facts.emplace_back(Scope{.id = "host:app",
                           .kind = ScopeKind::name_space,
                           .name = "app",
                           .parent = "cluster:prod",
                           .failure_domains = domains(),
                           .reasons = reasons()});
  facts.emplace_back(Workload{.id = "process:app",
                              .kind = WorkloadKind::stateful_set,
                              .name = "app",
                              .scope = "host:app",
                              .runs_as = "service-account:x",
                              .stub = "host:node",
                              .environment = "prod",
                              .purpose = Purpose::break_glass,
                              .recovery_objective = 1800,
                              .instances = 3,
                              .failure_domains = domains(),
                              .reasons = reasons()});
  facts.emplace_back(Stub{.scope = "host:app",
                          .servers = upstreams(),
                          .search = {"a.example", partly_known()},
                          .timeout = 0,
                          .attempts = 2,
                          .ndots = 5,
                          .rotate = true,
                          .single_request = true,
                          .use_vc = true,
                          .library = ResolverLibrary::c_ares,
                          .reasons = reasons()});
  facts.emplace_back(server());
}

void add_zones(std::vector<Fact>& facts) {
  facts.emplace_back(Zone{.apex = name("corp.example"),
                          .view = "inside",
                          .kind = ZoneKind::hosted,
                          .provider = "route53",
                          .is_signed = false,
                          .complete = true,
                          .visible_from = {"vpc:a"},
                          .soa = Soa{.primary = name("ns1.example"), .serial = 1, .refresh = 2, .retry = 3, .expire = 4, .minimum = 5},
                          .served_by = {"server:a"},
                          .reasons = reasons()});
  facts.emplace_back(Record{.owner = partly_known(),
                            .type = "CNAME",
                            .ttl = *Ttl::from_seconds(300),
                            .data = "target.example.",
                            .zone = "corp.example",
                            .view = "inside",
                            .routing = "weighted",
                            .managed_by = "aws_route53_record.a",
                            .reasons = reasons()});
  facts.emplace_back(Delegation{.child = name("b.example"),
                                .parent = name("example"),
                                .view = "v",
                                .name_servers = {name("ns.b.example")},
                                .ds = {"1 8 2 AB"},
                                .glue = {{name("ns.b.example"), address("192.0.2.1")}},
                                .ttl = *Ttl::from_seconds(0),
                                .reasons = reasons()});
}

void add_identity(std::vector<Fact>& facts) {
  facts.emplace_back(Endpoint{.hosts = {"login.example", partly_known()},
                              .role = Role::oidc_issuer,
                              .addresses = {address("192.0.2.9")},
                              .provider = "okta",
                              .region = "eu-1",
                              .workload = "deployment:idp",
                              .failure_domains = domains(),
                              .reasons = reasons()});
  facts.emplace_back(Use{.workload = "process:app",
                         .host = partly_known(),
                         .port = 8200,
                         .role = Role::secret_store,
                         .key = "VAULT_ADDR",
                         .alternative = "vault",
                         .deadline = 4000,
                         .answer_within = 3000,
                         .hold = 0,
                         .on_failure = OnFailure::keep_last,
                         .phase = Phase::start_up,
                         .resolves = Resolves::once,
                         .starts_without = false,
                         .bypasses_dns = true,
                         .reasons = reasons(),
                         .deadline_reasons = reasons(),
                         .answer_reasons = reasons(),
                         .hold_reasons = reasons(),
                         .start_reasons = reasons()});
  facts.emplace_back(Inventory{.kind = "elastic-ip",
                               .host = "a.example",
                               .address = address("198.51.100.7"),
                               .owner = "aws_eip.a",
                               .failure_domains = domains(),
                               .reasons = reasons()});
  facts.emplace_back(Credential{.workload = "process:app",
                                .kind = "client-secret",
                                .life = CredentialLife::long_lived,
                                .held_in = ".env",
                                .is_fallback = true,
                                .fingerprint = "0123",
                                .reasons = reasons()});
  facts.emplace_back(Certificate{.names = {"a.example"},
                                 .not_before = "2026-01-01T00:00:00Z",
                                 .not_after = "2027-01-01T00:00:00Z",
                                 .issuer = "CN=ca",
                                 .reasons = reasons()});
  facts.emplace_back(
      Grant{.principal = "role/a", .action = "route53:*", .resource = partly_known(), .condition = "c", .reasons = reasons()});
  facts.emplace_back(Trust{.by = "role/a", .kind = "issuer", .value = partly_known(), .reasons = reasons()});
  facts.emplace_back(IdentityRecord{.owner = "_id.example",
                                    .service = "pay",
                                    .environment = "prod",
                                    .fields = {{"v", "1"}, {"kid", ""}},
                                    .looked_up_by = "function:a",
                                    .decision = "contains valid",
                                    .reasons = reasons()});
}

void add_seen(std::vector<Fact>& facts) {
  facts.emplace_back(Observation{.log = "dns.log",
                                 .format = "bind",
                                 .server = "192.0.2.53",
                                 .client = "192.0.2.8",
                                 .name = name("a\\.b.example"),
                                 .type = "AAAA",
                                 .queries = 9,
                                 .clients = 3,
                                 .rcodes = {{"NOERROR", 8}, {"SERVFAIL", 1}},
                                 .latency = {{"p50", 1}, {"max", 18446744073709551615u}},
                                 .answers = {"192.0.2.1"},
                                 .ttl = {{"low", 30}, {"high", 300}},
                                 .minutes = {{"active", 1}, {"median", 9}, {"most", 9}},
                                 .busiest = "2026-01-01T00:00:00Z",
                                 .window = "2026-01-01T00:00:00Z",
                                 .first = "2026-01-01T00:00:00Z",
                                 .last = "2026-01-01T00:00:01Z",
                                 .reasons = reasons()});
  facts.emplace_back(Answer{.server = "192.0.2.53",
                            .name = name("a.example"),
                            .type = "A",
                            .rcode = "NOERROR",
                            .data = {"192.0.2.1"},
                            .time = "2026-01-01T00:00:00Z",
                            .reasons = reasons()});
}

}  // namespace

std::vector<Fact> every_fact() {
  std::vector<Fact> facts;
  add_places(facts);
  add_zones(facts);
  add_identity(facts);
  add_seen(facts);
  return facts;
}

}  // namespace mainstay
