// Controls: the categories of published frameworks that each rule belongs to. The mapping is ours, not a statement of any framework.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "graph/findings/report.h"

namespace mainstay {

/// One category, as its framework words it.
struct ControlEntry {
  std::string_view framework;
  std::string_view id;
  std::string_view title;
};

/// Every category that a rule is mapped to; only those whose titles were read in the framework's own text or in copies of it.
std::span<const ControlEntry> control_entries();
/// Those of a rule, in the order of control_entries(); empty for a rule that is not in the table.
std::vector<Control> controls_of(std::string_view rule);
/// The ids that the table names for a rule.
std::span<const std::string_view> ids_of_controls(std::string_view rule);
/// The rules that the table names.
std::vector<std::string_view> rules_with_controls();

}  // namespace mainstay
