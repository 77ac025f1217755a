// TicketRollUp: the one ticket that stands for all that wait until a plan may file them (--max-new), so that none is out of sight.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/tickets/ticket.h"

namespace mainstay {

/// Its id: there is one for each way of grouping.
std::string roll_up_id(std::string_view group_by);

/// The ticket that counts and lists those that wait, worst first as they are given.
/// Shape: its findings and sources are all of theirs, so that it is closed by the same evidence as they would be.
Ticket roll_up_ticket(const std::vector<const Ticket*>& waiting, std::string_view group_by);

}  // namespace mainstay
