#include "ingest/logs/observe.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "ingest/logs/log_reader.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/recognition.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

std::string bind_line(int second, const std::string& client, const std::string& name) {
  return "27-Nov-2026 08:00:" + std::string(second < 10 ? "0" : "") + std::to_string(second) + ".000 client @0x7f 192.0.2." + client +
         "#4000 (" + name + "): query: " + name + " IN A +E(0)K (10.9.1.53)\n";
}

std::vector<Observation> observations(const LogIngested& got) {
  std::vector<Observation> found;
  for (const Fact& fact : got.facts) found.push_back(std::get<Observation>(fact));
  return found;
}

}  // namespace

TEST_CASE("logs: one line of each form", "[ingest][logs]") {
  struct Row {
    const char* title;
    const char* line;
    const char* format;  // empty: not understood by any
    const char* client;
    const char* name;
    const char* type;
    const char* server;
    const char* time;
  };
  const Row rows[] = {
      {"BIND 9.18, local time",
       "21-Nov-2026 05:30:09.168 client @0x7f3519c78098 127.0.0.1#41234 (www.corp.example): view inside: query: www.corp.example IN A "
       "+E(0)K (127.0.0.2)",
       "bind-query", "127.0.0.1", "www.corp.example", "A", "127.0.0.2", "2026-11-21T05:30:09Z"},
      {"BIND 9.18, ISO time with zone",
       "2026-11-21T05:30:19.196Z queries: client @0x7f 127.0.0.1#45692/key k1 (w.example): view corp: query: w.example IN A +SE(0)K "
       "(127.0.0.1)",
       "bind-query", "127.0.0.1", "w.example", "A", "127.0.0.1", "2026-11-21T05:30:19Z"},
      {"BIND main, time zone and port of the server",
       "2026-11-21T05:30:19.196+02:00 client @0x7f 2001:db8::1#45 (w.example): query: w.example IN HTTPS -E(0)S (2001:db8::2#53) [ECS "
       "198.51.100.0/24/0]",
       "bind-query", "2001:db8::1", "w.example", "HTTPS", "2001:db8::2", "2026-11-21T03:30:19Z"},
      {"BIND 9.9", "21-Nov-2026 05:30:09.168 queries: info: client 192.0.2.7#123 (w.example): query: w.example IN TYPE1234 +E (192.0.2.53)",
       "bind-query", "192.0.2.7", "w.example", "TYPE1234", "192.0.2.53", "2026-11-21T05:30:09Z"},
      {"BIND without a time", "queries: info: client @0x7f 127.0.0.1#57118 (w.example): query: w.example IN A +E(0)K (127.0.0.1)",
       "bind-query", "127.0.0.1", "w.example", "A", "127.0.0.1", ""},
      {"BIND behind syslog",
       "Nov 21 05:30:09 ns1 named[44]: client @0x7f 127.0.0.1#57118 (w.example): query: w.example IN A +E(0)K (127.0.0.1)", "bind-query",
       "127.0.0.1", "w.example", "A", "127.0.0.1", ""},
      {"Unbound, epoch", "[1795239079] unbound[27688:0] info: 127.0.0.1 www.corp.example. A IN NOERROR 0.000306 0 57", "unbound-reply",
       "127.0.0.1", "www.corp.example.", "A", "", "2026-11-21T05:31:19Z"},
      {"Unbound, ISO, server address",
       "2026-11-27T09:00:00.140+01:00 unbound[812:1f] reply: 2001:db8::1 w.example. AAAA IN SERVFAIL 3.000001 0 61 on tcp 10.9.1.53 53",
       "unbound-reply", "2001:db8::1", "w.example.", "AAAA", "10.9.1.53", "2026-11-27T08:00:00Z"},
      {"Unbound, no year", "Nov 21 05:31:25 unbound[27820:0] query: 127.0.0.1 w.example. A IN", "unbound-reply", "127.0.0.1", "w.example.",
       "A", "", ""},
      {"Unbound, syslog", "Nov 21 05:31:25 ns1 unbound[27820]: [27820:0] info: 127.0.0.1 w.example. A IN", "unbound-reply", "127.0.0.1",
       "w.example.", "A", "", ""},
      {"bad: a sentence", "the quick brown fox", "", "", "", "", "", ""},
      {"bad: a web server's line", "192.0.2.1 - - [27/Nov/2026:08:00:00 +0000] \"GET / HTTP/1.1\" 200 5", "", "", "", "", "", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const std::optional<LogRecognition> found = recognise_log(row.line);
      REQUIRE(found.has_value() == (row.format[0] != '\0'));
      if (!found) continue;
      CHECK(found->format->name == row.format);
      LogLine line;
      LineScratch scratch;
      const std::optional<Enclosed> inner = found->envelope->open(row.line, scratch);
      REQUIRE(inner.has_value());
      REQUIRE(found->format->parse_line(inner->text, line, scratch) == LineVerdict::query);
      CHECK(line.client == row.client);
      CHECK(line.name == row.name);
      CHECK(line.type == row.type);
      CHECK(line.server == row.server);
      const std::int64_t time = line.time == LogLine::kNoTime ? inner->time : line.time;
      CHECK((time == LogLine::kNoTime ? std::string() : rfc3339(time)) == row.time);
    }
}

TEST_CASE("logs: what a server says when it starts hides no query behind it", "[ingest][logs]") {
  const std::string head = "Nov 27 08:00:00 ns1 named[44]: ";
  const std::string query = head + "client @0x7f 192.0.2.1#4000 (a.example): query: a.example IN A +E(0)K (10.9.1.53)\n";
  std::string start;
  for (int zone = 0; zone < 200; ++zone) start += head + "zone z" + std::to_string(zone) + ".example/IN: loaded serial 7\n";
  CHECK(looks_like_query_log(start + query) == "bind-query");
  CHECK_FALSE(looks_like_query_log(start));
  CHECK(recognise_log(start, log_format_named("bind-query")));
  CHECK_FALSE(recognise_log(start, log_format_named("zeek")));
  CHECK_FALSE(looks_like_query_log("the quick brown fox\n" + start.substr(0, 100) + "\n" + start.substr(0, 20) + "\n"));
  const ScratchFolder folder;
  folder.write("journal", start + query + head + "client @0x7f 192.0.2.1#4000 (a.example): quer\n" + head + "client @0x7f 192.0.2.1\n");
  const LogAccount account = observe_logs(std::vector<std::string>{folder.path("journal")}, {}).files.front();
  CHECK(account.queries == 1);
  CHECK(account.other == 202);
  CHECK(account.not_understood == 0);
  CHECK(account.reason.find("201 of the first 201 lines") != std::string::npos);
}

TEST_CASE("logs: equal questions are counted together, whatever their case and file", "[ingest][logs]") {
  const ScratchFolder folder;
  folder.write("a.log", bind_line(5, "1", "idp.corp.example") + bind_line(7, "1", "IDP.Corp.example"));
  folder.write("b.log", bind_line(2, "1", "idp.corp.example.") + bind_line(3, "2", "idp.corp.example"));
  const std::string a = folder.path("a.log");
  const std::string b = folder.path("b.log");
  const LogIngested got = observe_logs(std::vector<std::string>{b, a, a}, {});
  const std::vector<Observation> seen = observations(got);
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].client == "192.0.2.1");
  CHECK(seen[0].queries == 3);
  CHECK(seen[0].rcodes.empty());
  CHECK(seen[0].first == "2026-11-27T08:00:02Z");
  CHECK(seen[0].last == "2026-11-27T08:00:07Z");
  CHECK(seen[0].log == a + " and 1 more");
  CHECK(seen[0].reasons[0].confidence == Confidence::observed);
  CHECK((got.facts == observe_logs(std::vector<std::string>{a, b}, {}).facts));
}

