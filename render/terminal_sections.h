// Sections of the terminal report that are tables: identity endpoints, what was not understood, where to go next.
#pragma once

#include <string>
#include <vector>

#include "graph/findings/report.h"
#include "render/pen.h"

namespace mainstay {

/// The table of identity endpoints: the eight with most workloads, or all.
void append_endpoints(const Pen& pen, const std::vector<EndpointRow>& endpoints, bool all, std::vector<std::string>& lines);

/// Files that failed or were skipped, and what could not be decided, each with its count; five rows, or all.
void append_not_understood(const Pen& pen, const Report& report, bool all, std::vector<std::string>& lines);

/// Findings that somebody decided to live with: until when, why and where it is written; five rows, or all. Nothing without any.
void append_suppressed(const Pen& pen, const Report& report, bool all, std::vector<std::string>& lines);

/// The commands that answer the next questions; `id` is the worst finding's, empty when there is none.
void append_next(const Pen& pen, const Report& report, const std::string& id, std::vector<std::string>& lines);

}  // namespace mainstay
