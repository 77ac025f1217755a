#include "render/tickets/ticket_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "render/finding_text.h"
#include "render/pen.h"
#include "render/tickets/ticket_roll_up.h"

namespace mainstay {
namespace {

constexpr std::array<std::string_view, 5> kDeeds = {"create", "update", "reopen", "close", "leave"};

/// Without its text, which is not needed to close a ticket or to leave it.
Ticket without_text(Ticket ticket) {
  ticket.body.clear();
  return ticket;
}

TicketAction action_on(TicketDeed deed, std::string reason, const ExistingTicket& existing, Ticket ticket) {
  return {.deed = deed,
          .reason = std::move(reason),
          .ticket = std::move(ticket),
          .key = existing.key,
          .url = existing.url,
          .seen = existing.seen,
          .standing = existing.standing};
}

/// A ticket that is known from the state file, for what is not in the scan any more.
Ticket ticket_of(const std::string& id, const TicketRow& row) {
  return {.id = id, .title = "", .findings = row.findings, .sources = row.sources, .digest = row.digest};
}

/// What to write into the settings so that the next scan lives with it too.
std::string suggestion_for(const Ticket& ticket, const ExistingTicket& existing, const std::string& until) {
  std::string out;
  for (const std::string& id : ticket.findings)
    out += fmt::format("[[waive]]\nid = \"{}\"\nuntil = {}\nreason = \"ticket {} is closed as {}\"\n", id, until, existing.key,
                       existing.decision.empty() ? "refused" : existing.decision);
  return out;
}

class Planner {
 public:
  Planner(const PlanInput& input, TicketPlan& plan) : input_(input), plan_(plan), current_(current_tickets(input.existing)) {
    for (const Finding& one : input.report.suppressed) suppressed_.emplace(one.id, &one);
  }

  void want(const Ticket& ticket) {
    wanted_.insert(ticket.id);
    if (!is_rolling_up_) found_.insert(ticket.findings.begin(), ticket.findings.end());
    const auto found = current_.find(ticket.id);
    if (found == current_.end()) return create(ticket, "not filed yet", "");
    const ExistingTicket& existing = found->second;
    switch (existing.standing) {
      case TicketStanding::open: return keep(ticket, existing);
      case TicketStanding::closed: return bring_back(ticket, existing);
      case TicketStanding::refused: break;
    }
    const std::string decision = existing.decision.empty() ? "as refused" : "as " + existing.decision;
    // Whoever does without the list of what waits has decided nothing about what is on it.
    const char* const offer = is_rolling_up_ ? "what waits is counted by the plan alone" : "write the decision into .mainstay.toml";
    TicketAction action = action_on(TicketDeed::leave, fmt::format("closed {}: {}", decision, offer), existing, without_text(ticket));
    if (!is_rolling_up_) action.suggestion = suggestion_for(ticket, existing, input_.until);
    plan_.actions.push_back(std::move(action));
  }

  /// One ticket for those that --max-new holds back.
  void roll_up() {
    plan_.held_back = waiting_.size();
    if (waiting_.empty()) return;
    is_rolling_up_ = true;
    want(roll_up_ticket(waiting_, plan_.group_by));
  }

  /// What the tracker has and the scan does not say any more.
  void settle_others() {
    for (const auto& [id, existing] : current_) {
      if (wanted_.contains(id) || existing.standing != TicketStanding::open) continue;
      const auto row = input_.state.rows.find(id);
      if (row == input_.state.rows.end()) {
        Ticket ticket{.id = id};
        ticket.digest = existing.digest;
        plan_.actions.push_back(action_on(TicketDeed::leave, "the state file does not know it: filed by another scan", existing, ticket));
        continue;
      }
      settle(existing, row->second);
    }
  }

 private:
  void create(const Ticket& ticket, std::string reason, const std::string& replaces) {
    if (ticket.severity < input_.least) return;
    if (!is_rolling_up_) {
      if (input_.max_new > 0 && created_ >= input_.max_new) return waiting_.push_back(&ticket);
      ++created_;
    }
    plan_.actions.push_back({.deed = TicketDeed::create, .reason = std::move(reason), .ticket = ticket, .replaces = replaces});
  }

  void keep(const Ticket& ticket, const ExistingTicket& existing) {
    const bool same = ticket.digest == existing.digest;
    plan_.actions.push_back(same ? action_on(TicketDeed::leave, "unchanged", existing, without_text(ticket))
                                 : action_on(TicketDeed::update, "what it says has changed", existing, ticket));
  }

  void bring_back(const Ticket& ticket, const ExistingTicket& existing) {
    const bool is_recent = !existing.closed || plan_.made - *existing.closed <= input_.reopen_within;
    if (!is_recent) return create(ticket, fmt::format("{} was closed too long ago to be reopened", existing.key), existing.key);
    TicketAction action = action_on(TicketDeed::reopen, "closed, and found again", existing, ticket);
    action.comment = "Found again by a later scan, so this is open again.";
    plan_.actions.push_back(std::move(action));
  }

  void settle(const ExistingTicket& existing, const TicketRow& row) {
    if (existing.id == roll_up_id(plan_.group_by)) return settle_roll_up(existing, row);
    const Ticket ticket = ticket_of(existing.id, row);
    std::vector<std::string> decisions;
    for (const std::string& id : ticket.findings) {
      const auto found = suppressed_.find(id);
      if (found != suppressed_.end() && found->second->suppression) decisions.push_back(words_of(*found->second->suppression));
    }
    const bool is_accepted = !ticket.findings.empty() && decisions.size() == ticket.findings.size();
    const std::string unread = is_accepted ? std::string() : unread_part(row, input_.report);
    if (!unread.empty()) {
      plan_.actions.push_back(action_on(TicketDeed::leave, fmt::format("not found any more, but {}", unread), existing, ticket));
      return;
    }
    TicketAction action = action_on(TicketDeed::close, decisions.empty() ? "not found any more" : "accepted", existing, ticket);
    action.comment = decisions.empty() ? "Not found any more by a scan that has read everything that this was found in."
                                       : "Accepted " + decisions.front() + ".";
    plan_.actions.push_back(std::move(action));
  }

