// Options of resolv.conf(5) that are written without a number, as several formats carry them.
#pragma once

#include <string_view>

#include "graph/facts/facts.h"

namespace mainstay {

/// Sets what the flag means for lookups ("rotate", "single-request", "use-vc"); any other word changes nothing.
void set_stub_flag(std::string_view flag, Stub& stub);

}  // namespace mainstay
