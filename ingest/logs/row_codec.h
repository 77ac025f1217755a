// Rows as octets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/logs/observed_row.h"

namespace mainstay {

/// Appends a row. Equal rows have equal octets.
void append_row(std::string& out, const ObservedRow& row);

/// The row of append_row(); nothing when the octets are not those of a row: every text, count and sketch is checked.
std::optional<ObservedRow> row_from(std::string_view octets);

}  // namespace mainstay
