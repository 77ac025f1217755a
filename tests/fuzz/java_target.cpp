#include "ingest/code/script/typed_script.h"
#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) {
  run_front_end(bytes, {.language = script::Language::java,
                        .lexicon = ScriptLexicon::java,
                        .dialect = &script::java_dialect(),
                        .parse = &script::java_script});
}

}  // namespace

extern const FuzzTarget java_target;
constinit const FuzzTarget java_target{.name = "java", .samples = "ingest/java", .run = &run};

}  // namespace mainstay
