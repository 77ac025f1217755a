// What a workload is for: said by whoever runs it, in one key that every format has a place for.
#pragma once

#include <string_view>

#include "graph/facts/facts.h"
#include "graph/values/location.h"
#include "ingest/source/unit.h"

namespace mainstay {

/// Takes a setting that says what a workload is for, and its place as a reason.
/// Shape:  the keys are "mainstay.io/purpose" (annotations and labels, tags), "mainstay-purpose" (where a tag takes no slash) and
///         "MAINSTAY_PURPOSE" (environment files); the values are the words of Purpose.
/// Errors: another value is reported at `where`, and the workload stays as it is. False when the key is another one.
bool take_purpose(Unit& unit, std::string_view key, std::string_view value, Location where, Workload& workload);

}  // namespace mainstay
