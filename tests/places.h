// Where the tests find what they read and run. The folders are compiled into one file, so that a compiler cache serves every other.
#pragma once

#include <string>

namespace mainstay {

/// The root of the source tree, without a slash behind it.
std::string source_dir();

/// The program under test.
std::string program_path();

}  // namespace mainstay
