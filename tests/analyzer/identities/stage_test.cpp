#include "analyzer/identities/stage.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

Text hole(std::string name) { return Text(Hole{std::move(name), {}}); }

Text form(std::initializer_list<Text> parts) {
  Text out;
  for (const Text& part : parts) out.append(part);
  return out;
}

}  // namespace

TEST_CASE("stage: fills what stands for the environment, and nothing else", "[analyzer][identities]") {
  struct Row {
    const char* title;
    Text name;
    const char* filled;
  };
  const Row rows[] = {
      {"good: called so", form({"billing.", hole("var.stage"), ".ids.corp.example"}), "billing.prod.ids.corp.example"},
      {"good: a variable of the environment", form({hole("service"), ".", hole("os.environ['ENV']"), ".auth.corp.example"}),
       "${service}.prod.auth.corp.example"},
      {"good: by its place before a word for identities", form({hole("a"), ".", hole("b"), ".auth.corp.example"}),
       "${a}.prod.auth.corp.example"},
      {"good: by its place in a convention", form({hole("a"), ".", hole("b"), ".names.corp.example"}), "prod.${b}.names.corp.example"},
      {"good: a part of a label, called so", form({"billing-", hole("env"), ".x.corp.example"}), "billing-prod.x.corp.example"},
      {"bad: a part of a label, called otherwise", form({"billing.", hole("b"), "x.auth.corp.example"}), "billing.${b}x.auth.corp.example"},
      {"bad: environ is no environment", form({hole("os.environ['SERVICE']"), ".prod.auth.corp.example"}),
       "${os.environ['SERVICE']}.prod.auth.corp.example"},
      {"bad: nothing says what it is", form({hole("a"), ".", hole("b"), ".www.corp.example"}), "${a}.${b}.www.corp.example"},
      {"bad: all is known", Text("billing.staging.auth.corp.example"), "billing.staging.auth.corp.example"},
  };
  TxtConvention convention;
  convention.suffix = *DomainName::parse("names.corp.example");
  convention.environment_first = true;
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts{IdentityRecord{.owner = row.name, .looked_up_by = "a.py:f", .reasons = {}}};
      const std::size_t changed = fill_stage(facts, "prod", {convention});
      CHECK(std::get<IdentityRecord>(facts.front()).owner.display() == row.filled);
      CHECK(changed == (row.name.display() == row.filled ? 0 : 1));
    }
}

TEST_CASE("stage: records of other types keep their names", "[analyzer][identities]") {
  const Text name = form({"billing.", hole("stage"), ".auth.corp.example"});
  std::vector<Fact> facts{Record{.owner = name, .type = "TXT", .data = Text("x"), .reasons = {}},
                          Record{.owner = name, .type = "A", .data = Text("192.0.2.1"), .reasons = {}}};
  CHECK(fill_stage(facts, "prod", {}) == 1);
  CHECK(std::get<Record>(facts[0]).owner.display() == "billing.prod.auth.corp.example");
  CHECK(std::get<Record>(facts[1]).owner == name);
}

}  // namespace mainstay
