// The head of a section of a partial file, as octets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/logs/partial.h"

namespace mainstay {

std::string head_of(const PartialSection& section);
/// Nothing when the octets are no head.
std::optional<PartialSection> section_from(std::string_view head);

}  // namespace mainstay
