#include "ingest/code/script/go_script.h"
#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) {
  run_front_end(
      bytes,
      {.language = script::Language::go, .lexicon = ScriptLexicon::go, .dialect = &script::go_dialect(), .parse = &script::go_script});
}

}  // namespace

extern const FuzzTarget go_target;
constinit const FuzzTarget go_target{.name = "go", .samples = "ingest/go", .run = &run};

}  // namespace mainstay
