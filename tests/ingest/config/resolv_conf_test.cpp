#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester resolv_conf;

namespace {

Ingested read(std::string text) { return ingest(resolv_conf, {{"hosts/app/etc/resolv.conf", std::move(text)}}); }

}  // namespace

TEST_CASE("resolv.conf: servers that are read and servers that are asked", "[ingest][resolv-conf]") {
  struct Row {
    const char* title;
    const char* text;
    std::vector<const char*> servers;
    std::size_t asked, problems;
  };
  const Row rows[] = {
      {"one server", "nameserver 192.0.2.53\n", {"192.0.2.53"}, 1, 0},
      {"a fourth server is read and not asked",
       "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n",
       {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"},
       3,
       1},
      {"text behind the address is ignored", "nameserver 192.0.2.53;a\nnameserver 192.0.2.54 # b", {"192.0.2.53", "192.0.2.54"}, 2, 0},
      {"IPv6 with a zone", "nameserver fe80::1%eth0\n", {"fe80::1"}, 1, 0},
      {"CRLF and a byte order mark", "\xef\xbb\xbfnameserver 192.0.2.53\r\n", {"192.0.2.53"}, 1, 0},
      {"a short IPv4 address, as inet_aton reads it", "nameserver 10.1\n", {"10.0.0.1"}, 1, 0},
      {"bad: no address; the rest is used", "nameserver\nnameserver 192.0.2.53\n", {"192.0.2.53"}, 1, 1},
      {"bad: not an address, so the local machine is asked", "nameserver resolver.example\n", {"127.0.0.1"}, 1, 1},
      {"bad: an indented keyword is ignored by libc", " nameserver 192.0.2.53\n", {"127.0.0.1"}, 1, 1},
      {"no server line means the local machine", "# empty\n; really\n", {"127.0.0.1"}, 1, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = read(row.text);
      REQUIRE(got.all<Stub>().size() == 1);
      const Stub stub = got.all<Stub>()[0];
      REQUIRE(stub.servers.size() == row.servers.size());
      for (std::size_t at = 0; at < row.servers.size(); ++at) CHECK(stub.servers[at].address->text() == row.servers[at]);
      CHECK(static_cast<std::size_t>(std::ranges::count_if(stub.servers, &Upstream::asked)) == row.asked);
      CHECK(got.problems.size() == row.problems);
    }
}

TEST_CASE("resolv.conf: flags that change how a lookup goes", "[ingest][resolv-conf]") {
  const Stub plain = read("nameserver 192.0.2.53\noptions edns0\n").all<Stub>()[0];
  CHECK_FALSE(plain.single_request);
  CHECK_FALSE(plain.use_vc);
  CHECK(read("options single-request\n").all<Stub>()[0].single_request);
  CHECK(read("options single-request-reopen\n").all<Stub>()[0].single_request);
  CHECK(read("options use-vc\n").all<Stub>()[0].use_vc);
}

TEST_CASE("resolv.conf: without a search list the domain of the host's name is searched", "[ingest][resolv-conf]") {
  struct Row {
    const char* title;
    const char* resolv_conf;
    const char* hostname;
    std::vector<Text> search;
  };
  const Row rows[] = {
      {"a name with a domain", "nameserver 192.0.2.53\n", "app.corp.example\n", {"corp.example"}},
      {"a comment line comes first", "nameserver 192.0.2.53\n", "# set by hand\napp.corp.example\n", {"corp.example"}},
      {"a name without a domain", "nameserver 192.0.2.53\n", "app\n", {}},
      {"an empty file", "nameserver 192.0.2.53\n", "", {}},
      {"bad: a domain with an empty label", "nameserver 192.0.2.53\n", "app..example\n", {}},
      {"a search list is what counts", "nameserver 192.0.2.53\nsearch lab.example\n", "app.corp.example\n", {"lab.example"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(resolv_conf, {{"hosts/app/etc/resolv.conf", row.resolv_conf}, {"hosts/app/etc/hostname", row.hostname}});
      REQUIRE(got.all<Stub>().size() == 1);
      CHECK(got.all<Stub>()[0].search == row.search);
    }
}

TEST_CASE("resolv.conf: options, their caps and the search list", "[ingest][resolv-conf]") {
  struct Row {
    const char* title;
    const char* text;
    std::optional<std::uint32_t> timeout, attempts, ndots;
    bool rotate;
    std::vector<Text> search;
    std::size_t problems;
  };
  const Row rows[] = {
      {"all numbers on one line", "options timeout:1 attempts:4 ndots:5 rotate\n", 1, 4, 5, true, {}, 0},
      {"options of several lines add up", "options timeout:1\noptions attempts:4\n", 1, 4, {}, false, {}, 0},
      {"values past the caps", "options timeout:31 attempts:6 ndots:16\n", 30, 5, 15, false, {}, 3},
      {"a number past 32 bits", "options timeout:99999999999\n", 30, {}, {}, false, {}, 1},
      {"known flags are silent", "options edns0 trust-ad use-vc single-request no-aaaa inet6\n", {}, {}, {}, false, {}, 0},
      {"unknown options are noted", "options turbo\n", {}, {}, {}, false, {}, 1},
      {"bad: no number", "options timeout:x\n", 0, {}, {}, false, {}, 1},
      {"the last of search and domain wins",
       "search a.example b.example\ndomain c.example d.example\n",
       {},
       {},
       {},
       false,
       {"c.example"},
       1},
      {"bad: a comment behind a search list", "search a.example # b.example\n", {}, {}, {}, false, {"a.example"}, 1},
      {"bad: a search domain with an empty label", "search a..example b.example\n", {}, {}, {}, false, {"b.example"}, 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = read(row.text);
      REQUIRE(got.all<Stub>().size() == 1);
      const Stub stub = got.all<Stub>()[0];
      CHECK(stub.timeout == row.timeout);
      CHECK(stub.attempts == row.attempts);
      CHECK(stub.ndots == row.ndots);
      CHECK(stub.rotate == row.rotate);
      CHECK((stub.search == row.search));
      CHECK(got.problems.size() == row.problems);
    }
}

TEST_CASE("resolv.conf: a stub belongs to its host, and says that glibc is assumed", "[ingest][resolv-conf]") {
  const Stub stub = read("nameserver 192.0.2.53\n").all<Stub>()[0];
  CHECK(stub.scope == "host:hosts/app");
  CHECK(stub.library == ResolverLibrary::glibc);
  REQUIRE(stub.reasons.size() == 2);
  CHECK(stub.reasons[0].place.file == "hosts/app/etc/resolv.conf");
  CHECK(stub.reasons[0].place.line == 1);
  CHECK(stub.reasons[1].confidence == Confidence::assumed);
  CHECK(stub.servers[0].reasons[0].place.column == 12);
}

TEST_CASE("resolv.conf: which files are claimed", "[ingest][resolv-conf]") {
  CHECK(resolv_conf.claims("hosts/app/etc/resolv.conf", "") == Claim::by_name);
  CHECK(resolv_conf.claims("docker/resolv.conf.override", "nameserver 192.0.2.1\n") == Claim::by_content);
  CHECK(resolv_conf.claims("docker/resolv.conf.override", "hello\n") == Claim::no);
  CHECK(resolv_conf.claims("hosts/app/etc/resolv.conf.bak", "nameserver 192.0.2.1\n") == Claim::no);
  CHECK(resolv_conf.claims("etc/resolved.conf", "nameserver 192.0.2.1\n") == Claim::no);
}

TEST_CASE("resolv.conf: what a template fills in is not taken for the local machine", "[ingest][resolv-conf]") {
  for (const char* line : {"$(printf 'nameserver %s' $resolvers)", "{% for x in y %}", "<%= servers %>", "@SERVERS@"}) {
    INFO(line);
    const Ingested got = read(std::string("search corp.example\n") + line + "\n");
    CHECK(got.all<Stub>().empty());
    CHECK(got.problems.size() == 1);
  }
}

}  // namespace mainstay
