// TicketGroups: the findings of a scan as tickets, one for each root cause or whatever else they are grouped by.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "render/report_output.h"
#include "render/tickets/ticket.h"

namespace mainstay {

/// A way of grouping. Findings with the same key are one ticket.
struct TicketGrouping {
  std::string_view name;
  std::string_view meaning;
  std::vector<std::string> (*key)(const Finding& finding) = nullptr;
};

/// All of them; the first one is the default.
std::span<const TicketGrouping> ticket_groupings();
/// The one of that name; null when there is none.
const TicketGrouping* find_ticket_grouping(std::string_view name);

/// The tickets that should be there, worst first.
std::vector<Ticket> wanted_tickets(const Report& report, const TicketGrouping& grouping, const OutputContext& context);

}  // namespace mainstay
