// The closed list of facts: what an ingester can say, each with the evidence for it.
//
// Identity of things: scopes, workloads, stubs and servers are named by an `id`, a readable path that starts with its kind
// ("host:app", "namespace:prod/payments", "workload:prod/payments/deployment/api", "server:10.9.1.53").
// Facts about the same id from several places are merged when the Estate is built; no fact refers to another by position.
//
//   repository:.                                the root of the scan
//   host:<folder>                               a folder that holds etc/resolv.conf: "host:hosts/app"
//   cluster:<name>                              a Kubernetes cluster; "cluster:default" when no folder names it
//   nodes:<cluster>                             the nodes of a cluster taken together: whoever names it as a stub uses the stubs of the
//                                               hosts whose parent is that cluster
//   namespace:<cluster>/<namespace>             a namespace
//   compose:<folder>                            a compose project
//   vpc:<folder>/<address>, subnet:<...>        a Terraform resource address in its module's folder
//   <workload kind>:<path>                      "process:hosts/app/opt/app", "deployment:<cluster>/<namespace>/<name>",
//                                               "service-account:<cluster>/<namespace>/<name>", "function:<folder>/<address>",
//                                               "container:<compose folder>/<service>"
//   server:<scope path>/<software or name>      "server:hosts/dns-a/unbound", "server:<cluster>/kube-dns"
//
// An upstream that is a loopback address means a server of the same host; other addresses are matched with the addresses of servers.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "graph/facts/kinds.h"
#include "graph/values/domain_name.h"
#include "graph/values/evidence.h"
#include "graph/values/ip_address.h"
#include "graph/values/text.h"
#include "graph/values/ttl.h"

