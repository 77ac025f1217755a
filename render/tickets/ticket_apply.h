// TicketApply: carries a plan out, one request after the other, so that it can be cut off anywhere and begun again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "render/tickets/ticket_plan.h"

namespace mainstay {

/// What became of an action. `already`: somebody, or a run before, has done it; `skipped`: the ticket was changed since the plan was made.
enum class OutcomeKind : std::uint8_t { done, rehearsed, already, left, skipped, failed };
struct ActionOutcome {
  OutcomeKind kind = OutcomeKind::done;
  std::string key;
  std::string url;
  std::string problem;
};

/// How a run ended. `stopped` says why the actions behind were not begun; empty when all were.
struct ApplyResult {
  std::uint64_t done = 0;
  std::uint64_t already = 0;
  std::uint64_t left = 0;
  std::uint64_t skipped = 0;
  std::uint64_t failed = 0;
  std::uint64_t not_begun = 0;
  std::string stopped;

  bool is_whole() const { return skipped == 0 && failed == 0 && not_begun == 0 && stopped.empty(); }
};

/// The world of one run, beside the tracker itself.
struct ApplySession {
  std::function<Result<bool>(const TicketState&)> save;                // before and behind each request that changes something
  std::function<void(const TicketAction&, const ActionOutcome&)> say;  // as each action ends
};

/// Why a plan may not be carried out with a state file; empty when it may.
std::string refusal_of_plan(const TicketPlan& plan, const TicketState& state);

/// Carries the plan out.
/// Shape:  the tracker is asked for its tickets first. A ticket is made only where none has its marker; one that is not as the plan saw it
/// is
///         left alone. When nobody knows whether a ticket was made, it is looked for before it is made again.
/// Errors: in the result; the state always says what is known.
ApplyResult apply_plan(const TicketPlan& plan, const TicketSystem& system, TicketCalls& calls, TicketState& state,
                       const ApplySession& session);

}  // namespace mainstay
