// Cloudflare: zones and records, under the names of provider versions 4 and 5.
// Source: documentation of the Terraform provider cloudflare, cloudflare_zone, cloudflare_record, cloudflare_dns_record.
#include <utility>

#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

std::string_view name_attribute(const Resource& zone) { return zone.section.has("zone") ? "zone" : "name"; }

void read_zone(Reading& reading, Resource& resource) {
  const std::string_view attribute = name_attribute(resource);
  add_zones(reading, resource.section, attribute, {.view = "", .kind = ZoneKind::hosted, .provider = "cloudflare"});
}

void read_record(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  const Value zone_id = section.value("zone_id");
  ZoneName zone{.apex = Text(Hole{as_text(zone_id, "zone_id").display(), ""}), .zone = as_text(zone_id, "zone_id").display(), .view = ""};
  if (const Resource* behind = reading.program.behind(zone_id)) zone.apex = without_dot(behind->section.text(name_attribute(*behind)));
  if (const std::optional<DomainName> apex = name_of(zone.apex)) zone.zone = apex->text();
  RecordSet set{.resource = resource,
                .zone = std::move(zone),
                .name = section.value("name"),
                .type = section.text("type").display(),
                .ttl = ttl_of(section, "ttl"),
                .routing = section.truth("proxied") == true ? "proxied" : ""};
  if (set.ttl && set.ttl->seconds() == 1) set.ttl.reset();  // 1 means automatic
  add_records(reading, set, section.has("content") ? "content" : "value");
}

constexpr ResourceType kTypes[] = {
    {"cloudflare_dns_record", &read_record}, {"cloudflare_record", &read_record}, {"cloudflare_zone", &read_zone}};

}  // namespace

std::span<const ResourceType> cloudflare_types() { return kTypes; }

}  // namespace mainstay::terraform
