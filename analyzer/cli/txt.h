// Identities in TXT records on the command line: a check of every lookup, and a plan of the records.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analyzer/cli/arguments.h"
#include "analyzer/cli/input.h"
#include "analyzer/cli/policy_options.h"
#include "analyzer/cli/session.h"
#include "graph/values/result.h"

namespace mainstay {

/// What both parts read: the usual input, more zone files, and one environment for names that leave it open.
struct TxtInput {
  Input input;
  std::vector<std::string> zones;
  std::string stage;
  PolicyOptions policy;

  void describe(Arguments& command);
  /// Reads everything, fills the stage in, and judges what the rules find.
  Result<std::shared_ptr<Loaded>> load(Session& session, Thresholds& thresholds) const;
};

struct TxtCheckPart {
  TxtInput input;
  std::string format = "terminal";
  bool schema = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct TxtPlanPart {
  TxtInput input;
  std::string form = "zone";
  std::string format = "terminal";
  bool schema = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

}  // namespace mainstay
