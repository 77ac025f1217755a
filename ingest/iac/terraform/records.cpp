// Records and delegations, the same for every provider.
#include <algorithm>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

/// TXT strings longer than 255 octets are written as several, with `""` between them.
Text joined_strings(const Text& text) {
  const std::optional<std::string> known = text.known();
  if (!known) return text;
  std::string out;
  for (std::size_t i = 0; i < known->size(); ++i) {
    if (known->compare(i, 2, "\"\"") == 0) {
      ++i;
    } else {
      out += (*known)[i];
    }
  }
  return out.size() > 1 && out.front() == '"' && out.back() == '"' ? Text(out.substr(1, out.size() - 2)) : Text(out);
}

}  // namespace

Text without_dot(Text name) {
  if (!name.known_suffix().ends_with('.')) return name;
  const std::size_t size = name.skeleton().size();
  return size > 1 ? name.slice(0, size - 1) : name;
}

Text completed(const Text& name, const ZoneName& zone) {
  Text plain = without_dot(name);
  if (plain.empty() || plain == Text("@")) return zone.apex;
  const std::string_view suffix = plain.known_suffix();
  if (const std::optional<std::string> apex = zone.apex.known()) {
    const std::string end = ascii_lower("." + *apex), seen = ascii_lower(suffix);
    if (seen.ends_with(end) || (plain.is_known() && "." + seen == end)) return plain;
  } else if (suffix.find('.') != std::string_view::npos) {
    return plain;  // whole as far as can be seen: the zone's name is not known
  }
  if (suffix.empty() && !plain.is_known()) return plain;  // its end is unknown, so it may be whole
  Text whole = plain;
  whole.append(std::string_view("."));
  whole.append(zone.apex);
  return whole;
}

std::optional<Ttl> ttl_of(const Section& section, std::string_view attribute) {
  const std::optional<double> seconds = known_number(section.value(attribute));
  if (!seconds || *seconds < 0 || *seconds > static_cast<double>(Ttl::kMax)) return std::nullopt;
  const Result<Ttl> ttl = Ttl::from_seconds(static_cast<std::uint64_t>(*seconds));
  return ttl ? std::optional(*ttl) : std::nullopt;
}

std::optional<DomainName> name_of(const Text& text) {
  const std::optional<std::string> known = text.known();
  if (!known) return std::nullopt;
  const Result<DomainName> name = DomainName::parse(*known);
  return name ? std::optional(*name) : std::nullopt;
}

std::optional<IpAddress> address_of(const Value& value) {
  const std::optional<std::string> known = known_text(value);
  if (!known) return std::nullopt;
  const Result<IpAddress> address = IpAddress::parse(*known);
  return address ? std::optional(*address) : std::nullopt;
}

void add_record(Reading& reading, const RecordSet& set, Text data, Location where) {
  const bool is_name = set.type == "CNAME" || set.type == "ALIAS" || set.type == "NS" || set.type == "PTR";
  if (is_name) data = without_dot(std::move(data));
  if (set.type == "TXT" || set.type == "SPF") data = joined_strings(data);
  reading.unit.add(Record{.owner = set.owner,
                          .type = set.type,
                          .ttl = set.ttl,
                          .data = std::move(data),
                          .zone = set.zone.zone,
                          .view = set.zone.view,
                          .routing = set.routing,
                          .managed_by = set.resource.address,
                          .reasons = reading.because(where)});
}

void add_records(Reading& reading, const RecordSet& set, std::string_view attribute) {
  const Section& section = set.resource.section;
  const std::optional<DomainName> owner = name_of(set.owner), apex = name_of(set.zone.apex);
  const bool is_cut = (set.type == "NS" || set.type == "DS") && owner && apex && *owner != *apex && owner->is_within(*apex);
  Delegation cut;
  for (const Value& value : section.list(attribute)) {
    const Text data = as_text(value, attribute);
    add_record(reading, set, data, reading.place(section, attribute, value));
    if (!is_cut) continue;
    if (set.type == "DS") {
      cut.ds.push_back(data.display());
    } else if (const std::optional<DomainName> server = name_of(data)) {
      cut.name_servers.push_back(*server);
    }
  }
  if (!is_cut) return;
  cut.child = *owner;
  cut.parent = *apex;
  cut.view = set.zone.view;
  cut.ttl = set.ttl;
  cut.reasons = reading.because(section, attribute);
  reading.unit.add(std::move(cut));
}

}  // namespace mainstay::terraform
