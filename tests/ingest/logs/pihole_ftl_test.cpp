#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/ingest/logs/records.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

const std::string kFirst =
    "CREATE TABLE queries (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER NOT NULL, type INTEGER NOT NULL, status INTEGER NOT "
    "NULL,"
    " domain TEXT NOT NULL, client TEXT NOT NULL, forward TEXT);";
const std::string kStorage =
    "CREATE TABLE query_storage (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER NOT NULL, type INTEGER NOT NULL, status INTEGER "
    "NOT "
    "NULL, domain INTEGER NOT NULL, client INTEGER NOT NULL, forward INTEGER, additional_info INTEGER, reply_type INTEGER, reply_time REAL,"
    " dnssec INTEGER, list_id INTEGER, ede INTEGER);";
const std::string kLater =
    kStorage +
    "CREATE TABLE domain_by_id (id INTEGER PRIMARY KEY, domain TEXT NOT NULL); CREATE TABLE client_by_id (id INTEGER PRIMARY KEY, ip TEXT "
    "NOT "
    "NULL, name TEXT); INSERT INTO domain_by_id VALUES (1, 'www.corp.example'), (2, 'nope.corp.example'); INSERT INTO client_by_id VALUES "
    "(1, '10.9.1.7', 'desk');";

/// The octets of a database that these statements make.
std::string database(const std::string& statements) {
  const ScratchFolder folder;
  const std::string path = folder.path("made.db");
  sqlite3* made = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &made) == SQLITE_OK);
  char* why = nullptr;
  sqlite3_exec(made, statements.c_str(), nullptr, nullptr, &why);
  INFO((why == nullptr ? "" : why));
  REQUIRE(why == nullptr);
  sqlite3_close(made);
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("Pi-hole database: both generations of its tables", "[ingest][logs][pihole]") {
  const Observed first = observed(database(
      kFirst +
      "INSERT INTO queries (timestamp, type, status, domain, client, forward) VALUES (1795737600, 1, 2, 'www.corp.example', '10.9.1.7', "
      "'10.9.9.1'), (1795737660, 2, 3, 'www.corp.example', '10.9.1.7', NULL);"));
  CHECK(first.account.format == "pihole-ftl");
  REQUIRE(first.seen.size() == 2);
  CHECK(first.seen[0].type == "A");
  CHECK(first.seen[0].client == "10.9.1.7");
  CHECK(first.seen[0].rcodes.empty());
  CHECK(first.seen[1].type == "AAAA");
  CHECK(first.seen[1].first == "2026-11-27T00:01:00Z");

  const Observed later = observed(database(
      kLater +
      "INSERT INTO query_storage (timestamp, type, status, domain, client, reply_type, reply_time) VALUES (1795737600.25, 1, 2, 1, 1, 4, "
      "0.0125), (1795737601, 1, 3, 1, 1, 4, 0.0001), (1795737602, 1, 2, 2, 1, 2, 0.5), (1795737603, 116, 2, 1, 1, 12, NULL), "
      "(1795737604, 1, 2, 'direct.corp.example', '10.9.1.8', 7, 0.25);"));
  REQUIRE(later.seen.size() == 4);
  CHECK(later.seen[0].name.text() == "direct.corp.example.");
  CHECK(later.seen[0].client == "10.9.1.8");
  CHECK((later.seen[0].rcodes == std::map<std::string, std::uint64_t>{{"SERVFAIL", 1}}));
  CHECK((later.seen[1].rcodes == std::map<std::string, std::uint64_t>{{"NXDOMAIN", 1}}));
  CHECK(later.seen[2].queries == 2);
  CHECK(later.seen[2].latency.at("max") == 12500);
  CHECK(later.seen[3].type == "TXT");
  CHECK(later.seen[3].rcodes.empty());
  CHECK(later.seen[3].latency.empty());
}

