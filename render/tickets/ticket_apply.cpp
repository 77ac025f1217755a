#include "render/tickets/ticket_apply.h"

#include <fmt/format.h>

#include <utility>

#include "render/tickets/ticket_calls.h"

namespace mainstay {
namespace {

constexpr std::string_view kCommented = ":commented";

class Applier {
 public:
  Applier(const TicketPlan& plan, const TicketSystem& system, TicketCalls& calls, TicketState& state, const ApplySession& session)
      : plan_(plan), system_(system), calls_(calls), state_(state), session_(session) {}

  ApplyResult run() {
    if (!begin()) return std::move(result_);
    for (const TicketAction& action : plan_.actions) {
      if (!result_.stopped.empty()) {
        ++result_.not_begun;
        continue;
      }
      const ActionOutcome outcome = carry_out(action);
      count(outcome);
      session_.say(action, outcome);
    }
    return std::move(result_);
  }

 private:
  bool begin() {
    if (system_.has_memory && !list()) return false;
    const bool creates = !plan_.actions.empty() && plan_.actions.front().deed == TicketDeed::create;
    if (creates && system_.prepare != nullptr) {
      const TicketReply reply = system_.prepare(calls_);
      if (!reply.is_done()) result_.stopped = reply.problem;
    }
    if (result_.stopped.empty() && !calls_.is_rehearsal()) {
      state_.system = plan_.target.system;
      state_.url = plan_.target.url;
      state_.project = plan_.target.project;
      state_.group_by = plan_.group_by;
      state_.applied = plan_.made;
      save();
    }
    if (!result_.stopped.empty()) result_.not_begun = plan_.actions.size();
    return result_.stopped.empty();
  }

  bool list() {
    Result<std::vector<ExistingTicket>> all = system_.list(calls_);
    if (!all) {
      result_.stopped = all.error();
      result_.not_begun = plan_.actions.size();
      return false;
    }
    existing_ = *std::move(all);
    return true;
  }

  void save() {
    if (calls_.is_rehearsal()) return;
    if (const Result<bool> saved = session_.save(state_); !saved) result_.stopped = saved.error();
  }

  void count(const ActionOutcome& outcome) {
    switch (outcome.kind) {
      case OutcomeKind::done:
      case OutcomeKind::rehearsed: ++result_.done; break;
      case OutcomeKind::already: ++result_.already; break;
      case OutcomeKind::left: ++result_.left; break;
      case OutcomeKind::skipped: ++result_.skipped; break;
      case OutcomeKind::failed: ++result_.failed; break;
    }
  }

  ActionOutcome carry_out(const TicketAction& action) {
    switch (action.deed) {
      case TicketDeed::create: return create(action);
      case TicketDeed::update: return change(action, &Applier::update);
      case TicketDeed::reopen: return change(action, &Applier::reopen);
      case TicketDeed::close: return change(action, &Applier::close);
      case TicketDeed::leave: break;
    }
    if (!action.ticket.findings.empty()) {
      know(action.ticket,
           {.id = action.ticket.id, .digest = action.ticket.digest, .key = action.key, .url = action.url, .standing = action.standing});
      save();
    }
    return {.kind = OutcomeKind::left, .key = action.key, .url = action.url};
  }

  /// Writes into the state what is known of a ticket now.
  void know(const Ticket& ticket, const ExistingTicket& existing) {
    TicketRow& row = state_.rows[ticket.id];
    if (!ticket.title.empty()) row.roots = plan_.roots;  // without a title it is not in the scan any more
    row.key = existing.key;
    row.url = existing.url;
    row.digest = existing.digest;
    row.standing = existing.standing;
    row.closed = existing.closed;
    row.findings = ticket.findings;
    row.sources = ticket.sources;
    row.pending.clear();
  }

  void stop(const TicketReply& reply) {
    if (reply.kind == ReplyKind::unreachable || reply.kind == ReplyKind::uncertain) result_.stopped = reply.problem;
  }

  ActionOutcome failed(const TicketAction& action, const TicketReply& reply) {
    stop(reply);
    return {.kind = OutcomeKind::failed, .key = action.key, .url = action.url, .problem = reply.problem};
  }

