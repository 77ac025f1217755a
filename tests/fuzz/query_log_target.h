// The fuzz targets of query logs, which are as many as there are formats.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace mainstay {

/// A target that owns its texts.
struct NamedFuzzTarget {
  std::string name;
  std::string samples;
  void (*run)(std::string_view bytes);
};

std::vector<NamedFuzzTarget> log_format_targets();

}  // namespace mainstay
