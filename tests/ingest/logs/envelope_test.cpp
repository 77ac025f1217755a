#include "ingest/logs/envelope.h"

#include <catch2/catch.hpp>
#include <string>

#include "ingest/logs/json_line.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/observe.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

const Envelope& envelope_named(std::string_view name) {
  for (const Envelope* one : all_envelopes()) {
    if (one->name == name) return *one;
  }
  FAIL("no such envelope");
  return *all_envelopes()[0];
}

}  // namespace

TEST_CASE("envelopes: one line of each form", "[ingest][logs][envelope]") {
  struct Row {
    const char* title;
    const char* envelope;
    const char* line;
    const char* text;
    const char* time;  // "none" when it is not in the envelope
    bool is_part = false;
  };
  const Row rows[] = {
      {"RFC 3164", "syslog", "<30>Nov 21 05:30:09 ns1 named[44]: it says", "it says", ""},
      {"RFC 3164 without a priority, two hosts", "syslog", "Nov 21 05:30:09 relay ns1 named: it says", "it says", ""},
      {"RFC 3164 with a day of one digit", "syslog", "Nov  1 05:30:09 ns1 named[44]: it says", "it says", ""},
      {"a time of RFC 3339", "syslog", "2026-11-21T05:30:09.123456+01:00 ns1 unbound[7]: it says", "it says", "2026-11-21T04:30:09Z"},
      {"RFC 5424", "syslog", "<30>1 2026-11-21T05:30:09.1Z ns1 named 44 - - it says", "it says", "2026-11-21T05:30:09Z"},
      {"RFC 5424 with structured data", "syslog", "<30>1 2026-11-21T05:30:09Z ns1 named 44 - [a@1 b=\"x]\"][c@1 d=\"\\\"\"] it says",
       "it says", "2026-11-21T05:30:09Z"},
      {"bad: no program", "syslog", "Nov 21 05:30:09 it says something", "", "none"},
      {"CRI", "cri", "2026-11-27T08:00:00.123456789Z stdout F it says", "it says", "2026-11-27T08:00:00Z"},
      {"CRI, a part", "cri", "2026-11-27T08:00:00.123456789Z stderr P it sa", "it sa", "2026-11-27T08:00:00Z", true},
      {"CRI without tags", "cri", "2026-11-27T08:00:00Z stdout it says", "it says", "2026-11-27T08:00:00Z"},
      {"Docker", "docker-json-file", R"({"log":"it \"says\"\n","stream":"stdout","time":"2026-11-27T08:00:00.5Z"})", "it \"says\"",
       "2026-11-27T08:00:00Z"},
      {"Docker, a part", "docker-json-file", R"({"log":"it","stream":"stdout","time":"2026-11-27T08:00:00.5Z"})", "it",
       "2026-11-27T08:00:00Z", true},
      {"journal", "journald-json", R"({"_PID":"7","MESSAGE":"it says","__REALTIME_TIMESTAMP":"1795239079000001"})", "it says",
       "2026-11-21T05:31:19Z"},
      {"bad: a journal without a time", "journald-json", R"({"MESSAGE":"it says"})", "", "none"},
      {"CloudWatch", "cloudwatch", R"({"timestamp":1795239079000,"message":"it says\n","ingestionTime":1})", "it says",
       "2026-11-21T05:31:19Z"},
      {"CloudWatch with an object", "cloudwatch", R"({"@timestamp":"2026-11-21T05:31:19Z","@message":{"a":1}})", R"({"a":1})",
       "2026-11-21T05:31:19Z"},
      {"CloudWatch, exported", "cloudwatch", R"(2026-11-21T05:31:19.000Z {"a":1})", R"({"a":1})", "2026-11-21T05:31:19Z"},
      {"bad: JSON that is cut", "cloudwatch", R"({"timestamp":1795239079000,"message":"it)", "", "none"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      LineScratch scratch;
      const std::optional<Enclosed> got = envelope_named(row.envelope).open(row.line, scratch);
      const bool is_there = std::string_view(row.text) != "";
      REQUIRE(got.has_value() == is_there);
      if (!got) continue;
      CHECK(got->text == row.text);
      CHECK(got->is_part == row.is_part);
      const std::string time = got->time == LogLine::kNoTime ? std::string() : rfc3339(got->time);
      CHECK(time == (std::string_view(row.time) == "none" ? "" : row.time));
    }
}

TEST_CASE("envelopes: a line that was sent in parts is one line", "[ingest][logs][envelope]") {
  const ScratchFolder folder;
  const std::string head = "2026-11-27T08:00:00.1Z stdout ";
  const std::string line = "client @0x7f 192.0.2.1#4 (a.example): query: a.example IN A + (10.9.1.53)";
  folder.write("q.log", head + "F " + line + "\n" + head + "P " + line.substr(0, 50) + "\n" + head + "F " + line.substr(50) + "\n");
  const LogIngested got = observe_logs(std::vector<std::string>{folder.path("q.log")}, {});
  REQUIRE(got.facts.size() == 1);
  CHECK(std::get<Observation>(got.facts[0]).queries == 2);
  CHECK(std::get<Observation>(got.facts[0]).first == "2026-11-27T08:00:00Z");
  CHECK(got.files[0].other == 1);
}

TEST_CASE("JSON lines: members, escapes, nesting, and what is no JSON", "[ingest][logs][envelope]") {
  struct Row {
    const char* title;
    const char* line;
    const char* seen;
    bool is_good;
  };
  const Row rows[] = {
      {"members", R"({"a":"b","c":-1.5,"d":null,"e":true,"f":[1,{"x":"]"}],"g":{"h":{}}})", R"(a=b c=-1.5 d= e=true f= g= )", true},
      {"escapes", R"({"a":"x\\.y\u0041\"\n"})", "a=x\\.yA\"\n ", true},
      {"blanks", R"( { "a" : 1 , "b" : [ ] } )", "a=1 b= ", true},
      {"an empty object", "{}", "", true},
      {"bad: cut off", R"({"a":"b)", "", false},
      {"bad: no comma", R"({"a":1 "b":2})", "a=1 ", false},
      {"bad: a word", R"({"a":maybe})", "", false},
      {"bad: brackets that do not match", R"({"a":[}]})", "", false},
      {"bad: no object", "a", "", false},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      LineScratch scratch;
      JsonWalk walk(row.line);
      std::string seen;
      std::string_view key;
      for (JsonValue value; walk.next(key, value);) seen += std::string(key) + "=" + std::string(value.text(scratch)) + " ";
      CHECK(seen == row.seen);
      CHECK(walk.is_good() == row.is_good);
    }
  const std::string brackets(100, '[');
  JsonWalk deep(brackets);
  JsonValue value;
  CHECK_FALSE(deep.next(value));
  CHECK_FALSE(deep.is_good());
}

}  // namespace mainstay
