#include "graph/facts/codec.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "graph/facts/fields.h"
#include "tests/graph/every_fact.h"

namespace mainstay {
namespace {

/// Checks that each member of a sample is set, so that a round trip proves something about it.
template <Tabled T>
void check_all_members_set(const T& sample) {
  const T nothing{};
  for_each_field<T>([&](const auto& field) {
    CAPTURE(Table<T>::kName, field.name);
    CHECK_FALSE(field.of(sample) == field.of(nothing));
  });
}

/// The line with one member more, less or other.
std::string changed(const std::string& line, const std::string& member, const nlohmann::json& value) {
  nlohmann::json object = nlohmann::json::parse(line);
  object[member] = value;
  return object.dump();
}

}  // namespace

TEST_CASE("facts codec: every kind of fact is written and read back whole", "[graph][codec]") {
  const std::vector<Fact> samples = every_fact();
  std::set<std::size_t> kinds;
  for (const Fact& fact : samples) {
    kinds.insert(fact.index());
    DYNAMIC_SECTION(kind_of(fact)) {
      std::visit([](const auto& one) { check_all_members_set(one); }, fact);
      const std::string line = to_json_line(fact);
      CHECK(line.find('\n') == std::string::npos);
      const Result<Fact> read = fact_from_json_line(line);
      INFO(line);
      INFO((read ? std::string() : read.error()));
      REQUIRE(read);
      CHECK(*read == fact);
      CHECK(to_json_line(*read) == line);
    }
  }
  CHECK(kinds.size() == std::variant_size_v<Fact>);
}

TEST_CASE("facts codec: what says nothing is left out and read back", "[graph][codec]") {
  CHECK(to_json_line(Scope{.id = "host:app", .kind = ScopeKind::host}) == R"({"fact":"scope","id":"host:app","kind":"host"})");
  CHECK(to_json_line(Stub{.scope = "host:app", .servers = {{.address = *IpAddress::parse("10.9.1.53")}}}) ==
        R"({"fact":"stub","scope":"host:app","servers":[{"address":"10.9.1.53"}]})");
  CHECK(to_json_line(Server{.id = "server:x", .iterates = false}) == R"({"fact":"server","id":"server:x","iterates":false})");
  CHECK(to_json_line(Zone{}) == R"({"fact":"zone","apex":"."})");
  const Evidence reason = Evidence::declared({.file = "a.conf", .line = 3, .column = 5, .length = 7, .text = "say \"x\""});
  CHECK(to_json_line(Scope{.id = "a", .reasons = {reason}}) ==
        R"({"fact":"scope","id":"a","kind":"repository","reasons":[{"confidence":"declared","file":"a.conf","line":3,"column":5,)"
        R"("length":7,"text":"say \"x\""}]})");
}

TEST_CASE("facts codec: a text is a string or its parts", "[graph][codec]") {
  Text text("auth.");
  text.append(Hole{.name = "var.env", .pattern = "*.x"});
  text.append(".example.com");
  CHECK(to_json_line(Trust{.by = "a", .kind = "b", .value = text}) ==
        R"({"fact":"trust","by":"a","kind":"b","value":["auth.",{"hole":"var.env","pattern":"*.x"},".example.com"]})");
  const Result<Fact> joined = fact_from_json_line(R"({"fact":"trust","by":"a","kind":"b","value":["a",".b",""]})");
  REQUIRE(joined);
  CHECK(std::get<Trust>(*joined).value == Text("a.b"));
}

TEST_CASE("facts codec: octets that are not UTF-8 stay readable", "[graph][codec]") {
  const IdentityRecord record{.owner = "x.example", .fields = {{"v\xff", "1"}, {"v\xfe", "2\xc3"}}};
  const std::string line = to_json_line(record);
  const Result<Fact> read = fact_from_json_line(line);
  REQUIRE(read);
  CHECK(std::get<IdentityRecord>(*read).fields.size() == 2);
  CHECK(to_json_line(*read) == line);
}

