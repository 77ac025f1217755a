// Records and delegations, the same for every provider and every notation of templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/iac/value.h"
#include "ingest/source/unit.h"

namespace mainstay::iac {

/// A zone as its records see it.
struct ZoneName {
  Text apex;         // of the zone when it is known, else a hole
  std::string zone;  // for Record.zone
  std::string view;
};

/// One record set: the parts that its values share.
struct RecordSet {
  ZoneName zone;
  Text owner;
  std::string type;
  std::optional<Ttl> ttl;
  std::string routing;
  std::string managed_by;
};

/// One value of a record set and why it is believed.
struct RecordData {
  Text data;
  Reasons reasons;
};

/// A host name without its final dot.
Text without_dot(Text name);
/// A name as a provider completes it: below the apex unless it already is. "@" and nothing are the apex.
Text completed(const Text& name, const ZoneName& zone);
std::optional<Ttl> ttl_of(const Value& seconds);
std::optional<DomainName> name_of(const Text& text);
std::optional<IpAddress> address_of(const Value& value);

void add_record(Unit& unit, const RecordSet& set, RecordData data);
/// Adds one Record a value, and a Delegation for NS and DS records below the apex, for the given reasons.
void add_records(Unit& unit, const RecordSet& set, std::vector<RecordData> values, Reasons cut_reasons);

}  // namespace mainstay::iac
