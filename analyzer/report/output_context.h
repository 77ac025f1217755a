// From an analysis to what outputs use besides the report.
#pragma once

#include <string>
#include <vector>

#include "analyzer/analysis.h"
#include "graph/findings/report.h"
#include "ingest/source/unit.h"
#include "render/report_output.h"

namespace mainstay {

/// Adds the way from a workload to what each finding is about.
/// Cost: linear in the graph for each finding, so only the worst findings get theirs; the others are counted.
void add_flows(const Analysis& analysis, const Report& report, OutputContext& context);

/// Adds the marks of all places that findings and problems are shown at, read from the files once more. Files that cannot be read have
/// none.
void add_marks(const SourceTree& tree, const Report& report, OutputContext& context);

/// What stands between the root of the repository, which is taken to be the current folder, and the names of files: "infra/" where the
/// only root is the folder infra, nothing where names say it themselves or the root lies elsewhere.
std::string repository_prefix(const std::vector<std::string>& roots);

}  // namespace mainstay
