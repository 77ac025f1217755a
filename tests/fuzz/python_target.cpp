#include "tests/fuzz/script_target.h"

namespace mainstay {
namespace {

void run(std::string_view bytes) { run_front_end(bytes, "a.py"); }

}  // namespace

extern const FuzzTarget python_target;
constinit const FuzzTarget python_target{.name = "python", .samples = "ingest/python", .run = &run};

}  // namespace mainstay
