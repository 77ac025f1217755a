// Record sets of which name, zone or values are one of several.
#pragma once

#include <vector>

#include "ingest/iac/records.h"

namespace mainstay::iac {

/// A value of a record set with its reasons. Shape: where it has alternatives, those that are null are no record.
struct PlacedValue {
  Value value;
  Reasons reasons;
};

/// Adds one Record a value, and a Delegation for NS and DS records below the apex; for each alternative of name, zone and value its own,
/// with what it takes. What the same thing decides goes together.
/// Shape: `name` as it is written, to be completed by the zone's; `apex` replaces the zone of `set` and is null where that one has no
///        alternatives; the owner of `set` is not looked at.
void add_open_records(Unit& unit, const RecordSet& set, const Value& name, const Value& apex, const std::vector<PlacedValue>& values,
                      const Reasons& cut_reasons);

}  // namespace mainstay::iac
