// Zone files: a master file becomes a zone, its records, and the delegations in it.
#include "ingest/syntax/master_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "ingest/ingester.h"
#include "ingest/source/includes.h"
#include "ingest/syntax/master_file_entry.h"
#include "ingest/zones/master_file_name.h"

namespace mainstay {
extern const Ingester master_file;

namespace {

/// A program or a document may quote a zone; a zone that is called like one ("corp.pl") has its directives or SOA record first.
bool says_record(std::string_view head, bool at_once) {
  MasterEntryReader entries(head, SourceId{});
  MasterEntry entry;
  for (int count = 0; count < 64 && entries.next(entry); ++count) {
    const bool is_unfit = !entry.problem.empty() || entry.tokens.size() < 2;
    if (is_unfit && at_once && !entry.is_template) return false;
    if (is_unfit) continue;
    const std::string_view first = entry.tokens[0].text;
    if (!entry.blank_owner && (first == "$ORIGIN" || first == "$TTL")) return true;
    for (std::size_t at = entry.blank_owner ? 0 : 1; at < std::min<std::size_t>(entry.tokens.size(), 4); ++at) {
      if (entry.tokens[at].text == "SOA" || entry.tokens[at].text == "soa") return entry.tokens.size() >= at + 8;
    }
    if (at_once && !entry.is_template && !first.starts_with('$')) return false;
  }
  return false;
}

Claim claims(std::string_view name, std::string_view head) {
  if (is_root_hints_name(name)) return Claim::no;
  if (!says_record(head, may_be_program(name))) return Claim::no;
  return is_zone_file_name(name) ? Claim::by_content : Claim::by_name;
}

/// Where an $INCLUDE leads: BIND takes it from its working directory, so the host's file system, the file's own folder and the folders
/// above it are tried.
std::optional<std::string> included_name(const SourceTree& tree, const HomeScope& home, std::string_view from, std::string_view written) {
  std::vector<std::string> tries;
  if (written.starts_with('/')) {
    if (home.kind != ScopeKind::host) return std::nullopt;
    if (Result<std::string> path = resolve_path(home.folder.empty() ? std::string_view() : home.folder + "/x", written.substr(1)))
      tries.push_back(*path);
  } else {
    for (std::string_view folder = from; folder.find('/') != std::string_view::npos;) {
      if (Result<std::string> path = resolve_path(folder, written)) tries.push_back(*path);
      folder = folder.substr(0, folder.rfind('/'));
      if (folder.size() <= home.folder.size()) break;
    }
    if (from.find('/') == std::string_view::npos) {
      if (Result<std::string> path = resolve_path(from, written)) tries.push_back(*path);
    }
  }
  for (std::string& name : tries) {
    const std::size_t slash = name.rfind('/');
    const std::vector<std::string> names =
        tree.names_below(slash == std::string::npos ? std::string_view() : std::string_view(name).substr(0, slash));
    if (std::ranges::find(names, name) != names.end()) return std::move(name);
  }
  return std::nullopt;
}

std::vector<std::string> includes_of(const SourceTree& tree, const std::string& name) {
  std::vector<std::string> found;
  const Result<std::string> bytes = tree.read(name);
  if (!bytes || bytes->find("$INCLUDE") == std::string::npos) return found;
  MasterEntryReader entries(*bytes, SourceId{});
  for (MasterEntry entry; entries.next(entry);) {
    if (entry.tokens.size() < 2 || entry.tokens[0].text != "$INCLUDE") continue;
    if (std::optional<std::string> target = included_name(tree, tree.home(name), name, entry.tokens[1].text)) {
      found.push_back(*std::move(target));
    }
  }
  return found;
}

/// A zone file and what it includes are one unit; an included file is no zone of its own.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  return units_by_includes(std::move(names), {}, [&](const std::string& name) { return includes_of(tree, name); });
}

Soa soa_of(std::string_view data) {
  Soa soa;
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < data.size();) {
    const std::size_t end = std::min(data.find(' ', at), data.size());
    words.push_back(data.substr(at, end - at));
    at = end + 1;
  }
  if (words.size() != 7) return soa;
  if (Result<DomainName> primary = DomainName::parse(words[0])) soa.primary = *primary;
  std::uint32_t* const numbers[] = {&soa.serial, &soa.refresh, &soa.retry, &soa.expire, &soa.minimum};
  for (std::size_t at = 0; at < 5; ++at) std::from_chars(words[at + 2].data(), words[at + 2].data() + words[at + 2].size(), *numbers[at]);
  return soa;
}

/// Collects the records of one zone and says what they mean together.
class ZoneReader {
 public:
  ZoneReader(Unit& unit, DomainName origin) : unit_(unit), zone_{.apex = std::move(origin), .view = view_of(unit.source().name())} {}

