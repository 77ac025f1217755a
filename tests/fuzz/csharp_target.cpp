#include "ingest/code/script/typed_script.h"
#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) {
  run_front_end(bytes, {.language = script::Language::csharp,
                        .lexicon = ScriptLexicon::csharp,
                        .dialect = &script::csharp_dialect(),
                        .parse = &script::csharp_script});
}

}  // namespace

extern const FuzzTarget csharp_target;
constinit const FuzzTarget csharp_target{.name = "csharp", .samples = "ingest/csharp", .run = &run};

}  // namespace mainstay
