#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) {
  run_tokens(bytes, ScriptLexicon::go);
  run_front_end(bytes, "a.go");
}

}  // namespace

extern const FuzzTarget go_target;
constinit const FuzzTarget go_target{.name = "go", .samples = "ingest/go", .run = &run};

}  // namespace mainstay