  void add(MasterRecord&& record) {
    if (record.type == "SOA" && !set_soa(record)) return;
    if (!record.owner.is_within(zone_.apex)) return outside(record);
    if (record.type == "DNSKEY" || record.type == "RRSIG") zone_.is_signed = true;
    if (record.owner != zone_.apex && (record.type == "NS" || record.type == "DS" || record.type == "DNAME")) cut(record);
    const Location where = place_of(record);
    Record fact{.owner = record.owner.text(),
                .type = std::move(record.type),
                .ttl = record.ttl,
                .data = record.data,
                .zone = zone_.apex.text(),
                .view = zone_.view};
    fact.reasons.push_back(unit_.declared(where));
    unit_.add(std::move(fact));
  }

  /// An included file cannot be had: records are missing, so that a name which is not there may exist all the same.
  void misses_file(Location where) {
    misses_records_ = true;
    if (missing_files_++ == 0) missing_file_at_ = where;
  }
  /// The same of an included file that was refused with a message of its own.
  void misses_records() { misses_records_ = true; }
  /// The same of an entry that a template makes.
  void misses_entry(Location where) {
    misses_records_ = true;
    if (templated_++ == 0) templated_at_ = where;
  }

  void finish() {
    say_what_is_missing();
    if (outside_ > 0) {
      unit_.warning(outside_at_, fmt::format("{} records lie outside the zone {} and are left out", outside_, zone_.apex.text()));
    }
    if (!zone_.soa) {
      unit_.warning({}, "there is no SOA record: the file is part of a zone, not a zone", "a name that is not in it may still exist");
      return;
    }
    look_below_cuts();
    zone_.complete = !misses_records_ && !unit_.problems().has_errors();
    if (!zone_.is_signed) zone_.is_signed = false;
    if (unit_.home().kind == ScopeKind::host) zone_.served_by.push_back(unit_.home().id);
    unit_.add(std::move(zone_));
    for (auto& [child, delegation] : delegations_) {
      if (!delegation.name_servers.empty()) unit_.add(std::move(delegation));
    }
  }

 private:
  void say_what_is_missing() {
    if (missing_files_ == 1) {
      unit_.warning(missing_file_at_, "the included file is not part of the scanned folder", "its records are missing from this zone");
    } else if (missing_files_ > 1) {
      unit_.warning(missing_file_at_, fmt::format("{} included files, this one first, are not part of the scanned folder", missing_files_),
                    "their records are missing from this zone");
    }
    if (templated_ == 0) return;
    unit_.warning(templated_at_,
                  templated_ == 1 ? std::string("the file is a template, and this entry is left out")
                                  : fmt::format("the file is a template, and {} entries, this one first, are left out", templated_),
                  "scan what the template is rendered to, and they are read");
  }

  /// From the owner to the data; from the type on, when the owner was written for an earlier record or in another file.
  Location place_of(const MasterRecord& record) const {
    const Location from_type{record.type_at.source, record.type_at.begin, record.data_at.end};
    if (record.owner_at.source != record.type_at.source || record.owner_at.begin > record.type_at.begin) return from_type;
    const std::string_view bytes = unit_.source(record.type_at.source).bytes();
    const std::string_view between = bytes.substr(record.owner_at.end, record.type_at.begin - record.owner_at.end);
    if (between.find('\n') != std::string_view::npos) return from_type;
    return {record.type_at.source, record.owner_at.begin, record.data_at.end};
  }

  bool set_soa(const MasterRecord& record) {
    if (zone_.soa) {
      unit_.warning(record.type_at, "a second SOA record is left out", "a zone has one, at its apex");
      return false;
    }
    zone_.apex = record.owner;
    zone_.soa = soa_of(record.data);
    zone_.reasons.push_back(unit_.declared(record.type_at));
    return true;
  }

  void outside(const MasterRecord& record) {
    if (outside_++ == 0) outside_at_ = record.owner_at;
  }

  void cut(const MasterRecord& record) {
    if (record.type == "DNAME") {
      occluding_.insert(record.owner.text());
      return;
    }
    Delegation& delegation = delegations_[record.owner.text()];
    delegation.child = record.owner;
    delegation.parent = zone_.apex;
    delegation.view = zone_.view;
    delegation.reasons.push_back(unit_.declared(record.type_at));
    if (record.type == "DS") {
      delegation.ds.push_back(record.data);
    } else if (Result<DomainName> host = DomainName::parse(record.data)) {
      delegation.name_servers.push_back(*std::move(host));
      delegation.ttl = record.ttl;
      occluding_.insert(record.owner.text());
    }
  }

