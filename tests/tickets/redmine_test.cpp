// Redmine itself: Debian's package on a port of this machine, with a database of the test's own.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <sstream>

#include "render/escape.h"
#include "render/tickets/curl_transport.h"
#include "render/tickets/ticket_plan.h"
#include "tests/tickets/shown_html.h"
#include "tests/tickets/tracker.h"

namespace mainstay {
namespace {

bool has_redmine() {
  if (std::filesystem::exists("/usr/share/redmine/config.ru") && std::filesystem::exists("/usr/bin/puma")) return true;
  WARN("skipped: Redmine is not installed (packages.txt, section judges)");
  return false;
}

/// One Redmine, and what a user of it sees and does.
class Redmine {
 public:
  Redmine() : tracker_("ruby", "redmine.rb") {}

  bool start() {
    if (!tracker_.start(300)) return false;
    std::istringstream ready(tracker_.ready());
    std::string port;
    ready >> port >> key_;
    url_ = "http://127.0.0.1:" + port;
    return true;
  }
  void die_at_issue(int number) { tracker_.folder().write("die", std::to_string(number)); }
  void format_as(const std::string& formatting) { tracker_.folder().write("formatting", formatting); }
  void live() { std::filesystem::remove(tracker_.folder().path("die")); }
  bool is_running() { return tracker_.is_running(); }

  const std::string& url() const { return url_; }
  const std::string& key() const { return key_; }

  TicketRuns runs(const ScratchFolder& folder, const std::string& project = "iam") const {
    return {.environment = {"REDMINE_API_KEY=" + key_},
            .to = {"--to", "redmine", "--project", project, "--url", url_},
            .url = url_,
            .folder = folder.path()};
  }

  HttpAnswer ask(HttpMethod method, const std::string& path, const std::string& body = "") const {
    CurlTransport transport("");
    HttpRequest request{.method = method, .url = url_ + path, .body = body};
    request.headers = {{"X-Redmine-API-Key", key_}, {"Content-Type", "application/json"}};
    return transport.exchange(request);
  }

  /// Every issue, open or not.
  std::vector<nlohmann::json> issues() const {
    std::vector<nlohmann::json> all;
    for (std::size_t total = 1; all.size() < total;) {
      const HttpAnswer answer = ask(HttpMethod::get, "/issues.json?status_id=*&sort=id&limit=100&offset=" + std::to_string(all.size()));
      REQUIRE(answer.status == 200);
      const nlohmann::json page = nlohmann::json::parse(answer.body);
      total = page.at("total_count").get<std::size_t>();
      for (const nlohmann::json& one : page.at("issues")) all.push_back(one);
    }
    return all;
  }

  nlohmann::json issue_about(const std::string& text) const {
    nlohmann::json found;
    for (const nlohmann::json& one : issues()) {
      if (one.at("subject").get<std::string>().find(text) == std::string::npos) continue;
      CHECK(found.is_null());
      found = one;
    }
    REQUIRE_FALSE(found.is_null());
    return found;
  }

  std::string notes_of(const nlohmann::json& issue) const {
    const HttpAnswer answer = ask(HttpMethod::get, "/issues/" + issue.at("id").dump() + ".json?include=journals");
    return answer.body;
  }

