// What others write about tickets: plans and state files that were handed over, answers of trackers, texts of a scanned tree.
#include <algorithm>
#include <sstream>
#include <string>

#include "graph/values/assert.h"
#include "render/tickets/http_client.h"
#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"
#include "render/tickets/ticket_plan.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {

extern const FuzzTarget fuzz_ticket_plan;
extern const FuzzTarget fuzz_ticket_state;
extern const FuzzTarget fuzz_ticket_answers;
extern const FuzzTarget fuzz_ticket_text;

namespace {

void run_plan(std::string_view bytes) {
  const Result<TicketPlan> plan = plan_from_json(bytes);
  if (!plan) return;
  const Result<TicketPlan> again = plan_from_json(plan_json(*plan));
  MAINSTAY_ASSERT(again && *again == *plan, "a written plan is read back whole");
}

void run_state(std::string_view bytes) {
  const Result<TicketState> state = state_from_json(bytes);
  if (!state) return;
  const Result<TicketState> again = state_from_json(state_json(*state));
  MAINSTAY_ASSERT(again && *again == *state, "a written state is read back whole");
}

/// Answers the first requests with the bytes, then with nothing.
class Echo final : public HttpTransport {
 public:
  explicit Echo(std::string_view bytes) : bytes_(bytes) {}
  HttpAnswer exchange(const HttpRequest& request) override {
    MAINSTAY_ASSERT((request.url + "/").starts_with("https://t.example/"), "requests go to the tracker and to nobody else");
    constexpr int kMost = 3;
    HttpAnswer answer{.status = 200, .body = ++count_ <= kMost ? std::string(bytes_) : "{}"};
    answer.headers["link"] = std::string(bytes_.substr(0, 200));
    answer.headers["x-next-page"] = std::string(bytes_.substr(0, 20));
    return answer;
  }

 private:
  std::string_view bytes_;
  int count_ = 0;
};

class NoClock final : public HttpClock {
 public:
  std::int64_t now() const override { return 0; }
  void wait(std::chrono::milliseconds) override {}
};

void ask(const TicketSystem& system, const std::string& api, std::string_view bytes) {
  const TicketTarget target{
      .system = std::string(system.name), .url = "https://t.example", .project = "1", .api = api, .markup = "textile"};
  NoClock clock;
  const auto talk = [&](auto what) {
    Echo transport(bytes);
    HttpClient client(transport, clock, *http_base_of("https://t.example"), {});
    TicketCalls calls(client, target, nullptr);
    what(calls);
  };
  const auto check = [](const ExistingTicket& ticket) {
    MAINSTAY_ASSERT(is_ticket_id(ticket.id) && !ticket.key.empty(), "a ticket of ours has an id and a key");
  };
  const Ticket ticket{.id = "00000000000000aa", .title = "t", .digest = "000000000001"};
  const ExistingTicket existing{.id = ticket.id, .key = "1"};
  if (system.has_memory) {
    talk([&](TicketCalls& calls) {
      const Result<std::vector<ExistingTicket>> all = system.list(calls);
      if (all) std::for_each(all->begin(), all->end(), check);
    });
    talk([&](TicketCalls& calls) {
      const Result<std::optional<ExistingTicket>> one = system.find(calls, "1");
      if (one && *one) check(**one);
    });
  }
  talk([&](TicketCalls& calls) { system.create(calls, ticket); });
  talk([&](TicketCalls& calls) { system.close(calls, existing, "c"); });
  if (system.reopen != nullptr) talk([&](TicketCalls& calls) { system.reopen(calls, existing, "c"); });
}

void run_answers(std::string_view bytes) {
  for (const TicketSystem* system : ticket_systems()) {
    ask(*system, "3", bytes);
    if (system == &jira_issues) ask(*system, "2", bytes);
  }
}

/// No text of a tree is taken for the marker, whatever markup it stands in, and no text grows over its limit.
void run_text(std::string_view bytes) {
  constexpr std::size_t kMost = 4000;
  std::vector<std::string> lines;
  for (std::string_view rest = bytes;;) {
    const std::size_t end = std::min(rest.find('\xff'), rest.size());
    lines.emplace_back(rest.substr(0, end));
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  const std::vector<TicketBlock> blocks = {
      {BlockKind::items, lines}, {BlockKind::code, lines}, {BlockKind::heading, lines}, {BlockKind::text, lines}};
  for (const auto markup : {as_markdown, as_redmine_markdown, as_textile, as_jira_wiki}) {
    const std::string text = markup({blocks, "mainstay:00000000000000aa:0123456789ab", kMost});
    MAINSTAY_ASSERT(text.size() <= kMost, "a text keeps its limit");
    const std::optional<TicketMarker> marker = marker_in(text);
    MAINSTAY_ASSERT(marker && marker->digest == "0123456789ab", "the marker that is found is ours");
  }
  MAINSTAY_ASSERT(as_plain({blocks, "", kMost}).size() <= kMost, "a text keeps its limit");
  text_of_document(as_document({blocks, "", kMost}));
}

}  // namespace

constinit const FuzzTarget fuzz_ticket_plan{.name = "ticket-plan", .samples = "", .run = &run_plan};
constinit const FuzzTarget fuzz_ticket_state{.name = "ticket-state", .samples = "", .run = &run_state};
constinit const FuzzTarget fuzz_ticket_answers{.name = "ticket-answers", .samples = "", .run = &run_answers};
constinit const FuzzTarget fuzz_ticket_text{.name = "ticket-text", .samples = "", .run = &run_text};

}  // namespace mainstay
