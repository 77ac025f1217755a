#include "graph/values/domain_name.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("domain name: text becomes canonical or is refused", "[graph][domain-name]") {
  struct Row {
    const char* title;
    std::string text;
    std::string canonical;  // empty: refused
  };
  const std::string label63(63, 'a');
  const Row rows[] = {
      {"good: case folds and the dot is added", "Login.Example.COM", "login.example.com."},
      {"good: the root", ".", "."},
      {"good: underscore and wildcard", "*._tcp.example.", "*._tcp.example."},
      {"good: a decimal escape of a letter is the letter", "\\097b.example", "ab.example."},
      {"good: an escaped dot stays inside its label", "a\\.b.example", "a\\.b.example."},
      {"good: a space becomes an escape", "a b.example", "a\\032b.example."},
      {"good: 63 octets in a label", label63 + ".example", label63 + ".example."},
      {"good: 255 octets on the wire", label63 + "." + label63 + "." + label63 + "." + std::string(61, 'b'),
       label63 + "." + label63 + "." + label63 + "." + std::string(61, 'b') + "."},
      {"bad: empty", "", ""},
      {"bad: empty label", "a..b", ""},
      {"bad: leading dot", ".a", ""},
      {"bad: 64 octets in a label", label63 + "a.example", ""},
      {"bad: 256 octets", label63 + "." + label63 + "." + label63 + "." + std::string(62, 'b'), ""},
      {"bad: lone backslash", "a\\", ""},
      {"bad: escape above 255", "\\256.example", ""},
      {"bad: short escape", "\\03", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<DomainName> name = DomainName::parse(row.text);
      REQUIRE(static_cast<bool>(name) == !row.canonical.empty());
      if (!name) continue;
      CHECK(name->text() == row.canonical);
      CHECK(DomainName::parse(name->text())->text() == row.canonical);
    }
}

TEST_CASE("domain name: within, parent, labels", "[graph][domain-name]") {
  const DomainName zone = *DomainName::parse("b.example");
  CHECK(DomainName::parse("a.b.example")->is_within(zone));
  CHECK(zone.is_within(zone));
  CHECK(zone.is_within(DomainName::root()));
  CHECK_FALSE(DomainName::parse("ab.example")->is_within(zone));
  CHECK_FALSE(DomainName::parse("a\\.b.example")->is_within(zone));
  CHECK(DomainName::parse("a\\\\.b.example")->is_within(zone));
  CHECK(DomainName::parse("a\\.b.example")->parent().text() == "example.");
  CHECK(DomainName::parse("example")->parent().is_root());
  CHECK(DomainName::parse("a.b.example")->labels().size() == 3);
  CHECK(DomainName::parse("a.b.example")->dots() == 2);
  CHECK(DomainName::parse_relative("www", zone)->text() == "www.b.example.");
  CHECK(DomainName::parse_relative("@", zone)->text() == "b.example.");
  CHECK(DomainName::parse_relative("www.", zone)->text() == "www.");
  CHECK_FALSE(DomainName::parse_relative(
      std::string(63, 'x') + "." + std::string(63, 'x') + "." + std::string(63, 'x') + "." + std::string(60, 'x'), zone));
}

}  // namespace mainstay
