#include <string>

#include "graph/values/assert.h"
#include "ingest/syntax/hcl/hcl.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

void check_inside(const hcl::Expression& e, std::uint32_t size) {
  MAINSTAY_ASSERT(e.where.begin <= e.where.end && e.where.end <= size, "a location lies inside its source");
  for (const hcl::Expression& child : e.children) check_inside(child, size);
}

/// What could be read must be the same after printing and reading again, and nothing may lie outside the text.
void run(std::string_view bytes) {
  const Source source("fuzz.tf", std::string(bytes));
  Diagnostics problems;
  const hcl::Body body = hcl::parse(source, SourceId{}, problems);
  for (const hcl::Attribute& attribute : body.attributes) check_inside(attribute.value, static_cast<std::uint32_t>(bytes.size()));
  if (problems.has_errors()) return;
  const Source again("again.tf", hcl::print(body));
  Diagnostics none;
  MAINSTAY_ASSERT(hcl::same(body, hcl::parse(again, SourceId{}, none)), "a printed tree reads as the same tree");
  MAINSTAY_ASSERT(!none.has_errors(), "a printed tree has no problems");
}

}  // namespace

extern const FuzzTarget hcl_target;
constinit const FuzzTarget hcl_target{.name = "hcl", .samples = "ingest/terraform", .run = &run};

}  // namespace mainstay
