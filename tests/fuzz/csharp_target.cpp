#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) {
  run_tokens(bytes, ScriptLexicon::csharp);
  run_front_end(bytes, "A.cs");
}

}  // namespace

extern const FuzzTarget csharp_target;
constinit const FuzzTarget csharp_target{.name = "csharp", .samples = "ingest/csharp", .run = &run};

}  // namespace mainstay
