#include "analyzer/policy/controls.h"

#include <catch2/catch.hpp>
#include <set>

#include "analyzer/rules/rule.h"

namespace mainstay {

TEST_CASE("controls: every rule belongs to a category (a new rule gets a line in analyzer/policy/controls.cpp)",
          "[analyzer][policy][controls]") {
  for (const Rule* rule : all_rules()) {
    INFO(rule->name);
    CHECK_FALSE(controls_of(rule->name).empty());
  }
}

TEST_CASE("controls: the table names only rules that are there, each once, and categories that are listed",
          "[analyzer][policy][controls]") {
  std::set<std::string_view> seen;
  for (const std::string_view name : rules_with_controls()) {
    INFO(name);
    CHECK(find_rule(name) != nullptr);
    CHECK(seen.insert(name).second);
    CHECK(controls_of(name).size() == ids_of_controls(name).size());
  }
  for (const ControlEntry& entry : control_entries()) CHECK_FALSE(entry.title.empty());
}

}  // namespace mainstay
