// What a workload is for and how soon it must work again: said by whoever runs it, in keys that every format has a place for.
#pragma once

#include <string_view>

#include "graph/facts/facts.h"
#include "graph/values/location.h"
#include "ingest/source/unit.h"

namespace mainstay {

/// Takes a setting that says what a workload is for or how soon it must work again, and its place as a reason.
/// Shape:  the keys are "mainstay.io/purpose" and "mainstay.io/recovery-objective" (annotations and labels, tags), "mainstay-purpose" and
///         "mainstay-recovery-objective" (where a tag takes no slash), "MAINSTAY_PURPOSE" and "MAINSTAY_RECOVERY_OBJECTIVE" (environment
///         files); the values are the words of Purpose, and a whole number with s, m or h behind it ("30m").
/// Errors: another value is reported at `where`, and the workload stays as it is. False when the key is another one.
bool take_purpose(Unit& unit, std::string_view key, std::string_view value, Location where, Workload& workload);

}  // namespace mainstay
