// What the options of `observe` mean.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "analyzer/cli/commands.h"
#include "graph/values/result.h"
#include "ingest/logs/client_groups.h"
#include "ingest/logs/observe.h"

namespace mainstay {

struct ObserveOptions {
  LogOptions logs;
  std::unique_ptr<ClientGroups> clients;  // what logs.count.groups.clients points to
  std::vector<Diagnostic> problems;       // of the map of clients
  std::string settings;                   // of partial files
  std::chrono::seconds every{0};          // between two writes of --live
};

/// Errors: a value that is none; a range of several logs.
Result<ObserveOptions> options_of(const ObserveCommand& command);

}  // namespace mainstay
