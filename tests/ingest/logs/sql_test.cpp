// Logs in a database: the queries' texts, and results as engines print them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "ingest/logs/sql/result_table.h"
#include "ingest/logs/sql/sql_result.h"
#include "ingest/logs/sql/sql_source.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

std::unique_ptr<ByteSource> source_of(std::string_view text) {
  const ScratchFolder folder;
  folder.write("result", text);
  Result<std::unique_ptr<ByteSource>> opened = open_bytes(folder.path("result"));
  REQUIRE(opened);
  return *std::move(opened);
}

const SqlSource& dnsmonster() { return **sql_source(SqlEngine::postgres, "dnsmonster"); }

struct Read {
  LogPart part;
  std::vector<ObservedRow> rows;
};

Read read(std::string_view text, const CountSettings& settings = {}) {
  RowSorter sorter(settings.memory);
  Read out{read_sql_result(source_of(text), "postgres:dns_log", dnsmonster(), settings, sorter), {}};
  const std::unique_ptr<RowSource> rows = sorter.rows();
  REQUIRE(for_each_row(*rows, [&](ObservedRow&& row) { out.rows.push_back(std::move(row)); }));
  return out;
}

const std::string kHead = "server,client,name,type,rcode,minute,asked,answered,first_us,last_us\n";
const std::string kMinute = "29928960";  // of 2026-11-26
const std::string kTime = "1795737600000000,1795737659999999";

}  // namespace

TEST_CASE("sql: a name is quoted for its engine, whatever stands in it", "[ingest][logs][sql]") {
  struct Row {
    SqlEngine engine;
    const char* schema;
    const char* table;
    const char* text;
  };
  const Row rows[] = {
      {SqlEngine::clickhouse, "dnsmonster", "", "FROM `DNS_LOG`\n"},
      {SqlEngine::clickhouse, "dnsmonster", "a`b\\.c", "FROM `a\\`b\\\\`.`c`\n"},
      {SqlEngine::postgres, "dnsmonster", "a\"b.c'; --", "FROM \"a\"\"b\".\"c'; --\"\n"},
      {SqlEngine::duckdb, "dnsmonster", "a\"b", "FROM \"a\"\"b\"\n"},
      {SqlEngine::duckdb, "route53-resolver", "s3://logs/it's/*.gz", "FROM 's3://logs/it''s/*.gz'\n"},
      {SqlEngine::athena, "route53-resolver", "db.t\"", "FROM \"db\".\"t\"\"\"\n"},
      {SqlEngine::bigquery, "cloudflare", "my-project.d.t`", "FROM `my-project.d.t\\``\n"},
      {SqlEngine::kql, "azure-dns", "it's\\", "['it\\'s\\\\']\n"},
  };
  for (const Row& row : rows) {
    const Result<std::string> query = sql_query(row.engine, row.schema, row.table);
    REQUIRE(query);
    INFO(*query);
    CHECK(query->find(row.text) != std::string::npos);
  }
  CHECK(!sql_query(SqlEngine::postgres, "dnsmonster", "a..b"));
  CHECK(!sql_query(SqlEngine::postgres, "dnsmonster", "a\nb"));
  CHECK(!sql_query(SqlEngine::kql, "azure-dns", "a.b"));
  CHECK(sql_query(SqlEngine::postgres, "nobody", "").error().find("for postgres there are dnsmonster") != std::string::npos);
  CHECK(sql_query(SqlEngine::postgres, "azure-dns", "").error().find("is known in kql") != std::string::npos);
}

TEST_CASE("sql: every layout has a query with the columns that are read", "[ingest][logs][sql]") {
  std::set<std::pair<SqlEngine, std::string_view>> known;
  for (const SqlSource& source : all_sql_sources()) {
    const Result<std::string> query = sql_query(source.engine, source.schema, "");
    REQUIRE(query);
    INFO(*query);
    CHECK(known.insert({source.engine, source.schema}).second);
    for (const char* column : {"server", "client", "name", "type", "rcode", "minute", "asked", "answered", "first_us", "last_us"})
      CHECK(query->find(column) != std::string::npos);
    CHECK((query->find("latency_us") != std::string::npos) == !source.latency.empty());
  }
}

