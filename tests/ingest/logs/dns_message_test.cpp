#include "ingest/logs/wire/dns_message.h"

#include <catch2/catch.hpp>
#include <random>

#include "graph/values/ip_address.h"
#include "ingest/logs/wire/address_text.h"
#include "tests/ingest/logs/wire_octets.h"

namespace mainstay {
namespace {

using wire::name;
using wire::number16;
using wire::question;
using wire::record;

/// A header that promises one question, and what follows it.
std::string with_header(const std::string& rest) {
  return number16(1) + number16(0x0100) + number16(1) + number16(0) + number16(0) + number16(0) + rest;
}

std::string pointer(unsigned target) { return number16(0xc000 | target); }

}  // namespace

TEST_CASE("messages of DNS: names of questions", "[ingest][logs][wire]") {
  struct Row {
    const char* title;
    std::string message;
    const char* name;  // empty: cannot be read
  };
  const std::string long_label = "\x3f" + std::string(63, 'a');
  const std::string kind = number16(1) + number16(1);
  const Row rows[] = {
      {"a host name", with_header(name("WWW.corp.example") + kind), "WWW.corp.example."},
      {"the root", with_header(name("") + kind), "."},
      {"octets that need escapes", with_header("\x05" + std::string("a.\\ \x80") + name("example") + kind), "a\\.\\\\\\032\\128.example."},
      {"bad: a NUL is an octet too", with_header("\x01" + std::string(1, '\0') + name("") + kind), "\\000."},
      {"the longest name", with_header(long_label + long_label + long_label + "\x3d" + std::string(61, 'b') + name("") + kind),
       "(longest)"},
      {"bad: longer than the longest", with_header(long_label + long_label + long_label + "\x3e" + std::string(62, 'b') + name("") + kind),
       ""},
      {"bad: a label of 64 octets", with_header("\x40" + std::string(64, 'a') + name("") + kind), ""},
      {"bad: a pointer to itself", with_header(pointer(12) + kind), ""},
      {"bad: a pointer forwards", with_header(pointer(20) + kind + name("a.example")), ""},
      {"bad: a pointer into the header", with_header(pointer(2) + kind), ""},
      {"bad: a pointer that is cut off", with_header("\xc0"), ""},
      {"bad: a label that is cut off", with_header("\x05" + std::string("ab")), ""},
      {"bad: no end of the name", with_header("\x02" + std::string("ab")), ""},
      {"bad: no type", with_header(name("a.example")), ""},
      {"bad: half a header", std::string(11, '\0'), ""},
      {"bad: nothing", "", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      LineScratch scratch;
      const std::optional<DnsMessage> message = read_dns_message(row.message, scratch);
      REQUIRE(message.has_value() == (row.name[0] != '\0'));
      if (!message) continue;
      if (row.name[0] == '(')
        CHECK(message->name.size() == 254);
      else
        CHECK(message->name == row.name);
      CHECK(message->type == 1);
      CHECK(message->record_class == 1);
      CHECK(message->is_whole);
    }
}

TEST_CASE("messages of DNS: a name made of as many pointers as there may be, and of one more", "[ingest][logs][wire]") {
  for (const unsigned pointers : {127u, 128u}) {
    // An answer's name goes through pointers that each point at the one before.
    std::string message = wire::Message{.flags = 0x8180, .question = question("a.example", 1)}.text();
    const std::size_t data = message.size() + 12;
    std::string chain = pointer(12);
    for (unsigned at = 1; at + 1 < pointers; ++at) chain += pointer(static_cast<unsigned>(data + 2 * (at - 1)));
    message[7] = 2;
    message += "\xc0\x0c" + number16(16) + number16(1) + wire::number32(60) + number16(chain.size()) + chain;
    message += record(5, 60, pointer(static_cast<unsigned>(data + chain.size() - 2)));
    LineScratch scratch;
    const std::optional<DnsMessage> read = read_dns_message(message, scratch);
    REQUIRE(read);
    CHECK(read->is_whole == (pointers == 127));
    CHECK(scratch.answers.size() == (pointers == 127 ? 1u : 0u));
  }
}

TEST_CASE("messages of DNS: answers, their TTLs, and the code of EDNS", "[ingest][logs][wire]") {
  const std::string opt = std::string(1, '\0') + number16(41) + number16(1232) + wire::number32(0x01008000) + number16(0);
  const wire::Message message{
      .flags = 0x8180,
      .question = question("www.corp.example", 1),
      .answers = {record(5, 300,
                         "\x01"
                         "b\xc0\x10"),
                  record(1, 60, {"\xc0\x00\x02\x0a", 4}), record(28, 0x80000000, "\x20\x01\x0d\xb8" + std::string(11, '\0') + "\x01"),
                  record(16, 5,
                         "\x03"
                         "key")},
      .others = {opt}};
  LineScratch scratch;
  const std::optional<DnsMessage> read = read_dns_message(message.text(), scratch);
  REQUIRE(read);
  CHECK(read->is_whole);
  CHECK(read->is_response);
  CHECK(read->rcode == 16);
  REQUIRE(scratch.answers.size() == 3);
  CHECK(scratch.answers[0].data == "b.corp.example.");
  CHECK(scratch.answers[0].ttl == 300);
  CHECK(scratch.answers[1].data == "192.0.2.10");
  CHECK(scratch.answers[1].ttl == 60);
  CHECK(scratch.answers[2].data == "2001:db8::1");
  CHECK(scratch.answers[2].ttl == 0);
  LogLine line;
  CHECK(describe_message(*read, line, scratch) == LineVerdict::query);
  CHECK(line.type == "A");
  CHECK(line.rcode == "RCODE16");
}

TEST_CASE("messages of DNS: what is cut off gives what stands before the cut", "[ingest][logs][wire]") {
  const std::string whole = wire::Message{.flags = 0x8180,
                                          .question = question("www.corp.example", 1),
                                          .answers = {record(1, 60, {"\xc0\x00\x02\x0a", 4}), record(1, 60, {"\xc0\x00\x02\x0b", 4})}}
                                .text();
  const std::size_t question_end = 12 + name("www.corp.example").size() + 4;
  for (std::size_t size = 0; size <= whole.size() + 1; ++size) {
    LineScratch scratch;
    const std::string cut = size <= whole.size() ? whole.substr(0, size) : whole + "x";
    const std::optional<DnsMessage> read = read_dns_message(cut, scratch);
    CHECK(read.has_value() == (size >= question_end));
    if (read) CHECK(read->is_whole == (size == whole.size()));
    if (read) CHECK(scratch.answers.size() == (size >= whole.size() ? 2u : size >= whole.size() - 16 ? 1u : 0u));
  }
}

TEST_CASE("messages of DNS: what is no query of class IN is something else", "[ingest][logs][wire]") {
  const auto verdict = [](std::string message) {
    LineScratch scratch;
    LogLine line;
    const std::optional<DnsMessage> read = read_dns_message(message, scratch);
    return read ? describe_message(*read, line, scratch) : LineVerdict::not_understood;
  };
  CHECK(verdict(wire::Message{.question = question("a.example", 1)}.text()) == LineVerdict::query);
  CHECK(verdict(wire::Message{.flags = 0x2800, .question = question("a.example", 6)}.text()) == LineVerdict::other);       // an update
  CHECK(verdict(wire::Message{.question = name("a.example") + number16(16) + number16(3)}.text()) == LineVerdict::other);  // class CH
  CHECK(verdict(wire::Message{.flags = 0x8181}.text()) == LineVerdict::other);  // FORMERR without a question
}

TEST_CASE("addresses: their text is that of IpAddress", "[ingest][logs][wire]") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string octets(round % 2 == 0 ? 4 : 16, '\0');
    for (char& octet : octets) octet = random() % 3 == 0 ? static_cast<char>(random()) : '\0';
    LineScratch scratch;
    const std::string text(address_text(octets, scratch));
    const Result<IpAddress> read = IpAddress::parse(text);
    REQUIRE(read);
    CHECK(read->text() == text);
    CHECK(std::equal(octets.begin(), octets.end(), read->bytes().begin(),
                     [](char left, std::uint8_t right) { return static_cast<std::uint8_t>(left) == right; }));
  }
  LineScratch scratch;
  CHECK(address_text("abc", scratch).empty());
  CHECK(address_text("", scratch).empty());
}

}  // namespace mainstay