  /// Nothing waits any more. What waited and is not found now may be gone, or may not have been read.
  void settle_roll_up(const ExistingTicket& existing, const TicketRow& row) {
    const Ticket ticket = ticket_of(existing.id, row);
    const bool is_filed = std::all_of(ticket.findings.begin(), ticket.findings.end(),
                                      [&](const std::string& id) { return found_.contains(id) || suppressed_.contains(id); });
    const std::string unread = is_filed ? std::string() : unread_part(row, input_.report);
    if (!unread.empty()) {
      plan_.actions.push_back(action_on(TicketDeed::leave, fmt::format("nothing is seen to wait, but {}", unread), existing, ticket));
      return;
    }
    TicketAction action = action_on(TicketDeed::close, "nothing waits any more", existing, ticket);
    action.comment = "Nothing waits any more: each has a ticket of its own, is accepted, or is gone.";
    plan_.actions.push_back(std::move(action));
  }

  const PlanInput& input_;
  TicketPlan& plan_;
  std::map<std::string, ExistingTicket> current_;
  std::map<std::string, const Finding*> suppressed_;
  std::set<std::string> wanted_;
  std::set<std::string> found_;         // ids of findings that a ticket of their own is wanted for
  std::vector<const Ticket*> waiting_;  // past --max-new
  bool is_rolling_up_ = false;
  std::uint64_t created_ = 0;
};

/// A folder that was not walked, or a file that was not read, hides what lies below it.
bool is_hidden(const Report& report, std::string_view file) {
  return std::any_of(report.sources.begin(), report.sources.end(), [&](const SourceEntry& one) {
    if (one.state != SourceState::skipped && one.state != SourceState::failed) return false;
    std::string_view folder = one.file;
    while (folder.ends_with('/')) folder.remove_suffix(1);
    return file.starts_with(folder) && file.size() > folder.size() && file[folder.size()] == '/';
  });
}

/// Why one source does not count as read again; empty when it does.
std::string fault_of(const std::string& source, const Report& report, const TicketRow& row) {
  constexpr std::string_view kLog = "log:";
  if (source.starts_with(kLog)) {
    const std::string name = source.substr(kLog.size());
    const bool is_read = std::find(report.logs.begin(), report.logs.end(), name) != report.logs.end();
    const bool has_errors = std::any_of(report.diagnostics.begin(), report.diagnostics.end(), [&](const Diagnostic& one) {
      return one.where.file == name && one.severity == DiagnosticSeverity::error;
    });
    return is_read && !has_errors ? std::string() : fmt::format("the log {} was not read wholly", name);
  }
  const auto entry = std::find_if(report.sources.begin(), report.sources.end(), [&](const SourceEntry& one) { return one.file == source; });
  if (entry == report.sources.end()) {
    if (report.roots != row.roots) return fmt::format("{} is not among what was scanned", source);
    return is_hidden(report, source) ? fmt::format("{} was not read", source) : std::string();
  }
  if (entry->state != SourceState::read) return fmt::format("{} was not read ({})", source, word(entry->state));
  return entry->errors > 0 ? fmt::format("{} was read with {}", source, counted(entry->errors, "error")) : std::string();
}

}  // namespace

std::string_view word(TicketDeed deed) { return kDeeds[static_cast<std::size_t>(deed)]; }
std::span<const std::string_view> words(TicketDeed) { return kDeeds; }

void plan_actions(const std::vector<Ticket>& wanted, const PlanInput& input, TicketPlan& plan) {
  Planner planner(input, plan);
  for (const Ticket& ticket : wanted) planner.want(ticket);
  planner.roll_up();
  planner.settle_others();
  std::stable_sort(plan.actions.begin(), plan.actions.end(), [](const TicketAction& a, const TicketAction& b) { return a.deed < b.deed; });
}

std::vector<ExistingTicket> existing_of(const TicketState& state) {
  std::vector<ExistingTicket> all;
  for (const auto& [id, row] : state.rows) {
    if (row.key.empty()) continue;
    all.push_back({.id = id, .digest = row.digest, .key = row.key, .url = row.url, .standing = row.standing, .closed = row.closed});
  }
  return all;
}

std::map<std::string, ExistingTicket> current_tickets(const std::vector<ExistingTicket>& all) {
  std::map<std::string, ExistingTicket> current;
  const auto rank = [](const ExistingTicket& one) { return std::pair(one.standing == TicketStanding::open, one.closed.value_or(0)); };
  for (const ExistingTicket& one : all) {
    const auto [at, is_new] = current.emplace(one.id, one);
    if (!is_new && rank(one) > rank(at->second)) at->second = one;
  }
  return current;
}

std::string unread_part(const TicketRow& row, const Report& report) {
  if (row.sources.empty()) {
    if (is_incomplete(report)) return "the scan is incomplete";
    return report.roots != row.roots ? "something else was scanned" : "";
  }
  for (const std::string& source : row.sources) {
    if (std::string fault = fault_of(source, report, row); !fault.empty()) return fault;
  }
  return {};
}

}  // namespace mainstay
