#include "analyzer/identities/txt_identities.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace mainstay {
namespace {

struct Spelling {
  std::string_view word;
  std::string_view usual;
};

constexpr std::array<Spelling, 27> kEnvironments = {{{"prod", "production"},
                                                     {"production", "production"},
                                                     {"prd", "production"},
                                                     {"live", "production"},
                                                     {"stage", "staging"},
                                                     {"staging", "staging"},
                                                     {"stg", "staging"},
                                                     {"preprod", "preproduction"},
                                                     {"preproduction", "preproduction"},
                                                     {"uat", "uat"},
                                                     {"qa", "qa"},
                                                     {"test", "test"},
                                                     {"testing", "test"},
                                                     {"tst", "test"},
                                                     {"dev", "development"},
                                                     {"development", "development"},
                                                     {"int", "integration"},
                                                     {"integration", "integration"},
                                                     {"sandbox", "sandbox"},
                                                     {"sbx", "sandbox"},
                                                     {"demo", "demo"},
                                                     {"perf", "performance"},
                                                     {"performance", "performance"},
                                                     {"canary", "canary"},
                                                     {"dr", "dr"},
                                                     {"preview", "preview"},
                                                     {"local", "local"}}};

bool is_environment(std::string_view label) {
  return std::any_of(kEnvironments.begin(), kEnvironments.end(), [&](const Spelling& one) { return one.word == label; });
}

constexpr std::size_t kLeastLabels = 4;  // service, environment, and a suffix below a top-level domain

/// A TXT record at a name that may be one's, of no other well-known use.
struct Candidate {
  DomainName owner;
  std::vector<std::string> labels;
  TxtValue value;

  DomainName suffix() const { return owner.parent().parent(); }
};

std::vector<Candidate> candidates(const Estate& estate) {
  std::vector<Candidate> found;
  for (const Record& record : estate.records()) {
    if (record.type != "TXT") continue;
    const Result<DomainName> owner = DomainName::parse(record.owner.known().value_or(""));
    if (!owner || owner->is_wildcard()) continue;
    const std::vector<std::string_view> labels = owner->labels();
    if (std::any_of(labels.begin(), labels.end(), [](std::string_view label) { return label.starts_with('_'); })) continue;
    const std::string text = record.data.known().value_or(std::string(record.data.known_prefix()));
    if (is_other_use(text)) continue;
    found.push_back({*owner, {labels.begin(), labels.end()}, {&record, txt_fields(text)}});
  }
  return found;
}

/// What the names below one suffix look like.
struct Signs {
  std::vector<const Candidate*> below;
  std::size_t environment_second = 0;
  std::size_t environment_first = 0;
  std::size_t named = 0;  // with a word for an environment, and fields that name somebody

  bool make_convention(const DomainName& suffix) const {
    const bool has_environment = environment_second + environment_first > 0;
    return (has_environment && speaks_of_identity(suffix.labels().front())) || named >= 2;
  }
};

/// The labels of a candidate that stand below a suffix two labels above it.
void add_identity(const Candidate& candidate, const Estate& estate, TxtConvention& into,
                  std::map<std::tuple<DomainName, std::string, std::string>, TxtIdentity>& by_name) {
  const Record& record = *candidate.value.record;
  TxtIdentity& identity = by_name[{candidate.owner, record.zone, record.view}];
  identity.owner = candidate.owner;
  identity.service = candidate.labels[into.environment_first ? 1 : 0];
  identity.environment = candidate.labels[into.environment_first ? 0 : 1];
  identity.zone = zone_of(record, estate);
  identity.values.push_back(candidate.value);
}

TxtConvention convention(const DomainName& suffix, const Signs& signs, const Estate& estate) {
  TxtConvention one{.suffix = suffix,
                    .environment_first = signs.environment_first > signs.environment_second,
                    .environments = {},
                    .stated = {},
                    .identities = {},
                    .strays = {}};
  std::map<std::tuple<DomainName, std::string, std::string>, TxtIdentity> by_name;
  for (const Candidate* candidate : signs.below) add_identity(*candidate, estate, one, by_name);
  for (auto& [name, identity] : by_name) one.identities.push_back(std::move(identity));
  return one;
}

/// A convention that settings state. What stands below its suffix and has another form is kept apart.
TxtConvention convention(const TxtNames& names, const std::vector<Candidate>& all, const Estate& estate) {
  TxtConvention one{.suffix = names.suffix,
                    .environment_first = names.environment_first,
                    .environments = names.environments,
                    .stated = names.reasons,
                    .identities = {},
                    .strays = {}};
  std::map<std::tuple<DomainName, std::string, std::string>, TxtIdentity> by_name;
  for (const Candidate& candidate : all) {
    if (candidate.owner == names.suffix || !candidate.owner.is_within(names.suffix)) continue;
    const bool has_form = candidate.labels.size() == names.suffix.labels().size() + 2;
    const auto& known = names.environments;
    const auto is_known = [&](std::string_view label) { return std::find(known.begin(), known.end(), label) != known.end(); };
    if (has_form && (known.empty() || is_known(candidate.labels[names.environment_first ? 0 : 1]))) {
      add_identity(candidate, estate, one, by_name);
    } else {
      one.strays.push_back(candidate.value);
    }
  }
  for (auto& [name, identity] : by_name) one.identities.push_back(std::move(identity));
  return one;
}

}  // namespace

