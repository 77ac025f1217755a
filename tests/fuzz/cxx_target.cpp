#include "graph/values/assert.h"
#include "ingest/code/code_file.h"
#include "ingest/code/script/c_script.h"
#include "ingest/code/script/txt_lookup.h"
#include "ingest/syntax/cxx_literal.h"
#include "ingest/syntax/cxx_tokens.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

/// Tokens come in order and lie inside the text; what closes lies behind what opens; functions lie one behind the other; lookups of TXT
/// records come in the order of the text.
void run(std::string_view bytes) {
  if (bytes.size() > kMaxCxxText) return;
  Result<std::vector<CxxToken>> tokens = cxx_tokens(bytes, SourceId{});
  if (!tokens) return;
  std::uint32_t position = 0;
  for (const CxxToken& token : *tokens) {
    MAINSTAY_ASSERT(token.where.begin >= position && token.where.end > token.where.begin && token.where.end <= bytes.size(),
                    "tokens come in order");
    position = token.where.end;
    if (token.kind == CxxTokenKind::string)
      MAINSTAY_ASSERT(cxx_string(token.text).size() <= token.text.size(), "what a literal means is no longer than how it is written");
  }
  std::uint32_t lookup = 0;
  for (const script::TxtLookup& one : script::txt_lookups(script::c_script(*tokens), script::c_dialect())) {
    MAINSTAY_ASSERT(one.where.begin >= lookup && one.where.end <= bytes.size(), "lookups come in order");
    lookup = one.where.begin;
  }
  const code::CodeFile file(*std::move(tokens));
  for (std::size_t at = 0; at < file.tokens().size(); ++at) {
    const std::size_t other = file.partner(at);
    if (other == file.tokens().size()) continue;
    MAINSTAY_ASSERT(file.tokens()[at].text.find_first_of("([{") == 0 ? other > at : other < at, "what closes lies behind what opens");
  }
  std::size_t end = 0;
  for (const code::Function& function : file.functions()) {
    MAINSTAY_ASSERT(function.begin >= end && function.end >= function.begin, "a function lies behind the one before");
    end = function.end;
  }
}

}  // namespace

extern const FuzzTarget cxx_target;
constinit const FuzzTarget cxx_target{.name = "cxx-tokens", .samples = "ingest/c-cpp", .run = &run};

}  // namespace mainstay
