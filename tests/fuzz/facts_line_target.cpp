#include "graph/facts/codec.h"
#include "graph/values/assert.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

/// A line that is read is written as a line that is read as the same fact.
void run(std::string_view bytes) {
  const Result<Fact> fact = fact_from_json_line(bytes);
  if (!fact) {
    MAINSTAY_ASSERT(!fact.error().empty(), "a refused line has a reason");
    return;
  }
  const std::string line = to_json_line(*fact);
  const Result<Fact> again = fact_from_json_line(line);
  MAINSTAY_ASSERT(again && *again == *fact, "a written fact is read back whole");
  MAINSTAY_ASSERT(to_json_line(*again) == line, "a fact has one line");
}

}  // namespace

extern const FuzzTarget facts_line_target;
constinit const FuzzTarget facts_line_target{.name = "facts-line", .samples = "", .run = &run};

}  // namespace mainstay
