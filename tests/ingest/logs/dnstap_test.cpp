#include <catch2/catch.hpp>

#include "tests/ingest/logs/records.h"
#include "tests/ingest/logs/wire_octets.h"

namespace mainstay {
namespace {

using wire::field;
using wire::fixed_field;
using wire::question;

constexpr unsigned kType = 1, kProtocol = 3, kQueryAddress = 4, kResponseAddress = 5, kQueryPort = 6, kResponsePort = 7, kQuerySeconds = 8,
                   kQueryNanoseconds = 9, kQuery = 10, kResponseSeconds = 12, kResponseNanoseconds = 13, kResponse = 14;
constexpr std::uint32_t kSecond = 1795737600;

const std::string kClient("\x0a\x09\x01\x07", 4);
const std::string kServer("\x0a\x09\x01\x35", 4);

std::string addresses() {
  return field(kProtocol, std::uint64_t{1}) + field(kQueryAddress, kClient) + field(kResponseAddress, kServer) +
         field(kQueryPort, std::uint64_t{40000}) + field(kResponsePort, std::uint64_t{53});
}

std::string query_message() { return wire::Message{.question = question("www.corp.example", 1)}.text(); }

std::string response_message(std::uint16_t flags = 0x8180) {
  return wire::Message{
      .flags = flags, .question = question("www.corp.example", 1), .answers = {wire::record(1, 60, {"\xc0\x00\x02\x0a", 4})}}
      .text();
}

std::string asked(std::uint64_t type) {
  return wire::tap(field(kType, type) + addresses() + field(kQuerySeconds, std::uint64_t{kSecond}) +
                   fixed_field(kQueryNanoseconds, 1000000) + field(kQuery, query_message()));
}

std::string answered(std::uint64_t type, bool has_query_time = false) {
  const std::string query_time = has_query_time ? field(kQuerySeconds, std::uint64_t{kSecond}) + fixed_field(kQueryNanoseconds, 0) : "";
  return wire::tap(field(kType, type) + addresses() + query_time + field(kResponseSeconds, std::uint64_t{kSecond}) +
                   fixed_field(kResponseNanoseconds, 3500000) + field(kResponse, response_message()));
}

}  // namespace

TEST_CASE("dnstap: every type of message is a question or an answer", "[ingest][logs][dnstap]") {
  constexpr std::uint64_t kLastType = 14;
  for (std::uint64_t type = 1; type <= kLastType; type += 2) {
    const Observed got = observed(wire::frames({asked(type), answered(type + 1)}));
    INFO(type);
    CHECK(got.account.format == "dnstap");
    CHECK(got.account.queries == 2);
    REQUIRE(got.seen.size() == 1);
    const Observation& seen = got.seen[0];
    CHECK(seen.client == "10.9.1.7");
    CHECK(seen.server == "10.9.1.53");
    CHECK(seen.name.text() == "www.corp.example.");
    CHECK(seen.queries == 1);
    CHECK((seen.rcodes == std::map<std::string, std::uint64_t>{{"NOERROR", 1}}));
    CHECK((seen.answers == std::vector<std::string>{"192.0.2.10"}));
    CHECK(seen.ttl.at("low") == 60);
    CHECK(seen.latency.at("max") == 2500);  // by the times of the two messages
    CHECK(seen.first == "2026-11-27T00:00:00Z");
  }
}

TEST_CASE("dnstap: an answer that says when it was asked for needs no other message", "[ingest][logs][dnstap]") {
  const Observed got = observed(wire::frames({answered(6, true)}));
  REQUIRE(got.seen.size() == 1);
  CHECK(got.seen[0].queries == 1);
  CHECK(got.seen[0].latency.at("max") == 3500);
}

TEST_CASE("dnstap: who wrote it stands in for an address that is left out", "[ingest][logs][dnstap]") {
  const auto tap = [](std::uint64_t type, unsigned own_address) {
    std::string fields = field(kType, type) + field(kQuery, query_message());
    if (own_address != kQueryAddress) fields += field(kQueryAddress, kClient);
    if (own_address != kResponseAddress) fields += field(kResponseAddress, kServer);
    return field(1, std::string("ns1.corp.example")) + wire::tap(fields);
  };
  const Observed got = observed(wire::frames({tap(5, kResponseAddress), tap(3, kQueryAddress)}));
  REQUIRE(got.seen.size() == 2);
  CHECK(got.seen[0].client == "10.9.1.7");
  CHECK(got.seen[0].server == "ns1.corp.example");
  CHECK(got.seen[1].client == "ns1.corp.example");
  CHECK(got.seen[1].server == "10.9.1.53");
}

TEST_CASE("dnstap: bad frames cost themselves and nothing else", "[ingest][logs][dnstap]") {
  struct Row {
    const char* title;
    std::string frame;
    std::uint64_t other;
    std::uint64_t not_understood;
  };
  const Row rows[] = {
      {"bad: no protocol buffer", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 0, 1},
      {"bad: a field longer than its frame", std::string("\x72\x7f") + "abc", 0, 1},
      {"bad: a message inside longer than itself", field(14, std::string("\x52\x7f") + "abc"), 0, 1},
      {"bad: a number where octets belong", field(14, std::uint64_t{7}), 1, 0},
      {"a frame without a message", field(15, std::uint64_t{2}), 1, 0},
      {"bad: a type of message that there is not", wire::tap(field(kType, std::uint64_t{15}) + field(kQuery, query_message())), 0, 1},
      {"bad: no type", wire::tap(field(kQuery, query_message())), 0, 1},
      {"messages left out", wire::tap(field(kType, std::uint64_t{5}) + addresses()), 1, 0},
      {"bad: a message of DNS that ends early", wire::tap(field(kType, std::uint64_t{5}) + field(kQuery, std::string("abc"))), 0, 1},
      {"FORMERR, which has no question",
       wire::tap(field(kType, std::uint64_t{6}) + field(kResponse, wire::Message{.flags = 0x8181}.text())), 1, 0},
      {"a field of later versions", field(99, std::string("new")), 1, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Observed got = observed(wire::frames({asked(5), row.frame, asked(5)}));
      CHECK(got.account.queries == 2);
      CHECK(got.account.other == row.other);
      CHECK(got.account.not_understood == row.not_understood);
      CHECK(got.account.lines == 3);
      CHECK(got.says("record 2: ") == (row.not_understood > 0));
    }
}

TEST_CASE("dnstap: addresses of a wrong size and impossible times are none", "[ingest][logs][dnstap]") {
  const Observed got = observed(wire::frames({wire::tap(field(kType, std::uint64_t{5}) + field(kQueryAddress, std::string("abc")) +
                                                        field(kQuerySeconds, ~std::uint64_t{0}) + field(kQuery, query_message()))}));
  REQUIRE(got.seen.size() == 1);
  CHECK(got.seen[0].client.empty());
  CHECK(got.seen[0].first.empty());
}

TEST_CASE("dnstap: a file that is damaged gives what stands before the damage, and says so", "[ingest][logs][dnstap]") {
  const std::string whole = wire::frames({asked(5)});
  const std::string open = whole.substr(0, whole.size() - 12);  // as it is while the server runs
  struct Row {
    const char* title;
    std::string file;
    const char* said;
    std::uint64_t too_long;
  };
  const Row rows[] = {
      {"no end", open, "", 0},
      {"two files behind one another", whole + whole, "", 0},
      {"bad: a frame of 4 GiB", open + "\xff\xff\xff\xff" + std::string(100, 'x'), "ends inside of a frame of 4294967295 octets", 0},
      {"bad: a frame that is too long", open + wire::number32(300000) + std::string(300000, 'x'), "records are longer", 1},
      {"bad: a frame that is cut off", open + wire::number32(100) + "abc", "ends inside of a frame of 100 octets", 0},
      {"bad: a size that is cut off", open + "ab", "inside of the size", 0},
      {"bad: a control frame of 4 GiB", open + wire::number32(0) + "\xff\xff\xff\xff" + "abcd", "no control frame", 0},
      {"bad: a control frame of no kind", open + wire::number32(0) + wire::number32(4) + wire::number32(9), "no control frame", 0},
      {"bad: a control frame that is cut off", open + wire::number32(0) + wire::number32(40), "inside of a control frame", 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Observed got = observed(row.file);
      CHECK(got.account.format == "dnstap");
      CHECK(got.seen.size() == 1);
      CHECK(got.account.too_long == row.too_long);
      if (row.said[0] == '\0')
        CHECK(got.problems.empty());
      else
        CHECK(got.says(row.said));
    }
}

TEST_CASE("dnstap: Frame Streams of something else are not guessed at", "[ingest][logs][dnstap]") {
  std::string file = wire::frames({asked(5)});
  file.replace(file.find("dnstap.Dnstap"), 13, "other1.Other1");
  const Observed got = observed(file);
  CHECK(got.account.format.empty());
  CHECK(got.seen.empty());
}

}  // namespace mainstay
