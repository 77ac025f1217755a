#include "ingest/iac/records.h"

#include <utility>

#include "graph/values/ascii.h"

namespace mainstay::iac {
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

std::optional<Ttl> ttl_of(const Value& value) {
  const std::optional<double> seconds = known_number(value);
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

void add_record(Unit& unit, const RecordSet& set, RecordData value) {
  const bool is_name = set.type == "CNAME" || set.type == "ALIAS" || set.type == "NS" || set.type == "PTR";
  if (is_name) value.data = without_dot(std::move(value.data));
  if (set.type == "TXT" || set.type == "SPF") value.data = joined_strings(value.data);
  unit.add(Record{.owner = set.owner,
                  .type = set.type,
                  .ttl = set.ttl,
                  .data = std::move(value.data),
                  .zone = set.zone.zone,
                  .view = set.zone.view,
                  .routing = set.routing,
                  .managed_by = set.managed_by,
                  .reasons = std::move(value.reasons)});
}

void add_records(Unit& unit, const RecordSet& set, std::vector<RecordData> values, Reasons cut_reasons) {
  const std::optional<DomainName> owner = name_of(set.owner), apex = name_of(set.zone.apex);
  const bool is_cut = (set.type == "NS" || set.type == "DS") && owner && apex && *owner != *apex && owner->is_within(*apex);
  Delegation cut;
  for (RecordData& value : values) {
    if (is_cut && set.type == "DS") {
      cut.ds.push_back(value.data.display());
    } else if (const std::optional<DomainName> server = is_cut ? name_of(value.data) : std::nullopt) {
      cut.name_servers.push_back(*server);
    }
    add_record(unit, set, std::move(value));
  }
  if (!is_cut) return;
  cut.child = *owner;
  cut.parent = *apex;
  cut.view = set.zone.view;
  cut.ttl = set.ttl;
  cut.reasons = std::move(cut_reasons);
  unit.add(std::move(cut));
}

}  // namespace mainstay::iac