TEST_CASE("Pi-hole database: a row that cannot be one costs itself", "[ingest][logs][pihole]") {
  struct Row {
    const char* title;
    const char* values;  // timestamp, type, domain, client, reply_type, reply_time
    std::uint64_t queries;
    std::uint64_t other;
    std::uint64_t not_understood;
  };
  const Row rows[] = {
      {"bad: a name that is not listed", "1795737600, 1, 77, 1, 4, 0.1", 0, 0, 1},
      {"bad: a name that is a number of octets", "1795737600, 1, x'00ff', 1, 4, 0.1", 0, 0, 1},
      {"bad: no domain name", "1795737600, 1, 'a..b', 1, 4, 0.1", 0, 0, 1},
      {"what Pi-hole keeps secret", "1795737600, 1, 'hidden', 1, 4, 0.1", 0, 1, 0},
      {"a type that it has no name for", "1795737600, 14, 1, 1, 4, 0.1", 0, 1, 0},
      {"bad: a time behind the end of times", "9e99, 1, 1, 1, 4, 0.1", 1, 0, 0},
      {"bad: words for numbers", "'then', 1, 1, 1, 'much', 'long'", 1, 0, 0},
      {"bad: a negative reply time", "1795737600, 1, 1, 1, 4, -1", 1, 0, 0},
      {"bad: a kind of reply that is yet to come", "1795737600, 1, 1, 1, 999, 0.1", 1, 0, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Observed got = observed(
          database(kLater + "INSERT INTO query_storage (status, timestamp, type, domain, client, reply_type, reply_time) VALUES (2, " +
                   row.values + ");"));
      CHECK(got.account.queries == row.queries);
      CHECK(got.account.other == row.other);
      CHECK(got.account.not_understood == row.not_understood);
      for (const Observation& seen : got.seen) CHECK((seen.latency.empty() || seen.latency.at("max") == 100000));
    }
}

TEST_CASE("Pi-hole database: a hostile one is given up", "[ingest][logs][pihole]") {
  const std::string endless =
      " AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, i AS timestamp, 1 AS type, 'a.example' AS "
      "domain, "
      "'10.9.1.7' AS client FROM n;";
  struct Row {
    const char* title;
    std::string file;
    const char* said;
  };
  const std::string good = database(kLater + "INSERT INTO query_storage (timestamp, type, status, domain, client) VALUES (1, 1, 2, 1, 1);");
  std::string bad_page = good;
  bad_page.replace(4096, std::min<std::size_t>(4096, bad_page.size() - 4096), 4096, '\xff');
  const Row rows[] = {
      {"bad: a view in place of the table",
       database("CREATE VIEW queries" + endless + "CREATE TABLE domain_by_id (id INTEGER PRIMARY KEY);"), "no table of Pi-hole's queries"},
      {"bad: a view in place of the names",
       database(kStorage + "CREATE VIEW domain_by_id" + endless +
                "INSERT INTO query_storage (timestamp, type, status, domain, client) VALUES (1, 1, 2, 1, 1);"),
       "the name is not in the table of names"},
      {"bad: a page of nonsense", bad_page, "reading stopped early"},
      {"bad: cut off", good.substr(0, 5000), "reading stopped early"},
      {"bad: only its beginning", good.substr(0, 4096), "reading stopped early"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Observed got = observed(row.file);
      CHECK(got.account.format == "pihole-ftl");
      CHECK(got.account.queries <= 1);
      CHECK(got.says(row.said));
    }
}

TEST_CASE("Pi-hole database: it is not written to, and a journal beside it is spoken of", "[ingest][logs][pihole]") {
  const std::string octets = database("PRAGMA journal_mode=WAL;" + kLater +
                                      "INSERT INTO query_storage (timestamp, type, status, domain, client) VALUES (1, 1, 2, 1, 1);");
  const ScratchFolder folder;
  folder.write("odd name?#%.db", octets);
  folder.write("odd name?#%.db-wal", "something");
  const std::string path = folder.path("odd name?#%.db");
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  const LogIngested got = observe_logs(std::vector<std::string>{path}, {});
  CHECK(got.facts.size() == 1);
  REQUIRE(!got.problems.empty());
  CHECK(got.problems.front().message.find("-wal, which is not read") != std::string::npos);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) ++files;
  CHECK(files == 2);
}

TEST_CASE("Pi-hole database: other databases are no logs", "[ingest][logs][pihole]") {
  CHECK(observed(database("CREATE TABLE books (title TEXT);")).account.format.empty());
}

}  // namespace mainstay
