// Parts of a SARIF document: rules, results, notifications. Only .cpp files include this header.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "render/finding_text.h"
#include "render/json_object.h"
#include "render/report_output.h"
#include "render/sarif.h"

namespace mainstay {

/// The files that results point at, each once; the position in `artifacts` stands beside every URI.
class SarifFiles {
 public:
  /// An artifactLocation.
  Json location(const std::string& path);
  Json artifacts() const;

 private:
  std::map<std::string, std::size_t> position_;
  std::vector<std::string> uris_;
};

/// Findings that GitHub would take for one, because rule and line are the same: they become one result.
using SarifGroup = std::vector<const Finding*>;

/// Counts of what the limits left out, for the notification.
struct SarifLeftOut {
  std::size_t results = 0;
  std::size_t places = 0;
  std::size_t steps = 0;
  std::size_t flows = 0;
  std::size_t tags = 0;
};

/// Writes results and remembers the files that they point at.
class SarifResults {
 public:
  SarifResults(const OutputContext& context, const SarifLimits& limits) : context_(context), limits_(limits) {}

  /// `rule` is the position of the group's rule among the rules of the driver.
  Json result(const SarifGroup& group, std::size_t rule, bool with_suppressions);
  Json physical_location(const Spot& spot);
  /// What a run has to say of itself: what could not be read or decided, and what the limits left out.
  Json notifications(const Report& report);

  SarifFiles& files() { return files_; }
  SarifLeftOut& left_out() { return left_out_; }

 private:
  Json related_locations(const SarifGroup& group, std::string& links);
  Json code_flow(const Finding& finding);
  Json suppression(const Suppression& suppression);

  const OutputContext& context_;
  SarifLimits limits_;
  SarifFiles files_;
  SarifLeftOut left_out_;
};

/// The reportingDescriptor of a rule. `precision` is a word of GitHub's, empty where nothing was found.
Json sarif_rule(const RuleRow& rule, const std::string& precision, const SarifLimits& limits, SarifLeftOut& left_out);
/// A rule that the report does not describe.
RuleRow undescribed_rule(const Finding& finding);
/// "very-high", "high", "medium", "low".
const char* sarif_precision(Confidence confidence);
/// "error", "warning", "note".
const char* sarif_level(Severity severity);

/// The descriptors of the notifications.
Json sarif_notification_kinds();

}  // namespace mainstay
