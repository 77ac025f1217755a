// Resolvers of a script that ask DNS servers of their own instead of those of the machine.
#pragma once

#include <optional>
#include <vector>

#include "ingest/code/script/dialect.h"
#include "ingest/code/script/known_script_calls.h"
#include "ingest/code/script/script.h"

namespace mainstay::script {

/// Where a file gives a resolver servers of its own for the first time; nothing when it does not.
std::optional<Location> own_servers(const std::vector<Statement>& file, Language language);

}  // namespace mainstay::script