  // Making a ticket.

  /// The ticket of that group that is there already, however it came to be.
  const ExistingTicket* there(const TicketAction& action) const {
    for (const ExistingTicket& one : existing_) {
      if (one.id == action.ticket.id && one.key != action.replaces) return &one;
    }
    return nullptr;
  }

  /// The same, with the state file's word for what a tracker's search does not show yet. Errors: the tracker cannot be asked.
  Result<std::optional<ExistingTicket>> found(const TicketAction& action) {
    if (const ExistingTicket* one = there(action)) return std::optional(*one);
    const auto row = state_.rows.find(action.ticket.id);
    if (row == state_.rows.end() || row->second.key.empty() || row->second.key == action.replaces) return std::optional<ExistingTicket>();
    if (system_.find != nullptr) return system_.find(calls_, row->second.key);
    return std::optional(ExistingTicket{.id = action.ticket.id,
                                        .digest = row->second.digest,
                                        .key = row->second.key,
                                        .url = row->second.url,
                                        .standing = row->second.standing});
  }

  ActionOutcome create(const TicketAction& action) {
    constexpr int kAttempts = 3;
    TicketReply reply;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      const Result<std::optional<ExistingTicket>> before = found(action);
      if (!before) return failed(action, {.kind = ReplyKind::unreachable, .problem = before.error()});
      if (*before) {
        know(action.ticket, **before);
        save();
        return {.kind = attempt == 0 ? OutcomeKind::already : OutcomeKind::done, .key = (*before)->key, .url = (*before)->url};
      }
      TicketRow& row = state_.rows[action.ticket.id];
      row.key.clear();
      row.pending = word(TicketDeed::create);
      save();
      if (!result_.stopped.empty()) return failed(action, {.kind = ReplyKind::failed, .problem = result_.stopped});
      reply = system_.create(calls_, action.ticket);
      if (reply.kind == ReplyKind::done && reply.key.empty()) {
        reply.kind = ReplyKind::uncertain;
        reply.problem = "the tracker's answer names no ticket";
      }
      if (reply.kind != ReplyKind::uncertain) break;
      calls_.clock().wait(std::chrono::seconds(2));  // a search may be behind
      if (!list()) return failed(action, reply);
    }
    if (!reply.is_done()) {
      if (reply.kind == ReplyKind::failed) state_.rows.erase(action.ticket.id);
      save();
      return failed(action, reply);
    }
    if (reply.kind == ReplyKind::rehearsed) return {.kind = OutcomeKind::rehearsed};
    know(action.ticket, {.id = action.ticket.id, .digest = action.ticket.digest, .key = reply.key, .url = reply.url});
    save();
    return {.kind = OutcomeKind::done, .key = reply.key, .url = reply.url, .problem = reply.problem};
  }

  // Changing one that is there.

  Result<std::optional<ExistingTicket>> as_it_is(const TicketAction& action) {
    for (const ExistingTicket& one : existing_) {
      if (one.key == action.key) return std::optional(one);
    }
    if (system_.find != nullptr) return system_.find(calls_, action.key);
    const auto row = state_.rows.find(action.ticket.id);
    if (row == state_.rows.end()) return std::optional<ExistingTicket>();
    return std::optional(ExistingTicket{.id = action.ticket.id,
                                        .digest = row->second.digest,
                                        .key = row->second.key,
                                        .url = row->second.url,
                                        .standing = row->second.standing});
  }

  using Change = ActionOutcome (Applier::*)(const TicketAction&, ExistingTicket);

