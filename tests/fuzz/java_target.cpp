#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) {
  run_tokens(bytes, ScriptLexicon::java);
  run_front_end(bytes, "A.java");
}

}  // namespace

extern const FuzzTarget java_target;
constinit const FuzzTarget java_target{.name = "java", .samples = "ingest/java", .run = &run};

}  // namespace mainstay
