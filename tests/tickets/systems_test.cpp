// Every ticket system against a stub that holds requests to the limits of its manual: the life of a ticket, twice over.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/tickets/tracker.h"

namespace mainstay {
namespace {

constexpr const char* kToken = "tok-0123456789abcdef";

struct Row {
  const char* system;
  std::vector<std::string> environment;
  std::vector<std::string> options;
  const char* path;  // behind the stub's address
  bool has_memory;
};

const Row kRows[] = {
    {"github", {"GITHUB_TOKEN=tok-0123456789abcdef"}, {"--project", "o/r"}, "", true},
    {"gitlab", {"GITLAB_TOKEN=tok-0123456789abcdef"}, {"--project", "group/project"}, "", true},
    {"jira", {"JIRA_API_TOKEN=tok-0123456789abcdef", "JIRA_EMAIL=me@example.com"}, {"--project", "IAM", "--api", "3"}, "", true},
    {"jira", {"JIRA_API_TOKEN=tok-0123456789abcdef"}, {"--project", "IAM", "--api", "2"}, "", true},
    {"servicenow", {"SERVICENOW_TOKEN=tok-0123456789abcdef", "SERVICENOW_USER=bot"}, {}, "", true},
    {"defectdojo", {"DEFECTDOJO_TOKEN=tok-0123456789abcdef"}, {"--project", "5"}, "", true},
    {"pagerduty", {"PAGERDUTY_ROUTING_KEY=tok-0123456789abcdef"}, {}, "", false},
    {"webhook", {"MAINSTAY_WEBHOOK_SECRET=whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtMDE="}, {}, "/hook", false},
};

std::string title_of(const Row& row) { return std::string(row.system) + (row.options.empty() ? "" : " " + row.options.back()); }

TicketRuns runs_of(const Row& row, const Tracker& tracker, const ScratchFolder& folder) {
  std::string port = tracker.ready();
  TicketRuns runs{
      .environment = row.environment, .to = {"--to", row.system}, .url = "http://127.0.0.1:" + port + row.path, .folder = folder.path()};
  runs.to.insert(runs.to.end(), row.options.begin(), row.options.end());
  runs.to.insert(runs.to.end(), {"--url", runs.url});
  return runs;
}

std::size_t open_tickets(const Tracker& tracker) {
  std::size_t count = 0;
  for (const nlohmann::json& one : tracker.json("tickets.json")) count += one.at("open").get<bool>() ? 1 : 0;
  return count;
}

std::size_t requests(const Tracker& tracker) {
  const std::string all = tracker.text("requests.jsonl");
  return static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n'));
}

#define CHECK_STATUS(outcome, expected)                 \
  do {                                                  \
    const Outcome ended = outcome;                      \
    INFO(ended.out << ended.err);                       \
    CHECK(ended.status == (expected));                  \
    CHECK(ended.out.find(kToken) == std::string::npos); \
    CHECK(ended.err.find(kToken) == std::string::npos); \
  } while (false)

}  // namespace

TEST_CASE("tickets: planned, filed, filed again, fixed, back, and read in part", "[tickets][systems]") {
  for (const Row& row : kRows) DYNAMIC_SECTION(title_of(row)) {
      Tracker tracker("python3", "stub.py");
      REQUIRE(tracker.start(20));
      const ScratchFolder folder;
      for (int host = 0; host < 12; ++host) write_host(folder, host);
      const TicketRuns runs = runs_of(row, tracker, folder);
      CHECK_STATUS(runs.plan(), 0);
      const std::size_t all = runs.planned("create");
      REQUIRE(all >= 12);
      CHECK_STATUS(runs.apply({"--dry-run"}), 0);
      CHECK(tracker.text("tickets.json").find("mainstay") == std::string::npos);
      CHECK_STATUS(runs.apply(), 0);
      const auto filed = [&] {
        return row.has_memory || std::string(row.system) == "pagerduty" ? tracker.json("tickets.json").size() : all;
      };
      CHECK(filed() == all);
      CHECK_STATUS(runs.apply(), 0);  // the same plan once more
      CHECK(filed() == all);
      CHECK_STATUS(runs.plan(), 0);
      CHECK(runs.planned("leave") == all);
      CHECK(runs.planned("create") + runs.planned("update") + runs.planned("close") + runs.planned("reopen") == 0);

      write_host(folder, 3, true);
      CHECK_STATUS(runs.plan(), 0);
      CHECK(runs.planned("close") == 1);
      CHECK_STATUS(runs.apply(), 0);
      const std::size_t other = runs.planned("create");  // what the mending has brought
      if (row.has_memory) CHECK(open_tickets(tracker) == all - 1 + other);
      CHECK_STATUS(runs.plan(), 0);
      CHECK(runs.planned("close") + runs.planned("create") == 0);

      write_host(folder, 3);
      CHECK_STATUS(runs.plan(), 0);
      CHECK(runs.planned("reopen") == 1);
      CHECK_STATUS(runs.apply(), 0);
      if (row.has_memory) CHECK(tracker.json("tickets.json").size() == all + other);

      // Not readable as text any more: nobody can say whether the finding is gone.
      folder.write("tree/hosts/h5/etc/resolv.conf", std::string("\0\1\2\0nameserver", 14));
      CHECK_STATUS(runs.plan(), 0);
      CHECK(runs.planned("close") == 0);
      CHECK(runs.plan_file().dump().find("was not read") != std::string::npos);

      for (const char* file : {"tickets.json"}) {
        std::ifstream in(folder.path(file));
        const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        CHECK(text.find(kToken) == std::string::npos);
        CHECK(text.find("c2VjcmV0") == std::string::npos);
      }
      CHECK(requests(tracker) > 0);
    }
}

TEST_CASE("tickets: what exceeds --max-new is counted and listed by one ticket, which is closed when nothing exceeds it any more",
          "[tickets][systems]") {
  for (const Row& row : kRows) DYNAMIC_SECTION(title_of(row)) {
      Tracker tracker("python3", "stub.py");
      REQUIRE(tracker.start(20));
      const ScratchFolder folder;
      for (int host = 0; host < 12; ++host) write_host(folder, host);
      const TicketRuns runs = runs_of(row, tracker, folder);
      CHECK_STATUS(runs.plan({"--max-new", "4"}), 0);
      CHECK(runs.planned("create") == 5);
      const std::size_t waiting = runs.plan_file().at("held_back").get<std::size_t>();
      REQUIRE(waiting >= 8);
      CHECK(runs.plan_file().dump().find(std::to_string(waiting) + " problems without a ticket of their own") != std::string::npos);
      CHECK_STATUS(runs.apply(), 0);
      CHECK_STATUS(runs.plan({"--max-new", "4"}), 0);
      CHECK(runs.planned("create") == 4);
      CHECK(runs.planned("update") == 1);
      CHECK(runs.planned("leave") == 4);
      CHECK(runs.plan_file().at("held_back").get<std::size_t>() == waiting - 4);
      CHECK_STATUS(runs.apply(), 0);
      CHECK_STATUS(runs.plan({"--max-new", "0"}), 0);
      CHECK(runs.planned("create") == waiting - 4);
      CHECK(runs.planned("close") == 1);
      CHECK_STATUS(runs.apply(), 0);
      if (row.has_memory) CHECK(open_tickets(tracker) == waiting + 4);
      CHECK_STATUS(runs.plan({"--max-new", "4"}), 0);
      CHECK(runs.planned("leave") == waiting + 4);
      CHECK(runs.planned("create") + runs.planned("update") + runs.planned("close") + runs.planned("reopen") == 0);
    }
}

}  // namespace mainstay
