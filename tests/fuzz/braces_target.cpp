#include <string>

#include "graph/values/assert.h"
#include "ingest/syntax/braces.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

void check(const std::vector<BraceStatement>& statements, std::size_t size) {
  for (const BraceStatement& one : statements) {
    MAINSTAY_ASSERT(one.where.begin <= one.where.end && one.where.end <= size, "a statement lies inside its source");
    for (const BraceWord& word : one.words) {
      MAINSTAY_ASSERT(word.where.begin <= word.where.end && word.where.end <= size, "a word lies inside its source");
    }
    check(one.block, size);
  }
}

void run(std::string_view bytes) {
  const Source source("fuzz", std::string(bytes));
  for (const BraceDialect dialect : {BraceDialect::corefile, BraceDialect::nginx, BraceDialect::bind}) {
    Diagnostics problems;
    check(read_braces({.text = source.bytes(), .map = TextMap(SourceId{}), .source = source, .dialect = dialect}, problems), bytes.size());
  }
}

}  // namespace

extern const FuzzTarget fuzz_braces;
const FuzzTarget fuzz_braces{.name = "braces", .samples = "ingest/coredns", .run = &run};

}  // namespace mainstay
