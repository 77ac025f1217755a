// sssd.conf: which directory servers and KDCs the System Security Services Daemon of a machine asks.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "ingest/config/file_variant.h"
#include "ingest/config/identity_client.h"
#include "ingest/ingester.h"
#include "ingest/syntax/profile.h"

namespace mainstay {
extern const Ingester sssd_conf;

namespace {

constexpr std::string_view kDomain = "domain/";

Claim claims(std::string_view name, std::string_view head) {
  const bool speaks = head.find("[sssd]") != std::string_view::npos || head.find("[domain/") != std::string_view::npos;
  if (name.substr(0, name.rfind('/') + 1).ends_with("sssd/conf.d/") && name.ends_with(".conf"))
    return speaks ? Claim::by_content : Claim::no;
  switch (file_variant(name, "sssd.conf")) {
    case FileVariant::itself: return Claim::by_name;
    case FileVariant::templated:
    case FileVariant::variant: return speaks ? Claim::by_content : Claim::no;
    case FileVariant::none: break;
  }
  return Claim::no;
}

/// One kind of server of a domain: the settings that list it, and the record by which it is found.
struct ServerSettings {
  std::string_view main;
  std::string_view backup;
  Role role;
  std::string_view record;
};
// sssd-ldap(5), sssd-krb5(5), sssd-ipa(5), sssd-ad(5); FAILOVER: without a list, and for _srv_ in one, SRV records are asked
constexpr ServerSettings kLdap{"ldap_uri", "ldap_backup_uri", Role::ldap, "_ldap._tcp"};
constexpr ServerSettings kKdc{"krb5_server", "krb5_backup_server", Role::kerberos_kdc, "_kerberos._udp"};
constexpr ServerSettings kIpa{"ipa_server", "ipa_backup_server", Role::ldap, "_ldap._tcp"};
constexpr ServerSettings kActiveDirectory{"ad_server", "ad_backup_server", Role::ldap, "_ldap._tcp"};

class SssdReader {
 public:
  explicit SssdReader(Unit& unit) : unit_(unit), client_(unit, WorkloadKind::unit, "sssd") {}

  void read() {
    const std::vector<Section> sections =
        read_profile(unit_.source().bytes(), SourceId{}, ProfileDialect::ini,
                     [&](ProfileProblem problem) { unit_.error(problem.where, std::move(problem.message), std::move(problem.hint)); });
    std::optional<std::string> enabled;
    for (const Section& section : sections) {
      if (section.name != "sssd") continue;
      for (const Setting& setting : section.settings) {
        if (setting.key == "domains") enabled = setting.value;
      }
    }
    for (const Section& section : sections) {
      if (!section.name.starts_with(kDomain)) continue;
      const std::string name = section.name.substr(kDomain.size());
      if (enabled && !is_listed(*enabled, name)) {
        unit_.note(section.where, fmt::format("domain {} is not among the domains of [sssd]; it is not used", name));
        continue;
      }
      domain(section, name);
    }
    client_.finish();
  }

 private:
  static bool is_listed(std::string_view list, std::string_view name) {
    const std::vector<ListedWord> words = listed_words(list, {});
    return std::ranges::any_of(words, [&](const ListedWord& word) { return word.text == name; });
  }

  void domain(const Section& section, const std::string& name) {
    domain_at_ = section.where;
    std::map<std::string_view, const Setting*> settings;
    for (const Setting& setting : section.settings) settings[setting.key] = &setting;
    const auto value = [&](std::string_view key) {
      const auto at = settings.find(key);
      return at == settings.end() ? std::string_view() : std::string_view(at->second->value);
    };
    const std::string_view id = value("id_provider");
    const std::string_view auth = value("auth_provider").empty() ? id : value("auth_provider");
    if (id == "ldap" || auth == "ldap") servers(kLdap, settings, name, name);
    if (auth == "krb5") servers(kKdc, settings, name, value("krb5_realm").empty() ? name : value("krb5_realm"));
    if (id == "ipa") servers(kIpa, settings, name, value("ipa_domain").empty() ? name : value("ipa_domain"));
    if (id == "ad") servers(kActiveDirectory, settings, name, value("ad_domain").empty() ? name : value("ad_domain"));
    const bool known = id == "ldap" || id == "ipa" || id == "ad" || id == "files" || id == "proxy" || auth == "krb5" || auth == "ldap";
    if (!known) unit_.note(section.where, fmt::format("id_provider '{}' of domain {} is not understood", id, name));
  }

  void servers(const ServerSettings& kind, const std::map<std::string_view, const Setting*>& settings, std::string_view domain,
               std::string_view discovery) {
    const auto own = settings.find("dns_discovery_domain");
    if (own != settings.end()) discovery = own->second->value;
    const std::string alternative = fmt::format("{} {}", word(kind.role), domain);
    bool listed = false;
    for (const std::string_view key : {kind.main, kind.backup}) {
      const auto at = settings.find(key);
      if (at == settings.end()) continue;
      for (const ListedWord& one : listed_words(at->second->value, at->second->value_at)) {
        listed = true;
        if (one.text == "_srv_") {
          client_.finds(kind.role, kind.record, discovery, {key, alternative, one.where, {}});
        } else {
          client_.asks(kind.role, one.text, {key, alternative, one.where, {}});
        }
      }
    }
    if (listed) return;
    client_.finds(kind.role, kind.record, discovery,
                  {kind.main, alternative, domain_at_, "sssd finds the servers of a domain by SRV records when none is listed"});
  }

  Unit& unit_;
  IdentityClient client_;
  Location domain_at_;
};

void read(Unit& unit) { SssdReader(unit).read(); }

}  // namespace

constinit const Ingester sssd_conf{.name = "sssd-conf",
                                   .title = "System Security Services Daemon",
                                   .reference = "sssd.conf(5), sssd-ldap(5), sssd-krb5(5), sssd-ipa(5), sssd-ad(5)",
                                   .claims = &claims,
                                   .read = &read};

}  // namespace mainstay
