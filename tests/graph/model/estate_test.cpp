#include "graph/model/estate.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

Reasons at(std::uint32_t line) { return {Evidence::declared({.file = "auth.conf", .line = line})}; }

Use use_at(std::uint32_t line) {
  return {.workload = "process:web", .host = "login.corp.example", .role = Role::jwks, .reasons = at(line)};
}

Use merged(std::vector<Use> uses) {
  std::vector<Fact> facts(uses.begin(), uses.end());
  const Estate estate = Estate::build(std::move(facts));
  REQUIRE(estate.uses().size() == 1);
  return estate.uses().front();
}

}  // namespace

TEST_CASE("estate: two uses of one endpoint by one workload keep the harder times", "[graph][estate]") {
  Use patient = use_at(1);
  patient.deadline = 60'000;
  patient.deadline_reasons = at(2);
  patient.hold = 3600;
  patient.hold_reasons = at(3);
  Use hasty = use_at(4);
  hasty.deadline = 3'000;
  hasty.deadline_reasons = at(5);
  hasty.hold = 300;
  hasty.hold_reasons = at(6);
  for (const auto& uses : {std::vector{patient, hasty}, std::vector{hasty, patient}}) {
    const Use one = merged(uses);
    CHECK(one.deadline == 3'000);
    CHECK(one.deadline_reasons == at(5));
    CHECK(one.hold == 300);
    CHECK(one.hold_reasons == at(6));
    CHECK(one.reasons.size() == 2);
  }
  CHECK(merged({use_at(1), patient}).deadline == 60'000);
}

TEST_CASE("estate: two uses of one endpoint by one workload keep the weaker promise", "[graph][estate]") {
  struct Row {
    const char* what;
    OnFailure one, other, expected;
  };
  const Row rows[] = {{"what is known is taken", OnFailure::unknown, OnFailure::allow, OnFailure::allow},
                      {"denying wins over keeping", OnFailure::keep_last, OnFailure::deny, OnFailure::deny},
                      {"keeping wins over allowing", OnFailure::allow, OnFailure::keep_last, OnFailure::keep_last},
                      {"nothing is known", OnFailure::unknown, OnFailure::unknown, OnFailure::unknown}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.what) {
      Use one = use_at(1), other = use_at(2);
      one.on_failure = row.one;
      other.on_failure = row.other;
      CHECK(merged({one, other}).on_failure == row.expected);
      CHECK(merged({other, one}).on_failure == row.expected);
    }
  }
}

TEST_CASE("estate: an endpoint that one setting needs at the start and another while running is needed at both", "[graph][estate]") {
  Use start = use_at(1);
  start.phase = Phase::start_up;
  start.resolves = Resolves::once;
  start.starts_without = false;
  start.start_reasons = at(9);
  Use running = use_at(2);
  running.starts_without = true;
  for (const auto& uses : {std::vector{start, running}, std::vector{running, start}}) {
    const Use one = merged(uses);
    CHECK(one.phase == Phase::run_time);
    CHECK(one.resolves == Resolves::once);
    CHECK(one.starts_without == false);
    CHECK(one.start_reasons == at(9));
  }
  CHECK_FALSE(merged({use_at(1), use_at(2)}).starts_without);
}

}  // namespace mainstay
