#include "graph/model/catalogue.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

/// A host in which every "%" is a hole.
Text host_of(std::string_view shape) {
  Text text;
  for (const char c : shape) {
    if (c == '%') {
      text.append(Hole{.name = "x"});
    } else {
      text.append(std::string_view(&c, 1));
    }
  }
  return text;
}

}  // namespace

TEST_CASE("catalogue: how a host fits a pattern", "[graph][catalogue]") {
  struct Row {
    const char* pattern;
    const char* host;
    Fit how;
  };
  const Row rows[] = {
      {"sts.amazonaws.com", "STS.amazonaws.com.", Fit::certain},
      {"sts.amazonaws.com", "x.sts.amazonaws.com", Fit::no},
      {"sts.*.amazonaws.com", "sts.eu-west-1.amazonaws.com", Fit::certain},
      {"sts.*.amazonaws.com", "sts.amazonaws.com", Fit::no},
      {"sts.*.amazonaws.com", "sts.a.b.amazonaws.com", Fit::no},
      {"sts.*.amazonaws.com", "sts.%.amazonaws.com", Fit::certain},
      {"sts.*.amazonaws.com", "%.eu-west-1.amazonaws.com", Fit::possible},
      {"sts.*.amazonaws.com", "kms.%.amazonaws.com", Fit::no},
      {"**.okta.com", "dev-1.okta.com", Fit::certain},
      {"**.okta.com", "a.b.okta.com", Fit::certain},
      {"**.okta.com", "okta.com", Fit::no},
      {"**.okta.com", "%.okta.com", Fit::certain},
      {"**.okta.com", "x.notokta.com", Fit::no},
      {"**.okta.com", "%okta.com", Fit::possible},
      {"*-admin.okta.com", "dev-admin.okta.com", Fit::certain},
      {"*-admin.okta.com", "-admin.okta.com", Fit::no},
      {"*-admin.okta.com", "%-admin.okta.com", Fit::certain},
      {"*-admin.okta.com", "%.okta.com", Fit::possible},
      {"sts.amazonaws.com", "%", Fit::possible},
      {"sts.amazonaws.com", "", Fit::no},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern, row.host);
    CHECK(fit(row.pattern, host_of(row.host)) == row.how);
  }
}

TEST_CASE("catalogue: the first row that fits wins, whatever the index", "[graph][catalogue]") {
  Catalogue catalogue;
  catalogue.add(KnownHost{.pattern = "**.example.com", .role = Role::sts, .source = "t"});
  catalogue.add(KnownHost{.pattern = "login.example.com", .role = Role::jwks, .source = "t"});
  catalogue.add(KnownHost{.pattern = "vault.*", .role = Role::secret_store, .source = "t"});
  catalogue.add(KnownHost{.pattern = "*.internal", .role = Role::imds, .source = "t"});
  REQUIRE(catalogue.host("login.example.com"));
  CHECK(catalogue.host("login.example.com")->role == Role::sts);
  CHECK(catalogue.host("vault.corp")->role == Role::secret_store);
  CHECK(catalogue.host("METADATA.Internal.")->role == Role::imds);
  CHECK_FALSE(catalogue.host("example.com"));
  CHECK_FALSE(catalogue.host("other.example.org"));
  CHECK_FALSE(catalogue.host(""));
  CHECK_FALSE(catalogue.host(host_of("%")));
  CHECK_FALSE(catalogue.host(std::string(5'000'000, '.') + "example.com"));
}

TEST_CASE("catalogue: keys", "[graph][catalogue]") {
  Catalogue catalogue;
  catalogue.add(KnownKey{.pattern = "*_URL_A", .role = Role::sts, .source = "t"});
  catalogue.add(KnownKey{.pattern = "VAULT_URL_A", .role = Role::secret_store, .source = "t"});
  catalogue.add(KnownKey{.pattern = "GF_*_URL", .role = Role::oauth_token, .source = "t"});
  catalogue.add(KnownKey{.pattern = "GF_X_URL", .role = Role::jwks, .source = "t"});
  catalogue.add(KnownKey{.pattern = "LDAP_*", .role = Role::ldap, .source = "t"});
  CHECK(catalogue.key("vault_url_a")->role == Role::sts);
  CHECK(catalogue.key("_URL_A")->role == Role::sts);
  CHECK(catalogue.key("GF_x_URL")->role == Role::oauth_token);
  CHECK(catalogue.key("LDAP_")->role == Role::ldap);
  CHECK_FALSE(catalogue.key("URL_A"));
  CHECK_FALSE(catalogue.key("GF_URL"));
  CHECK_FALSE(catalogue.key("XLDAP_"));
  CHECK_FALSE(catalogue.key(""));
  CHECK_FALSE(catalogue.key(std::string(1'000'000, 'x')));
}

TEST_CASE("catalogue: providers and claimable names", "[graph][catalogue]") {
  Catalogue catalogue;
  catalogue.add(KnownProvider{
      .name = "a", .title = "A", .name_servers = {"*.awsdns-*.com", "*.awsdns-*.net"}, .resolvers = {"1.1.1.1"}, .source = "t"});
  catalogue.add(KnownProvider{.name = "b", .title = "B", .resolvers = {"2001:db8::/32"}, .source = "t"});
  catalogue.add(Claimable{.pattern = "*.pages.example", .service = "Pages", .source = "t"});
  CHECK(catalogue.provider_of_name_server(*DomainName::parse("NS-40.awsdns-05.net."))->name == "a");
  CHECK_FALSE(catalogue.provider_of_name_server(*DomainName::parse("ns-40.awsdns-05.org")));
  CHECK(catalogue.operator_of_resolver(*IpAddress::parse("1.1.1.1"))->name == "a");
  CHECK(catalogue.operator_of_resolver(*IpAddress::parse("2001:db8:5::1"))->name == "b");
  CHECK_FALSE(catalogue.operator_of_resolver(*IpAddress::parse("1.1.1.2")));
  CHECK(catalogue.provider("b")->title == "B");
  CHECK_FALSE(catalogue.provider("c"));
  CHECK(catalogue.claimable(*DomainName::parse("x.pages.example"))->service == "Pages");
  CHECK_FALSE(catalogue.claimable(*DomainName::parse("pages.example")));
}

}  // namespace mainstay