TEST_CASE("facts codec: bad lines are refused and the message says why", "[graph][codec]") {
  struct Row {
    const char* title;
    std::string line;
    const char* message;
  };
  const Row rows[] = {
      {"bad: empty", "", "not JSON at octet 1"},
      {"bad: cut off", R"({"fact":"scope")", "not JSON at octet 16"},
      {"bad: something behind it", R"({"fact":"scope","id":"a","kind":"host"} x)", "not JSON at octet 41"},
      {"bad: an array", "[]", "a fact is a JSON object"},
      {"bad: no kind", R"({"id":"a"})", "the member 'fact' names the kind of fact, and is missing"},
      {"bad: kind of another type", R"({"fact":1})", "the member 'fact' names the kind of fact, and is missing"},
      {"bad: unknown kind", R"({"fact":"scopes","id":"a"})", "no kind of fact is called 'scopes'"},
      {"bad: missing member", R"({"fact":"scope","kind":"host"})", "the member 'id' is missing"},
      {"bad: unknown member", R"({"fact":"scope","id":"a","kind":"host","colour":"red"})", "no member is called 'colour'"},
      {"bad: unknown member inside", R"({"fact":"stub","scope":"a","servers":[{"ip":"10.0.0.1"}]})",
       "servers[0]: no member is called 'ip'"},
      {"bad: wrong type", R"({"fact":"scope","id":1,"kind":"host"})", "id: a string is expected"},
      {"bad: null", R"({"fact":"stub","scope":"a","timeout":null})", "timeout: a whole number from 0 to 4294967295 is expected"},
      {"bad: unknown word", R"({"fact":"zone","apex":"a.","kind":"hidden"})", "kind: 'hidden' is none of primary, secondary, stub, hosted"},
      {"bad: port 0", R"({"fact":"stub","scope":"a","servers":[{},{"port":0}]})", "servers[1].port: a number from 1 is expected"},
      {"bad: port out of range", R"({"fact":"use","workload":"w","host":"h","role":"sts","port":65536})",
       "port: a whole number from 0 to 65535 is expected"},
      {"bad: negative", R"({"fact":"stub","scope":"a","ndots":-1})", "ndots: a whole number from 0 to 4294967295 is expected"},
      {"bad: fraction", R"({"fact":"stub","scope":"a","ndots":1.0})", "ndots: a whole number from 0 to 4294967295 is expected"},
      {"bad: TTL out of range", R"({"fact":"record","owner":"a","type":"A","ttl":2147483648})",
       "ttl: a whole number from 0 to 2147483647 is expected"},
      {"bad: not an address", R"({"fact":"server","id":"a","addresses":["10.0.0.256"]})", "addresses[0]: not an IP address"},
      {"bad: not a name", R"({"fact":"zone","apex":"a..b"})", "apex: a name has an empty label"},
      {"bad: not a hole", R"({"fact":"trust","by":"a","kind":"b","value":["a",{"pattern":"*"}]})",
       "value[1]: the member 'hole' is missing"},
      {"bad: not a count", R"({"fact":"observation","name":"a.","type":"A","queries":1,"rcodes":{"NOERROR":"1"}})",
       "rcodes['NOERROR']: a whole number from 0 to 18446744073709551615 is expected"},
      {"bad: repeated member", R"({"fact":"scope","id":"a","id":"b","kind":"host"})", "the member 'id' is written twice"},
      {"bad: repeated kind", R"({"fact":"scope","fact":"zone","id":"b","kind":"host"})", "the member 'fact' is written twice"},
      {"bad: deep nesting", R"({"fact":)" + std::string(10000, '['), "nested deeper than any fact"},
      {"bad: not UTF-8", "{\"fact\":\"scope\",\"id\":\"\xff\",\"kind\":\"host\"}", "not JSON at octet 23"},
      {"bad: a line of 65 MiB", std::string(std::size_t{65} << 20, ' '), "a fact of more than 64 MiB"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<Fact> read = fact_from_json_line(row.line);
      REQUIRE_FALSE(read);
      CHECK(read.error() == row.message);
    }
}

TEST_CASE("facts codec: every member refuses a value of another type", "[graph][codec]") {
  for (const Fact& fact : every_fact()) {
    std::visit(
        [&]<class T>(const T&) {
          for_each_field<T>([&](const auto& field) {
            const std::string line = changed(to_json_line(fact), std::string(field.name), nlohmann::json{{"other", nullptr}});
            const Result<Fact> read = fact_from_json_line(line);
            CAPTURE(line);
            REQUIRE_FALSE(read);
            CHECK(read.error().starts_with(field.name));
          });
        },
        fact);
  }
}

TEST_CASE("facts codec: the schema agrees with the lines", "[graph][codec]") {
  const nlohmann::json schema = nlohmann::json::parse(facts_schema());
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  CHECK(schema["oneOf"].size() == std::variant_size_v<Fact>);
  for (const Fact& fact : every_fact()) {
    const nlohmann::json& kind = schema["$defs"][std::string(kind_of(fact))];
    const nlohmann::json line = nlohmann::json::parse(to_json_line(fact));
    CAPTURE(kind_of(fact));
    CHECK(kind["properties"]["fact"]["const"] == kind_of(fact));
    CHECK(kind["additionalProperties"] == false);
    CHECK(kind["properties"].size() == line.size());
    for (const auto& [member, value] : line.items()) {
      CAPTURE(member);
      CHECK(kind["properties"].contains(member));
    }
    for (const nlohmann::json& member : kind["required"]) {
      nlohmann::json without = line;
      without.erase(member.get<std::string>());
      CAPTURE(member);
      CHECK_FALSE(fact_from_json_line(without.dump()));
    }
  }
  CHECK(schema["$defs"]["use"]["properties"]["role"]["enum"].size() == words(Role{}).size());
  CHECK(schema["$defs"]["use"]["required"] == nlohmann::json{"fact", "workload", "host", "role"});
  CHECK(schema["$defs"]["upstream"]["properties"]["port"] ==
        nlohmann::json{{"type", "integer"}, {"minimum", 1}, {"maximum", 65535}, {"default", 53}});
  CHECK(schema["$defs"]["text"]["anyOf"][1]["items"]["anyOf"][1]["$ref"] == "#/$defs/hole");
}

TEST_CASE("facts codec: every reference of the schema is defined", "[graph][codec]") {
  const nlohmann::json schema = nlohmann::json::parse(facts_schema());
  std::size_t references = 0;
  const nlohmann::json flat = schema.flatten();
  for (const auto& [pointer, value] : flat.items()) {
    if (!pointer.ends_with("/$ref")) continue;
    ++references;
    CAPTURE(value);
    CHECK(schema.contains(nlohmann::json::json_pointer(value.get<std::string>().substr(1))));
  }
  CHECK(references > 50);
}

}  // namespace mainstay
