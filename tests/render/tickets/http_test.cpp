#include <catch2/catch.hpp>

#include "render/tickets/http.h"

namespace mainstay {

TEST_CASE("addresses of trackers: https, or http on this machine, and nothing else in them", "[render][tickets]") {
  struct Row {
    const char* title;
    const char* url;
    const char* base;  // empty: refused
  };
  const Row rows[] = {
      {"good: a host", "https://tracker.example", "https://tracker.example"},
      {"good: a path and slashes at its end", "https://Tracker.Example/redmine//", "https://tracker.example/redmine"},
      {"good: the port of the scheme says nothing", "https://tracker.example:443", "https://tracker.example"},
      {"good: another port", "https://tracker.example:8443/x", "https://tracker.example:8443/x"},
      {"good: this machine", "http://127.0.0.1:3000", "http://127.0.0.1:3000"},
      {"good: this machine by name", "http://localhost:3000/", "http://localhost:3000"},
      {"good: this machine, version 6", "http://[::1]:3000", "http://[::1]:3000"},
      {"bad: in the open", "http://tracker.example", ""},
      {"bad: in the open, dressed up as this machine", "http://127.0.0.1.example", ""},
      {"bad: a number that is no address", "http://127.0.0.", ""},
      {"bad: a token in it", "https://user:token@tracker.example", ""},
      {"bad: a query", "https://tracker.example/?key=1", ""},
      {"bad: a fragment", "https://tracker.example/#x", ""},
      {"bad: no scheme", "tracker.example", ""},
      {"bad: another scheme", "ftp://tracker.example", ""},
      {"bad: a port that is none", "https://tracker.example:99999", ""},
      {"bad: a line break", "https://tracker.example/\r\nX: y", ""},
      {"bad: nothing", "", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<HttpBase> base = http_base_of(row.url);
      REQUIRE(static_cast<bool>(base) == (row.base[0] != '\0'));
      if (base) CHECK(base->url() == row.base);
    }
}

TEST_CASE("links of a tracker: followed within its origin only", "[render][tickets]") {
  const HttpBase base = *http_base_of("https://tracker.example/redmine");
  struct Row {
    const char* title;
    const char* link;
    const char* url;  // empty: refused
  };
  const Row rows[] = {
      {"good: a path", "/issues?page=2", "https://tracker.example/issues?page=2"},
      {"good: a whole URL", "https://TRACKER.example:443/a", "https://tracker.example/a"},
      {"bad: another host", "https://evil.example/a", ""},
      {"bad: a host that begins the same", "https://tracker.example.evil.example/a", ""},
      {"bad: another port", "https://tracker.example:444/a", ""},
      {"bad: another scheme", "http://tracker.example/a", ""},
      {"bad: a host without a scheme", "//evil.example/a", ""},
      {"bad: a backslash", "/\\evil.example/a", ""},
      {"bad: a name before the host", "https://tracker.example@evil.example/a", ""},
      {"bad: a line break", "/a\r\nX: y", ""},
      {"bad: no URL", "issues", ""},
      {"bad: nothing", "", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<std::string> url = same_origin_url(base, row.link);
      REQUIRE(static_cast<bool>(url) == (row.url[0] != '\0'));
      if (url) CHECK(*url == row.url);
    }
}

}  // namespace mainstay
