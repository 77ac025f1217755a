// Addresses as octets, as text.
#pragma once

#include <string_view>

#include "ingest/logs/log_format.h"

namespace mainstay {

/// The text of an address of 4 or 16 octets, as IpAddress has it; empty for any other size.
std::string_view address_text(std::string_view octets, LineScratch& scratch);

}  // namespace mainstay
