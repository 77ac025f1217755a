// Scans a folder of samples in this process, as the program does: the ground of every test of rules and whole estates.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analyzer/cli/input.h"
#include "graph/findings/report.h"

namespace mainstay {

/// Reads `paths`, relative to the source folder, with the shipped catalogue, and fills in the whole report. Fails the test on an error.
std::shared_ptr<Loaded> scanned(const std::vector<std::string>& paths, const std::vector<std::string>& logs = {}, unsigned jobs = 0);

/// Reads a sample of a rule: the folder, and in it query.log as a log and clients.csv as the map of its clients where they are.
std::shared_ptr<Loaded> scanned_sample(const std::string& folder);

}  // namespace mainstay