TEST_CASE("logs: a question and its reply are one query, a question without a reply is one too", "[ingest][logs]") {
  const ScratchFolder folder;
  const std::string head = "[1795239079] unbound[1:0] ";
  folder.write("u.log", head + "info: 192.0.2.1 a.example. A IN\n" + head + "info: 192.0.2.1 a.example. A IN NOERROR 0.000100 0 57\n" +
                            head + "info: 192.0.2.1 a.example. A IN\n" + head + "info: 192.0.2.1 a.example. A IN SERVFAIL 0.400000 0 57\n" +
                            head + "info: 192.0.2.1 b.example. A IN\n");
  const std::vector<Observation> seen =
      observations(observe_logs(std::vector<std::string>{folder.path("u.log")}, {.count = {.server = "server:dns"}}));
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].server == "server:dns");
  CHECK(seen[0].queries == 2);
  CHECK((seen[0].rcodes == std::map<std::string, std::uint64_t>{{"NOERROR", 1}, {"SERVFAIL", 1}}));
  CHECK(seen[0].latency.at("p50") >= 100);
  CHECK(seen[0].latency.at("p50") <= 101);
  CHECK(seen[0].latency.at("max") == 400000);
  CHECK(seen[1].queries == 1);
  CHECK(seen[1].rcodes.empty());
}

