#include "analyzer/identities/asked_names.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

/// What answers a question for TXT at a name: its own records, an alias, or a wildcard above it.
bool may_answer(const Record& record, const AskedIdentity& asked) {
  if (record.type != "TXT" && record.type != "CNAME") return false;
  const std::optional<std::string> text = record.owner.known();
  if (!text) return true;  // it may be the one
  const Result<DomainName> owner = DomainName::parse(*text);
  if (!owner) return false;
  if (owner->is_wildcard()) return asked.name.is_within(owner->parent()) || (asked.below && owner->is_within(asked.name));
  return asked.below ? *owner != asked.name && owner->is_within(asked.name) : *owner == asked.name;
}

/// True when every zone that the name stands in is whole in the tree, and none of it is handed on below.
bool is_all_known(const AskedIdentity& asked, const std::vector<const Zone*>& zones, const Estate& estate) {
  const auto whole = [](const Zone* zone) { return zone->complete; };
  if (zones.empty() || !std::all_of(zones.begin(), zones.end(), whole)) return false;
  const auto cuts = [&](const Delegation& cut) {
    const auto is_inside = [&](const Zone* zone) { return cut.child != zone->apex && cut.child.is_within(zone->apex); };
    const bool above = asked.name.is_within(cut.child) && std::any_of(zones.begin(), zones.end(), is_inside);
    return above || (asked.below && cut.child.is_within(asked.name));
  };
  return std::none_of(estate.delegations().begin(), estate.delegations().end(), cuts);
}

}  // namespace

std::optional<AskedIdentity> asked_name(const Text& owner) {
  if (const std::optional<std::string> known = owner.known()) {
    Result<DomainName> name = DomainName::parse(*known);
    return name ? std::optional(AskedIdentity{*std::move(name), false}) : std::nullopt;
  }
  std::optional<DomainName> domain = owner.known_domain();
  return domain && !domain->is_root() ? std::optional(AskedIdentity{*std::move(domain), true}) : std::nullopt;
}

TxtAnswer answer_to(const AskedIdentity& asked, const Estate& estate) {
  const auto answers = [&](const Record& one) { return may_answer(one, asked); };
  if (std::any_of(estate.records().begin(), estate.records().end(), answers)) return TxtAnswer::there;
  const std::vector<const Zone*> zones = zones_around(asked.name, estate);
  if (!is_all_known(asked, zones, estate)) return TxtAnswer::unknown;
  const auto has_name = [&](const Zone* zone) { return estate.exists(asked.name, zone->view); };
  return !asked.below && std::any_of(zones.begin(), zones.end(), has_name) ? TxtAnswer::nodata : TxtAnswer::nxdomain;
}

std::vector<const Zone*> zones_around(const DomainName& name, const Estate& estate) {
  std::map<std::string_view, const Zone*> nearest;
  for (DomainName apex = name; !apex.is_root(); apex = apex.parent()) {
    for (const Zone& zone : estate.zones_of(apex)) nearest.try_emplace(zone.view, &zone);
  }
  std::vector<const Zone*> found;
  for (const auto& [view, zone] : nearest) found.push_back(zone);
  return found;
}

bool may_be(const Text& pattern, const DomainName& name) {
  constexpr char kHole = '\x01';
  std::string form = ascii_lower(pattern.skeleton(kHole));
  if (form.ends_with('.')) form.pop_back();
  const std::string_view host = name.host();
  // reached[i]: the pattern so far can stand for the first i octets.
  std::vector<bool> reached(host.size() + 1);
  reached[0] = true;
  for (const char c : form) {
    std::vector<bool> next(host.size() + 1);
    for (std::size_t at = 0; at < host.size(); ++at) {
      if (c == kHole) {
        next[at + 1] = (reached[at] || next[at]) && host[at] != '.';
      } else {
        next[at + 1] = reached[at] && host[at] == c;
      }
    }
    reached = std::move(next);
  }
  return reached[host.size()];
}

}  // namespace mainstay
