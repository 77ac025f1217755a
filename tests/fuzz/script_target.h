// What holds for the front end of every language that is read as a Script, whatever its text is.
#pragma once

#include "graph/values/assert.h"
#include "ingest/code/script/front_ends.h"
#include "ingest/code/script/script_texts.h"
#include "ingest/code/script/txt_lookup.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {

/// Tokens come in order and lie inside the text.
inline void run_tokens(std::string_view bytes, ScriptLexicon lexicon) {
  std::uint32_t position = 0;
  for (const ScriptToken& token : script_tokens(bytes, lexicon, SourceId{}, [](const ScriptProblem&) {})) {
    MAINSTAY_ASSERT(token.where.begin >= position && token.where.begin <= bytes.size(), "tokens come in order");
    position = token.where.begin;
  }
}

/// Problems and every place in the tree lie inside the text; the lookups come in the order of the file.
inline void run_front_end(std::string_view bytes, std::string_view file_name) {
  if (bytes.size() > (std::size_t{64} << 10)) return;
  const script::FrontEnd* front_end = script::front_end_of(file_name);
  MAINSTAY_ASSERT(front_end != nullptr, "the language has a parser");
  const std::vector<script::Statement> file = front_end->parse(bytes, SourceId{}, [&](const ScriptProblem& problem) {
    MAINSTAY_ASSERT(problem.where.end <= bytes.size(), "a problem lies in the text");
  });
  script::Texts texts(file);
  for (const script::Site& site : texts.calls()) {
    MAINSTAY_ASSERT(site.call->where.begin <= bytes.size(), "a call lies in the text");
    for (const script::Expression& part : site.call->parts) texts.values(part, site.scope);
  }
  std::uint32_t lookup = 0;
  for (const script::TxtLookup& one : script::txt_lookups(file, front_end->dialect())) {
    MAINSTAY_ASSERT(one.where.begin >= lookup, "lookups come in order");
    lookup = one.where.begin;
  }
}

}  // namespace mainstay
