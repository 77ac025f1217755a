#include "ingest/iac/open_records.h"

#include <utility>

#include "ingest/iac/alternatives.h"

namespace mainstay::iac {

void add_open_records(Unit& unit, const RecordSet& set, const Value& name, const Value& apex, const std::vector<PlacedValue>& values,
                      const Reasons& cut_reasons) {
  for (const Alternative& world : distinct(together({&name, &apex}))) {
    const Value &own = world.value.items[0], &zone = world.value.items[1];
    if (own.is_null() && name.kind == ValueKind::one_of) continue;
    RecordSet made = set;
    if (!zone.is_null()) made.zone.apex = without_dot(as_text(zone, "name"));
    if (const std::optional<DomainName> known = zone.is_null() ? std::nullopt : name_of(made.zone.apex)) made.zone.zone = known->text();
    made.owner = completed(own.is_null() ? Text() : as_text(own, "name"), made.zone);
    std::vector<RecordData> held;
    for (const PlacedValue& placed : values) {
      std::vector<Alternative> sides;
      for (Alternative& side : alternatives_of(placed.value)) {
        std::optional<When> taken = both(world.when, side.when);
        if (taken && !(side.value.is_null() && placed.value.kind == ValueKind::one_of))
          sides.push_back({*std::move(taken), std::move(side.value)});
      }
      for (const Alternative& side : distinct(std::move(sides)))
        held.push_back({as_text(side.value, "value"), taken_when(placed.reasons, side.when)});
    }
    add_records(unit, made, std::move(held), taken_when(cut_reasons, world.when));
  }
}

}  // namespace mainstay::iac
