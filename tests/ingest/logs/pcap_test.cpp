#include <catch2/catch.hpp>

#include "tests/ingest/logs/records.h"
#include "tests/ingest/logs/wire_octets.h"

namespace mainstay {
namespace {

using wire::Ends;
using wire::number16;
using wire::number32;
using wire::question;

constexpr unsigned kTcp = 6, kUdp = 17;
constexpr std::uint32_t kEthernet = 1, kRaw = 101;

const Ends kV4{{"\x0a\x09\x01\x07", 4}, {"\x0a\x09\x01\x35", 4}};
const Ends kV6{"\x20\x01\x0d\xb8" + std::string(11, '\0') + "\x07", "\x20\x01\x0d\xb8" + std::string(11, '\0') + "\x35"};

std::string asks(std::string_view host = "www.corp.example", std::uint16_t id = 1) {
  return wire::Message{.id = id, .question = question(host, 1)}.text();
}

std::string answers(std::string_view host = "www.corp.example", std::uint16_t id = 1) {
  return wire::Message{.id = id, .flags = 0x8180, .question = question(host, 1), .answers = {wire::record(1, 60, {"\xc0\x00\x02\x0a", 4})}}
      .text();
}

std::string datagram(const Ends& ends, const std::string& message) { return wire::ip(ends, kUdp, wire::udp(ends, message)); }
std::string framed(const std::string& message) { return number16(message.size()) + message; }
std::string segment(const Ends& ends, std::uint32_t sequence, const std::string& octets, unsigned flags = 0x10) {
  return wire::ip(ends, kTcp, wire::tcp(ends, sequence, octets, flags));
}

/// One exchange, seen whole.
void check_exchange(const Observed& got, const char* client, const char* server) {
  REQUIRE(got.seen.size() == 1);
  const Observation& seen = got.seen[0];
  CHECK(seen.client == client);
  CHECK(seen.server == server);
  CHECK(seen.name.text() == "www.corp.example.");
  CHECK(seen.type == "A");
  CHECK(seen.queries == 1);
  CHECK((seen.rcodes == std::map<std::string, std::uint64_t>{{"NOERROR", 1}}));
  CHECK((seen.answers == std::vector<std::string>{"192.0.2.10"}));
  CHECK(seen.ttl.at("high") == 60);
}

}  // namespace

TEST_CASE("captures: every link layer", "[ingest][logs][pcap]") {
  struct Row {
    const char* title;
    std::uint32_t link;
    std::string (*around)(const std::string& packet);
  };
  const Row rows[] = {
      {"Ethernet", 1, [](const std::string& p) { return wire::ethernet(p); }},
      {"Ethernet with padding behind", 1, [](const std::string& p) { return wire::ethernet(p) + std::string(9, '\0'); }},
      {"a VLAN", 1, [](const std::string& p) { return wire::ethernet(p, {0x8100}); }},
      {"a VLAN in a VLAN", 1,
       [](const std::string& p) {
         return wire::ethernet(p, {0x88a8, 0x8100});
       }},
      {"loopback of BSD", 0, [](const std::string& p) { return wire::little32(2) + p; }},
      {"loopback of OpenBSD", 108, [](const std::string& p) { return number32(2) + p; }},
      {"Linux, cooked", 113, [](const std::string& p) { return std::string(14, '\0') + number16(p[0] == '\x45' ? 0x0800 : 0x86dd) + p; }},
      {"Linux, cooked again", 276,
       [](const std::string& p) { return number16(p[0] == '\x45' ? 0x0800 : 0x86dd) + std::string(18, '\0') + p; }},
      {"raw", 101, [](const std::string& p) { return p; }},
      {"raw, the number of BSD", 12, [](const std::string& p) { return p; }},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const auto file = [&](const Ends& ends) {
        return wire::pcap(row.link, {row.around(datagram(ends, asks())), row.around(datagram(ends.back(), answers()))});
      };
      const Observed v4 = observed(file(kV4));
      check_exchange(v4, "10.9.1.7", "10.9.1.53");
      CHECK(v4.seen[0].latency.at("max") == 1000000);
      CHECK(v4.account.format == "pcap");
      CHECK(v4.account.queries == 2);
      check_exchange(observed(file(kV6)), "2001:db8::7", "2001:db8::35");
    }
}

TEST_CASE("captures: every kind of file", "[ingest][logs][pcap]") {
  const std::string ask = datagram(kV4, asks());
  const std::string answer = datagram(kV4.back(), answers());
  const auto swapped = [](std::uint64_t value) { return wire::little32(value); };
  const auto pcap_file = [&](bool is_little, std::uint32_t magic, std::uint32_t fraction) {
    const auto n32 = [&](std::uint64_t value) { return is_little ? swapped(value) : number32(value); };
    std::string out = n32(magic) + (is_little ? std::string("\x02\x00\x04\x00", 4) : std::string("\x00\x02\x00\x04", 4)) + n32(0) + n32(0) +
                      n32(65535) + n32(kRaw);
    out += n32(1795737600) + n32(0) + n32(ask.size()) + n32(ask.size()) + ask;
    return out + n32(1795737600) + n32(fraction) + n32(answer.size()) + n32(answer.size()) + answer;
  };
  const auto pcapng_file = [&](bool is_little, const std::string& options, std::uint64_t first, std::uint64_t second) {
    const auto n32 = [&](std::uint64_t value) { return is_little ? swapped(value) : number32(value); };
    const auto n16 = [&](std::uint64_t value) { return is_little ? swapped(value).substr(0, 2) : number16(value); };
    const auto block = [&](std::uint32_t type, std::string body) {
      body.resize((body.size() + 3) / 4 * 4);
      const std::string size = n32(12 + body.size());
      return n32(type) + size + body + size;
    };
    const auto packet = [&](std::uint64_t time, const std::string& octets) {
      return block(6, n32(0) + n32(time >> 32) + n32(time) + n32(octets.size()) + n32(octets.size()) + octets);
    };
    return block(0x0a0d0d0a, n32(0x1a2b3c4d) + n16(1) + n16(0) + std::string(8, '\xff')) + block(1, n16(kRaw) + n16(0) + n32(0) + options) +
           block(5, "statistics, which nobody reads") + packet(first, ask) + packet(second, answer);
  };
  constexpr std::uint64_t kStart = 1795737600;
  const std::string nanoseconds = std::string("\x00\x09\x00\x01\x09\x00\x00\x00", 8);
  const std::string halves =
      std::string("\x09\x00\x01\x00\x8a\x00\x00\x00", 8) + std::string("\x0e\x00\x08\x00", 4) + swapped(kStart) + swapped(0);
  struct Row {
    const char* title;
    std::string file;
    const char* what;
  };
  const Row rows[] = {
      {"microseconds, big", pcap_file(false, 0xa1b2c3d4, 2500), "pcap file (microseconds, highest"},
      {"microseconds, little", pcap_file(true, 0xa1b2c3d4, 2500), "pcap file (microseconds, lowest"},
      {"nanoseconds, big", pcap_file(false, 0xa1b23c4d, 2500000), "pcap file (nanoseconds, highest"},
      {"nanoseconds, little", pcap_file(true, 0xa1b23c4d, 2500000), "pcap file (nanoseconds, lowest"},
      {"pcapng, big", pcapng_file(false, "", kStart * 1000000, kStart * 1000000 + 2500), "pcapng file"},
      {"pcapng, little", pcapng_file(true, "", kStart * 1000000, kStart * 1000000 + 2500), "pcapng file"},
      {"pcapng, nanoseconds", pcapng_file(false, nanoseconds, kStart * 1000000000, kStart * 1000000000 + 2500000), "pcapng file"},
      {"pcapng, 1024ths of a second from a later time on", pcapng_file(true, halves, 0, 3), "pcapng file"},
      {"pcapng, two sections of different order",
       pcapng_file(true, "", kStart * 1000000, kStart * 1000000 + 2500) + pcapng_file(false, "", kStart * 1000000, kStart * 1000000 + 2500),
       "pcapng file"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Observed got = observed(row.file);
      REQUIRE(got.seen.size() == 1);
      CHECK(got.seen[0].latency.at("max") == (row.title == rows[7].title ? 2929u : 2500u));
      CHECK(got.seen[0].first == "2026-11-27T00:00:00Z");
      CHECK(got.account.reason.find(row.what) != std::string::npos);
      CHECK(got.problems.empty());
    }
}

TEST_CASE("captures: a packet without a time counts all the same", "[ingest][logs][pcap]") {
  const std::string ask = datagram(kV4, asks());
  const auto block = [&](std::uint32_t type, std::string body) {
    body.resize((body.size() + 3) / 4 * 4);
    return number32(type) + number32(12 + body.size()) + body + number32(12 + body.size());
  };
  const Observed got = observed(block(0x0a0d0d0a, number32(0x1a2b3c4d) + number32(0x10000) + std::string(8, '\xff')) +
                                block(1, number16(kRaw) + number16(0) + number32(0)) + block(3, number32(ask.size()) + ask));
  REQUIRE(got.seen.size() == 1);
  CHECK(got.seen[0].queries == 1);
  CHECK(got.seen[0].first.empty());
}

TEST_CASE("captures: fragments in any order are a packet", "[ingest][logs][pcap]") {
  for (const Ends& ends : {kV4, kV6}) {
    std::vector<std::string> pieces = wire::fragments(ends.back(), kUdp, wire::udp(ends.back(), answers()), 24);
    REQUIRE(pieces.size() > 2);
    std::vector<std::string> packets{datagram(ends, asks())};
    for (auto at = pieces.rbegin(); at != pieces.rend(); ++at) packets.push_back(*at);
    packets.insert(packets.begin() + 2, packets[1]);  // one of them is sent twice
    const Observed got = observed(wire::pcap(kRaw, packets));
    check_exchange(got, ends.source.size() == 4 ? "10.9.1.7" : "2001:db8::7", ends.source.size() == 4 ? "10.9.1.53" : "2001:db8::35");
    CHECK(got.account.queries == 2);
    CHECK(got.account.lines == packets.size());
    pieces.pop_back();
    pieces.insert(pieces.begin(), datagram(ends, asks()));
    const Observed without_end = observed(wire::pcap(kRaw, pieces));
    CHECK(without_end.account.queries == 1);
    CHECK(without_end.says("questions without an answer in the capture: 1"));
  }
}

TEST_CASE("captures: fragments that overlap are nobody's packet", "[ingest][logs][pcap]") {
  const std::string whole = wire::udp(kV4, asks());
  std::vector<std::string> pieces = wire::fragments(kV4, kUdp, whole, 16);
  const std::vector<std::string> others = wire::fragments(kV4, kUdp, whole, 24);
  pieces.insert(pieces.begin() + 1, others[1]);
  CHECK(observed(wire::pcap(kRaw, pieces)).account.queries == 0);
}

TEST_CASE("captures: messages over TCP, however they are cut", "[ingest][logs][pcap]") {
  const std::string two = framed(asks()) + framed(asks("idp.corp.example", 2));
  const std::string replies = framed(answers()) + framed(answers("idp.corp.example", 2));
  const std::uint32_t first = 0xfffffff0;  // sequence numbers run over
  struct Row {
    const char* title;
    std::vector<std::string> packets;
    std::uint64_t queries;
    const char* said;
  };
  const auto pieces = [&](std::size_t size) {
    std::vector<std::string> all{segment(kV4, first - 1, "", 0x02)};
    for (std::size_t at = 0; at < two.size(); at += size)
      all.push_back(segment(kV4, static_cast<std::uint32_t>(first + at), two.substr(at, size)));
    all.push_back(segment(kV4.back(), 700, "", 0x12));
    all.push_back(segment(kV4.back(), 701, replies, 0x11));
    return all;
  };
  std::vector<std::string> shuffled = pieces(10);
  std::swap(shuffled[1], shuffled[4]);
  std::swap(shuffled[2], shuffled[3]);
  std::vector<std::string> twice = pieces(10);
  twice.insert(twice.begin() + 3, segment(kV4, first, two.substr(0, 20)));  // sent again, with what is known and what is not
  std::vector<std::string> middle = pieces(1000);
  middle.erase(middle.begin());
  std::vector<std::string> from_within{segment(kV4, 5, "in the middle of something"), segment(kV4, 900, two)};
  const Row rows[] = {
      {"whole", pieces(1000), 4, ""},
      {"octet by octet", pieces(1), 4, ""},
      {"out of order", shuffled, 4, ""},
      {"sent again", twice, 4, ""},
      {"without its beginning", middle, 4, ""},
      {"from the middle of a message on", from_within, 2, "questions without an answer in the capture: 2"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Observed got = observed(wire::pcap(kRaw, row.packets));
      CHECK(got.account.queries == row.queries);
      CHECK(got.seen.size() == 2);
      CHECK(got.account.not_understood == 0);
      if (row.said[0] != '\0') CHECK(got.says(row.said));
    }
}

TEST_CASE("captures: a connection with a gap is taken up again", "[ingest][logs][pcap]") {
  std::vector<std::string> packets{segment(kV4, 0, framed(asks()))};
  std::uint32_t at = 5000;
  const std::string large = std::string(60000, 'x');
  packets.push_back(segment(kV4, at, large));
  packets.push_back(segment(kV4, at + 60000, large));
  packets.push_back(segment(kV4, at + 120000, framed(asks("idp.corp.example", 2))));
  const Observed got = observed(wire::pcap(kRaw, packets));
  CHECK(got.account.queries == 2);
  CHECK(got.says("TCP connections with a piece missing: 1"));
}

TEST_CASE("captures: a transfer is one query", "[ingest][logs][pcap]") {
  const auto part = [](std::uint16_t flags) {
    return framed(wire::Message{.flags = flags, .question = question("corp.example", 252)}.text());
  };
  const Observed got =
      observed(wire::pcap(kRaw, {segment(kV4, 1, part(0)), segment(kV4.back(), 1, part(0x8400) + part(0x8400) + part(0x8400))}));
  REQUIRE(got.seen.size() == 1);
  CHECK(got.seen[0].queries == 1);
}

TEST_CASE("captures: servers at other ports are known by their messages", "[ingest][logs][pcap]") {
  Ends ends = kV4;
  ends.target_port = 5377;
  const Observed udp = observed(wire::pcap(kRaw, {datagram(ends, asks()), datagram(ends.back(), answers())}));
  check_exchange(udp, "10.9.1.7", "10.9.1.53");
  CHECK(udp.says("messages of servers at other ports than 53: 2"));
  const Observed tcp = observed(wire::pcap(kRaw, {segment(ends, 1, framed(asks())), segment(ends.back(), 1, framed(answers()))}));
  check_exchange(tcp, "10.9.1.7", "10.9.1.53");
  const Observed damaged = observed(wire::pcap(kRaw, {datagram(ends, asks() + "x")}));
  CHECK(damaged.account.other == 1);
  for (const std::uint16_t port : {std::uint16_t{137}, std::uint16_t{5353}, std::uint16_t{5355}}) {
    ends.target_port = port;
    CHECK(observed(wire::pcap(kRaw, {datagram(ends, asks())})).account.other == 1);
  }
  ends.target_port = 53;
  ends.source_port = 5353;
  CHECK(observed(wire::pcap(kRaw, {datagram(ends, asks())})).account.queries == 1);  // a client may have any port
  ends.target_port = 853;
  CHECK(observed(wire::pcap(kRaw, {segment(ends, 1, "\x16\x03\x01")})).says("packets of DNS over TLS, which cannot be read: 1"));
}

TEST_CASE("captures: bad packets cost themselves and nothing else", "[ingest][logs][pcap]") {
  const std::string good = wire::ethernet(datagram(kV4, asks()));
  const std::string v6 = datagram(kV6, asks());
  std::string endless = v6.substr(0, 40);
  endless[6] = 0;
  for (int at = 0; at < 20; ++at) endless += std::string(8, '\0');
  struct Row {
    const char* title;
    std::string packet;
    std::uint64_t not_understood;
  };
  const Row rows[] = {
      {"nothing", "", 0},
      {"half of an Ethernet header", good.substr(0, 10), 0},
      {"tags of VLANs without end",
       std::string(12, 'x') + number16(0x8100) +
           [] {
             std::string tags;
             for (int at = 0; at < 20; ++at) tags += number16(7) + number16(0x8100);
             return tags;
           }(),
       0},
      {"ARP", std::string(12, 'x') + number16(0x0806) + std::string(28, '\0'), 0},
      {"a header of IPv4 of 4 octets",
       [&] {
         std::string p = good;
         p[14] = '\x41';
         return p;
       }(),
       0},
      {"a header of IPv4 longer than the packet",
       [&] {
         std::string p = good.substr(0, 40);
         p[14] = '\x4f';
         return p;
       }(),
       0},
      {"a total length of 3",
       [&] {
         std::string p = good;
         p[16] = 0;
         p[17] = 3;
         return p;
       }(),
       0},
      {"headers of IPv6 without end", wire::ethernet(endless), 0},
      {"half of a header of UDP", good.substr(0, 14 + 20 + 4), 0},
      {"a length of UDP of 3",
       [&] {
         std::string p = good;
         p[14 + 20 + 4] = 0;
         p[14 + 20 + 5] = 3;
         return p;
       }(),
       0},
      {"a message that is no message", wire::ethernet(datagram(kV4, "hello")), 1},
      {"a question that was cut off by the capture", good.substr(0, good.size() - 10), 1},
      {"a header of TCP longer than the packet", wire::ethernet(segment(kV4, 1, "").substr(0, 32) + "\xf0" + std::string(7, '\0')), 0},
      {"a size of TCP with nothing behind it", wire::ethernet(segment(kV4, 1, "\xff\xff")), 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Observed got = observed(wire::pcap(kEthernet, {good, row.packet, good}));
      CHECK(got.account.queries == 2);
      CHECK(got.account.not_understood == row.not_understood);
      CHECK(got.account.lines == 3);
    }
}

TEST_CASE("captures: a file that is damaged gives what stands before the damage, and says so", "[ingest][logs][pcap]") {
  const std::string whole = wire::pcap(kRaw, {datagram(kV4, asks())});
  const auto block = [&](std::uint32_t type, const std::string& body) {
    return number32(type) + number32(12 + body.size()) + body + number32(12 + body.size());
  };
  const std::string section = block(0x0a0d0d0a, number32(0x1a2b3c4d) + number32(0x10000) + std::string(8, '\xff'));
  struct Row {
    const char* title;
    std::string file;
    std::size_t queries;
    const char* said;
  };
  const Row rows[] = {
      {"bad: a packet of 4 GiB", whole + std::string(8, '\0') + std::string(8, '\xff'), 1, "a packet of 4294967295 octets cannot be"},
      {"bad: a packet that is cut off", whole + std::string(8, '\0') + number32(100) + number32(100) + "abc", 1,
       "ends inside of a packet of 100"},
      {"bad: a header that is cut off", whole + "abc", 1, "inside of the header of a packet"},
      {"bad: a link type that is not read", wire::pcap(189, {datagram(kV4, asks())}), 0, "packets of link type 189 are not read"},
      {"bad: a block of 8 octets", section + number32(6) + number32(8) + number32(8), 0, "a block of 8 octets cannot be"},
      {"bad: a block of odd length", section + number32(6) + number32(13) + std::string(9, 'x'), 0, "a block of 13 octets cannot be"},
      {"bad: a block of 4 GiB", section + number32(7) + number32(0xfffffffc) + "abcd", 0, "ends inside of a block"},
      {"bad: a packet of 4 GiB in a block", section + number32(6) + number32(0xfffffffc) + "abcd", 0, "cannot be"},
      {"bad: a packet longer than its block",
       section + block(1, number16(kRaw) + number16(0) + number32(0)) + block(6, std::string(12, '\0') + number32(500) + number32(500)), 0,
       "a packet of 500 octets"},
      {"bad: a packet of no interface", section + block(6, std::string(20, '\0')), 0, "on interface 0 cannot be"},
      {"bad: a simple packet of no interface", section + block(3, number32(0)), 0, "cannot be"},
      {"bad: a section of no order", section + block(0x0a0d0d0a, std::string(16, 'x')), 0, "without an order"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Observed got = observed(row.file);
      CHECK(got.account.format == "pcap");
      CHECK(got.seen.size() == row.queries);
      CHECK(got.says(row.said));
    }
}

}  // namespace mainstay
