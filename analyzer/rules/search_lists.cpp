#include "analyzer/rules/search_lists.h"

namespace mainstay {
namespace {

bool is_answered(const Observation& one) { return one.rcodes.contains("NOERROR"); }

/// Every answer that is known says that the name does not exist.
bool is_denied(const Observation& one) { return one.rcodes.contains("NXDOMAIN") && !is_answered(one); }

/// The name without the suffix; nothing when it does not end in it, or is it.
std::optional<DomainName> without(const DomainName& name, const DomainName& suffix) {
  if (suffix.is_root() || name == suffix || !name.is_within(suffix)) return std::nullopt;
  const Result<DomainName> rest = DomainName::parse(std::string_view(name.text()).substr(0, name.text().size() - suffix.text().size()));
  if (!rest) return std::nullopt;
  return *rest;
}

}  // namespace

SearchLists::SearchLists(const Estate& estate) {
  if (estate.observations().empty()) return;
  for (const Stub& stub : estate.stubs()) {
    for (const Text& search : stub.search) {
      const std::optional<std::string> known = search.known();
      if (!known) continue;
      const Result<DomainName> suffix = DomainName::parse(*known);
      if (suffix && !suffix->is_root()) suffixes_[*suffix].push_back(&stub);
    }
  }
  if (suffixes_.empty()) return;
  for (const Observation& one : estate.observations()) {
    bool& answered = asked_[{one.client, one.name}];
    answered = answered || is_answered(one);
  }
}

std::optional<DomainName> SearchLists::suffix_of(const Observation& one) const {
  if (!is_denied(one)) return std::nullopt;
  for (const auto& [suffix, stubs] : suffixes_) {
    const std::optional<DomainName> plain = without(one.name, suffix);
    if (plain && asked_.contains({one.client, *plain})) return suffix;
  }
  return std::nullopt;
}

std::optional<DomainName> SearchLists::meant(const Observation& one) const {
  const std::optional<DomainName> suffix = suffix_of(one);
  if (!suffix) return std::nullopt;
  return without(one.name, *suffix);
}

bool SearchLists::is_found_with_suffix(const std::string& client, const DomainName& name) const {
  for (const auto& [suffix, stubs] : suffixes_) {
    const Result<DomainName> longer = name.within(suffix);
    if (!longer) continue;
    const auto at = asked_.find({client, *longer});
    if (at != asked_.end() && at->second) return true;
  }
  return false;
}

const std::vector<const Stub*>& SearchLists::stubs_with(const DomainName& suffix) const {
  static const std::vector<const Stub*> kNone;
  const auto at = suffixes_.find(suffix);
  return at == suffixes_.end() ? kNone : at->second;
}

}  // namespace mainstay
