// Record sets as Terraform's resources write them.
#include <utility>

#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

iac::RecordSet shared(const RecordSet& set) {
  return {
      .zone = set.zone, .owner = set.owner, .type = set.type, .ttl = set.ttl, .routing = set.routing, .managed_by = set.resource.address};
}

}  // namespace

std::optional<Ttl> ttl_of(const Section& section, std::string_view attribute) { return iac::ttl_of(section.value(attribute)); }

void add_record(Reading& reading, const RecordSet& set, Text data, Location where) {
  iac::add_record(reading.unit, shared(set), {std::move(data), reading.because(where)});
}

void add_records(Reading& reading, const RecordSet& set, std::string_view attribute) {
  const Section& section = set.resource.section;
  std::vector<iac::RecordData> values;
  for (const Value& value : section.list(attribute)) {
    values.push_back({as_text(value, attribute), reading.because(section, attribute, value)});
  }
  iac::add_records(reading.unit, shared(set), std::move(values), reading.because(section, attribute));
}

}  // namespace mainstay::terraform
