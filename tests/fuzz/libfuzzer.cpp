// The libFuzzer program. Which target it feeds is said by the environment: MAINSTAY_FUZZ_TARGET=yaml.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/fuzz/fuzz_target.h"

namespace {

const mainstay::FuzzTarget& chosen() {
  const char* name = std::getenv("MAINSTAY_FUZZ_TARGET");
  for (const mainstay::FuzzTarget* target : mainstay::all_fuzz_targets()) {
    if (name != nullptr && target->name == name) return *target;
  }
  std::fprintf(stderr, "MAINSTAY_FUZZ_TARGET names no target; fuzz_replay --list names them\n");
  std::exit(2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const mainstay::FuzzTarget& target = chosen();
  target.run(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
