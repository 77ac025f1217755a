// ReportPage: one HTML file that needs nothing but a browser: the findings, the map, and what it takes to fail things and see who is lost.
#pragma once

#include <optional>
#include <string>

#include "graph/findings/fault_model.h"
#include "graph/findings/picture.h"
#include "graph/findings/report.h"
#include "graph/model/requirement_graph.h"
#include "graph/values/result.h"

namespace mainstay {

/// What a page is made of. All references must outlive the call.
struct PageInput {
  const Report& report;
  const RequirementGraph& graph;
  const FaultModel& model;
  const Picture& whole;                // everything that can be drawn
  const Picture& summary;              // what is drawn first
  std::optional<Severity> min;         // findings below are not shown at first
  std::string title;                   // of the page; the names of what was read when empty
  std::vector<std::string> arguments;  // with which a command reads the same again
};

/// The page as a whole.
/// Shape:  equal input gives equal bytes. One script and one style sheet, both named by their hashes in a content security policy that
///         allows nothing else: no request, no other script. All text of the input is data, shown by the script as text.
/// Errors: the first drawing has more things than can be laid out.
Result<std::string> report_page(const PageInput& input);

}  // namespace mainstay