TEST_CASE("sql: results as engines print them are the same rows", "[ingest][logs][sql]") {
  const std::string line = "10.9.1.53,10.0.0.7,WWW.Example,1,3," + kMinute + ",0,2," + kTime + "\n";
  const Read plain = read(kHead + line);
  REQUIRE(plain.rows.size() == 1);
  const ObservedRow& row = plain.rows[0];
  CHECK(row.name == "www.example.");
  CHECK(row.type == "A");
  CHECK(row.answered == 2);
  CHECK(row.rcodes.at("NXDOMAIN") == 2);
  CHECK(row.minutes.size() == 1);
  CHECK(plain.part.account.lines == 2);
  const std::string object = R"({"last_us": 1795737659999999, "SERVER": "10.9.1.53", "client": "::ffff:10.0.0.7", "name": "www.example.",
    "type": "A", "rcode": "3", "minute": 29928960, "asked": 0, "answered": "2", "first_us": 1795737600000000, "other": {"a": [1]}})";
  for (const std::string& text :
       {"\xef\xbb\xbf" + kHead + line,
        "\"server\",\"client\",\"name\",\"type\",\"rcode\",\"minute\",\"asked\",\"answered\",\"first_us\",\"last_us\",\"more\"\r\n"
        "\"10.9.1.53\",\"10.0.0.7\",\"www.example\",\"A\",\"NXDOMAIN\",\"" +
            kMinute + "\",\"0\",\"2.0\"," + kTime + ",\"a,\"\"b\"\r\n",
        object, "[" + object + "]", "[\n" + object + "\n]\n"}) {
    const Read one = read(text);
    INFO(text);
    CHECK(one.rows == plain.rows);
  }
}

TEST_CASE("sql: rows of one key add up, in memory and on the disk", "[ingest][logs][sql]") {
  std::mt19937_64 random(3);
  std::vector<std::string> lines;
  for (int n = 0; n < 4000; ++n) {
    const std::uint64_t minute = 29928960 + random() % 9;
    lines.push_back("s,10.0.0." + std::to_string(random() % 5) + ",n" + std::to_string(random() % 50) + ".example,A," +
                    std::to_string(random() % 3) + "," + std::to_string(minute) + ",1,2," + std::to_string(minute * 60000000 + 5) + "," +
                    std::to_string(minute * 60000000 + 7) + "\n");
  }
  const auto text_of = [&] {
    std::string text = kHead;
    for (const std::string& line : lines) text += line;
    return text;
  };
  const Read held = read(text_of());
  CHECK(held.rows.size() <= 250);
  std::shuffle(lines.begin(), lines.end(), random);
  CHECK(read(text_of()).rows == held.rows);
  CHECK(read(text_of(), {.memory = 20000}).rows == held.rows);
  CHECK(held.part.account.queries == 12000);
}

TEST_CASE("sql: latencies of a step are a sketch of them", "[ingest][logs][sql]") {
  const std::string head = kHead.substr(0, kHead.size() - 1) + ",latency_us,fastest_us,slowest_us\n";
  const std::string row = "s,c,n.example,A,0," + kMinute + ",0,3," + kTime + ",";
  const Read one = read(head + row + "1024,1030,1035\n" + row + "\\N,\\N,\\N\n");
  REQUIRE(one.rows.size() == 1);
  LatencySketch expected;
  for (const unsigned value : {1030u, 1031u, 1035u}) expected.add(value);
  CHECK(one.rows[0].latency == expected);
  CHECK(read(head + row + "1024,1030,2000\n").part.account.not_understood == 1);  // not of one step
}

TEST_CASE("sql: what is no result is told", "[ingest][logs][sql]") {
  struct Row {
    const char* title;
    std::string text;
    const char* told;
  };
  const Row rows[] = {
      {"nothing", "", "the result is empty"},
      {"a column is missing", "server,client,name,type,rcode,asked\na,b,c.example,A,0,1\n", "has no column answered"},
      {"a count that is none", kHead + "s,c,n.example,A,0," + kMinute + ",-1,0," + kTime + "\n", "is not understood"},
      {"a name that is none", kHead + "s,c,n..example,A,0," + kMinute + ",1,0," + kTime + "\n", "is not understood"},
      {"times of another minute", kHead + "s,c,n.example,A,0,7,1,0," + kTime + "\n", "is not understood"},
      {"a row that is cut off", kHead + "s,c,n.example\n" + "s,c,n.example,A,0," + kMinute + ",1,0," + kTime + "\n", ""},
      {"an error of the engine", "ERROR: no such table\n", "has no column server"},
      {"an object that is cut off", "{\"server\": \"a\", \"client\"", ""},
      {"a quotation without an end", kHead + "\"" + std::string(3000000, 'x'), ""},
      {"an object without an end", "{\"a\": \"" + std::string(3000000, 'x'), ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Read one = read(row.text);
      CHECK(std::ranges::any_of(one.part.problems, [&](const Diagnostic& told) {
              return told.message.find(row.told) != std::string::npos;
            }) == (*row.told != '\0'));
      CHECK(one.rows.size() <= 1);
    }
  CHECK(read(kHead + "s,c,n.example\n").part.account.not_understood == 1);
  CHECK(read(kHead).part.problems.empty());
}

}  // namespace mainstay
