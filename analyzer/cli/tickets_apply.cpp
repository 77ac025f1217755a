#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <ostream>

#include "analyzer/cli/refused.h"
#include "analyzer/cli/tickets.h"
#include "analyzer/cli/write_file.h"
#include "render/escape.h"
#include "render/tickets/ticket_apply.h"
#include "render/tickets/ticket_calls.h"

namespace mainstay {
namespace {

Result<TicketPlan> read_plan(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in || in.bad()) return Error{path + " cannot be read"};
  Result<TicketPlan> plan = plan_from_json(text);
  if (!plan) return Error{path + " " + plan.error()};
  return plan;
}

/// A plan is a file that somebody may have handed over: the token goes to an address that the command line knows, and to no other.
Result<bool> check_address(const TicketPlan& plan, const TicketSystem& system, const std::string& url) {
  const Result<HttpBase> base = http_base_of(plan.target.url);
  if (!base) return Error{base.error()};
  const std::string named = url.empty() ? std::string(system.default_url) : url;
  const Result<HttpBase> known = http_base_of(named);
  if (!url.empty() && !known) return Error{known.error()};
  if (!known || known->url() != base->url())
    return Error{fmt::format("the plan is for {}; give --url {} as well, so that the token goes nowhere else", base->url(), base->url())};
  return true;
}

void say(const TicketAction& action, const ActionOutcome& outcome, Session& session) {
  constexpr std::array<std::string_view, 6> kWords = {"done", "would", "already", "left", "skipped", "failed"};
  if (outcome.kind == OutcomeKind::left) return;
  const std::string where = !outcome.url.empty() ? outcome.url : outcome.key;
  session.out << fmt::format("{:<7} {:<6} {}{}{}\n", kWords[static_cast<std::size_t>(outcome.kind)], word(action.deed), for_terminal(where),
                             where.empty() ? "" : "  ", for_terminal(action.ticket.title));
  if (!outcome.problem.empty()) session.out << "        " << for_terminal(outcome.problem) << '\n';
}

void sum_up(const ApplyResult& result, Session& session) {
  session.out << fmt::format("{} done, {} done before, {} left, {} changed meanwhile, {} failed, {} not begun\n", result.done,
                             result.already, result.left, result.skipped, result.failed, result.not_begun);
  if (!result.stopped.empty())
    session.err << "mainstay: stopped: " << for_terminal(result.stopped) << "; the same command goes on where this ended\n";
  if (result.skipped > 0) session.err << "mainstay: tickets were changed since the plan was made; make a new one for them\n";
}

}  // namespace

void TicketsApply::describe(Arguments& command) {
  command.add("--plan", plan, "the plan that `mainstay tickets plan` wrote").required().called("FILE");
  command.add("--url", url, "the address of the plan once more, when it is not the system's only one").called("URL");
  command.add("--dry-run", dry_run, "print the requests and change nothing; the tracker is asked what it has");
  access.describe(command);
}

Result<ApplyResult> TicketsApply::carry_out(const TicketPlan& what, Session& session) const {
  const TicketSystem* const system = find_ticket_system(what.target.system);
  if (system == nullptr) return Error{plan + " is for a ticket system that there is not"};
  if (const Result<bool> known = check_address(what, *system, url); !known) return Error{known.error()};
  if (const Result<bool> is_right = system->check(what.target); !is_right) return Error{is_right.error()};
  const Result<TicketCredentials> credentials = access.credentials(*system, session);
  if (!credentials) return Error{credentials.error()};
  const std::string state_file = access.state_file(what.target);
  const Result<StateLock> lock = StateLock::take(state_file);
  if (!lock) return Error{lock.error()};
  Result<TicketState> state = access.read_state(what.target);
  if (!state) return Error{state.error()};
  if (std::string refusal = refusal_of_plan(what, *state); !refusal.empty()) return Error{std::move(refusal)};
  TicketLine line(access, *system, *credentials);
  if (const Result<bool> opened = line.open(what.target, dry_run ? &session.out : nullptr); !opened) return Error{opened.error()};
  line.calls().set_stamp(fmt::to_string(what.made));
  const ApplySession world{[&](const TicketState& now) { return write_file(state_file, state_json(now)); },
                           [&](const TicketAction& action, const ActionOutcome& outcome) { say(action, outcome, session); }};
  return apply_plan(what, *system, line.calls(), *state, world);
}

ExitStatus TicketsApply::run(Session& session) const {
  const Result<TicketPlan> read = read_plan(plan);
  if (!read) return refused(read.error(), session);
  const Result<ApplyResult> result = carry_out(*read, session);
  if (!result) return refused(result.error(), session);
  sum_up(*result, session);
  return result->is_whole() ? ExitStatus::clean : ExitStatus::incomplete;
}

}  // namespace mainstay
