// The answer of `mainstay txt plan` for programs.
#pragma once

#include <string>

#include "analyzer/report/txt_plan.h"

namespace mainstay {

/// One JSON document as txt_plan_schema() says. `is_complete` is false where something that was meant to be read was not.
std::string txt_plan_json(const TxtPlan& plan, bool is_complete);
/// The JSON Schema (draft 2020-12) of it, made from the same tables.
std::string txt_plan_schema();

}  // namespace mainstay
