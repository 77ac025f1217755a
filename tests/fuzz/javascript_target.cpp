#include "ingest/code/script/javascript_script.h"
#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) {
  run_front_end(bytes, {.language = script::Language::javascript,
                        .lexicon = ScriptLexicon::jsx,
                        .dialect = &script::javascript_dialect(),
                        .parse = &script::javascript_script});
}

}  // namespace

extern const FuzzTarget javascript_target;
constinit const FuzzTarget javascript_target{.name = "javascript", .samples = "ingest/javascript", .run = &run};

}  // namespace mainstay
