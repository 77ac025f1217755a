// Times of query logs, as microseconds since 1970 in UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

/// Reads "2026-11-21T05:31:08", with a fraction, and "Z" or "+hh:mm", from the front of `text` and moves behind it.
std::optional<std::int64_t> take_iso_time(std::string_view& text);
/// Reads "21-Nov-2026 05:31:08.440" from the front of `text`.
std::optional<std::int64_t> take_bind_time(std::string_view& text);
/// Reads "[1795239078]" from the front of `text`.
std::optional<std::int64_t> take_epoch_time(std::string_view& text);
/// Skips "Nov 21 05:31:24" at the front of `text`; it has no year, so it is no time.
bool skip_yearless_time(std::string_view& text);

/// "2026-11-21T05:31:08Z".
std::string rfc3339(std::int64_t microseconds);

}  // namespace mainstay