TEST_CASE("logs: a failure that names no server is counted, however many servers were asked", "[ingest][logs]") {
  struct Row {
    const char* title;
    std::vector<std::string> asked_at;
    std::map<std::string, std::uint64_t> queries;  // by server
    std::string failed_at;
  };
  const Row rows[] = {
      {"one server", {"10.9.1.53", "10.9.1.53"}, {{"10.9.1.53", 2}}, "10.9.1.53"},
      {"two servers of one log", {"10.9.1.53", "10.9.2.53"}, {{"", 0}, {"10.9.1.53", 1}, {"10.9.2.53", 1}}, ""},
      {"a log of failures alone", {}, {{"", 1}}, ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const std::string head = "27-Nov-2026 08:00:01.000 client @0x7f 192.0.2.1#4000 (idp.corp.example): ";
      std::string text;
      for (const std::string& server : row.asked_at)
        text.append(head).append("query: idp.corp.example IN A +E(0)K (").append(server).append(")\n");
      text.append(head).append("query failed (SERVFAIL) for idp.corp.example/IN/A at query.c:7177\n");
      const ScratchFolder folder;
      folder.write("q.log", text);
      std::map<std::string, std::uint64_t> queries;
      std::map<std::string, std::uint64_t> failures;
      for (const Observation& one : observations(observe_logs(std::vector<std::string>{folder.path("q.log")}, {}))) {
        queries[one.server] += one.queries;
        if (const auto failed = one.rcodes.find("SERVFAIL"); failed != one.rcodes.end()) failures[one.server] += failed->second;
      }
      CHECK(queries == row.queries);
      CHECK((failures == std::map<std::string, std::uint64_t>{{row.failed_at, 1}}));
    }
}

TEST_CASE("logs: every line is accounted for", "[ingest][logs]") {
  const ScratchFolder folder;
  std::string text = bind_line(1, "1", "a.example");
  text += std::string(3u << 20, 'x') + "\n";  // longer than a chunk
  text += bind_line(2, "1", "b.example") + bind_line(3, "1", "c.example") + bind_line(4, "1", "a.example");
  text += "what is this\n\n" + bind_line(5, "1", "a..b");
  text += std::string(LogReader::kMaxLine, 'y');
  folder.write("q.log", text);
  const LogIngested got = observe_logs(std::vector<std::string>{folder.path("q.log")}, {});
  REQUIRE(got.files.size() == 1);
  const LogAccount account = got.files[0];
  CHECK(account.queries == 4);
  CHECK(account.too_long == 1);
  CHECK(account.not_understood == 3);
  CHECK(account.other == 1);
  CHECK(account.lines == 9);
  CHECK(observations(got).size() == 3);
  CHECK(observe_logs(std::vector<std::string>{folder.path("no.log")}, {}).problems.size() == 1);
}

TEST_CASE("logs: a log that is given twice under two names counts once", "[ingest][logs]") {
  const ScratchFolder folder;
  folder.write("a.log", bind_line(1, "1", "a.example"));
  folder.write("b.log", bind_line(1, "1", "a.example"));
  const LogIngested got = observe_logs(std::vector<std::string>{folder.path("a.log"), folder.path("b.log")}, {});
  REQUIRE(observations(got).size() == 1);
  CHECK(observations(got)[0].queries == 1);
  REQUIRE(got.files.size() == 1);
  REQUIRE_FALSE(got.problems.empty());
  CHECK(got.problems[0].message.find("counts once") != std::string::npos);
}

TEST_CASE("logs: clients are counted by the groups of a map, the longest network first", "[ingest][logs]") {
  const ScratchFolder folder;
  folder.write("q.log", bind_line(1, "1", "a.example") + bind_line(2, "2", "a.example") + bind_line(2, "2", "a.example") +
                            bind_line(3, "77", "a.example"));
  std::vector<Diagnostic> problems;
  const ClientGroups map =
      ClientGroups::parse("map.csv", "# who\n192.0.2.0/24, office\n192.0.2.77,\"printer\"\nnobody\n192.0.2.0/33,x\n", problems);
  CHECK(problems.size() == 2);
  const std::vector<Observation> seen =
      observations(observe_logs(std::vector<std::string>{folder.path("q.log")}, {.count = {.groups = {.clients = &map}}}));
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].client == "office");
  CHECK(seen[0].queries == 3);
  CHECK(seen[0].clients == 2);
  CHECK(seen[1].client == "printer");
  CHECK(seen[1].clients == 0);
}

