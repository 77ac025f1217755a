// FuzzTarget: one parser under fuzzing. The same table drives libFuzzer and the replay of seeds and crashes in every test run.
#pragma once

#include <span>
#include <string_view>

namespace mainstay {

/// A target named `x` has its seeds in tests/fuzz/seeds/x/ (and may name a folder of samples besides) and its crashes in
/// tests/fuzz/crashes/x/. `run` must return for any bytes: no crash, no hang, no unbounded memory; it asserts its own properties.
struct FuzzTarget {
  std::string_view name;
  std::string_view samples;  // a folder below samples/, or empty
  void (*run)(std::string_view bytes);
};

/// Every target of targets.inc and one for every format of ingest/formats.inc.
std::span<const FuzzTarget* const> all_fuzz_targets();

}  // namespace mainstay