namespace mainstay {

using Reasons = std::vector<Evidence>;

/// A failure domain that something stands in: kind is "host", "zone", "region", "network", "provider", "prefix"; the name is unique
/// in its kind.
struct FailureDomain {
  std::string kind;
  std::string name;
  friend auto operator<=>(const FailureDomain&, const FailureDomain&) = default;
};

/// Whom a stub or a forwarder asks. Exactly one of `address`, `host` (a name that must itself be resolved), `server` (the id of a
/// Server fact) and `stub` (the id of a scope whose stub's servers are used, as in "forward . /etc/resolv.conf") is set.
struct Upstream {
  std::optional<IpAddress> address;
  std::string host;
  std::string server;
  std::string stub;
  std::uint16_t port = 53;
  std::string tls_name;
  bool asked = true;  // false for entries past the library's limit, which take no part in any lookup
  Reasons reasons;
  friend auto operator<=>(const Upstream&, const Upstream&) = default;
};

/// A place that things run in.
struct Scope {
  std::string id;
  ScopeKind kind = ScopeKind::repository;
  std::string name;
  std::string parent;  // id of the scope around it; empty at the outside
  std::vector<FailureDomain> failure_domains;
  Reasons reasons;
  friend auto operator<=>(const Scope&, const Scope&) = default;
};

/// Something that authenticates.
struct Workload {
  std::string id;
  WorkloadKind kind = WorkloadKind::process;
  std::string name;
  std::string scope;        // id of its scope
  std::string runs_as;      // id of the service account it runs as; empty when not said
  std::string stub;         // id of the scope whose stub it uses, when it is not its own scope's; empty otherwise
  std::string environment;  // "prod", "staging", when labelled; empty when not said
  Purpose purpose = Purpose::ordinary;
  std::optional<std::uint32_t> recovery_objective;  // seconds in which an outage is to be mended, as its people say
  std::uint32_t instances = 1;
  std::vector<FailureDomain> failure_domains;
  Reasons reasons;
  friend auto operator<=>(const Workload&, const Workload&) = default;
};

/// The stub resolver of a scope or of one workload. Unset numbers mean the library's default.
/// Units: timeout in seconds as in resolv.conf(5).
struct Stub {
  std::string scope;  // id of the scope or workload it belongs to
  std::vector<Upstream> servers;
  std::vector<Text> search;
  std::optional<std::uint32_t> timeout;
  std::optional<std::uint32_t> attempts;
  std::optional<std::uint32_t> ndots;
  bool rotate = false;
  bool single_request = false;  // A and AAAA one after the other
  bool use_vc = false;          // TCP only
  ResolverLibrary library = ResolverLibrary::unknown;
  Reasons reasons;
  friend auto operator<=>(const Stub&, const Stub&) = default;
};

/// Where a server sends questions below one domain.
struct Forward {
  DomainName zone;
  std::vector<Upstream> upstreams;
  Choice choice = Choice::ordered;
  bool falls_back_to_iteration = false;    // unbound forward-first, BIND forward first
  bool is_stub_zone = false;               // asks authoritative servers (unbound stub-zone, BIND static-stub)
  std::optional<std::uint32_t> max_fails;  // failed checks after which an upstream is left out; 0: never; unset: the product's default
  Reasons reasons;
  friend auto operator<=>(const Forward&, const Forward&) = default;
};

/// A domain that a server answers from its own data ("local-zone", the CoreDNS kubernetes plugin, a loaded zone).
/// `zone` names the zone; `answers_all` is true when what is not in its data is answered NXDOMAIN (false: looked up as usual).
struct LocalZone {
  DomainName zone;
  bool answers_all = true;
  std::string source;  // "kubernetes", "static", "transparent", "redirect", "refuse", "file", ...
  Reasons reasons;
  friend auto operator<=>(const LocalZone&, const LocalZone&) = default;
};

/// How a server keeps answers. Units: seconds. Unset means the product's default.
struct CachePolicy {
  std::optional<std::uint32_t> serve_stale;  // how long past the TTL; 0 is off
  std::optional<std::uint32_t> min_ttl;
  std::optional<std::uint32_t> max_ttl;
  friend auto operator<=>(const CachePolicy&, const CachePolicy&) = default;
};

/// A DNS server instance, or several replicas behind one address.
struct Server {
  std::string id;
  std::string software;
  std::string scope;     // id of the scope it runs in; empty when not known
  std::string workload;  // id of the workload that it is (CoreDNS in a cluster); empty when it is none
  std::vector<IpAddress> addresses;
  std::vector<ServerRole> roles;
  std::vector<Forward> forwards;
  std::vector<LocalZone> local_zones;
  std::optional<bool> iterates;   // resolves from the root when nothing is forwarded
  std::optional<bool> validates;  // DNSSEC
  CachePolicy cache;
  std::uint32_t replicas = 1;
  std::vector<FailureDomain> failure_domains;
  Reasons reasons;
  friend auto operator<=>(const Server&, const Server&) = default;
};

/// Start of authority. Units: seconds, but the serial.
struct Soa {
  DomainName primary;
  std::uint32_t serial = 0;
  std::uint32_t refresh = 0;
  std::uint32_t retry = 0;
  std::uint32_t expire = 0;
  std::uint32_t minimum = 0;
  friend auto operator<=>(const Soa&, const Soa&) = default;
};

/// A zone. A view is part of its identity: the same apex in two views is two zones.
struct Zone {
  DomainName apex;
  std::string view;  // "" is the public or only view
  ZoneKind kind = ZoneKind::primary;
  std::string provider;  // catalogue name of the provider that hosts it ("route53"); empty when not known
  std::optional<bool> is_signed;
  bool complete = false;                  // all records of the zone are among the facts, so a missing name is NXDOMAIN
  std::vector<std::string> visible_from;  // scope ids that see it; empty: everyone
  std::optional<Soa> soa;
  std::vector<std::string> served_by;  // ids of Server facts that load it; empty when not said
  Reasons reasons;
  friend auto operator<=>(const Zone&, const Zone&) = default;
};

/// One resource record, or one routed alternative of a record set.
/// `data` is the presentation form for known types (a name, an address, the TXT strings joined), which may hold unknown parts.
struct Record {
  Text owner;
  std::string type;  // "A", "CNAME", "ALIAS" for provider aliases, "TYPE123"
  std::optional<Ttl> ttl;
  Text data;
  std::string zone;  // apex of the zone it stands in, or the source's name for it ("aws_route53_zone.main") when not known
  std::string view;
  std::string routing;     // "weighted", "failover-primary", "latency", ...; empty for plain records
  std::string managed_by;  // the resource or program that writes it; empty for files
  Reasons reasons;
  friend auto operator<=>(const Record&, const Record&) = default;
};

/// A glue address at the parent.
struct Glue {
  DomainName name;
  IpAddress address;
  friend auto operator<=>(const Glue&, const Glue&) = default;
};

/// The parent's side of a zone cut.
struct Delegation {
  DomainName child;
  DomainName parent;
  std::string view;
  std::vector<DomainName> name_servers;
  std::vector<std::string> ds;  // presentation form
  std::vector<Glue> glue;
  std::optional<Ttl> ttl;
  Reasons reasons;
  friend auto operator<=>(const Delegation&, const Delegation&) = default;
};

/// An identity endpoint that is run or declared here.
struct Endpoint {
  std::vector<Text> hosts;
  Role role = Role::identity_host;
  std::vector<IpAddress> addresses;
  std::string provider;
  std::string region;
  std::string workload;  // id of the workload that answers at it, when it runs here
  std::vector<FailureDomain> failure_domains;
  Reasons reasons;
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

/// A workload needs an endpoint.
/// Units: deadline in milliseconds: the smallest one whose clock runs while the workload looks the name up. `answer_within` in
///        milliseconds: how long it waits for the endpoint's answer, so that the clock runs while the endpoint does lookups of its own.
///        Hold in seconds: how long the workload lives on what it fetched last.
/// Shape: `phase` says when the endpoint is asked, `resolves` when its name is. A proxy that looks a name up when it starts and connects
///        to the address ever after is at run_time and once. `starts_without` says whether the workload starts while the name does not
///        resolve or the endpoint does not answer; unset when nothing says so.
///        `reasons` are for the need itself; the times, the hold (with what happens on failure) and the start have their own, because a
///        need that is declared often comes with times that are a product's defaults.
struct Use {
  std::string workload;
  Text host;
  std::optional<std::uint16_t> port;
  Role role = Role::identity_host;
  std::string key;          // what says so: the variable, setting or annotation
  std::string alternative;  // uses of one workload with the same non-empty group are alternatives to each other
  std::optional<std::uint32_t> deadline;
  std::optional<std::uint32_t> answer_within;
  std::optional<std::uint32_t> hold;
  OnFailure on_failure = OnFailure::unknown;
  Phase phase = Phase::run_time;
  Resolves resolves = Resolves::each_time;
  std::optional<bool> starts_without;
  bool bypasses_dns = false;  // the host is a literal address
  Reasons reasons;
  Reasons deadline_reasons;
  Reasons answer_reasons;
  Reasons hold_reasons;
  Reasons start_reasons;
  friend auto operator<=>(const Use&, const Use&) = default;
};

/// An address or a host name that is owned here, and by what.
struct Inventory {
  std::string kind;  // "elastic-ip", "load-balancer", "bucket", "app", "cluster-service", "instance", "host"
  Text host;
  std::optional<IpAddress> address;
  std::string owner;                           // the resource that holds it
  std::vector<FailureDomain> failure_domains;  // of what holds it: the subnet's zone of an instance
  Reasons reasons;
  friend auto operator<=>(const Inventory&, const Inventory&) = default;
};

/// A credential, never its value: `fingerprint` is a salted hash.
struct Credential {
  std::string workload;
  std::string kind;  // "aws-access-key", "client-secret", ...
  CredentialLife life = CredentialLife::unknown;
  std::string held_in;
  bool is_fallback = false;
  std::string fingerprint;
  Reasons reasons;
  friend auto operator<=>(const Credential&, const Credential&) = default;
};

/// A certificate. Times are RFC 3339 in UTC.
struct Certificate {
  std::vector<std::string> names;
  std::string not_before;
  std::string not_after;
  std::string issuer;
  Reasons reasons;
  friend auto operator<=>(const Certificate&, const Certificate&) = default;
};

/// A principal may do something to a resource.
struct Grant {
  std::string principal;
  std::string action;
  Text resource;
  std::string condition;
  Reasons reasons;
  friend auto operator<=>(const Grant&, const Grant&) = default;
};

/// Something that is trusted: an issuer, a redirect pattern, an audience.
struct Trust {
  std::string by;
  std::string kind;
  Text value;
  Reasons reasons;
  friend auto operator<=>(const Trust&, const Trust&) = default;
};

/// A TXT record that carries an identity, or code that looks one up.
struct IdentityRecord {
  Text owner;
  std::string service;
  std::string environment;
  std::map<std::string, std::string> fields;  // "v", "id", "kid", "exp"; values that look like secrets are hashed
  std::string looked_up_by;                   // workload or function that looks it up; empty for the record itself
  std::string decision;                       // how the looker decides ("contains valid"); empty for the record itself
  Reasons reasons;
  friend auto operator<=>(const IdentityRecord&, const IdentityRecord&) = default;
};

/// Queries seen in a log, aggregated by (server, client, name, type).
/// Units: times RFC 3339 UTC, empty when the log has none; latency quantiles in microseconds; TTLs in seconds.
struct Observation {
  std::string log;
  std::string format;
  std::string server;  // address or id of the server that logged; empty when the log does not say
  std::string client;  // address of the client, or the group of clients that a map puts it into
  DomainName name;
  std::string type;
  std::uint64_t queries = 0;
  std::uint64_t clients = 0;                     // different clients, when there were several; an estimate beyond 128
  std::map<std::string, std::uint64_t> rcodes;   // empty when the format carries no response code
  std::map<std::string, std::uint64_t> latency;  // "p50", "p95", "p99", "max"; empty when the format carries none
  std::vector<std::string> answers;              // sorted, at most 16; empty when the format carries none
  std::map<std::string, std::uint64_t> ttl;      // "low", "high"; empty when the format carries none
  std::map<std::string, std::uint64_t> minutes;  // "active": minutes with queries; "median" and "most" queries in one of them;
                                                 // "elsewhere": minutes in which the same client asked another server too
  std::string busiest;                           // the minute with the most
  std::string window;                            // where the stretch of time begins that is counted here; empty when it is all
  std::string first;
  std::string last;
  Reasons reasons;
  friend auto operator<=>(const Observation&, const Observation&) = default;
};

/// One server's answer to one question at one time.
struct Answer {
  std::string server;
  DomainName name;
  std::string type;
  std::string rcode;
  std::vector<std::string> data;
  std::string time;
  Reasons reasons;
  friend auto operator<=>(const Answer&, const Answer&) = default;
};

/// Every kind of fact there is, in the order of ids and documents.
using Fact = std::variant<Scope, Workload, Stub, Server, Zone, Record, Delegation, Endpoint, Use, Inventory, Credential, Certificate, Grant,
                          Trust, IdentityRecord, Observation, Answer>;

/// The kind of a fact as its JSON form and its documents name it: "scope", "workload", ... "identity-record".
std::string_view kind_of(const Fact& fact);

}  // namespace mainstay
