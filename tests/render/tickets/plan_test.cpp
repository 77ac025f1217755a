#include <catch2/catch.hpp>

#include "render/tickets/ticket_groups.h"
#include "render/tickets/ticket_plan.h"
#include "render/tickets/ticket_roll_up.h"
#include "tests/render/outputs_sample.h"

namespace mainstay {
namespace {

constexpr std::int64_t kNow = 1'795'000'000;
constexpr std::int64_t kDay = 24 * 60 * 60;
constexpr const char* kId = "00000000000000aa";
constexpr const char* kFinding = "00000000000000f1";

Ticket wanted(const std::string& digest = "000000000001") {
  return {.id = kId,
          .title = "one resolver for all",
          .severity = Severity::high,
          .body = {{BlockKind::text, {"text"}}},
          .findings = {kFinding},
          .sources = {"etc/resolv.conf"},
          .digest = digest};
}

ExistingTicket existing(TicketStanding standing, std::int64_t days_ago = 1) {
  ExistingTicket ticket{.id = kId, .digest = "000000000001", .key = "7", .url = "https://t.example/7", .standing = standing, .seen = "s"};
  if (standing != TicketStanding::open) ticket.closed = kNow - days_ago * kDay;
  if (standing == TicketStanding::refused) ticket.decision = "Rejected";
  return ticket;
}

TicketState known(std::vector<std::string> sources = {"etc/resolv.conf"}, std::vector<std::string> roots = {"."}) {
  TicketState state;
  state.rows[kId] = {
      .key = "7", .digest = "000000000001", .findings = {kFinding}, .sources = std::move(sources), .roots = std::move(roots)};
  return state;
}

Report scanned(std::vector<SourceEntry> sources = {{.file = "etc/resolv.conf", .state = SourceState::read}}) {
  Report report;
  report.roots = {"."};
  report.sources = std::move(sources);
  return report;
}

TicketPlan planned(const std::vector<Ticket>& tickets, const std::vector<ExistingTicket>& there, const TicketState& state = {},
                   const Report& report = scanned(), std::uint64_t max_new = 0) {
  TicketPlan plan{.made = kNow};
  const PlanInput input{
      .report = report, .state = state, .existing = there, .max_new = max_new, .reopen_within = 30 * kDay, .until = "2027-02-16"};
  plan_actions(tickets, input, plan);
  return plan;
}

/// "close: not found any more"; several by line.
std::string deeds(const TicketPlan& plan) {
  std::string out;
  for (const TicketAction& one : plan.actions) out += (out.empty() ? "" : "\n") + std::string(word(one.deed)) + ": " + one.reason;
  return out;
}

}  // namespace

TEST_CASE("tickets: what is found, beside what the tracker has", "[render][tickets]") {
  using Standing = TicketStanding;
  struct Row {
    const char* title;
    std::vector<ExistingTicket> there;
    const char* digest;
    const char* said;
  };
  const Row rows[] = {
      {"nothing is there", {}, "000000000001", "create: not filed yet"},
      {"the same is there", {existing(Standing::open)}, "000000000001", "leave: unchanged"},
      {"something else is said", {existing(Standing::open)}, "000000000002", "update: what it says has changed"},
      {"closed a day ago", {existing(Standing::closed)}, "000000000001", "reopen: closed, and found again"},
      {"closed a day ago, and changed", {existing(Standing::closed)}, "000000000002", "reopen: closed, and found again"},
      {"closed long ago", {existing(Standing::closed, 31)}, "000000000001", "create: 7 was closed too long ago to be reopened"},
      {"refused", {existing(Standing::refused)}, "000000000001", "leave: closed as Rejected: write the decision into .mainstay.toml"},
      {"refused long ago",
       {existing(Standing::refused, 400)},
       "000000000002",
       "leave: closed as Rejected: write the decision into .mainstay.toml"},
      {"closed long ago, and its successor is open",
       {existing(Standing::closed, 31), existing(Standing::open)},
       "000000000001",
       "leave: unchanged"},
      {"closed long ago, and its successor too",
       {existing(Standing::closed, 31), existing(Standing::closed, 2)},
       "000000000001",
       "reopen: closed, and found again"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(deeds(planned({wanted(row.digest)}, row.there)) == row.said);
    }
}

TEST_CASE("tickets: what is not found any more is closed only when all of it was read again", "[render][tickets]") {
  const SourceEntry read{.file = "etc/resolv.conf", .state = SourceState::read};
  const auto other = [](SourceState state, std::uint64_t errors = 0) {
    return SourceEntry{.file = "etc/resolv.conf", .state = state, .errors = errors};
  };
  struct Row {
    const char* title;
    TicketState state;
    std::vector<SourceEntry> sources;
    std::vector<std::string> logs;
    const char* said;
  };
  const Row rows[] = {
      {"read again", known(), {read}, {}, "close: not found any more"},
      {"gone, and its folder was walked", known(), {{.file = "etc/hosts", .state = SourceState::read}}, {}, "close: not found any more"},
      {"failed", known(), {other(SourceState::failed)}, {}, "leave: not found any more, but etc/resolv.conf was not read (failed)"},
      {"skipped", known(), {other(SourceState::skipped)}, {}, "leave: not found any more, but etc/resolv.conf was not read (skipped)"},
      {"no format claims it",
       known(),
       {other(SourceState::not_ours)},
       {},
       "leave: not found any more, but etc/resolv.conf was not read (not-ours)"},
      {"read in part", known(), {other(SourceState::read, 2)}, {}, "leave: not found any more, but etc/resolv.conf was read with 2 errors"},
      {"below a folder that was skipped",
       known(),
       {{.file = "etc/", .state = SourceState::skipped}},
       {},
       "leave: not found any more, but etc/resolv.conf was not read"},
      {"below a folder that cannot be read",
       known(),
       {{.file = "etc", .state = SourceState::failed}},
       {},
       "leave: not found any more, but etc/resolv.conf was not read"},
      {"another folder was scanned",
       known({"etc/resolv.conf"}, {"elsewhere"}),
       {},
       {},
       "leave: not found any more, but etc/resolv.conf is not among what was scanned"},
      {"one of two was read",
       known({"a.conf", "etc/resolv.conf"}, {"other"}),
       {read},
       {},
       "leave: not found any more, but a.conf is not among what was scanned"},
      {"a log that was not given this time",
       known({"log:q.log"}),
       {read},
       {},
       "leave: not found any more, but the log q.log was not read wholly"},
      {"a log that was", known({"log:q.log"}), {read}, {"q.log"}, "close: not found any more"},
      {"facts from elsewhere",
       known({"elsewhere:a.json"}, {"x"}),
       {read},
       {},
       "leave: not found any more, but elsewhere:a.json is not among what was scanned"},
      {"it rests on no file, and something failed",
       known({}),
       {read, {.file = "b", .state = SourceState::failed}},
       {},
       "leave: not found any more, but the scan is incomplete"},
      {"it rests on no file, and all was read", known({}), {read}, {}, "close: not found any more"},
      {"another scan has filed it", {}, {read}, {}, "leave: the state file does not know it: filed by another scan"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Report report = scanned(row.sources);
      report.logs = row.logs;
      CHECK(deeds(planned({}, {existing(TicketStanding::open)}, row.state, report)) == row.said);
      CHECK(planned({}, {existing(TicketStanding::closed)}, row.state, report).actions.empty());
      CHECK(planned({}, {existing(TicketStanding::refused)}, row.state, report).actions.empty());
    }
}

TEST_CASE("tickets: a finding that is accepted closes its ticket with the reason", "[render][tickets]") {
  Report report = scanned({});
  Finding accepted{.rule = "spof-resolver", .id = kFinding};
  accepted.suppression = Suppression{.kind = SuppressionKind::waiver, .reason = "ordered", .until = "2027-01-31"};
  report.suppressed = {accepted};
  const TicketPlan plan = planned({}, {existing(TicketStanding::open)}, known({"etc/resolv.conf"}, {"elsewhere"}), report);
  REQUIRE(deeds(plan) == "close: accepted");
  CHECK(plan.actions[0].comment.find("until 2027-01-31: ordered") != std::string::npos);
}

TEST_CASE("tickets: a refusal becomes lines for the settings", "[render][tickets]") {
  const TicketPlan plan = planned({wanted()}, {existing(TicketStanding::refused)});
  REQUIRE(plan.actions.size() == 1);
  CHECK(plan.actions[0].suggestion ==
        "[[waive]]\nid = \"00000000000000f1\"\nuntil = 2027-02-16\nreason = \"ticket 7 is closed as Rejected\"\n");
}

TEST_CASE("tickets: only so many new ones at once, the worst first", "[render][tickets]") {
  std::vector<Ticket> tickets;
  for (int count = 0; count < 500; ++count) {
    tickets.push_back(wanted());
    tickets.back().id = digest_of({std::to_string(count)}, 16);
    tickets.back().title = std::to_string(count);
  }
  tickets[3].severity = Severity::info;
  const TicketPlan plan = planned(tickets, {}, {}, scanned(), 20);
  REQUIRE(plan.actions.size() == 21);
  CHECK(plan.actions[2].ticket.title == "2");
  CHECK(plan.actions[3].ticket.title == "4");  // what only informs gets none
  CHECK(plan.held_back == 479);
  const Ticket& rest = plan.actions[20].ticket;
  CHECK(rest.title == "479 problems without a ticket of their own: 1 finding");
  CHECK(rest.severity == Severity::high);
  REQUIRE(rest.body.size() == 3);
  CHECK(rest.body[1].lines.size() == 479);
  CHECK(rest.body[1].lines[0] == "high: 21");
}

TEST_CASE("tickets: the one that lists what waits is written again, closed when nothing waits, and never speaks for the others",
          "[render][tickets]") {
  constexpr const char* kOther = "00000000000000ab";
  Ticket other = wanted();
  other.id = kOther;
  other.title = "another";
  other.findings = {"00000000000000f2"};
  other.sources = {"etc/other.conf"};
  const std::string id = roll_up_id("");
  const auto rest = [&](TicketStanding standing, std::vector<const Ticket*> waiting) {
    ExistingTicket ticket = existing(standing);
    ticket.id = id;
    ticket.key = "8";
    ticket.digest = roll_up_ticket(waiting, "").digest;
    return ticket;
  };
  const auto known_to_wait = [&](const Ticket& waiting) {
    TicketState state;
    state.rows[id] = {.key = "8", .findings = waiting.findings, .sources = waiting.sources, .roots = {"."}};
    return state;
  };
  const Ticket first = wanted();
  const SourceEntry all_read[] = {{.file = "etc/resolv.conf", .state = SourceState::read},
                                  {.file = "etc/other.conf", .state = SourceState::read}};
  const SourceEntry part_read[] = {all_read[0], {.file = "etc/other.conf", .state = SourceState::failed}};
  Finding accepted{.rule = "spof-resolver", .id = other.findings[0]};
  accepted.suppression = Suppression{.kind = SuppressionKind::waiver, .reason = "ordered"};
  using Standing = TicketStanding;
  struct Row {
    const char* title;
    std::vector<Ticket> tickets;
    std::vector<ExistingTicket> there;
    std::span<const SourceEntry> sources;
    std::vector<Finding> suppressed;
    const char* said;
  };
  const Row rows[] = {
      {"nothing is there", {first, other}, {}, all_read, {}, "create: not filed yet\ncreate: not filed yet"},
      {"the same waits", {first, other}, {rest(Standing::open, {&other})}, all_read, {}, "create: not filed yet\nleave: unchanged"},
      {"something else waits",
       {first, other},
       {rest(Standing::open, {&first})},
       all_read,
       {},
       "create: not filed yet\nupdate: what it says has changed"},
      {"closed, and something waits again",
       {first, other},
       {rest(Standing::closed, {&other})},
       all_read,
       {},
       "create: not filed yet\nreopen: closed, and found again"},
      {"refused: what waits is not refused with it",
       {first, other},
       {rest(Standing::refused, {&other})},
       all_read,
       {},
       "create: not filed yet\nleave: closed as Rejected: what waits is counted by the plan alone"},
      {"what waited is filed now",
       {other},
       {rest(Standing::open, {&other})},
       part_read,
       {},
       "create: not filed yet\nclose: nothing waits any more"},
      {"what waited is accepted", {}, {rest(Standing::open, {&other})}, part_read, {accepted}, "close: nothing waits any more"},
      {"what waited is gone", {}, {rest(Standing::open, {&other})}, all_read, {}, "close: nothing waits any more"},
      {"what waited was not read",
       {},
       {rest(Standing::open, {&other})},
       part_read,
       {},
       "leave: nothing is seen to wait, but etc/other.conf was not read (failed)"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Report report = scanned({row.sources.begin(), row.sources.end()});
      report.suppressed = row.suppressed;
      const TicketPlan plan = planned(row.tickets, row.there, known_to_wait(other), report, 1);
      CHECK(deeds(plan) == row.said);
      for (const TicketAction& one : plan.actions) CHECK(one.suggestion.empty());
    }
}

TEST_CASE("tickets: findings of one cause are one ticket", "[render][tickets]") {
  Report report = reported_sample();
  REQUIRE(report.findings.size() >= 2);
  report.findings[1].rule = report.findings[0].rule;
  report.findings[1].subjects = report.findings[0].subjects;
  report.findings[1].subjects.push_back({"workload", "another"});
  struct Row {
    const char* grouping;
    std::size_t tickets;
  };
  const std::size_t all = report.findings.size();
  for (const Row& row : {Row{"cause", all - 1}, {"none", all}}) {
    const std::vector<Ticket> tickets = wanted_tickets(report, *find_ticket_grouping(row.grouping), sample_context());
    CHECK(tickets.size() == row.tickets);
    std::size_t findings = 0;
    for (const Ticket& one : tickets) {
      findings += one.findings.size();
      CHECK(is_ticket_id(one.id));
      CHECK_FALSE(one.body.empty());
    }
    CHECK(findings == all);
  }
}

TEST_CASE("tickets: moved lines are no news, other words are", "[render][tickets]") {
  const Report report = reported_sample();
  const TicketGrouping& grouping = *find_ticket_grouping("cause");
  const Ticket before = wanted_tickets(report, grouping, sample_context()).front();
  Report moved = report;
  for (Evidence& one : moved.findings[0].evidence) one.place.line += 10;
  CHECK(wanted_tickets(moved, grouping, sample_context()).front().digest == before.digest);
  CHECK(wanted_tickets(moved, grouping, sample_context()).front().id == before.id);
  for (const auto change : std::vector<void (*)(Finding&)>{
           [](Finding& one) { one.message += "!"; }, [](Finding& one) { one.affected.push_back("x"); },
           [](Finding& one) { one.severity = Severity::info; }, [](Finding& one) { one.evidence[0].place.text += "x"; }}) {
    Report changed = report;
    change(changed.findings[0]);
    const std::vector<Ticket> tickets = wanted_tickets(changed, grouping, sample_context());
    CHECK(tickets.front().digest != before.digest);
    CHECK(tickets.front().id == before.id);
  }
}

TEST_CASE("tickets: a plan and a state are read back as they were written", "[render][tickets]") {
  TicketPlan plan = planned({wanted()}, {existing(TicketStanding::refused)}, known());
  plan.actions.push_back({.deed = TicketDeed::create, .reason = "not filed yet", .ticket = wanted(), .replaces = "6"});
  plan.target = {.system = "jira", .url = "https://t.example", .project = "IAM", .api = "3", .refusal = {"No"}};
  plan.group_by = "cause";
  plan.roots = {"."};
  const Result<TicketPlan> read = plan_from_json(plan_json(plan));
  REQUIRE(read);
  CHECK(*read == plan);
  TicketState state = known();
  state.system = "jira";
  state.applied = kNow;
  state.rows[kId].closed = kNow;
  state.rows[kId].pending = "close:commented";
  const Result<TicketState> again = state_from_json(state_json(state));
  REQUIRE(again);
  CHECK(*again == state);
}

TEST_CASE("tickets: bad: files that are no plan and no state", "[render][tickets]") {
  for (const std::string text :
       {"", "{}", "[]", "null", "{\"schema\": \"mainstay.tickets.plan/2\"}", "{\"schema\": \"mainstay.tickets.plan/1\"}",
        "{\"schema\": \"mainstay.tickets.plan/1\", \"actions\": [{}]}",
        "{\"schema\": \"mainstay.tickets.plan/1\", \"actions\": [{\"action\": \"close\", \"id\": \"00000000000000aa\", "
        "\"severity\": \"high\", \"standing\": \"open\"}]}",
        "{\"schema\": \"mainstay.tickets.state/1\", \"tickets\": {\"x\": {}}}"}) {
    INFO(text);
    CHECK_FALSE(plan_from_json(text));
    CHECK_FALSE(state_from_json(text));
  }
}

}  // namespace mainstay
