#include <string>

#include "graph/values/assert.h"
#include "ingest/iac/serverless/variable_syntax.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

/// How many octets a text holds in all its parts.
std::size_t octets(const serverless::VariableText& text) {
  std::size_t sum = 0;
  for (const serverless::VariableText::Part& part : text.parts) {
    MAINSTAY_ASSERT(part.plain.empty() || part.variable.empty(), "a part is plain or a variable");
    sum += part.plain.size();
    for (const serverless::Variable& variable : part.variable) {
      MAINSTAY_ASSERT(!variable.sources.empty(), "a variable has a source");
      for (const serverless::VariableSource& source : variable.sources) sum += octets(source.parameter) + octets(source.address);
    }
  }
  return sum;
}

void run(std::string_view bytes) {
  for (const serverless::VariableMarks& marks : {serverless::VariableMarks{}, serverless::VariableMarks{"${{", "}}"}}) {
    MAINSTAY_ASSERT(octets(serverless::parse_variables(bytes, marks)) <= bytes.size(), "nothing is made that was not written");
  }
}

}  // namespace

extern const FuzzTarget fuzz_serverless_variables;
const FuzzTarget fuzz_serverless_variables{.name = "serverless-variables", .samples = "", .run = &run};

}  // namespace mainstay
