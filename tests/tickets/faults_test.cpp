// Trackers that are busy, broken or hostile: nothing is filed twice, nothing is lost, no token leaves.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/places.h"
#include "tests/tickets/certificate.h"
#include "tests/tickets/tracker.h"

namespace mainstay {
namespace {

constexpr const char* kToken = "tok-0123456789abcdef";

/// GitHub's stub with a tree of a few findings.
struct Scene {
  Tracker tracker{"python3", "stub.py"};
  ScratchFolder folder;
  TicketRuns runs;

  explicit Scene(int hosts) {
    REQUIRE(tracker.start(20));
    for (int host = 0; host < hosts; ++host) write_host(folder, host);
    runs = {.environment = {"GITHUB_TOKEN=" + std::string(kToken)}, .to = {"--to", "github", "--project", "o/r"}, .folder = folder.path()};
    runs.url = "http://127.0.0.1:" + tracker.ready();
    runs.to.insert(runs.to.end(), {"--url", runs.url});
  }
  void fault(const std::string& rules) const { tracker.folder().write("faults.json", rules); }
  std::size_t filed() const { return tracker.text("tickets.json").empty() ? 0 : tracker.json("tickets.json").size(); }
};

void check_silent(const Outcome& outcome) {
  CHECK(outcome.out.find(kToken) == std::string::npos);
  CHECK(outcome.err.find(kToken) == std::string::npos);
}

}  // namespace

TEST_CASE("tickets: a tracker that is busy or fails now and then, and every ticket once", "[tickets][faults]") {
  struct Row {
    const char* title;
    const char* faults;
    int status;  // of the first run of apply
  };
  const Row rows[] = {
      {"too many, with seconds", R"([{"method": "POST", "path": "/issues", "after": 2, "times": 2, "do": "busy"}])", 0},
      {"too many, with a date", R"([{"method": "POST", "path": "/issues", "do": "busy-date"}])", 0},
      {"GitHub's second limit", R"([{"method": "POST", "path": "/issues", "do": "secondary"}])", 0},
      {"made, and the answer is lost", R"([{"method": "POST", "path": "/issues", "after": 1, "do": "hang-up-after"}])", 0},
      {"not made, and the line breaks", R"([{"method": "POST", "path": "/issues", "after": 1, "do": "hang-up"}])", 0},
      {"made, and a proxy says no", R"([{"method": "POST", "path": "/issues", "do": "error-after"}])", 0},
      {"not made, and an error", R"([{"method": "POST", "path": "/issues", "do": "error"}])", 0},
      {"an answer that is no JSON, and nothing made", R"([{"method": "POST", "path": "/issues", "do": "garbage"}])", 0},
      {"reading fails now and then", R"([{"method": "GET", "path": "/issues", "times": 2, "do": "error"}])", 0},
      {"a wait that nobody wants", R"([{"method": "POST", "path": "/issues", "wait": "86400", "do": "busy"}])", 3},
      {"dead before a ticket", R"([{"method": "POST", "path": "/issues", "after": 3, "do": "die-before"}])", 3},
      {"dead behind a ticket", R"([{"method": "POST", "path": "/issues", "after": 3, "do": "die-after"}])", 3},
      {"dead at the first ticket", R"([{"method": "POST", "path": "/issues", "do": "die-after"}])", 3},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Scene scene(6);
      REQUIRE(scene.runs.plan().status == 0);
      const std::size_t all = scene.runs.planned("create");
      scene.fault(row.faults);
      const Outcome first = scene.runs.apply();
      INFO(first.out << first.err);
      CHECK(first.status == row.status);
      check_silent(first);
      if (row.status != 0) {
        CHECK(scene.filed() < all);
        REQUIRE((scene.tracker.is_running() || scene.tracker.start(20)));
        const Outcome second = scene.runs.apply();
        INFO(second.out << second.err);
        CHECK(second.status == 0);
      }
      CHECK(scene.filed() == all);
    }
}

TEST_CASE("tickets: a tracker that dies while it closes says it once", "[tickets][faults]") {
  for (const char* faults : {R"([{"method": "PATCH", "path": "/issues/", "do": "die-before"}])",
                             R"([{"method": "PATCH", "path": "/issues/", "do": "die-after"}])"}) {
    Scene scene(4);
    REQUIRE(scene.runs.plan().status == 0);
    REQUIRE(scene.runs.apply().status == 0);
    write_host(scene.folder, 2, true);
    REQUIRE(scene.runs.plan().status == 0);
    REQUIRE(scene.runs.planned("close") == 1);
    scene.fault(faults);
    CHECK(scene.runs.apply().status == 3);
    REQUIRE(scene.tracker.start(20));
    CHECK(scene.runs.apply().status == 0);
    std::size_t closed = 0;
    for (const nlohmann::json& one : scene.tracker.json("tickets.json")) {
      if (one.at("open").get<bool>()) continue;
      ++closed;
      CHECK(one.at("comments").size() == 1);
    }
    CHECK(closed == 1);
  }
}

TEST_CASE("tickets: bad: a tracker that lies gets nothing", "[tickets][faults]") {
  struct Row {
    const char* title;
    const char* faults;
    const char* said;
  };
  const Row rows[] = {
      {"a redirect to another host", R"([{"method": "GET", "path": "/issues", "do": "redirect", "to": "https://evil.example/"}])",
       "evil.example"},
      {"a redirect to another port", R"([{"method": "GET", "path": "/issues", "do": "redirect", "to": "http://127.0.0.1:1/"}])",
       "127.0.0.1:1"},
      {"a next page on another host", R"([{"method": "GET", "path": "/issues", "do": "link", "to": "https://evil.example/2"}])",
       "evil.example"},
      {"a token in its answer", R"([{"method": "GET", "path": "/issues", "do": "echo"}])", "***"},
      {"an answer that is no JSON", R"([{"method": "GET", "path": "/issues", "do": "garbage"}])", "not JSON"},
      {"an answer of many levels", R"([{"method": "GET", "path": "/issues", "do": "deep"}])", "not JSON"},
      {"an answer without end", R"([{"method": "GET", "path": "/issues", "do": "huge"}])", "larger than 16 MiB"},
      {"errors for ever", R"([{"method": "GET", "path": "/issues", "times": 99, "do": "error"}])", "answered with 500"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Scene scene(1);
      scene.fault(row.faults);
      const Outcome outcome = scene.runs.plan();
      INFO(outcome.out << outcome.err);
      CHECK(outcome.status == 3);
      CHECK(outcome.err.find(row.said) != std::string::npos);
      check_silent(outcome);
      CHECK_FALSE(std::filesystem::exists(scene.folder.path("tickets.json")));
    }
}

TEST_CASE("tickets: a tracker gets the token only when its certificate is right", "[tickets][faults]") {
  struct Row {
    const char* title;
    const char* name;
    int first_day, last_day;
    bool is_trusted;
    const char* said;  // nothing: the tracker is believed
  };
  const Row rows[] = {
      {"right", "IP:127.0.0.1", -1, 2, true, ""},
      {"of an authority that nobody trusts", "IP:127.0.0.1", -1, 2, false, "certificate"},
      {"of another host", "DNS:tracker.example", -1, 2, true, "127.0.0.1"},
      {"past its end", "IP:127.0.0.1", -3, -1, true, "expired"},
      {"before its time", "IP:127.0.0.1", 2, 4, true, "not yet valid"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Scene scene(1);
      const CertificateText made = make_certificate(row.name, row.first_day, row.last_day);
      const CertificateText other = make_certificate(row.name, row.first_day, row.last_day);
      scene.tracker.folder().write("tls.pem", made.certificate + made.key);
      scene.folder.write("authorities.pem", row.is_trusted ? made.certificate : other.certificate);
      REQUIRE(scene.tracker.start(20));
      scene.runs.to.back() = "https://127.0.0.1:" + scene.tracker.ready();
      const Outcome outcome = scene.runs.plan({"--ca-file", "authorities.pem"});
      INFO(outcome.out << outcome.err);
      const bool is_believed = *row.said == '\0';
      CHECK(outcome.status == (is_believed ? 0 : 3));
      CHECK(outcome.err.find(row.said) != std::string::npos);
      CHECK(scene.tracker.text("requests.jsonl").empty() != is_believed);
      check_silent(outcome);
    }
}

TEST_CASE("tickets: bad: command lines and files that are refused", "[tickets]") {
  const Scene scene(1);
  REQUIRE(scene.runs.plan().status == 0);
  struct Row {
    const char* title;
    std::vector<std::string> environment;
    std::vector<std::string> words;
    const char* said;
  };
  const std::string token = "GITHUB_TOKEN=" + std::string(kToken);
  const Row rows[] = {
      {"no system", {token}, {"plan", "tree"}, "--to is required"},
      {"no project", {token}, {"plan", "tree", "--to", "github"}, "--project is required"},
      {"a project that is a path", {token}, {"plan", "tree", "--to", "github", "--project", "../x"}, "OWNER/REPOSITORY"},
      {"no address", {token}, {"plan", "tree", "--to", "jira", "--project", "IAM"}, "--url is required"},
      {"an address in the open",
       {token},
       {"plan", "tree", "--to", "jira", "--project", "IAM", "--url", "http://jira.example"},
       "is not https"},
      {"a query in the project",
       {token},
       {"plan", "tree", "--to", "jira", "--project", "A\" OR 1", "--url", "https://jira.example"},
       "project's key"},
      {"no token", {}, {"plan", "tree", "--to", "github", "--project", "o/r", "--url", "http://127.0.0.1:1"}, "set GITHUB_TOKEN"},
      {"a token with a line break",
       {"GITHUB_TOKEN=0123456789\nX: y"},
       {"plan", "tree", "--to", "github", "--project", "o/r", "--url", "http://127.0.0.1:1"},
       "no token"},
      {"no plan", {token}, {"apply", "--plan", "nothing.json"}, "cannot be read"},
      {"a plan for an address that nobody named", {token}, {"apply", "--plan", "tickets.json"}, "give --url"},
      {"a plan for another address", {token}, {"apply", "--plan", "tickets.json", "--url", "https://other.example"}, "give --url"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::vector<std::string> command = {"env"};
      command.insert(command.end(), row.environment.begin(), row.environment.end());
      command.insert(command.end(), {program_path(), "tickets"});
      command.insert(command.end(), row.words.begin(), row.words.end());
      const Outcome outcome = run(std::move(command), scene.folder.path());
      INFO(outcome.out << outcome.err);
      CHECK((outcome.status == 2 || outcome.status == 3));
      CHECK(outcome.err.find(row.said) != std::string::npos);
      check_silent(outcome);
    }
}

TEST_CASE("tickets: a plan that an earlier one has overtaken is refused", "[tickets]") {
  const Scene scene(2);
  TicketRuns runs = scene.runs;
  runs.environment.emplace_back("SOURCE_DATE_EPOCH=1795000000");
  REQUIRE(runs.plan({"-o", "old.json"}).status == 0);
  REQUIRE(scene.runs.plan().status == 0);
  REQUIRE(scene.runs.apply().status == 0);
  const Outcome outcome = scene.runs.apply({"--plan", "old.json"});
  CHECK(outcome.status == 2);
}

}  // namespace mainstay