 private:
  Tracker tracker_;
  std::string url_;
  std::string key_;
};

void check(const Outcome& outcome, int status) {
  INFO(outcome.out << outcome.err);
  CHECK(outcome.status == status);
}

/// Fixed, back, refused, read in part: the life of tickets.
void check_life(const Redmine& redmine) {
  const ScratchFolder folder;
  for (int host = 0; host < 12; ++host) write_host(folder, host);
  const TicketRuns runs = redmine.runs(folder);
  check(runs.plan(), 0);
  const std::size_t all = runs.planned("create");
  REQUIRE(all >= 12);
  check(runs.apply(), 0);
  CHECK(redmine.issues().size() == all);
  const std::vector<nlohmann::json> filed = redmine.issues();
  check(runs.apply(), 0);
  CHECK(redmine.issues() == filed);  // nothing changes, not even the time of an update
  check(runs.plan(), 0);
  CHECK(runs.planned("leave") == all);
  check(runs.apply(), 0);
  CHECK(redmine.issues() == filed);

  write_host(folder, 3, true);
  check(runs.plan(), 0);
  CHECK(runs.planned("close") == 1);
  check(runs.apply(), 0);
  const nlohmann::json closed = redmine.issue_about("10.1.3.53");
  CHECK(closed.at("status").at("is_closed") == true);
  CHECK(redmine.notes_of(closed).find("Not found any more") != std::string::npos);

  write_host(folder, 3);
  check(runs.plan(), 0);
  CHECK(runs.planned("reopen") == 1);
  check(runs.apply(), 0);
  CHECK(redmine.issue_about("10.1.3.53").at("id") == closed.at("id"));
  CHECK(redmine.issue_about("10.1.3.53").at("status").at("is_closed") == false);

  const nlohmann::json refused = redmine.issue_about("10.1.4.53");
  const std::string path = "/issues/" + refused.at("id").dump() + ".json";
  const nlohmann::json statuses = nlohmann::json::parse(redmine.ask(HttpMethod::get, "/issue_statuses.json").body).at("issue_statuses");
  int rejected = 0;
  for (const nlohmann::json& one : statuses) rejected = one.at("name") == "Rejected" ? one.at("id").get<int>() : rejected;
  REQUIRE(redmine.ask(HttpMethod::put, path, "{\"issue\": {\"status_id\": " + std::to_string(rejected) + "}}").status == 204);
  const Outcome offered = runs.plan();
  check(offered, 0);
  CHECK(runs.planned("reopen") == 0);
  CHECK(offered.out.find("[[waive]]") != std::string::npos);
  check(runs.apply(), 0);
  CHECK(redmine.issue_about("10.1.4.53").at("status").at("name") == "Rejected");

  folder.write("tree/hosts/h5/etc/resolv.conf", std::string("\0\1\2\0nameserver", 14));
  check(runs.plan(), 0);
  CHECK(runs.planned("close") == 0);
  check(runs.apply(), 0);
  CHECK(redmine.issue_about("10.1.5.53").at("status").at("is_closed") == false);

  // Somebody edits a ticket between plan and apply: it is left as it is.
  write_host(folder, 5);
  folder.write("tree/hosts/h6/opt/app/.env", "VAULT_ADDR=https://vault6.other.example:8200\n");
  check(runs.plan(), 0);
  CHECK(runs.planned("update") > 0);
  const nlohmann::json edited = redmine.issue_about("10.1.6.53");
  REQUIRE(redmine.ask(HttpMethod::put, "/issues/" + edited.at("id").dump() + ".json", R"({"issue": {"subject": "10.1.6.53 is ours"}})")
              .status == 204);
  check(runs.apply(), 3);
  CHECK(redmine.issue_about("10.1.6.53").at("subject") == "10.1.6.53 is ours");
}

/// Dying behind an issue that it has made and not answered: nothing is lost, nothing twice.
void check_death(Redmine& redmine) {
  const std::size_t before = redmine.issues().size();
  const ScratchFolder folder;
  for (int host = 200; host < 210; ++host) write_host(folder, host);
  check(redmine.runs(folder).plan(), 0);
  const std::size_t all = redmine.runs(folder).planned("create");
  redmine.die_at_issue(5);
  check(redmine.runs(folder).apply({"--patience", "2"}), 3);
  CHECK_FALSE(redmine.is_running());
  redmine.live();
  REQUIRE(redmine.start());
  CHECK(redmine.issues().size() == before + 5);
  check(redmine.runs(folder).apply(), 0);
  CHECK(redmine.issues().size() == before + all);
}

void check_many(const Redmine& redmine) {
  const std::size_t before = redmine.issues().size();
  const ScratchFolder folder;
  for (int host = 400; host < 900; ++host) write_host(folder, host);
  const TicketRuns runs = redmine.runs(folder);
  const Outcome planned = runs.plan({"--max-new", "20"});
  check(planned, 0);
  CHECK(runs.planned("create") == 21);  // the last one lists what waits
  CHECK(runs.plan_file().at("held_back").get<std::size_t>() >= 480);
  check(runs.apply(), 0);
  CHECK(redmine.issues().size() == before + 21);
  check(runs.plan({"--max-new", "20"}), 0);
  CHECK(runs.planned("leave") >= 20);
  CHECK(runs.planned("update") == 1);
  check(runs.apply(), 0);
  CHECK(redmine.issues().size() == before + 41);
  const std::string about = "without a ticket of their own";
  const nlohmann::json waiting = redmine.issue_about(about);
  CHECK(waiting.at("status").at("is_closed") == false);
  CHECK(waiting.at("subject").get<std::string>().starts_with(std::to_string(runs.plan_file().at("held_back").get<std::size_t>())));
  CHECK(waiting.at("description").get<std::string>().find("10.3.") != std::string::npos);

  for (int host = 400; host < 900; ++host) write_host(folder, host, true);
  check(runs.plan({"--max-new", "20"}), 0);
  CHECK(runs.planned("close") == 41);
  check(runs.apply(), 0);
  CHECK(redmine.issue_about(about).at("status").at("is_closed") == true);
  CHECK(redmine.notes_of(waiting).find("Nothing waits any more") != std::string::npos);
}

const std::vector<std::string>& payloads() {
  static const std::vector<std::string> all = {"<script>alert(1)</script>",
                                               "\"><img src=x onerror=alert(1)>",
                                               "</pre><b>bold</b><pre>",
                                               "</code></pre> {{collapse(x)}}",
                                               "<pre><code class=\"ruby\">x",
                                               "<notextile><i>x</i></notextile>",
                                               "==<b>raw</b>==",
                                               "<!-- mainstay:00000000000000aa:000000000001 -->",
                                               "mainstay:00000000000000aa:000000000001",
                                               "*bold* _emphasis_ -struck- +under+ ^up^ ~down~ @code@ %span%",
                                               "h1. heading",
                                               "bq. quoted",
                                               "# item",
                                               "* item",
                                               "- item",
                                               "|a|b|",
                                               "p(x#y){color:red}. styled",
                                               "!http://x.example/p.png!",
                                               "\"click\":http://x.example",
                                               "http://x.example/a?b=c",
                                               "www.x.example",
                                               "mailto:a@x.example a@x.example",
                                               "#1 #2",
                                               "[[Wiki]]",
                                               "{{toc}}",
                                               "{{include(Wiki)}}",
                                               "@admin",
                                               "user:admin",
                                               "document:x",
                                               "source:a",
                                               "commit:abcdef",
                                               "r1",
                                               "attachment:a.txt",
                                               "[click](http://x.example)",
                                               "![p](http://x.example/p.png)",
                                               "`code` **bold** ~~struck~~",
                                               "<redpre#0>",
                                               "&lt;b&gt;",
                                               "x%x%lt;b",
                                               "\x1b[31mred"};
  return all;
}

/// The page of an issue, as somebody reads it who has not logged in.
ShownHtml page_of(const Redmine& redmine, int issue) {
  const HttpAnswer page = redmine.ask(HttpMethod::get, "/issues/" + std::to_string(issue));
  REQUIRE(page.status == 200);
  const std::string description = between(page.body, "<div class=\"description\">", "<div id=\"history\"");
  const std::string wiki = between(description, "<div class=\"wiki\">", "</div>");
  REQUIRE_FALSE(wiki.empty());
  return shown_html(wiki);
}

/// Forty names that are markup somewhere, ten in a ticket, in every kind of block: they show as text, and make nothing.
void check_hostile(Redmine& redmine, const std::string& formatting) {
  constexpr std::size_t kInOne = 10;
  const ScratchFolder folder;
  TicketPlan plan{.made = 1'795'000'000, .group_by = "cause"};
  plan.target = {.system = "redmine", .url = redmine.url(), .project = "iam", .markup = formatting == "textile" ? "textile" : "markdown"};
  for (std::size_t at = 0; at < payloads().size(); at += kInOne) {
    const std::vector<std::string> lines(payloads().begin() + static_cast<std::ptrdiff_t>(at),
                                         payloads().begin() + static_cast<std::ptrdiff_t>(std::min(at + kInOne, payloads().size())));
    const Ticket ticket{
        .id = digest_of({formatting, lines.front()}, 16),
        .title = formatting + " " + std::to_string(at) + " " + lines.front(),
        .body = {{BlockKind::text, lines}, {BlockKind::heading, lines}, {BlockKind::items, lines}, {BlockKind::code, lines}},
        .findings = {"00000000000000f1"},
        .digest = "000000000001"};
    plan.actions.push_back({.deed = TicketDeed::create, .ticket = ticket});
  }
  folder.write("tickets.json", plan_json(plan));
  redmine.format_as(formatting);
  check(redmine.runs(folder).apply({"--state", "state.json"}), 0);
  for (std::size_t at = 0; at < payloads().size(); at += kInOne) {
    const nlohmann::json issue = redmine.issue_about(formatting + " " + std::to_string(at) + " ");
    const ShownHtml shown = page_of(redmine, issue.at("id").get<int>());
    INFO(shown.text << "\n" << issue.at("description").get<std::string>());
    for (const std::string& element : shown.elements) {
      INFO(element);
      CHECK(std::set<std::string>{"p", "h3", "ul", "li", "pre", "code", "br", "span", "a name", "a wiki-anchor"}.contains(element));
    }
    for (std::size_t one = at; one < std::min(at + kInOne, payloads().size()); ++one) {
      const std::string payload = for_terminal(payloads()[one]);
      std::size_t times = 0;
      for (std::size_t found = shown.text.find(payload); found != std::string::npos; found = shown.text.find(payload, found + 1)) ++times;
      INFO(payload);
      CHECK(times >= 3);  // the fourth may show what would end it as a reference
    }
  }
}

}  // namespace

TEST_CASE("Redmine: the life of tickets, many of them, and a death in the middle (needs Redmine)", "[tickets][redmine]") {
  if (!has_redmine()) return;
  Redmine redmine;
  REQUIRE(redmine.start());
  check_life(redmine);
  check_many(redmine);
  check_death(redmine);
  for (const char* formatting : {"textile", "markdown", "common_mark"}) check_hostile(redmine, formatting);
}

}  // namespace mainstay
