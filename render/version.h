// Version: what the program calls itself in every output.
#pragma once

#include <string_view>

namespace mainstay {

/// The version of the build: "0.1.0".
std::string_view version();
/// The day of that version: "2026-11-27".
std::string_view release_date();

}  // namespace mainstay
