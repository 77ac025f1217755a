// What a workload of a template is told: its settings, and how long the platform lets it run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/iac/value.h"
#include "ingest/source/unit.h"

namespace mainstay::iac {

/// Whoever is given settings, and how long the platform lets one run of it take.
struct Client {
  std::string workload;
  std::optional<std::uint32_t> deadline = std::nullopt;  // milliseconds
  Reasons deadline_reasons = {};
};

/// What the platform documents when a limit is not set.
struct PlatformDefault {
  std::uint32_t seconds = 0;
  std::string_view note;
};

/// Adds a use for every identity endpoint that a setting names. Alternatives of a value are alternatives of the need, and each is assumed.
void use_setting(Unit& unit, const Client& client, std::string_view key, const Value& value, const Reasons& reasons);

/// Takes the limit that is written in seconds (60, "60s"), or the platform's where none is; nothing when it is not known.
void limit_time(Client& client, const Value& written, Reasons reasons, PlatformDefault otherwise);

}  // namespace mainstay::iac
