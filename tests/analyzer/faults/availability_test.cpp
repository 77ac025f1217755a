#include "analyzer/faults/availability.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/analyzer/faults/graphs.h"
#include "tests/places.h"

namespace mainstay {
namespace {

/// Two resolvers and a zone of availability.
CommonCause three_causes() {
  const std::vector<std::vector<std::uint32_t>> faults_of{{0}, {1}, {2}};
  std::vector<Cause> causes{{"resolver", "server:a", "192.0.2.1", {}, 1}, {"resolver", "server:b", "", {}, 1}, {"zone", "z", "", {}, 1}};
  return {std::move(causes), FaultSources(faults_of, 3), 3, 0};
}

}  // namespace

TEST_CASE("availability: what a file says, and what it leaves open", "[analyzer][faults][availability]") {
  struct Row {
    const char* title;
    const char* json;
    double a;
    double b;
    double zone;
    std::vector<const char*> problems;
  };
  const Row rows[] = {
      {"nothing: the defaults", "{}", 0.001, 0.001, 0.0005, {}},
      {"a kind", R"({"kinds": [{"kind": "resolver", "availability": 0.9}]})", 0.1, 0.1, 0.0005, {}},
      {"a component by name", R"({"components": [{"kind": "resolver", "name": "server:b", "availability": 0.5}]})", 0.001, 0.5, 0.0005, {}},
      {"a component by label", R"({"components": [{"kind": "resolver", "name": "192.0.2.1", "availability": 1}]})", 0, 0.001, 0.0005, {}},
      {"a component counts more than its kind, wherever it stands",
       R"({"components": [{"kind": "resolver", "name": "server:a", "availability": 0.5}], "kinds": [{"kind": "resolver", "availability": 0.9}]})",
       0.5,
       0.1,
       0.0005,
       {}},
      {"bad: no number", R"({"kinds": [{"kind": "zone", "availability": "high"}]})", 0.001, 0.001, 0.0005, {"from 0 to 1"}},
      {"bad: above 1", R"({"kinds": [{"kind": "zone", "availability": 99.9}]})", 0.001, 0.001, 0.0005, {"from 0 to 1"}},
      {"bad: negative", R"({"kinds": [{"kind": "zone", "availability": -1}]})", 0.001, 0.001, 0.0005, {"from 0 to 1"}},
      {"bad: a member nobody knows", R"({"kinds": [{"kind": "zone", "availability": 1, "nines": 3}]})", 0.001, 0.001, 0.0005, {"'nines'"}},
      {"bad: a list nobody knows", R"({"hosts": []})", 0.001, 0.001, 0.0005, {"'hosts'"}},
      {"bad: a row that fits nothing; the others are used",
       R"({"components": [{"kind": "resolver", "name": "c", "availability": 0}], "kinds": [{"kind": "zone", "availability": 0.5}]})",
       0.001,
       0.001,
       0.5,
       {"nothing here is a resolver c"}},
      {"bad: a list", "[]", 0.001, 0.001, 0.0005, {"an object of lists"}},
      {"bad: a row that is none", R"({"kinds": [1]})", 0.001, 0.001, 0.0005, {"a row is an object"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const CommonCause cause = three_causes();
      std::vector<double> values = unavailabilities(cause);
      std::vector<Diagnostic> problems;
      read_availabilities("a.json", row.json, cause, values, problems);
      CHECK(values[0] == Approx(row.a));
      CHECK(values[1] == Approx(row.b));
      CHECK(values[2] == Approx(row.zone));
      REQUIRE(problems.size() == row.problems.size());
      for (std::size_t at = 0; at < problems.size(); ++at) {
        CHECK_THAT(problems[at].message, Catch::Contains(row.problems[at]));
        CHECK(problems[at].where.line == 1);
      }
    }
}

TEST_CASE("availability: what is no JSON is an error, and the defaults stay", "[analyzer][faults][availability]") {
  const CommonCause cause = three_causes();
  std::vector<double> values = unavailabilities(cause);
  std::vector<Diagnostic> problems;
  read_availabilities("a.json", "{\"kinds\": [", cause, values, problems);
  CHECK_FALSE(problems.empty());
  CHECK(values == unavailabilities(cause));
}

TEST_CASE("availability: docs/cuts.md shows the defaults", "[analyzer][faults][availability]") {
  std::ifstream page(source_dir() + "/docs/cuts.md");
  const std::string text{std::istreambuf_iterator<char>(page), std::istreambuf_iterator<char>()};
  std::string rows;
  for (const DefaultAvailability& one : default_availabilities())
    rows += fmt::format("| {} | {} | {} |\n", one.kind, one.availability, one.source);
  CHECK(text.find(rows) != std::string::npos);
}

}  // namespace mainstay