bool speaks_of_identity(std::string_view label) {
  constexpr std::array<std::string_view, 12> kWords = {
      "auth", "authn", "authz", "id", "ids", "identity", "nhi", "trust", "identities", "workloads", "workload-identity", "spiffe"};
  return std::find(kWords.begin(), kWords.end(), label) != kWords.end();
}

std::string_view usual_environment(std::string_view word) {
  const auto at = std::find_if(kEnvironments.begin(), kEnvironments.end(), [&](const Spelling& one) { return one.word == word; });
  return at == kEnvironments.end() ? word : at->usual;
}

std::vector<Place> places_of(const std::vector<TxtConvention>& conventions) {
  std::vector<Place> places;
  for (const TxtConvention& convention : conventions) {
    for (const TxtIdentity& identity : convention.identities) {
      for (const TxtValue& value : identity.values) {
        for (const Evidence& reason : value.record->reasons) {
          if (reason.confidence == Confidence::declared) places.push_back(reason.place);
        }
      }
    }
  }
  return places;
}

const Zone* zone_of(const Record& record, const Estate& estate) {
  const Result<DomainName> apex = DomainName::parse(record.zone);
  if (!apex) return nullptr;
  for (const Zone& zone : estate.zones_of(*apex)) {
    if (zone.view == record.view) return &zone;
  }
  return nullptr;
}

std::vector<TxtConvention> txt_conventions(const Estate& estate, const std::vector<TxtNames>& stated) {
  const std::vector<Candidate> all = candidates(estate);
  std::map<DomainName, Signs> by_suffix;
  for (const Candidate& one : all) {
    if (one.labels.size() < kLeastLabels) continue;
    Signs& signs = by_suffix[one.suffix()];
    signs.below.push_back(&one);
    const bool second = is_environment(one.labels[1]);
    const bool first = !second && is_environment(one.labels[0]);
    signs.environment_second += second ? 1 : 0;
    signs.environment_first += first ? 1 : 0;
    signs.named += (first || second) && names_identity(one.value.fields) ? 1 : 0;
  }
  const auto is_stated = [&](const DomainName& suffix) {
    return std::any_of(stated.begin(), stated.end(),
                       [&](const TxtNames& one) { return suffix.is_within(one.suffix) || one.suffix.is_within(suffix); });
  };
  std::vector<TxtConvention> found;
  for (const auto& [suffix, signs] : by_suffix) {
    if (!is_stated(suffix) && signs.make_convention(suffix)) found.push_back(convention(suffix, signs, estate));
  }
  for (const TxtNames& names : stated) found.push_back(convention(names, all, estate));
  std::stable_sort(found.begin(), found.end(), [](const TxtConvention& a, const TxtConvention& b) { return a.suffix < b.suffix; });
  return found;
}

}  // namespace mainstay
