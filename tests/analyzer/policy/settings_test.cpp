#include "analyzer/policy/settings.h"

#include <catch2/catch.hpp>

#include "analyzer/policy/days.h"
#include "analyzer/policy/nearest.h"

namespace mainstay {
namespace {

struct Read {
  Settings settings;
  std::vector<Diagnostic> problems;
};

Read read(std::string text) {
  Diagnostics problems;
  Read out;
  out.settings = read_settings(Source(".mainstay.toml", std::move(text)), "", problems);
  out.problems = problems.all();
  return out;
}

}  // namespace

TEST_CASE("settings: everything that can be said", "[analyzer][policy][settings]") {
  const Read got = read(
      "strict = true\n"
      "[thresholds]\n"
      "fail-on = \"high\"\n"
      "min = \"medium\"\n"
      "confidence = \"default\"\n"
      "[gate]\n"
      "fail-on = \"new:medium\"\n"
      "[[allow]]\n"
      "rule = \"dangling-cname\"\n"
      "path = \"zones/old/\"\n"
      "until = 2027-01-31\n"
      "reason = \"moves in January\"\n"
      "[[waive]]\n"
      "id = \"9be10123\"\n"
      "until = \"2026-12-15\"\n"
      "reason = \"OPS-12\"\n"
      "[[identities]]\n"
      "suffix = \"auth.corp.example\"\n"
      "order = \"environment.service\"\n"
      "environments = [\"Prod\", \"staging\"]\n"
      "[rules.no-serve-stale]\n"
      "severity = \"info\"\n"
      "[rules.spof-idp]\n"
      "enabled = false\n"
      "reason = \"one identity provider is the plan\"\n");
  CHECK(got.problems.empty());
  CHECK(got.settings.find("strict")->value == "true");
  CHECK(got.settings.find("thresholds.fail-on")->value == "high");
  CHECK(got.settings.find("thresholds.fail-on")->place.line == 3);
  CHECK(got.settings.find("gate.fail-on")->value == "new:medium");
  REQUIRE(got.settings.identities.size() == 1);
  const TxtNames& names = got.settings.identities.front();
  CHECK(names.suffix.host() == "auth.corp.example");
  CHECK(names.environment_first);
  CHECK(names.environments == std::vector<std::string>{"prod", "staging"});
  CHECK(names.reasons.front().place.line == 18);
  REQUIRE(got.settings.allowances.size() == 2);
  const Allowance& allow = got.settings.allowances[0];
  CHECK(allow.suppression.kind == SuppressionKind::configuration);
  CHECK(allow.suppression.until == "2027-01-31");
  CHECK(allow.suppression.place.line == 9);
  CHECK(allow.path->matches("zones/old/a.zone"));
  CHECK_FALSE(allow.path->matches("zones/a.zone"));
  CHECK(got.settings.allowances[1].id == "9be10123");
  CHECK(got.settings.rules.at("no-serve-stale").severity == Severity::info);
  CHECK(got.settings.rules.at("spof-idp").disabled->reason == "one identity provider is the plan");
}

TEST_CASE("settings: what is wrong is said where it stands, and sets nothing", "[analyzer][policy][settings]") {
  struct Row {
    const char* title;
    const char* text;
    DiagnosticSeverity severity;
    std::uint32_t line, column;
    const char* message;
    const char* hint;
  };
  constexpr auto kWarning = DiagnosticSeverity::warning;
  constexpr auto kError = DiagnosticSeverity::error;
  const Row rows[] = {
      {"unknown key at the top", "strikt = true\n", kWarning, 1, 1, "no setting is called 'strikt'", "'strict'"},
      {"unknown section", "[treshold]\nfail-on = \"high\"\n", kWarning, 1, 2, "no setting is called 'treshold'", "'thresholds'"},
      {"unknown key of a section", "[thresholds]\nfail_on = \"high\"\n", kWarning, 2, 1, "'fail_on'", "'fail-on'"},
      {"a severity that is none", "[thresholds]\nfail-on = \"hgih\"\n", kError, 2, 11, "'fail-on' must be", "'high'"},
      {"a number for a severity", "[thresholds]\nfail-on = 3\n", kError, 2, 11, "'fail-on' must be", "one of"},
      {"a text for a flag", "strict = \"yes\"\n", kError, 1, 10, "true or false", ""},
      {"a section that is none", "thresholds = 1\n", kError, 1, 1, "is a table", ""},
      {"no rule", "[[allow]]\npath = \"*\"\nreason = \"x\"\n", kWarning, 1, 1, "says no rule", "add"},
      {"no reason", "[[allow]]\nrule = \"spof-idp\"\npath = \"*\"\n", kWarning, 1, 1, "says no reason", "add"},
      {"an empty reason", "[[allow]]\nrule = \"spof-idp\"\npath = \"*\"\nreason = \" \"\n", kWarning, 4, 10, "not empty", ""},
      {"no such rule", "[[allow]]\nrule = \"spof-ipd\"\npath = \"*\"\nreason = \"x\"\n", kWarning, 2, 8, "name of a rule", "'spof-idp'"},
      {"no such day", "[[waive]]\nid = \"0123456789abcdef\"\nuntil = \"2027-02-30\"\nreason = \"x\"\n", kWarning, 3, 9, "a day", ""},
      {"a waiver without end", "[[waive]]\nid = \"0123456789abcdef\"\nreason = \"x\"\n", kWarning, 1, 1, "says no until", ""},
      {"an id that is too short", "[[waive]]\nid = \"0123\"\nuntil = 2027-01-01\nreason = \"x\"\n", kWarning, 2, 6, "an id", ""},
      {"identities: no suffix", "[[identities]]\norder = \"service.environment\"\n", kWarning, 1, 1, "says no suffix", "add"},
      {"identities: a suffix of one label", "[[identities]]\nsuffix = \"auth\"\n", kError, 2, 10, "a domain of at least two labels", ""},
      {"identities: an order that is none", "[[identities]]\nsuffix = \"a.example\"\norder = \"environment\"\n", kError, 3, 9,
       "'order' must be", "environment.service"},
      {"identities: environments that are no list", "[[identities]]\nsuffix = \"a.example\"\nenvironments = \"prod\"\n", kError, 3, 16,
       "a list of labels", ""},
      {"identities: an environment that is no label", "[[identities]]\nsuffix = \"a.example\"\nenvironments = [\"a.b\"]\n", kError, 3, 16,
       "a list of labels", ""},
      {"identities: twice", "[[identities]]\nsuffix = \"a.example\"\n[[identities]]\nsuffix = \"A.example.\"\n", kError, 4, 10,
       "has two entries", ""},
      {"a table where a list is", "[allow]\nrule = \"spof-idp\"\n", kWarning, 1, 2, "a list of tables", ""},
      {"no such rule to set", "[rules.spof-ipd]\nseverity = \"low\"\n", kWarning, 1, 8, "no rule is called", "'spof-idp'"},
      {"disabled without a reason", "[rules.spof-idp]\nenabled = false\n", kWarning, 2, 11, "stays enabled", "reason"},
      {"no TOML", "strict = \n", kError, 1, 10, "no TOML", "nothing of the file"},
      {"a key twice", "strict = true\nstrict = false\n", kError, 2, 10, "no TOML", ""},
      {"column behind letters of two octets", "[[waive]]\nreason = \"ä\"\n\"ü\" = 1\nid = \"0123456789abcdef\"\nuntil = 2027-01-01\n",
       kWarning, 3, 1, "'ü'", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Read got = read(row.text);
      REQUIRE(got.problems.size() == 1);
      const Diagnostic& problem = got.problems[0];
      INFO(problem.message << " | " << problem.hint);
      CHECK(problem.severity == row.severity);
      CHECK(problem.where.line == row.line);
      CHECK(problem.where.column == row.column);
      CHECK_THAT(problem.message, Catch::Contains(row.message));
      CHECK_THAT(problem.hint, Catch::Contains(row.hint));
      CHECK(got.settings.values.empty());
      const bool is_good_waiver = std::string(row.text).find("ü") != std::string::npos;
      CHECK(got.settings.allowances.size() == (is_good_waiver ? 1 : 0));
    }
}

TEST_CASE("settings: hostile files", "[analyzer][policy][settings]") {
  struct Row {
    const char* title;
    std::string text;
  };
  const auto repeated = [](const char* text, int times) {
    std::string out;
    for (int count = 0; count < times; ++count) out += text;
    return out;
  };
  const Row rows[] = {{"brackets", "a = " + repeated("[", 100000)},
                      {"braces", "a = " + repeated("{a=", 100000)},
                      {"a dotted key", "a" + repeated(".a", 100000) + " = 1\n"},
                      {"a dotted table", "[a" + repeated(".a", 100000) + "]\n"},
                      {"dotted keys in arrays in tables", "a = " + repeated("{a.a.a.a.a.a.a.a.a.a=[\n", 100000)},
                      {"a string without end", "a = \"\"\"" + repeated("x\n", 100000)},
                      {"too large", repeated("# comment\n", 200000)},
                      {"octets that are no text", std::string("a = \"\xff\xfe\0\"\n", 10)}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Read got = read(row.text);
      REQUIRE(got.problems.size() == 1);
      CHECK(got.problems[0].severity == DiagnosticSeverity::error);
    }
}

TEST_CASE("settings: the schema names every key and every rule", "[analyzer][policy][settings]") {
  const std::string schema = settings_schema();
  for (const SettingKey& key : setting_keys()) {
    INFO(key.section << "." << key.name);
    CHECK(schema.find('"' + std::string(key.name) + '"') != std::string::npos);
    CHECK(schema.find(std::string(key.meaning)) != std::string::npos);
  }
  for (const std::string& rule : words_of(SettingKind::rule)) CHECK(schema.find('"' + rule + '"') != std::string::npos);
}

TEST_CASE("days: what the calendar has", "[analyzer][policy][days]") {
  CHECK(day_of(0) == "1970-01-01");
  CHECK(day_of(1795737599) == "2026-11-26");
  CHECK(day_of(1795737600) == "2026-11-27");
  for (const char* day : {"2024-02-29", "2027-12-31", "0001-01-01"}) CHECK(is_day(day));
  for (const char* day : {"2023-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "27-01-01", "2027/01/01", "", "2027-01-01x"})
    CHECK_FALSE(is_day(day));
}

TEST_CASE("nearest: only what may have been meant", "[analyzer][policy][nearest]") {
  CHECK(nearest("alow", {"allow", "waive"}) == "allow");
  CHECK(nearest("zebra", {"allow", "waive"}).empty());
  CHECK(meant("zebra", {"allow"}, "nothing") == "nothing");
  CHECK(nearest(std::string(1000000, 'a'), {"allow"}).empty());
}

}  // namespace mainstay
