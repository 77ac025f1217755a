#include "render/version.h"

namespace mainstay {

std::string_view version() { return MAINSTAY_VERSION; }

}  // namespace mainstay
