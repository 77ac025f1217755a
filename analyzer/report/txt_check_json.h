// The answer of `mainstay txt check` for programs.
#pragma once

#include <string>

#include "analyzer/report/txt_check.h"

namespace mainstay {

/// One JSON document as txt_check_schema() says. `is_complete` is false where something that was meant to be read was not.
std::string txt_check_json(const TxtCheckReport& report, bool is_complete);
/// The JSON Schema (draft 2020-12) of it, made from the same tables.
std::string txt_check_schema();

}  // namespace mainstay
