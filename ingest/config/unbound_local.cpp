#include "ingest/config/unbound_local.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "ingest/syntax/master_file.h"

namespace mainstay {
namespace {

// What a local-zone does with names that are not in its data (unbound.conf(5)); false: they are looked up as usual.
struct LocalZoneType {
  std::string_view name;
  bool answers_all;
};
constexpr LocalZoneType kTypes[] = {{"deny", true},
                                    {"refuse", true},
                                    {"static", true},
                                    {"transparent", false},
                                    {"redirect", true},
                                    {"nodefault", false},
                                    {"typetransparent", false},
                                    {"inform", false},
                                    {"inform_deny", true},
                                    {"inform_redirect", true},
                                    {"always_transparent", false},
                                    {"block_a", false},
                                    {"always_refuse", true},
                                    {"always_nxdomain", true},
                                    {"always_nodata", true},
                                    {"always_deny", true},
                                    {"always_null", true},
                                    {"noview", false},
                                    {"ipset", false}};

constexpr std::uint64_t kDefaultTtl = 3600;  // of local-data without a TTL (unbound.conf(5))

/// The name that a PTR record for the address stands at: RFC 1035 section 3.5, RFC 3596 section 2.5.
std::string reverse_name(const IpAddress& address) {
  std::string name;
  const auto& bytes = address.bytes();
  if (address.is_v4()) return fmt::format("{}.{}.{}.{}.in-addr.arpa.", bytes[3], bytes[2], bytes[1], bytes[0]);
  for (std::size_t at = bytes.size(); at-- > 0;) name += fmt::format("{:x}.{:x}.", bytes[at] & 15, bytes[at] >> 4);
  return name + "ip6.arpa.";
}

}  // namespace

void UnboundLocalData::zone(const UnboundOption& option) {
  const UnboundWord& type = option.values[1];
  const Result<DomainName> apex = DomainName::parse(option.values[0].text);
  const auto* row = std::ranges::find(kTypes, type.text, &LocalZoneType::name);
  if (!apex) return unit_.error(option.values[0].where, apex.error());
  if (row == std::end(kTypes)) return unit_.error(type.where, fmt::format("'{}' is not a type of local-zone", type.text));
  if (type.text == "nodefault") return;  // switches a built-in zone off and makes none
  if (zones_.contains(*apex)) {
    return unit_.warning(option.values[0].where, fmt::format("{} is declared a second time", apex->text()),
                         "the first declaration is used");
  }
  const bool one_source = option.where.source == type.where.source && option.where.begin < type.where.end;
  const Location where = one_source ? Location{type.where.source, option.where.begin, type.where.end} : type.where;
  zones_.emplace(
      *apex,
      LocalZone{.zone = *apex, .answers_all = row->answers_all, .source = std::string(type.text), .reasons = {unit_.declared(where)}});
}

void UnboundLocalData::data(const UnboundOption& option) {
  std::string problem;
  std::optional<MasterRecord> record = read_master_line(option.values[0].text, problem);
  if (!record) return unit_.error(option.values[0].where, problem, "local-data is one record: \"login.corp.example. 300 IN A 192.0.2.1\"");
  records_.push_back({.owner = record->owner.text(),
                      .type = record->type,
                      .ttl = record->ttl ? record->ttl : *Ttl::from_seconds(kDefaultTtl),
                      .data = record->data,
                      .view = server_,
                      .reasons = {unit_.declared(option.values[0].where)}});
}

void UnboundLocalData::data_ptr(const UnboundOption& option) {
  std::vector<std::string_view> words;
  for (std::string_view rest = option.values[0].text; !rest.empty() && words.size() < 4;) {
    const std::size_t begin = std::min(rest.find_first_not_of(" \t"), rest.size());
    const std::size_t end = std::min(rest.find_first_of(" \t", begin), rest.size());
    if (end > begin) words.push_back(rest.substr(begin, end - begin));
    rest.remove_prefix(end);
  }
  std::uint64_t ttl = kDefaultTtl;
  const bool has_ttl = words.size() == 3;
  if (has_ttl) ttl = std::from_chars(words[1].data(), words[1].data() + words[1].size(), ttl).ec == std::errc{} ? ttl : Ttl::kMax + 1;
  const Result<IpAddress> address = IpAddress::parse(words.empty() ? std::string_view() : words[0]);
  const Result<DomainName> host = DomainName::parse(words.size() < 2 ? std::string_view() : words.back());
  const Result<Ttl> life = Ttl::from_seconds(ttl);
  if (words.size() < 2 || words.size() > 3 || !address || !host || !life) {
    return unit_.error(option.values[0].where, "local-data-ptr is an address and a host name", "\"192.0.2.1 300 login.corp.example\"");
  }
  records_.push_back({.owner = reverse_name(*address),
                      .type = "PTR",
                      .ttl = *life,
                      .data = host->text(),
                      .view = server_,
                      .reasons = {unit_.declared(option.values[0].where)}});
}

const LocalZone* UnboundLocalData::zone_of(DomainName owner) const {
  for (;; owner = owner.parent()) {
    if (const auto at = zones_.find(owner); at != zones_.end()) return &at->second;
    if (owner.is_root()) return nullptr;
  }
}

void UnboundLocalData::finish(Server& server) {
  for (Record& record : records_) {
    const Result<DomainName> owner = DomainName::parse(record.owner.display());
    if (!owner) continue;
    const LocalZone* zone = zone_of(*owner);
    if (zone == nullptr) {
      LocalZone made{.zone = *owner,
                     .answers_all = false,
                     .source = "transparent",
                     .reasons = {Evidence::by_default("unbound.conf(5): local-data outside every local-zone makes a transparent one")}};
      zone = &zones_.emplace(*owner, std::move(made)).first->second;
    }
    record.zone = zone->zone.text();
    unit_.add(std::move(record));
  }
  for (auto& [apex, zone] : zones_) {
    unit_.add(Zone{
        .apex = apex, .view = server_, .is_signed = false, .complete = zone.answers_all, .served_by = {server_}, .reasons = zone.reasons});
    server.local_zones.push_back(std::move(zone));
  }
}

}  // namespace mainstay
