#include "graph/values/assert.h"
#include "ingest/syntax/profile.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

void check(const std::vector<Setting>& settings, std::size_t size) {
  for (const Setting& one : settings) {
    MAINSTAY_ASSERT(one.key_at.begin < one.key_at.end && one.key_at.end <= size, "a key lies inside its source");
    MAINSTAY_ASSERT(one.value_at.begin < one.value_at.end && one.value_at.end <= size, "a value lies inside its source");
    check(one.block, size);
  }
}

void run(std::string_view bytes) {
  for (const ProfileDialect dialect : {ProfileDialect::krb5, ProfileDialect::ini}) {
    const auto problem = [&](const ProfileProblem& one) { MAINSTAY_ASSERT(one.where.end <= bytes.size(), "a problem has a place"); };
    for (const Section& section : read_profile(bytes, SourceId{}, dialect, problem)) check(section.settings, bytes.size());
  }
}

}  // namespace

extern const FuzzTarget fuzz_profile;
const FuzzTarget fuzz_profile{.name = "profile", .samples = "ingest/krb5-conf", .run = &run};

}  // namespace mainstay
