// Policy: everything that decides what a finding counts for, gathered from the tree that it was found in.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/policy/allowance.h"
#include "analyzer/policy/owners.h"
#include "analyzer/policy/settings.h"
#include "graph/findings/report.h"
#include "graph/values/result.h"
#include "ingest/source/file_tree.h"

namespace mainstay {

inline constexpr std::string_view kSettingsName = ".mainstay.toml";

/// Settings, comments that allow findings, and owners of files.
struct Policy {
  Settings settings;
  std::vector<Allowance> comments;
  std::vector<std::pair<std::string, Owners>> owners;  // by the folder ("" or "infra/") that holds the file's root

  /// The owners of a file of the tree.
  std::vector<std::string> owners_of(std::string_view file) const;
};

/// Reads the policy of a tree; what is wrong with it is added to the diagnostics of the report, and counted with its sources.
/// Shape:  settings are those of `settings_file`, else those of .mainstay.toml at the root of the tree. Files that were given beside one
/// folder change nothing of that. Where several folders were given,
///         each one's own file allows findings below it and nothing else of it is used.
///         Comments are read in the files that a format of the report's sources has read.
/// Errors: `settings_file` cannot be read. `tree` may be null: a snapshot has no comments and no owners.
Result<Policy> read_policy(const FileTree* tree, const std::string& settings_file, Report& report);

/// Where identities stand in DNS, as the same settings say it. What is wrong with them read_policy() reports.
std::vector<TxtNames> stated_txt_names(const FileTree* tree, const std::string& settings_file);

/// Fills in what the policy says of a report that has its findings: severities, owners, what is suppressed and why.
/// Units: `today` as in days.h.
void apply_policy(const Policy& policy, std::string_view today, Report& report);

}  // namespace mainstay
