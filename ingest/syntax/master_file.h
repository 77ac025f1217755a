// Master files: the text form of a zone, record by record, each with its place.
// ldns and BIND read this notation too, but stop at the first error and keep no columns, so this reader is our own.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "graph/values/diagnostic.h"
#include "graph/values/domain_name.h"
#include "graph/values/location.h"
#include "graph/values/ttl.h"

namespace mainstay {

/// A text to read, and which source of its unit it is.
struct MasterText {
  SourceId source{};
  std::string_view bytes;
};

/// One resource record of class IN.
/// Shape: `type` is upper case; `data` is the form that presentation() of master_file_rdata.h gives.
///        A record made by $GENERATE has the places of its template.
struct MasterRecord {
  DomainName owner;
  std::string type;
  std::optional<Ttl> ttl;
  std::string data;
  Location owner_at;  // of a blank owner: where the last owner was written
  Location type_at;
  Location data_at;
};

/// What the reader tells and asks. Every function but `templated` must be set.
struct MasterFileEvents {
  std::function<void(MasterRecord&&)> record;
  std::function<void(DiagnosticSeverity, Location, std::string message, std::string hint)> problem;
  /// The text of an $INCLUDE, as written; nothing when it cannot be had, which the callee has reported.
  std::function<std::optional<MasterText>(std::string_view written, Location)> include;
  /// An entry that a template makes, or that stands where a template decides the origin: nothing is known of it but that it is there.
  std::function<void(Location)> templated;
};

/// Reads one master file: RFC 1035 section 5, $TTL of RFC 2308 section 4, unknown types of RFC 3597, $GENERATE of BIND.
/// A zone that is still a template is read as far as it is plain; a serial number that a template fills in is 0.
/// Errors: each names one entry; the other entries are read. Records whose owner could not be read are not given to the last good one.
/// Limits: includes 16 deep and 1000 in all, a $GENERATE of 65,536 records and 262,144 in all.
void read_master_file(const MasterText& text, const DomainName& origin, const MasterFileEvents& events);

/// The owner of the first SOA record if it can be known without an origin: the zone's apex.
/// Cost: looks at the first entries only.
std::optional<DomainName> apex_of_soa(std::string_view text);

/// One record written on one line, all names absolute ("login.corp.example. 60 IN A 192.0.2.1"); nothing when it is malformed.
/// Errors: the message of the first problem, put into `problem`.
std::optional<MasterRecord> read_master_line(std::string_view line, std::string& problem);

}  // namespace mainstay