TEST_CASE("logs: windows and minutes", "[ingest][logs]") {
  const ScratchFolder folder;
  std::string text;
  for (const char* time : {"07:59:59", "08:00:00", "08:00:30", "08:01:00", "09:00:00"})
    text += "27-Nov-2026 " + std::string(time) + ".000 client @0x7f 192.0.2.1#4 (a.example): query: a.example IN A + (10.9.1.53)\n";
  folder.write("q.log", text);
  const std::string log = folder.path("q.log");
  const std::vector<Observation> whole = observations(observe_logs(std::vector<std::string>{log}, {}));
  REQUIRE(whole.size() == 1);
  CHECK(whole[0].window.empty());
  CHECK((whole[0].minutes == std::map<std::string, std::uint64_t>{{"active", 4}, {"median", 1}, {"most", 2}}));
  CHECK(whole[0].busiest == "2026-11-27T08:00:00Z");
  constexpr std::int64_t kHour = 3600 * std::int64_t{1000000};
  const std::vector<Observation> hours =
      observations(observe_logs(std::vector<std::string>{log}, {.count = {.groups = {.window = kHour}}}));
  REQUIRE(hours.size() == 3);
  CHECK(hours[0].window == "2026-11-27T07:00:00Z");
  CHECK(hours[1].queries == 3);
  CHECK(hours[2].window == "2026-11-27T09:00:00Z");
}

TEST_CASE("logs: a question that goes to a second server in the same minute", "[ingest][logs]") {
  const auto line = [](const char* time, const char* client, const char* server) {
    return "27-Nov-2026 " + std::string(time) + ".000 client @0x7f " + client + "#4 (a.example): query: a.example IN A + (" + server +
           ")\n";
  };
  const ScratchFolder folder;
  folder.write("1.log", line("08:00:01", "192.0.2.1", "10.9.1.53") + line("09:00:00", "192.0.2.1", "10.9.1.53") +
                            line("08:00:01", "192.0.2.2", "10.9.1.53"));
  folder.write("2.log", line("08:00:06", "192.0.2.1", "10.9.2.53") + line("10:00:00", "192.0.2.2", "10.9.2.53"));
  std::map<std::string, std::uint64_t> elsewhere;
  for (const Observation& one : observations(observe_logs(std::vector<std::string>{folder.path("1.log"), folder.path("2.log")}, {}))) {
    const auto at = one.minutes.find("elsewhere");
    elsewhere[one.client + " " + one.server] = at == one.minutes.end() ? 0 : at->second;
  }
  CHECK((elsewhere == std::map<std::string, std::uint64_t>{
                          {"192.0.2.1 10.9.1.53", 1}, {"192.0.2.1 10.9.2.53", 1}, {"192.0.2.2 10.9.1.53", 0}, {"192.0.2.2 10.9.2.53", 0}}));
}

TEST_CASE("logs: what is a log and what is none", "[ingest][logs]") {
  CHECK(looks_like_query_log(bind_line(1, "1", "a.example")) == "bind-query");
  CHECK(looks_like_query_log(
            "[1795239078] unbound[27688:0] notice: init module 0: iterator\n[1795239079] unbound[1:0] info: 192.0.2.1 a.example. A IN\n") ==
        "unbound-reply");
  CHECK_FALSE(looks_like_query_log("server:\n  interface: 192.0.2.1\n"));
  CHECK_FALSE(looks_like_query_log(""));
  CHECK_FALSE(looks_like_query_log("[1795239078] unbound[27688:0] notice: init module 0: iterator\n"));
}

}  // namespace mainstay
