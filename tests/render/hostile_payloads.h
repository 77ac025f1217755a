// Forty texts that try to be more than text, in whatever they are written into. The browser tests read the same file.
#pragma once

#include <string>
#include <vector>

namespace mainstay {

/// Those of hostile_payloads.txt: one a line, `\xNN`, `\n`, `\r`, `\t`, `\b` and `\\` as octets.
const std::vector<std::string>& hostile_payloads();

}  // namespace mainstay
