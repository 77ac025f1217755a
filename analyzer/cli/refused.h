// How a command says that it cannot do what it was asked for.
#pragma once

#include <string_view>

#include "analyzer/cli/session.h"

namespace mainstay {

/// Says why on the error stream, on one line. The status is that of a wrong use.
ExitStatus refused(std::string_view why, Session& session);

}  // namespace mainstay
