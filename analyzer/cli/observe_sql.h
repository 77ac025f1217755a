// `observe --sql`.
#pragma once

#include <string>
#include <vector>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/observe_options.h"
#include "analyzer/cli/session.h"

namespace mainstay {

/// The engines, as --sql takes them.
std::vector<std::string> words_of_engines();

/// Prints the query, or takes its result from the database or from a file, and writes facts or a partial file of it.
ExitStatus observe_sql(const ObserveCommand& command, const ObserveOptions& options, Session& session);

}  // namespace mainstay
