// Zones and record sets as Terraform's resources write them.
#include <utility>

#include "ingest/iac/open_records.h"
#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

void add(Reading& reading, const RecordSet& set, const std::vector<iac::PlacedValue>& values, const Reasons& cut) {
  const iac::RecordSet shared{
      .zone = set.zone, .owner = {}, .type = set.type, .ttl = set.ttl, .routing = set.routing, .managed_by = set.resource.address};
  iac::add_open_records(reading.unit, shared, set.name, set.apex, values, cut);
}

}  // namespace

std::optional<Ttl> ttl_of(const Section& section, std::string_view attribute) { return iac::ttl_of(section.value(attribute)); }

void add_zones(Reading& reading, const Section& section, std::string_view attribute, Zone zone) {
  bool is_known = false;
  const Value name = section.value(attribute);
  for (const iac::Alternative& one : iac::distinct(iac::alternatives_of(name))) {
    const std::optional<DomainName> apex = name_of(as_text(one.value, attribute));
    if (!apex || one.value.is_null()) continue;
    is_known = true;
    Zone made = zone;
    made.apex = *apex;
    made.reasons = iac::taken_when(reading.because(section, attribute), one.when);
    made.reasons.insert(made.reasons.end(), zone.reasons.begin(), zone.reasons.end());
    reading.unit.add(std::move(made));
  }
  if (!is_known) reading.program.count_unknown("the name of a hosted zone", section.where(attribute));
}

void add_record(Reading& reading, const RecordSet& set, const Value& data, Location where) {
  const Reasons reasons = reading.because(set.resource.section, where);
  add(reading, set, {{data, reasons}}, reasons);
}

void add_records(Reading& reading, const RecordSet& set, std::string_view attribute) {
  const Section& section = set.resource.section;
  std::vector<iac::PlacedValue> values;
  for (Value& value : section.list(attribute)) {
    Reasons reasons = reading.because(section, attribute, value);
    values.push_back({std::move(value), std::move(reasons)});
  }
  add(reading, set, values, reading.because(section, attribute));
}

}  // namespace mainstay::terraform