  /// The highest name at or above `owner`, and below the apex, where authority ends; empty when there is none.
  std::string_view cut_above(std::string_view owner) const {
    std::string_view found;
    while (owner.size() > zone_.apex.text().size()) {
      if (occluding_.contains(owner)) found = owner;
      std::size_t dot = owner.find('.');
      while (dot != std::string_view::npos && dot > 0 && owner[dot - 1] == '\\') dot = owner.find('.', dot + 1);
      if (dot == std::string_view::npos) break;
      owner.remove_prefix(dot + 1);
    }
    return found;
  }

  /// Addresses below a zone cut are glue when a name server of some cut has that name; other records there are never answered.
  void look_below_cuts() {
    if (occluding_.empty()) return;
    std::map<DomainName, std::vector<Delegation*>> hosts;
    for (auto& [child, delegation] : delegations_) {
      for (const DomainName& host : delegation.name_servers) hosts[host].push_back(&delegation);
    }
    std::uint64_t occluded = 0;
    Evidence example;
    for (const Fact& fact : unit_.facts()) {
      const Record* record = std::get_if<Record>(&fact);
      if (record == nullptr) continue;
      const std::string owner = record->owner.display();
      const std::string_view above = cut_above(owner);
      if (above.empty()) continue;
      const bool is_address = record->type == "A" || record->type == "AAAA";
      if (is_address && add_glue(hosts, owner, record->data.display())) continue;
      if (above == owner && !is_address && (is_at_cut(record->type) || !delegations_.contains(owner))) continue;
      if (occluded++ == 0) example = record->reasons.front();
    }
    if (occluded == 0) return;
    unit_.problems().add(
        {example.place, DiagnosticSeverity::note,
         fmt::format("{} records of {} stand below a zone cut or a DNAME and are never answered", occluded, zone_.apex.text()),
         "RFC 2136 section 7.18 calls them occluded"});
  }

  static bool is_at_cut(std::string_view type) {
    return type == "NS" || type == "DS" || type == "NSEC" || type == "NSEC3" || type == "RRSIG";
  }

  static bool add_glue(const std::map<DomainName, std::vector<Delegation*>>& hosts, std::string_view owner, const std::string& data) {
    const Result<DomainName> name = DomainName::parse(owner);
    const Result<IpAddress> address = IpAddress::parse(data);
    const auto at = name && address ? hosts.find(*name) : hosts.end();
    if (at == hosts.end()) return false;
    for (Delegation* delegation : at->second) delegation->glue.push_back({*name, *address});
    return true;
  }

  Unit& unit_;
  Zone zone_;
  std::map<std::string, Delegation, std::less<>> delegations_;
  std::set<std::string, std::less<>> occluding_;
  std::uint64_t outside_ = 0;
  Location outside_at_;
  std::uint64_t missing_files_ = 0;
  Location missing_file_at_;
  std::uint64_t templated_ = 0;
  Location templated_at_;
  bool misses_records_ = false;
};

void read(Unit& unit) {
  const std::string_view bytes = unit.source().bytes();
  std::optional<DomainName> origin = apex_of_soa(bytes);
  if (!origin) origin = origin_of_name(unit.source().name());
  if (!origin) origin = top_level_origin(unit.source().name(), bytes);
  if (!origin) {
    unit.warning({}, "the zone's name is not known: the file starts with no absolute $ORIGIN or SOA record, and its own name is no domain",
                 "none of it is used; add a line '$ORIGIN corp.example.', or call the file corp.example.zone");
    return;
  }
  ZoneReader zone(unit, *origin);
  const MasterFileEvents events{.record = [&](MasterRecord&& record) { zone.add(std::move(record)); },
                                .problem =
                                    [&](DiagnosticSeverity severity, Location where, std::string message, std::string hint) {
                                      if (severity == DiagnosticSeverity::error)
                                        return unit.error(where, std::move(message), std::move(hint));
                                      unit.warning(where, std::move(message), std::move(hint));
                                    },
                                .include = [&](std::string_view written, Location where) -> std::optional<MasterText> {
                                  const auto name = included_name(unit.tree(), unit.home(), unit.source(where.source).name(), written);
                                  if (!name) {
                                    zone.misses_file(where);
                                    return std::nullopt;
                                  }
                                  const Source* source = unit.include(*name, where);
                                  if (source == nullptr) {
                                    zone.misses_records();
                                    return std::nullopt;
                                  }
                                  return MasterText{unit.id_of(*source), source->bytes()};
                                },
                                .templated = [&](Location where) { zone.misses_entry(where); }};
  read_master_file({SourceId{}, bytes}, *origin, events);
  zone.finish();
}

}  // namespace

constinit const Ingester master_file{
    .name = "master-file", .title = "zone file", .reference = "RFC 1035 section 5", .claims = &claims, .read = &read, .gather = &gather};

}  // namespace mainstay
