#include "analyzer/policy/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "analyzer/policy/allow_comments.h"
#include "analyzer/report/make_report.h"
#include "analyzer/rules/rule.h"

namespace mainstay {
namespace {

/// The folders that were given. A file that was given beside them has no settings and no owners.
std::vector<std::string> folders_of(const FileTree& tree) {
  std::vector<std::string> folders = tree.names_of_roots();
  std::erase_if(folders, [&](const std::string& root) { return tree.find(root) != nullptr; });
  return folders;
}

class PolicyReader {
 public:
  PolicyReader(const FileTree* tree, Report& report) : tree_(tree), report_(report) {}

  Result<Policy> read(const std::string& settings_file) {
    if (!settings_file.empty()) {
      std::ifstream in(settings_file, std::ios::binary);
      if (!in) return Error{settings_file + " cannot be opened"};
      const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
      if (in.bad()) return Error{settings_file + " cannot be read"};
      take_settings(Source(settings_file, bytes), "", true);
    }
    if (tree_ != nullptr) {
      const std::vector<std::string> folders = folders_of(*tree_);
      for (const std::string& root : folders) {
        const std::string folder = root.empty() ? "" : root + "/";
        if (settings_file.empty()) read_settings_of(folder, folders.size() == 1);
        read_owners_of(folder);
      }
      read_comments();
    }
    return std::move(policy_);
  }

 private:
  /// The text of a file of the tree that is for this program; nothing when it is not there.
  std::optional<Source> own_file(const std::string& name) {
    const TreeFile* file = tree_->find(name);
    if (file == nullptr) return std::nullopt;
    Result<std::string> bytes = tree_->read(name);
    if (!bytes) {
      // What it would have decided nobody knows.
      report_.diagnostics.push_back({{.file = name}, DiagnosticSeverity::error, "the file cannot be read: " + bytes.error(), ""});
      return std::nullopt;
    }
    return Source(name, *std::move(bytes));
  }

  void read_settings_of(const std::string& folder, bool is_only_root) {
    if (const std::optional<Source> source = own_file(folder + std::string(kSettingsName))) take_settings(*source, folder, is_only_root);
  }

  void take_settings(const Source& source, const std::string& folder, bool decides) {
    Diagnostics problems;
    Settings settings = read_settings(source, folder, problems);
    if (decides) {
      policy_.settings = std::move(settings);
    } else {
      if (!settings.values.empty() || !settings.rules.empty()) {
        problems.warning(source, {}, "only the allowances of this file are used, because several folders are scanned together",
                         "give the settings for all of them with --config");
      }
      std::move(settings.allowances.begin(), settings.allowances.end(), std::back_inserter(policy_.settings.allowances));
    }
    take(problems, source.name());
  }

  void read_owners_of(const std::string& folder) {
    for (const std::string_view name : codeowners_names()) {
      const std::optional<Source> source = own_file(folder + std::string(name));
      if (!source) continue;
      Diagnostics problems;
      policy_.owners.emplace_back(folder, Owners::read(*source, problems));
      return take(problems, source->name());
    }
  }

  void read_comments() {
    for (const SourceEntry& entry : report_.sources) {
      if (entry.state != SourceState::read || tree_->find(entry.file) == nullptr) continue;
      Result<std::string> bytes = tree_->read(entry.file);
      if (!bytes) continue;  // it was there a moment ago, and was read then
      const Source source(entry.file, *std::move(bytes));
      Diagnostics problems;
      std::vector<Allowance> found = read_allow_comments(source, problems);
      std::move(found.begin(), found.end(), std::back_inserter(policy_.comments));
      take(problems, entry.file);
    }
  }

  void take(const Diagnostics& problems, const std::string& file) {
    report_.diagnostics.insert(report_.diagnostics.end(), problems.all().begin(), problems.all().end());
    report_.diagnostics_dropped += problems.dropped();
    if (problems.all().empty()) return;
    const auto entry =
        std::find_if(report_.sources.begin(), report_.sources.end(), [&](const SourceEntry& one) { return one.file == file; });
    if (entry == report_.sources.end()) return;
    for (const Diagnostic& one : problems.all()) {
      entry->errors += one.severity == DiagnosticSeverity::error ? 1 : 0;
      entry->warnings += one.severity == DiagnosticSeverity::warning ? 1 : 0;
    }
  }

  const FileTree* tree_;
  Report& report_;
  Policy policy_;
};

void set_severities(const Settings& settings, Report& report) {
  for (Finding& finding : report.findings) {
    const auto setting = settings.rules.find(finding.rule);
    if (setting == settings.rules.end() || !setting->second.severity) continue;
    const bool informs = finding.severity == Severity::info && find_rule(finding.rule)->severity != Severity::info;
    if (!informs) finding.severity = *setting->second.severity;
  }
  for (RuleRow& row : report.rules) {
    const auto setting = settings.rules.find(row.name);
    if (setting != settings.rules.end() && setting->second.severity) row.severity = *setting->second.severity;
  }
}

void suppress_disabled(const Settings& settings, Report& report) {
  std::vector<Finding> kept;
  for (Finding& finding : report.findings) {
    const auto setting = settings.rules.find(finding.rule);
    if (setting != settings.rules.end()) finding.suppression = setting->second.disabled;
    (finding.suppression ? report.suppressed : kept).push_back(std::move(finding));
  }
  report.findings = std::move(kept);
}

void set_owners(const Policy& policy, Report& report) {
  std::map<std::string, std::vector<std::string>> known;
  for (Finding& finding : report.findings) {
    const Place* place = place_to_mend(finding);
    if (place == nullptr || policy.owners.empty()) continue;
    const auto [owners, is_new] = known.try_emplace(place->file);
    if (is_new) owners->second = policy.owners_of(place->file);
    finding.owners = owners->second;
  }
}

}  // namespace

std::vector<std::string> Policy::owners_of(std::string_view file) const {
  for (const auto& [folder, one] : owners) {
    if (file.starts_with(folder)) return one.of(file.substr(folder.size()));
  }
  return {};
}

Result<Policy> read_policy(const FileTree* tree, const std::string& settings_file, Report& report) {
  return PolicyReader(tree, report).read(settings_file);
}

std::vector<TxtNames> stated_txt_names(const FileTree* tree, const std::string& settings_file) {
  std::optional<Source> source;
  if (!settings_file.empty()) {
    std::ifstream in(settings_file, std::ios::binary);
    source.emplace(settings_file, std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>()));
  } else if (const std::vector<std::string> folders = tree == nullptr ? std::vector<std::string>() : folders_of(*tree);
             folders.size() == 1) {
    const std::string& root = folders.front();
    const std::string name = (root.empty() ? "" : root + "/") + std::string(kSettingsName);
    Result<std::string> bytes = tree->find(name) == nullptr ? Result<std::string>(Error{""}) : tree->read(name);
    if (bytes) source.emplace(name, *std::move(bytes));
  }
  Diagnostics ignored;
  return source ? read_settings(*source, "", ignored).identities : std::vector<TxtNames>();
}

void apply_policy(const Policy& policy, std::string_view today, Report& report) {
  set_owners(policy, report);
  set_severities(policy.settings, report);
  std::vector<Allowance> allowances = policy.comments;
  allowances.insert(allowances.end(), policy.settings.allowances.begin(), policy.settings.allowances.end());
  suppress(allowances, today, report);
  suppress_disabled(policy.settings, report);
  sort_worst_first(report.findings);
  sort_worst_first(report.suppressed);
  std::sort(report.diagnostics.begin(), report.diagnostics.end());
}

}  // namespace mainstay
