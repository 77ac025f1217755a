// TicketPlan: what is to be done in a tracker so that its tickets say what a scan says. Made by pure functions, kept as a file that people
// review, carried out by ticket_apply.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/findings/report.h"
#include "graph/values/result.h"
#include "render/tickets/ticket.h"
#include "render/tickets/ticket_state.h"
#include "render/tickets/ticket_system.h"

namespace mainstay {

enum class TicketDeed : std::uint8_t { create, update, reopen, close, leave };
/// "create", "update", "reopen", "close", "leave".
std::string_view word(TicketDeed deed);
std::span<const std::string_view> words(TicketDeed);

/// One thing to do, and why.
/// Shape: `ticket` is how it should be; what is left or closed has no text. `key`, `url`, `seen` and `standing` are those of the ticket as
///        it is; a created one has none, and `replaces` names the one that was closed too long ago to be reopened.
struct TicketAction {
  TicketDeed deed = TicketDeed::leave;
  std::string reason;
  Ticket ticket;
  std::string key;
  std::string url;
  std::string seen;
  TicketStanding standing = TicketStanding::open;
  std::string replaces;
  std::string comment;     // that closing or reopening leaves
  std::string suggestion;  // for .mainstay.toml, where somebody decided that nothing will be done
  friend bool operator==(const TicketAction&, const TicketAction&) = default;
};

/// Shape: actions by deed, then worst first; `made` in seconds since 1970, UTC; `held_back` counts new ones past
///        --max-new, for which there is one ticket more (ticket_roll_up.h).
struct TicketPlan {
  std::int64_t made = 0;
  TicketTarget target;
  std::string group_by;
  std::vector<std::string> roots;
  bool is_offline = false;   // made from the state file alone
  bool is_complete = false;  // the scan has read everything
  std::uint64_t held_back = 0;
  std::vector<TicketAction> actions;
  friend bool operator==(const TicketPlan&, const TicketPlan&) = default;
};

/// What a plan is made from, beside the tickets that should be there.
struct PlanInput {
  const Report& report;
  const TicketState& state;
  std::vector<ExistingTicket> existing;  // what the tracker has, or the state file's rows when it was not asked
  std::uint64_t max_new = 0;             // 0: no limit
  std::int64_t reopen_within = 0;        // seconds behind the closing
  Severity least = Severity::low;        // less severe ones get no new ticket
  std::string until;                     // the day of a suggested waiver
};

/// Fills in the actions of a plan that has everything else.
void plan_actions(const std::vector<Ticket>& wanted, const PlanInput& input, TicketPlan& plan);

/// The tickets that the state file knows, as far as it can say how they stand.
std::vector<ExistingTicket> existing_of(const TicketState& state);

/// Of several tickets of one group the one that counts: an open one, else the one that was closed last.
std::map<std::string, ExistingTicket> current_tickets(const std::vector<ExistingTicket>& all);

/// Why what a ticket was found in does not count as read again, wholly; empty when it does, and what is not found any more is gone.
std::string unread_part(const TicketRow& row, const Report& report);

/// The plan as JSON, and back. Errors: no plan, or one of another version, said in one sentence.
std::string plan_json(const TicketPlan& plan);
Result<TicketPlan> plan_from_json(std::string_view text);
/// The JSON Schema of a plan.
std::string plan_schema();

}  // namespace mainstay
