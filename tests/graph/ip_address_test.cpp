#include "graph/values/ip_address.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("IP address: text is read and written in its shortest form, or refused", "[graph][ip-address]") {
  struct Row {
    const char* title;
    std::string text;
    const char* shown;  // empty: refused
  };
  const Row rows[] = {
      {"good: IPv4", "192.0.2.1", "192.0.2.1"},
      {"good: IPv6", "2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
      {"good: unspecified", "::", "::"},
      {"good: mapped IPv4 stays IPv6", "::ffff:192.0.2.1", "::ffff:192.0.2.1"},
      {"bad: empty", "", ""},
      {"bad: an octet above 255", "192.0.2.256", ""},
      {"bad: a leading zero", "192.0.2.01", ""},
      {"bad: three octets", "192.0.2", ""},
      {"bad: a zone", "fe80::1%eth0", ""},
      {"bad: a port", "192.0.2.1:53", ""},
      {"bad: a blank", "192.0.2.1 ", ""},
      {"bad: a NUL behind it", std::string("192.0.2.1\0", 10), ""},
      {"bad: longer than any address", std::string(100, '1'), ""},
      {"bad: a name", "dns.example", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<IpAddress> address = IpAddress::parse(row.text);
      CHECK((address ? address->text() : std::string()) == row.shown);
      if (address) CHECK(*IpAddress::parse(address->text()) == *address);
    }
}

TEST_CASE("IP address: which addresses the Internet does not route", "[graph][ip-address]") {
  struct Row {
    const char* text;
    bool loopback;
    bool is_private;
  };
  const Row rows[] = {{"127.0.0.1", true, true},
                      {"127.255.255.255", true, true},
                      {"128.0.0.1", false, false},
                      {"10.0.0.1", false, true},
                      {"11.0.0.1", false, false},
                      {"172.16.0.1", false, true},
                      {"172.31.255.255", false, true},
                      {"172.32.0.1", false, false},
                      {"192.168.0.1", false, true},
                      {"192.169.0.1", false, false},
                      {"169.254.169.254", false, true},
                      {"100.64.0.1", false, true},
                      {"100.127.255.255", false, true},
                      {"100.128.0.1", false, false},
                      {"8.8.8.8", false, false},
                      {"::1", true, true},
                      {"::2", false, false},
                      {"fe80::1", false, true},
                      {"febf::1", false, true},
                      {"fec0::1", false, false},
                      {"fd00::1", false, true},
                      {"fe00::1", false, false},
                      {"2001:db8::1", false, false},
                      {"::", false, false}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(IpAddress::parse(row.text)->is_loopback() == row.loopback);
    CHECK(IpAddress::parse(row.text)->is_private() == row.is_private);
  }
}

TEST_CASE("IP address: its network", "[graph][ip-address]") {
  CHECK(IpAddress::parse("10.9.30.40")->prefix(24) == "10.9.30.0/24");
  CHECK(IpAddress::parse("10.9.30.40")->prefix(30) == "10.9.30.40/30");
  CHECK(IpAddress::parse("10.9.30.43")->prefix(31) == "10.9.30.42/31");
  CHECK(IpAddress::parse("10.9.30.40")->prefix(0) == "0.0.0.0/0");
  CHECK(IpAddress::parse("10.9.30.40")->prefix(32) == "10.9.30.40/32");
  CHECK(IpAddress::parse("2001:db8:1:2:3::1")->prefix(48) == "2001:db8:1::/48");
  CHECK(IpAddress::parse("2001:db8::1")->prefix(128) == "2001:db8::1/128");
}

TEST_CASE("port: numbers from 1 to 65535", "[graph][ip-address]") {
  CHECK(Port::from_number(1)->number() == 1);
  CHECK(Port::from_number(65535)->number() == 65535);
  CHECK_FALSE(Port::from_number(0));
  CHECK_FALSE(Port::from_number(65536));
  CHECK_FALSE(Port::from_number(65536 + 53));
  CHECK(Port::dns().number() == 53);
}

}  // namespace mainstay
