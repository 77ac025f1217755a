#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) {
  run_tokens(bytes, ScriptLexicon::jsx);
  run_front_end(bytes, "a.jsx");
}

}  // namespace

extern const FuzzTarget javascript_target;
constinit const FuzzTarget javascript_target{.name = "javascript", .samples = "ingest/javascript", .run = &run};

}  // namespace mainstay
