// The members of every fact, once: writing, reading and the JSON Schema all go by this table, so a new member is one line here.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "graph/facts/facts.h"

namespace mainstay {

/// One member of a fact: its name in JSON and how to reach it.
/// Shape: `get` is a pointer to the member, or a function for what lies deeper; `required` members are written even when they hold
///        their default; `least` is the smallest value of a number.
template <class Get>
struct Field {
  std::string_view name;
  Get get;
  bool required = false;
  std::uint64_t least = 0;

  /// The member of that object, const when the object is.
  template <class Object>
  constexpr decltype(auto) of(Object& object) const {
    return std::invoke(get, object);
  }
};

template <class Get>
constexpr Field<Get> field(std::string_view name, Get get) {
  return {name, get};
}
template <class Get>
constexpr Field<Get> required(std::string_view name, Get get) {
  return {name, get, true};
}
template <class Get>
constexpr Field<Get> from_one(std::string_view name, Get get) {
  return {name, get, false, 1};
}

/// The fields of one struct in the order they are written. Specialised below for everything a fact is made of.
template <class T>
struct Table;

template <class T>
concept Tabled = requires {
  Table<T>::kFields;
};

/// Calls `use` with each field of T.
template <Tabled T, class Use>
constexpr void for_each_field(Use use) {
  std::apply([&](const auto&... each) { (use(each), ...); }, Table<T>::kFields);
}

template <>
struct Table<Evidence> {
  static constexpr std::string_view kName = "evidence";
  static constexpr std::string_view kAbout = "One reason to believe the fact.";
  static constexpr std::tuple kFields{required("confidence", &Evidence::confidence),
                                      field(
                                          "file", [](auto& evidence) -> auto& { return evidence.place.file; }),
                                      from_one(
                                          "line", [](auto& evidence) -> auto& { return evidence.place.line; }),
                                      from_one(
                                          "column", [](auto& evidence) -> auto& { return evidence.place.column; }),
                                      from_one(
                                          "length", [](auto& evidence) -> auto& { return evidence.place.length; }),
                                      field(
                                          "text", [](auto& evidence) -> auto& { return evidence.place.text; }),
                                      field("queries", &Evidence::queries),
                                      field("first", &Evidence::first),
                                      field("last", &Evidence::last),
                                      field("note", &Evidence::note)};
};

template <>
struct Table<Hole> {
  static constexpr std::string_view kName = "hole";
  static constexpr std::string_view kAbout = "A part of a text that is not known.";
  static constexpr std::tuple kFields{required("hole", &Hole::name), field("pattern", &Hole::pattern)};
};

template <>
struct Table<FailureDomain> {
  static constexpr std::string_view kName = "failure-domain";
  static constexpr std::string_view kAbout = "A failure domain that something stands in.";
  static constexpr std::tuple kFields{required("kind", &FailureDomain::kind), required("name", &FailureDomain::name)};
};

template <>
struct Table<Upstream> {
  static constexpr std::string_view kName = "upstream";
  static constexpr std::string_view kAbout = "Whom a stub or a forwarder asks: an address, a host, a server or the servers of a stub.";
  static constexpr std::tuple kFields{field("address", &Upstream::address), field("host", &Upstream::host),
                                      field("server", &Upstream::server),   field("stub", &Upstream::stub),
                                      from_one("port", &Upstream::port),    field("tls_name", &Upstream::tls_name),
                                      field("asked", &Upstream::asked),     field("reasons", &Upstream::reasons)};
};

template <>
struct Table<Scope> {
  static constexpr std::string_view kName = "scope";
  static constexpr std::string_view kAbout = "A place that things run in.";
  static constexpr std::tuple kFields{required("id", &Scope::id),
                                      required("kind", &Scope::kind),
                                      field("name", &Scope::name),
                                      field("parent", &Scope::parent),
                                      field("failure_domains", &Scope::failure_domains),
                                      field("reasons", &Scope::reasons)};
};

template <>
struct Table<Workload> {
  static constexpr std::string_view kName = "workload";
  static constexpr std::string_view kAbout = "Something that authenticates.";
  static constexpr std::tuple kFields{required("id", &Workload::id),
                                      required("kind", &Workload::kind),
                                      field("name", &Workload::name),
                                      field("scope", &Workload::scope),
                                      field("runs_as", &Workload::runs_as),
                                      field("stub", &Workload::stub),
                                      field("environment", &Workload::environment),
                                      field("purpose", &Workload::purpose),
                                      field("recovery_objective", &Workload::recovery_objective),
                                      field("instances", &Workload::instances),
                                      field("failure_domains", &Workload::failure_domains),
                                      field("reasons", &Workload::reasons)};
};

template <>
struct Table<Stub> {
  static constexpr std::string_view kName = "stub";
  static constexpr std::string_view kAbout = "The stub resolver of a scope or of one workload.";
  static constexpr std::tuple kFields{required("scope", &Stub::scope),    field("servers", &Stub::servers),
                                      field("search", &Stub::search),     field("timeout", &Stub::timeout),
                                      field("attempts", &Stub::attempts), field("ndots", &Stub::ndots),
                                      field("rotate", &Stub::rotate),     field("single_request", &Stub::single_request),
                                      field("use_vc", &Stub::use_vc),     field("library", &Stub::library),
                                      field("reasons", &Stub::reasons)};
};

template <>
struct Table<Forward> {
  static constexpr std::string_view kName = "forward";
  static constexpr std::string_view kAbout = "Where a server sends questions below one domain.";
  static constexpr std::tuple kFields{required("zone", &Forward::zone),
                                      field("upstreams", &Forward::upstreams),
                                      field("choice", &Forward::choice),
                                      field("falls_back_to_iteration", &Forward::falls_back_to_iteration),
                                      field("is_stub_zone", &Forward::is_stub_zone),
                                      field("max_fails", &Forward::max_fails),
                                      field("reasons", &Forward::reasons)};
};

template <>
struct Table<LocalZone> {
  static constexpr std::string_view kName = "local-zone";
  static constexpr std::string_view kAbout = "A domain that a server answers from its own data.";
  static constexpr std::tuple kFields{required("zone", &LocalZone::zone), field("answers_all", &LocalZone::answers_all),
                                      field("source", &LocalZone::source), field("reasons", &LocalZone::reasons)};
};

template <>
struct Table<CachePolicy> {
  static constexpr std::string_view kName = "cache-policy";
  static constexpr std::string_view kAbout = "How a server keeps answers, in seconds.";
  static constexpr std::tuple kFields{field("serve_stale", &CachePolicy::serve_stale), field("min_ttl", &CachePolicy::min_ttl),
                                      field("max_ttl", &CachePolicy::max_ttl)};
};

template <>
struct Table<Server> {
  static constexpr std::string_view kName = "server";
  static constexpr std::string_view kAbout = "A DNS server instance, or several replicas behind one address.";
  static constexpr std::tuple kFields{required("id", &Server::id),
                                      field("software", &Server::software),
                                      field("scope", &Server::scope),
                                      field("workload", &Server::workload),
                                      field("addresses", &Server::addresses),
                                      field("roles", &Server::roles),
                                      field("forwards", &Server::forwards),
                                      field("local_zones", &Server::local_zones),
                                      field("iterates", &Server::iterates),
                                      field("validates", &Server::validates),
                                      field("cache", &Server::cache),
                                      field("replicas", &Server::replicas),
                                      field("failure_domains", &Server::failure_domains),
                                      field("reasons", &Server::reasons)};
};

template <>
struct Table<Soa> {
  static constexpr std::string_view kName = "soa";
  static constexpr std::string_view kAbout = "Start of authority; times in seconds.";
  static constexpr std::tuple kFields{required("primary", &Soa::primary), field("serial", &Soa::serial), field("refresh", &Soa::refresh),
                                      field("retry", &Soa::retry),        field("expire", &Soa::expire), field("minimum", &Soa::minimum)};
};

template <>
struct Table<Zone> {
  static constexpr std::string_view kName = "zone";
  static constexpr std::string_view kAbout = "A zone; the same apex in two views is two zones.";
  static constexpr std::tuple kFields{required("apex", &Zone::apex),
                                      field("view", &Zone::view),
                                      field("kind", &Zone::kind),
                                      field("provider", &Zone::provider),
                                      field("is_signed", &Zone::is_signed),
                                      field("complete", &Zone::complete),
                                      field("visible_from", &Zone::visible_from),
                                      field("soa", &Zone::soa),
                                      field("served_by", &Zone::served_by),
                                      field("reasons", &Zone::reasons)};
};

template <>
struct Table<Record> {
  static constexpr std::string_view kName = "record";
  static constexpr std::string_view kAbout = "One resource record, or one routed alternative of a record set.";
  static constexpr std::tuple kFields{required("owner", &Record::owner),  required("type", &Record::type),
                                      field("ttl", &Record::ttl),         field("data", &Record::data),
                                      field("zone", &Record::zone),       field("view", &Record::view),
                                      field("routing", &Record::routing), field("managed_by", &Record::managed_by),
                                      field("reasons", &Record::reasons)};
};

template <>
struct Table<Glue> {
  static constexpr std::string_view kName = "glue";
  static constexpr std::string_view kAbout = "A glue address at the parent.";
  static constexpr std::tuple kFields{required("name", &Glue::name), required("address", &Glue::address)};
};

template <>
struct Table<Delegation> {
  static constexpr std::string_view kName = "delegation";
  static constexpr std::string_view kAbout = "The parent's side of a zone cut.";
  static constexpr std::tuple kFields{required("child", &Delegation::child), field("parent", &Delegation::parent),
                                      field("view", &Delegation::view),      field("name_servers", &Delegation::name_servers),
                                      field("ds", &Delegation::ds),          field("glue", &Delegation::glue),
                                      field("ttl", &Delegation::ttl),        field("reasons", &Delegation::reasons)};
};

template <>
struct Table<Endpoint> {
  static constexpr std::string_view kName = "endpoint";
  static constexpr std::string_view kAbout = "An identity endpoint that is run or declared here.";
  static constexpr std::tuple kFields{required("hosts", &Endpoint::hosts),
                                      required("role", &Endpoint::role),
                                      field("addresses", &Endpoint::addresses),
                                      field("provider", &Endpoint::provider),
                                      field("region", &Endpoint::region),
                                      field("workload", &Endpoint::workload),
                                      field("failure_domains", &Endpoint::failure_domains),
                                      field("reasons", &Endpoint::reasons)};
};

template <>
struct Table<Use> {
  static constexpr std::string_view kName = "use";
  static constexpr std::string_view kAbout =
      "A workload needs an endpoint; deadline and answer_within are in milliseconds, the hold in seconds.";
  static constexpr std::tuple kFields{required("workload", &Use::workload),
                                      required("host", &Use::host),
                                      from_one("port", &Use::port),
                                      required("role", &Use::role),
                                      field("key", &Use::key),
                                      field("alternative", &Use::alternative),
                                      field("deadline", &Use::deadline),
                                      field("answer_within", &Use::answer_within),
                                      field("hold", &Use::hold),
                                      field("on_failure", &Use::on_failure),
                                      field("phase", &Use::phase),
                                      field("resolves", &Use::resolves),
                                      field("starts_without", &Use::starts_without),
                                      field("bypasses_dns", &Use::bypasses_dns),
                                      field("reasons", &Use::reasons),
                                      field("deadline_reasons", &Use::deadline_reasons),
                                      field("answer_reasons", &Use::answer_reasons),
                                      field("hold_reasons", &Use::hold_reasons),
                                      field("start_reasons", &Use::start_reasons)};
};

template <>
struct Table<Inventory> {
  static constexpr std::string_view kName = "inventory";
  static constexpr std::string_view kAbout = "An address or a host name that is owned here, and by what.";
  static constexpr std::tuple kFields{required("kind", &Inventory::kind),
                                      field("host", &Inventory::host),
                                      field("address", &Inventory::address),
                                      field("owner", &Inventory::owner),
                                      field("failure_domains", &Inventory::failure_domains),
                                      field("reasons", &Inventory::reasons)};
};

template <>
struct Table<Credential> {
  static constexpr std::string_view kName = "credential";
  static constexpr std::string_view kAbout = "A credential, never its value.";
  static constexpr std::tuple kFields{required("workload", &Credential::workload),
                                      required("kind", &Credential::kind),
                                      field("life", &Credential::life),
                                      field("held_in", &Credential::held_in),
                                      field("is_fallback", &Credential::is_fallback),
                                      field("fingerprint", &Credential::fingerprint),
                                      field("reasons", &Credential::reasons)};
};

template <>
struct Table<Certificate> {
  static constexpr std::string_view kName = "certificate";
  static constexpr std::string_view kAbout = "A certificate; times are RFC 3339 in UTC.";
  static constexpr std::tuple kFields{required("names", &Certificate::names), field("not_before", &Certificate::not_before),
                                      field("not_after", &Certificate::not_after), field("issuer", &Certificate::issuer),
                                      field("reasons", &Certificate::reasons)};
};

template <>
struct Table<Grant> {
  static constexpr std::string_view kName = "grant";
  static constexpr std::string_view kAbout = "A principal may do something to a resource.";
  static constexpr std::tuple kFields{required("principal", &Grant::principal), required("action", &Grant::action),
                                      field("resource", &Grant::resource), field("condition", &Grant::condition),
                                      field("reasons", &Grant::reasons)};
};

template <>
struct Table<Trust> {
  static constexpr std::string_view kName = "trust";
  static constexpr std::string_view kAbout = "Something that is trusted: an issuer, a redirect pattern, an audience.";
  static constexpr std::tuple kFields{required("by", &Trust::by), required("kind", &Trust::kind), required("value", &Trust::value),
                                      field("reasons", &Trust::reasons)};
};

template <>
struct Table<IdentityRecord> {
  static constexpr std::string_view kName = "identity-record";
  static constexpr std::string_view kAbout = "A TXT record that carries an identity, or code that looks one up.";
  static constexpr std::tuple kFields{required("owner", &IdentityRecord::owner),
                                      field("service", &IdentityRecord::service),
                                      field("environment", &IdentityRecord::environment),
                                      field("fields", &IdentityRecord::fields),
                                      field("looked_up_by", &IdentityRecord::looked_up_by),
                                      field("decision", &IdentityRecord::decision),
                                      field("reasons", &IdentityRecord::reasons)};
};

template <>
struct Table<Observation> {
  static constexpr std::string_view kName = "observation";
  static constexpr std::string_view kAbout = "Queries seen in a log, aggregated by server, client, name and type; latency in microseconds.";
  static constexpr std::tuple kFields{field("log", &Observation::log),
                                      field("format", &Observation::format),
                                      field("server", &Observation::server),
                                      field("client", &Observation::client),
                                      required("name", &Observation::name),
                                      required("type", &Observation::type),
                                      required("queries", &Observation::queries),
                                      field("clients", &Observation::clients),
                                      field("rcodes", &Observation::rcodes),
                                      field("latency", &Observation::latency),
                                      field("answers", &Observation::answers),
                                      field("ttl", &Observation::ttl),
                                      field("minutes", &Observation::minutes),
                                      field("busiest", &Observation::busiest),
                                      field("window", &Observation::window),
                                      field("first", &Observation::first),
                                      field("last", &Observation::last),
                                      field("reasons", &Observation::reasons)};
};

template <>
struct Table<Answer> {
  static constexpr std::string_view kName = "answer";
  static constexpr std::string_view kAbout = "One server's answer to one question at one time.";
  static constexpr std::tuple kFields{required("server", &Answer::server), required("name", &Answer::name), required("type", &Answer::type),
                                      field("rcode", &Answer::rcode),      field("data", &Answer::data),    field("time", &Answer::time),
                                      field("reasons", &Answer::reasons)};
};

}  // namespace mainstay
