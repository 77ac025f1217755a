#include "render/version.h"

namespace mainstay {

std::string_view version() { return MAINSTAY_VERSION; }
std::string_view release_date() { return MAINSTAY_RELEASE_DATE; }

}  // namespace mainstay
