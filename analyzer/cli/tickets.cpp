#include "analyzer/cli/tickets.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/cli/write_file.h"
#include "analyzer/policy/days.h"
#include "analyzer/report/make_report.h"
#include "analyzer/report/output_context.h"
#include "graph/values/assert.h"
#include "render/escape.h"
#include "render/pen.h"
#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_groups.h"

namespace mainstay {
namespace {

constexpr std::int64_t kDay = 86400;  // seconds

std::vector<std::string> system_names() {
  std::vector<std::string> all;
  for (const TicketSystem* one : ticket_systems()) all.emplace_back(one->name);
  return all;
}

std::vector<std::string> grouping_names() {
  std::vector<std::string> all;
  for (const TicketGrouping& one : ticket_groupings()) all.emplace_back(one.name);
  return all;
}

/// What the command line leaves to the system.
Result<TicketTarget> completed(TicketTarget target, const TicketSystem& system) {
  if (target.url.empty()) target.url = system.default_url;
  if (target.url.empty()) return Error{fmt::format("--url is required: the address of your {}", system.title)};
  const Result<HttpBase> base = http_base_of(target.url);
  if (!base) return Error{base.error()};
  target.url = base->url();
  if (system.needs_project && target.project.empty()) return Error{"--project is required"};
  constexpr std::string_view kCloud = ".atlassian.net";
  if (target.api.empty() && system.name == jira_issues.name) target.api = base->host.ends_with(kCloud) ? "3" : "2";
  if (target.markup.empty() && system.name == redmine_issues.name) target.markup = "textile";
  const Result<bool> is_right = system.check(target);
  if (!is_right) return Error{is_right.error()};
  return target;
}

void show(const TicketPlan& plan, const std::string& file, Session& session) {
  const auto count = [&](TicketDeed deed) {
    return std::count_if(plan.actions.begin(), plan.actions.end(), [&](const TicketAction& one) { return one.deed == deed; });
  };
  session.out << fmt::format("{} {} {}: {} to create, {} to update, {} to reopen, {} to close, {} left\n", plan.target.system,
                             for_terminal(plan.target.url), for_terminal(plan.target.project), count(TicketDeed::create),
                             count(TicketDeed::update), count(TicketDeed::reopen), count(TicketDeed::close), count(TicketDeed::leave));
  for (const TicketAction& one : plan.actions) {
    if (one.deed == TicketDeed::leave && one.reason == "unchanged") continue;
    const std::string what = one.key.empty() ? std::string(word(one.ticket.severity)) : one.key;
    const std::string& title = one.ticket.title;
    session.out << fmt::format("  {:<7} {:<9} {}{}\n", word(one.deed), for_terminal(what), for_terminal(one.reason),
                               title.empty() ? std::string() : ": " + for_terminal(title));
  }
  if (plan.held_back > 0)
    session.out << fmt::format("{} held back by --max-new; one ticket lists what waits\n", counted(plan.held_back, "new ticket"));
  if (plan.is_offline) session.out << "the tracker was not asked; the state file says what it has\n";
  if (!plan.is_complete) session.out << "the scan is incomplete, so tickets of what was not read stay open (mainstay scan --errors)\n";
  std::string waivers;
  for (const TicketAction& one : plan.actions) waivers += one.suggestion;
  if (!waivers.empty()) {
    session.out << "\nrefused in the tracker; these lines in .mainstay.toml say so to every scan:\n\n";
    for (std::string_view rest = waivers; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      session.out << for_terminal(rest.substr(0, end)) << '\n';
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  session.out << fmt::format("\nwrote {}    next: mainstay tickets apply --plan {}\n", for_terminal(file), for_terminal(file));
}

}  // namespace

void TicketsPlan::describe(Arguments& command) {
  command.add("--to", target.system, "the ticket system").one_of(system_names()).called("SYSTEM");
  command.add("--url", target.url, "its address; https, or http for this machine").called("URL");
  command.add("--project", target.project, "where the tickets go: key, path or number, as the system calls it").called("PROJECT");
  command.add("--type", target.type, "type of a new ticket, when not the system's own").called("NAME");
  command.add("--api", target.api, "Jira: 3 for Cloud, 2 for Data Center; by the host when not given").called("VERSION");
  command.add("--markup", target.markup, "Redmine: textile or markdown, as its settings say; textile when not given").called("NAME");
  command.add("--close-as", target.close_as, "the status, transition or code of a ticket that is done").called("NAME");
  command.add("--refused-as", target.refusal, "a word by which closed tickets count as refused, beside the usual ones; may be repeated")
      .one_at_a_time()
      .called("WORD");
  command.add("--group-by", group_by, "what makes findings one ticket").one_of(grouping_names()).shows_usual().called("WHAT");
  command.add("--max-new", max_new, "new tickets at once; one more lists the rest, which waits for the next plan (0: all)")
      .called("N")
      .shows_usual();
  command.add("--min", least, "less severe findings get no new ticket")
      .one_of(words_of(SettingKind::severity))
      .shows_usual()
      .called("SEVERITY");
  command.add("--reopen-within", reopen_days, "days after which a closed ticket gets a successor instead").shows_usual().called("DAYS");
  command.add("--offline", offline, "ask nobody: the state file alone says which tickets there are");
  command.add("--config", config, "settings, in place of the .mainstay.toml of the folder").called("FILE");
  command.add("--baseline", baseline, "findings of an earlier day, which get no ticket").called("FILE");
  command.add("-o,--output", output, "the plan").shows_usual().called("FILE");
  command.add("--schema", schema, "print the JSON Schema of a plan and do nothing else");
  access.describe(command);
  input.describe(command);
}

Result<std::vector<ExistingTicket>> TicketsPlan::existing(const TicketState& state, const TicketTarget& to, Session& session) const {
  const TicketSystem& system = *find_ticket_system(to.system);
  if (offline || !system.has_memory) return existing_of(state);
  const Result<TicketCredentials> credentials = access.credentials(system, session);
  if (!credentials) return Error{credentials.error()};
  TicketLine line(access, system, *credentials);
  if (const Result<bool> opened = line.open(to, nullptr); !opened) return Error{opened.error()};
  Result<std::vector<ExistingTicket>> all = system.list(line.calls());
  if (!all) return Error{all.error()};
  // What was filed a moment ago a search may not show yet.
  const std::map<std::string, ExistingTicket> listed = current_tickets(*all);
  for (const auto& [id, row] : state.rows) {
    if (row.key.empty() || listed.contains(id)) continue;
    Result<std::optional<ExistingTicket>> one = system.find(line.calls(), row.key);
    if (!one) return Error{one.error()};
    if (*one) all->push_back(**one);
  }
  return all;
}

Result<TicketPlan> TicketsPlan::make(Session& session, ExitStatus& status) const {
  const TicketSystem* const system = find_ticket_system(target.system);
  if (system == nullptr) return Error{"--to is required: the ticket system"};
  Result<TicketTarget> to = completed(target, *system);
  if (!to) return Error{to.error()};
  const Result<TicketState> state = access.read_state(*to);
  if (!state) return Error{state.error()};
  TicketPlan plan{.made = session.now, .target = *std::move(to), .group_by = group_by, .is_offline = offline || !system->has_memory};
  if (std::string refusal = refusal_of_plan(plan, *state); !refusal.empty()) return Error{std::move(refusal)};
  Input read = input;
  read.settings = config;
  const Result<std::shared_ptr<Loaded>> loaded = read.load(session);
  if (!loaded) return Error{loaded.error()};
  Report& report = (*loaded)->report;
  fill_report(*(*loaded)->analysis, report);
  const PolicyOptions policy{.config = config, .baseline = baseline};
  if (const Result<Thresholds> judged = policy.judge(**loaded, session); !judged) return Error{judged.error()};
  status = ExitStatus::incomplete;
  const auto is_read = [](const SourceEntry& one) { return one.state == SourceState::read; };
  if (std::none_of(report.sources.begin(), report.sources.end(), is_read))
    return Error{"nothing was read, so nothing can be said of any ticket"};
  Result<std::vector<ExistingTicket>> there = existing(*state, plan.target, session);
  if (!there) return Error{there.error()};
  OutputContext context;
  context.prefix = repository_prefix(report.roots);
  plan.roots = report.roots;
  plan.is_complete = !is_incomplete(report);
  const PlanInput from{.report = report,
                       .state = *state,
                       .existing = *std::move(there),
                       .max_new = max_new,
                       .reopen_within = kDay * reopen_days,
                       .least = severity_of(least).value_or(Severity::low),
                       .until = day_of(session.now + 90 * kDay)};
  plan_actions(wanted_tickets(report, *find_ticket_grouping(group_by), context), from, plan);
  return plan;
}

ExitStatus TicketsPlan::run(Session& session) const {
  if (schema) {
    session.out << plan_schema();
    return ExitStatus::clean;
  }
  ExitStatus status = ExitStatus::usage;
  const Result<TicketPlan> plan = make(session, status);
  if (!plan) {
    session.err << "mainstay: " << for_terminal(plan.error()) << '\n';
    return status;
  }
  if (const Result<bool> written = write_file(output, plan_json(*plan)); !written) return refused(written.error(), session);
  show(*plan, output, session);
  return ExitStatus::clean;
}

void TicketsCommand::describe(Arguments& command) {
  plan.describe(command.part("plan", "write what is to be created, updated, reopened, closed and left, and change nothing", &plan_chosen));
  apply.describe(command.part("apply", "carry a plan out"));
}

ExitStatus TicketsCommand::run(Session& session) const { return plan_chosen ? plan.run(session) : apply.run(session); }

}  // namespace mainstay
