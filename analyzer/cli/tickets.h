// Tickets on the command line: a plan of what to file, and carrying it out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/cli/arguments.h"
#include "analyzer/cli/input.h"
#include "analyzer/cli/session.h"
#include "analyzer/cli/ticket_access.h"
#include "graph/values/result.h"
#include "render/tickets/ticket_apply.h"
#include "render/tickets/ticket_plan.h"

namespace mainstay {

struct TicketsPlan {
  Input input;
  TicketTarget target;
  TicketAccess access;
  std::string group_by = "cause";
  std::uint64_t max_new = 0;
  std::string least = "low";
  unsigned reopen_days = 30;
  bool offline = false;
  std::string config;
  std::string baseline;
  std::string output = "tickets.json";
  bool schema = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;

 private:
  /// `status` is how the command ends when there is no plan.
  Result<TicketPlan> make(Session& session, ExitStatus& status) const;
  Result<std::vector<ExistingTicket>> existing(const TicketState& state, const TicketTarget& to, Session& session) const;
};

struct TicketsApply {
  std::string plan;
  TicketAccess access;
  std::string url;
  bool dry_run = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;

 private:
  Result<ApplyResult> carry_out(const TicketPlan& plan, Session& session) const;
};

}  // namespace mainstay
