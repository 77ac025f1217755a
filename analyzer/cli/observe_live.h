// `observe --live`.
#pragma once

#include "analyzer/cli/commands.h"
#include "analyzer/cli/observe_options.h"
#include "analyzer/cli/session.h"

namespace mainstay {

/// Follows a log and writes its facts, whole each time, at intervals in which something came, and at the end. Ends on SIGINT and SIGTERM,
/// and at the end of standard input. Errors: a write that fails is told and tried again at the next interval; the last one decides.
ExitStatus observe_live(const ObserveCommand& command, const ObserveOptions& options, Session& session);

}  // namespace mainstay
