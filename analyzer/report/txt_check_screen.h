// The answer of `mainstay txt check` as a person reads it in a shell: the first line says how many identities are in trouble.
#pragma once

#include <string>

#include "analyzer/report/txt_check.h"
#include "render/terminal.h"

namespace mainstay {

std::string txt_check_screen(const TxtCheckReport& report, const TerminalStyle& style);

}  // namespace mainstay
