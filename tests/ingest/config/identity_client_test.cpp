#include "ingest/config/identity_client.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester krb5_conf;
extern const Ingester sssd_conf;
extern const Ingester ldap_conf;
extern const Ingester nslcd_conf;

namespace {

/// "role host" of each need, sorted, with the number of groups of alternatives in front.
std::string needs(const Ingested& got) {
  std::vector<std::string> shown;
  std::vector<std::string> groups;
  for (const Use& use : got.all<Use>()) {
    shown.push_back(std::string(word(use.role)) + " " + use.host.display());
    groups.push_back(use.alternative);
  }
  std::ranges::sort(shown);
  std::ranges::sort(groups);
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  std::string out = std::to_string(groups.size());
  for (const std::string& one : shown) out += ", " + one;
  return out;
}

}  // namespace

TEST_CASE("identity clients: whom they ask", "[ingest][identity-client]") {
  struct Row {
    const char* title;
    const Ingester* format;
    const char* file;
    const char* text;
    const char* needs;
    std::size_t problems;
  };
  const Row rows[] = {
      {"one realm needs no default_realm", &krb5_conf, "etc/krb5.conf", "[realms]\nA.EXAMPLE = {\nkdc = k.a.example\n}\n",
       "1, kerberos-kdc k.a.example", 0},
      {"two realms without a default are not guessed", &krb5_conf, "etc/krb5.conf",
       "[realms]\nA.EXAMPLE = {\nkdc = k.a.example\n}\nB.EXAMPLE = {\nkdc = k.b.example\n}\n", "0", 1},
      {"records are asked when no KDC is written", &krb5_conf, "etc/krb5.conf", "[libdefaults]\ndefault_realm = A.EXAMPLE\n",
       "1, kerberos-kdc _kerberos._udp.a.example", 0},
      {"records are not asked when that is switched off", &krb5_conf, "etc/krb5.conf",
       "[libdefaults]\ndefault_realm = A.EXAMPLE\ndns_lookup_kdc = no\n", "0", 0},
      {"a KDC behind a proxy", &krb5_conf, "etc/krb5.conf", "[realms]\nA.EXAMPLE = {\nkdc = https://proxy.a.example/KdcProxy\n}\n",
       "1, kerberos-kdc proxy.a.example", 0},
      {"a realm that is filled in later", &krb5_conf, "etc/krb5.conf", "[libdefaults]\ndefault_realm = {{ realm }}\n", "0", 1},
      {"a domain that is known in part", &krb5_conf, "etc/krb5.conf", "[libdefaults]\ndefault_realm = {{ env }}.A.EXAMPLE\n",
       "1, kerberos-kdc _kerberos._udp.${env}.a.example", 0},
      {"bad: a KDC that is no host; the others are used", &krb5_conf, "etc/krb5.conf",
       "[realms]\nA.EXAMPLE = {\nkdc = a..b\nkdc = k.a.example\n}\n", "1, kerberos-kdc k.a.example", 1},
      {"servers and backup servers are alternatives", &sssd_conf, "etc/sssd/sssd.conf",
       "[domain/a]\nid_provider = ldap\nldap_uri = ldap://x.example\nldap_backup_uri = ldap://y.example\n",
       "1, ldap x.example, ldap y.example", 0},
      {"directory and KDC are both needed", &sssd_conf, "etc/sssd/sssd.conf",
       "[domain/a.example]\nid_provider = ldap\nauth_provider = krb5\nldap_uri = ldap://x.example\nkrb5_realm = A.EXAMPLE\n",
       "2, kerberos-kdc _kerberos._udp.a.example, ldap x.example", 0},
      {"local accounts need nobody", &sssd_conf, "etc/sssd/sssd.conf", "[domain/a]\nid_provider = files\n", "0", 0},
      {"an address needs no name", &ldap_conf, "etc/ldap/ldap.conf", "URI ldap://192.0.2.1 ldapi:///\n", "1, ldap 192.0.2.1", 0},
      {"nothing but a search base", &ldap_conf, "etc/ldap/ldap.conf", "BASE dc=a\n", "0", 0},
      {"a template's host keeps its domain", &nslcd_conf, "templates/nslcd.conf.j2", "uri ldap://{{ dir }}.a.example/\n",
       "1, ldap ${dir}.a.example", 0},
      {"bad: empty file", &nslcd_conf, "etc/nslcd.conf", "", "0", 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(*row.format, {{row.file, row.text}});
      CHECK(needs(got) == row.needs);
      CHECK(got.problems.size() == row.problems);
      CHECK(got.all<Workload>().size() == (got.all<Use>().empty() ? 0u : 1u));
    }
}

TEST_CASE("identity clients: which files are theirs", "[ingest][identity-client]") {
  struct Row {
    const char* file;
    const char* head;
    Claim claim;
  };
  const Row rows[] = {
      {"etc/krb5.conf", "", Claim::by_name},
      {"etc/krb5.conf.d/local", "", Claim::by_name},
      {"files/krb5.conf.dc1", "[realms]\n", Claim::by_content},
      {"files/krb5.conf.dc1", "nothing of the kind", Claim::no},
      {"templates/krb5.conf.j2", "[libdefaults]\n", Claim::by_content},
      {"etc/krb5.conf.bak", "[realms]\n", Claim::no},
      {"etc/krb5.conf.dpkg-old", "[realms]\n", Claim::no},
      {"etc/krb5.confused", "[realms]\n", Claim::no},
  };
  for (const Row& row : rows) {
    INFO(row.file);
    CHECK(krb5_conf.claims(row.file, row.head) == row.claim);
  }
}

TEST_CASE("identity clients: two machines in one folder are two workloads", "[ingest][identity-client]") {
  const std::string text = "[realms]\nA.EXAMPLE = {\nkdc = k.a.example\n}\n";
  const Ingested got =
      ingest(krb5_conf, {{"hosts/a/etc/krb5.conf", text}, {"hosts/a/etc/krb5.conf.dc1", text}, {"hosts/a/etc/resolv.conf", ""}});
  const std::vector<Workload> workloads = got.all<Workload>();
  REQUIRE(workloads.size() == 2);
  CHECK(workloads[0].id == "process:hosts/a/krb5");
  CHECK(workloads[0].scope == "host:hosts/a");
  CHECK(workloads[1].id == "process:hosts/a/krb5.dc1");
}

}  // namespace mainstay
