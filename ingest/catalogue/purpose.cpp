#include "ingest/catalogue/purpose.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace mainstay {

bool take_purpose(Unit& unit, std::string_view key, std::string_view value, Location where, Workload& workload) {
  constexpr std::string_view kKeys[] = {"mainstay.io/purpose", "mainstay-purpose", "MAINSTAY_PURPOSE"};
  if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys)) return false;
  if (const std::optional<Purpose> purpose = kind_of_word<Purpose>(value)) {
    workload.purpose = *purpose;
    workload.reasons.push_back(unit.declared(where));
  } else {
    unit.error(where, "no workload is for that", fmt::format("the words are {}", fmt::join(words(Purpose{}), ", ")));
  }
  return true;
}

}  // namespace mainstay
