#include "analyzer/policy/waiver.h"

#include <catch2/catch.hpp>

#include "analyzer/policy/settings.h"

namespace mainstay {
namespace {

const Waiver kWaiver{.id = "0123456789abcdef", .until = "2027-01-31", .reason = "accepted", .about = "spof-resolver: one (a:1)"};
const std::string kEntry = "# spof-resolver: one (a:1)\n[[waive]]\nid = \"0123456789abcdef\"\nuntil = 2027-01-31\nreason = \"accepted\"\n";

std::string with_carriage_returns(std::string text) {
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.replace(at, 1, "\r\n");
  return text;
}

}  // namespace

TEST_CASE("waiver: what was there stays, and the waiver stands behind it", "[analyzer][policy][waiver]") {
  struct Row {
    const char* title;
    std::string before;
    std::string after;
  };
  const std::string settings = "# ours\n[thresholds]  # a comment\nfail-on   =   \"high\"\n";
  const std::string table = "[rules.spof-idp]\nseverity = \"low\"\n";
  const Row rows[] = {{"no settings yet", "", kEntry},
                      {"settings with comments and blanks", settings, settings + "\n" + kEntry},
                      {"no line end at the end", "strict = true", "strict = true\n\n" + kEntry},
                      {"carriage returns", "strict = true\r\n", "strict = true\r\n\r\n" + with_carriage_returns(kEntry)},
                      {"waivers already", kEntry, kEntry + "\n" + kEntry},
                      {"an open table", table, table + "\n" + kEntry}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<std::string> after = with_waiver(row.before, kWaiver);
      REQUIRE(after);
      CHECK(*after == row.after);
    }
}

TEST_CASE("waiver: reasons of all kinds are read back as they were given", "[analyzer][policy][waiver]") {
  for (const char* reason : {"plain", "\"quoted\" and \\", "two\nlines\tand a tab", "\x7f\x01", "ü → ✓", "''' and \"\"\"", "]] # [x]"}) {
    Waiver waiver = kWaiver;
    waiver.reason = reason;
    waiver.about = std::string("about\n[[waive]]\n") + reason;
    const Result<std::string> text = with_waiver("", waiver);
    INFO(reason);
    REQUIRE(text);
    Diagnostics problems;
    const Settings settings = read_settings(Source("x.toml", *text), "", problems);
    CHECK(problems.all().empty());
    REQUIRE(settings.allowances.size() == 1);
    CHECK(settings.allowances[0].suppression.reason == reason);
    CHECK(settings.allowances[0].suppression.until == "2027-01-31");
  }
}

TEST_CASE("waiver: bad: settings to which nothing can be appended", "[analyzer][policy][waiver]") {
  struct Row {
    const char* title;
    const char* before;
    const char* said;
  };
  const Row rows[] = {
      {"no TOML", "[thresholds\n", "the settings have an error"},
      {"a threshold that is none", "[thresholds]\nfail-on = \"hihg\"\n", "line 2"},
      {"a list in one line", "waive = [{id = \"01234567\", until = 2027-01-31, reason = \"x\"}]\n", "nothing can be appended"},
      {"a text that is not ended", "a = \"\"\"\n", "the settings have an error"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<std::string> after = with_waiver(row.before, kWaiver);
      REQUIRE_FALSE(after);
      CHECK_THAT(after.error(), Catch::Contains(row.said));
    }
}

}  // namespace mainstay
