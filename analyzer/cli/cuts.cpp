#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/faults/availability.h"
#include "analyzer/report/cuts_json.h"
#include "analyzer/report/cuts_screen.h"
#include "render/terminal.h"

namespace mainstay {
namespace {

/// The probability of each cause; what is wrong with the file goes to the error stream.
/// Errors: the file cannot be read.
Result<std::vector<double>> read_unavailable(const std::string& path, const CommonCause& cause, Session& session, bool& incomplete) {
  std::vector<double> unavailable = unavailabilities(cause);
  if (path.empty()) return unavailable;
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) return Error{path + " cannot be read"};
  std::vector<Diagnostic> problems;
  read_availabilities(path, bytes, cause, unavailable, problems);
  for (const Diagnostic& one : problems) {
    session.err << terminal_diagnostic(one, {.colour = false, .width = session.width, .unicode = session.unicode});
    incomplete = incomplete || one.severity == DiagnosticSeverity::error;
  }
  return unavailable;
}

}  // namespace

void CutsCommand::describe(Arguments& command) {
  input.describe(command);
  command.add("--endpoint", endpoint, "only uses of identity endpoints whose host contains this; all workloads when not given")
      .called("HOST");
  command.add("--order", order, "largest set that is looked for; 3 for cuts and any for paths when not given").between(1, 1000).called("K");
  std::vector<std::string> groups;
  for (const std::string_view one : words(Grouping{})) groups.emplace_back(one);
  command.add("--group", group, "what counts as one fault").one_of(groups).shows_usual().called("GROUP");
  command.add("--paths", paths, "path sets instead: what is enough when all the rest has failed");
  command.add("--importance", importance, "how likely goals are to fail, and what contributes most").not_with("--paths");
  command.add("--availability", availability, "how available components are, as JSON; defaults for what is not in it")
      .called("FILE")
      .not_with("--paths");
  command.add("--plan", plan, "the fewest alternatives that leave no single point of failure").not_with("--paths");
  command.add("--limit", limit, "sets that are listed for each class of workloads").shows_usual().called("N");
  command.add("--seconds", seconds, "time after which smaller sets must do").between(1.0, 86400.0).shows_usual().called("S");
  command.add("--format", format, "what to print").one_of({"terminal", "json"}).shows_usual().called("NAME");
  command.add("--schema", schema, "print the JSON Schema of --format json and do nothing else");
}

ExitStatus CutsCommand::run(Session& session) const {
  if (schema) {
    session.out << cuts_schema() << '\n';
    return ExitStatus::clean;
  }
  const auto refuse = [&](const std::string& problem) { return refused(problem, session); };
  const Result<std::shared_ptr<Loaded>> loaded = input.load(session);
  if (!loaded) return refuse(loaded.error());
  const Analysis& analysis = *(*loaded)->analysis;
  const CutsShown shown{.kind = paths ? SetKind::paths : SetKind::cuts,
                        .grouping = grouping_of(group).value_or(Grouping::component),
                        .order = order > 0 ? order
                                 : paths   ? CutOptions::kEveryOrder
                                           : 3};
  const CommonCause cause = common_cause(analysis, shown.grouping, paths ? InherentCauses::none : InherentCauses::each);
  CutRequest request{.goals = cut_goals(analysis, endpoint), .options = {.order = shown.order, .kind = shown.kind}, .limit = limit};
  if (request.goals.empty() && !endpoint.empty()) return refuse("no workload needs an endpoint called '" + endpoint + "'");
  // One budget for the whole question: what the sets leave of it is the plan's.
  constexpr double kPartOfSets = 0.75;
  const auto start = std::chrono::steady_clock::now();
  request.options.budget.seconds = plan ? kPartOfSets * seconds : seconds;
  bool incomplete = is_incomplete((*loaded)->report);
  if (importance || !availability.empty()) {
    Result<std::vector<double>> unavailable = read_unavailable(availability, cause, session, incomplete);
    if (!unavailable) return refuse(unavailable.error());
    request.unavailable = *std::move(unavailable);
  }
  const CutTable table = cut_table(analysis, cause, request);
  std::optional<FixPlan> steps;
  if (plan) {
    const double used = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    steps = fix_plan(analysis.graph(), analysis.fixed_points(), analysis.faults(), request.goals, {.seconds = seconds - used});
  }
  if (format == "json") {
    session.out << cuts_json(analysis, cause, table, {shown.kind, steps ? &*steps : nullptr});
  } else {
    print_cuts(analysis, cause, table, shown, session.out);
    if (steps) session.out << '\n';
    if (steps) print_plan(analysis, *steps, session.out);
  }
  return incomplete ? ExitStatus::incomplete : ExitStatus::clean;
}

}  // namespace mainstay
