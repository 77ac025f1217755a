// krb5.conf: which KDCs the Kerberos library of a machine asks, as written or by SRV records.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "graph/values/ascii.h"
#include "ingest/config/file_variant.h"
#include "ingest/config/identity_client.h"
#include "ingest/ingester.h"
#include "ingest/syntax/profile.h"

namespace mainstay {
extern const Ingester krb5_conf;

namespace {

constexpr std::string_view kFragments = "krb5.conf.d/";

bool is_fragment(std::string_view name) {
  const std::size_t folder = name.rfind('/');
  return folder != std::string_view::npos && name.substr(0, folder + 1).ends_with(kFragments);
}

Claim claims(std::string_view name, std::string_view head) {
  if (is_fragment(name)) return Claim::by_name;
  const bool speaks = head.find("[libdefaults]") != std::string_view::npos || head.find("[realms]") != std::string_view::npos;
  switch (file_variant(name, "krb5.conf")) {
    case FileVariant::itself: return Claim::by_name;
    case FileVariant::templated:
    case FileVariant::variant: return speaks ? Claim::by_content : Claim::no;
    case FileVariant::none: break;
  }
  return Claim::no;
}

/// krb5.conf and the krb5.conf.d beside it are read as one; fragments without it are one unit by themselves.
std::vector<std::vector<std::string>> gather(const SourceTree&, std::vector<std::string> names) {
  std::map<std::string, std::vector<std::string>, std::less<>> units;
  std::stable_partition(names.begin(), names.end(), [](const std::string& name) { return !is_fragment(name); });
  for (std::string& name : names) {
    std::string key = name;
    if (is_fragment(name)) key = name.substr(0, name.rfind('/') - 2);
    units[key].push_back(std::move(name));
  }
  std::vector<std::vector<std::string>> found;
  for (auto& [key, unit] : units) found.push_back(std::move(unit));
  return found;
}

/// The values that libkrb5 reads as true; every other one is false (krb5.conf(5), profile library).
bool is_true(std::string_view value) {
  constexpr std::string_view kTrue[] = {"y", "yes", "true", "t", "1", "on"};
  return std::ranges::find(kTrue, ascii_lower(value)) != std::end(kTrue);
}

class Krb5Reader {
 public:
  explicit Krb5Reader(Unit& unit) : unit_(unit), client_(unit, WorkloadKind::process, "krb5") {}

  void read() {
    for (const auto& source : unit_.sources()) {
      profiles_.push_back(read_profile(source->bytes(), unit_.id_of(*source), ProfileDialect::krb5, [&](ProfileProblem problem) {
        unit_.error(problem.where, std::move(problem.message), std::move(problem.hint));
      }));
    }
    for (const std::vector<Section>& profile : profiles_) {
      for (const Section& section : profile) take(section);
    }
    choose_realm();
    client_.finish();
  }

 private:
  void take(const Section& section) {
    for (const Setting& setting : section.settings) {
      if (section.name == "libdefaults") {
        defaults_.emplace(setting.key, &setting);  // the first one counts: the profile library takes the first of several values
      } else if (section.name == "realms") {
        realms_[setting.key].push_back(&setting);
      }
    }
  }

  const Setting* by_default(std::string_view key) const {
    const auto at = defaults_.find(key);
    return at == defaults_.end() ? nullptr : at->second;
  }

  /// The realm that a principal without one belongs to; the others matter only to who names them.
  void choose_realm() {
    const Setting* named = by_default("default_realm");
    if (named != nullptr) {
      take_realm(named->value, named->value_at);
    } else if (realms_.size() == 1) {
      take_realm(realms_.begin()->first, realms_.begin()->second.front()->key_at);
    } else if (!realms_.empty()) {
      unit_.note(realms_.begin()->second.front()->key_at,
                 "no default_realm: which of these realms is used cannot be told, so none is counted");
    }
    for (const auto& [realm, settings] : realms_) {
      if (named != nullptr && realm != named->value) {
        unit_.note(settings.front()->key_at, fmt::format("{} is not the default realm; its KDCs are not counted", realm));
      }
    }
  }

  void take_realm(const std::string& realm, Location where) {
    const std::string alternative = "kdc " + realm;
    bool any = false;
    if (const auto at = realms_.find(realm); at != realms_.end()) {
      for (const Setting* block : at->second) {
        for (const Setting& setting : block->block) {
          if (setting.key != "kdc") continue;
          any = true;
          client_.asks(Role::kerberos_kdc, setting.value, {"kdc", alternative, setting.value_at, {}});
        }
      }
    }
    const Setting* lookup = by_default("dns_lookup_kdc");
    if (any || (lookup != nullptr && !is_true(lookup->value))) return;
    client_.finds(Role::kerberos_kdc, "_kerberos._udp", realm,
                  {"dns_lookup_kdc", alternative, lookup != nullptr ? lookup->value_at : where,
                   lookup != nullptr ? "" : "libkrb5 finds the KDCs of a realm without kdc by SRV records (dns_lookup_kdc is true)"});
  }

  Unit& unit_;
  IdentityClient client_;
  std::vector<std::vector<Section>> profiles_;
  std::map<std::string, const Setting*, std::less<>> defaults_;
  std::map<std::string, std::vector<const Setting*>, std::less<>> realms_;
};

void read(Unit& unit) { Krb5Reader(unit).read(); }

}  // namespace

constinit const Ingester krb5_conf{.name = "krb5-conf",
                                   .title = "MIT Kerberos client configuration",
                                   .reference = "krb5.conf(5)",
                                   .claims = &claims,
                                   .read = &read,
                                   .gather = &gather};

}  // namespace mainstay
