#include "tests/places.h"

namespace mainstay {

std::string source_dir() { return MAINSTAY_SOURCE_DIR; }
std::string program_path() { return MAINSTAY_PROGRAM; }

}  // namespace mainstay