  ActionOutcome change(const TicketAction& action, Change what) {
    const Result<std::optional<ExistingTicket>> now = as_it_is(action);
    if (!now) return failed(action, {.kind = ReplyKind::unreachable, .problem = now.error()});
    if (!*now) return failed(action, {.kind = ReplyKind::failed, .problem = "it is not there any more; make a new plan"});
    const bool closes = action.deed == TicketDeed::close;
    const bool is_so = closes ? (*now)->standing != TicketStanding::open
                              : (*now)->standing == TicketStanding::open && (*now)->digest == action.ticket.digest;
    if (is_so) {
      know(action.ticket, **now);
      save();
      return {.kind = OutcomeKind::already, .key = action.key, .url = action.url};
    }
    const bool was_begun = !state_.rows[action.ticket.id].pending.empty();
    if (!was_begun &&
        ((*now)->standing != action.standing || (!action.seen.empty() && !(*now)->seen.empty() && (*now)->seen != action.seen)))
      return {.kind = OutcomeKind::skipped, .key = action.key, .url = action.url, .problem = "it was changed since the plan was made"};
    return (this->*what)(action, **now);
  }

  ActionOutcome ended(const TicketAction& action, const TicketReply& reply, ExistingTicket now) {
    if (!reply.is_done()) return failed(action, reply);
    if (reply.kind == ReplyKind::rehearsed) return {.kind = OutcomeKind::rehearsed, .key = action.key, .url = action.url};
    know(action.ticket, now);
    save();
    return {.kind = OutcomeKind::done, .key = action.key, .url = action.url};
  }

  ActionOutcome update(const TicketAction& action, ExistingTicket now) {
    const TicketReply reply = system_.update(calls_, action.key, action.ticket);
    now.digest = action.ticket.digest;
    return ended(action, reply, std::move(now));
  }

  /// Leaves the comment, once. One whose fate nobody knows is not sent again: a comment too few is better than one too many.
  TicketReply comment(const TicketAction& action) {
    std::string& pending = state_.rows[action.ticket.id].pending;
    const std::string deed(word(action.deed));
    if (system_.comment == nullptr || pending == deed + std::string(kCommented)) return {};
    pending = deed;
    save();
    TicketReply reply = system_.comment(calls_, action.key, action.comment);
    if (reply.kind != ReplyKind::uncertain && !reply.is_done()) return reply;
    pending = deed + std::string(kCommented);
    save();
    return reply.kind == ReplyKind::uncertain ? TicketReply{} : reply;
  }

  ActionOutcome close(const TicketAction& action, ExistingTicket now) {
    if (const TicketReply said = comment(action); !said.is_done()) return failed(action, said);
    const TicketReply reply = system_.close(calls_, now, action.comment);
    now.standing = TicketStanding::closed;
    now.closed = calls_.clock().now();
    return ended(action, reply, std::move(now));
  }

  ActionOutcome reopen(const TicketAction& action, ExistingTicket now) {
    if (now.standing != TicketStanding::open && system_.reopen != nullptr) {
      if (const TicketReply said = comment(action); !said.is_done()) return failed(action, said);
      if (const TicketReply reply = system_.reopen(calls_, now, action.comment); !reply.is_done()) return failed(action, reply);
    }
    const bool is_same = now.digest == action.ticket.digest && system_.reopen != nullptr;
    now.standing = TicketStanding::open;
    now.closed.reset();
    if (is_same) return ended(action, {.kind = calls_.is_rehearsal() ? ReplyKind::rehearsed : ReplyKind::done}, std::move(now));
    return update(action, std::move(now));
  }

  const TicketPlan& plan_;
  const TicketSystem& system_;
  TicketCalls& calls_;
  TicketState& state_;
  const ApplySession& session_;
  std::vector<ExistingTicket> existing_;
  ApplyResult result_;
};

}  // namespace

std::string refusal_of_plan(const TicketPlan& plan, const TicketState& state) {
  if (!state.system.empty() && (state.system != plan.target.system || state.url != plan.target.url || state.project != plan.target.project))
    return fmt::format("the state file belongs to {} {} {}; give another one with --state", state.system, state.url, state.project);
  if (!state.rows.empty() && state.group_by != plan.group_by)
    return fmt::format("the tickets of the state file are grouped by {}, those of the plan by {}", state.group_by, plan.group_by);
  if (plan.made < state.applied) return "a newer plan was carried out already; make a new one";
  return {};
}

ApplyResult apply_plan(const TicketPlan& plan, const TicketSystem& system, TicketCalls& calls, TicketState& state,
                       const ApplySession& session) {
  return Applier(plan, system, calls, state, session).run();
}

}  // namespace mainstay
