#include "graph/model/resolution.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

DomainName name(std::string_view text) { return *DomainName::parse(text); }

Server server(const char* id) { return {.id = id, .reasons = {Evidence::declared({.file = "server.conf", .line = 1})}}; }

}  // namespace

TEST_CASE("resolution: what a server does with a name", "[graph][resolution]") {
  Server recursive = server("server:recursive");
  recursive.iterates = true;
  Server authoritative = server("server:authoritative");
  authoritative.iterates = false;
  Server filtering = server("server:filtering");
  filtering.iterates = true;
  for (const char* source : {"static", "refuse", "always_deny"}) {
    filtering.local_zones.push_back({.zone = name(std::string(source).substr(0, 6) + ".example"), .source = source});
  }
  const Server unsaid = server("server:unsaid");
  const Zone zone{.apex = name("corp.example"), .complete = true, .served_by = {"server:authoritative", "server:filtering"}};
  const Record record{.owner = "a.corp.example.", .type = "A", .data = "192.0.2.1", .zone = "corp.example."};
  const Estate estate = Estate::build({recursive, authoritative, filtering, unsaid, zone, record});
  const Catalogue catalogue;
  Resolution resolution(estate, catalogue);

  struct Row {
    const char* title;
    const char* server;
    const char* name;
    Via via;
    AnswerKind answer;
  };
  const Row rows[] = {
      {"a zone that it serves has the name", "server:authoritative", "a.corp.example", Via::own_data, AnswerKind::positive},
      {"a zone that it serves lacks the name", "server:authoritative", "b.corp.example", Via::denied, AnswerKind::negative},
      {"a zone that it serves beside local data", "server:filtering", "a.corp.example", Via::own_data, AnswerKind::positive},
      {"nothing on the name, and it looks for no others", "server:authoritative", "x.example", Via::refused, AnswerKind::unknown},
      {"a local zone without the name denies it", "server:filtering", "x.static.example", Via::denied, AnswerKind::negative},
      {"a local zone that refuses sends the client on", "server:filtering", "x.refuse.example", Via::refused, AnswerKind::unknown},
      {"so does one that drops the question", "server:filtering", "x.always.example", Via::refused, AnswerKind::unknown},
      {"it looks for everything else", "server:recursive", "x.example", Via::iterated, AnswerKind::unknown},
      {"nothing says what it does", "server:unsaid", "x.example", Via::iterated, AnswerKind::unknown},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Server* asked = estate.server(row.server);
      REQUIRE(asked != nullptr);
      const Treatment how = resolution.treat(*asked, name(row.name));
      CHECK(how.via == row.via);
      CHECK(how.assumed == (std::string_view(row.server) == "server:unsaid"));
      CHECK(resolution.answer(*asked, name(row.name)) == row.answer);
    }
}

}  // namespace mainstay
