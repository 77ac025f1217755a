#include "graph/values/text.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

/// A text in which every "%" is a hole named "x".
Text text_of(std::string_view shape) {
  Text text;
  for (const char c : shape) {
    if (c == '%') {
      text.append(Hole{.name = "x"});
    } else {
      text.append(std::string_view(&c, 1));
    }
  }
  return text;
}

}  // namespace

TEST_CASE("text: known pieces are joined, holes are kept", "[graph][text]") {
  Text text("a");
  text.append("b");
  CHECK(text.pieces().size() == 1);
  CHECK(text.known() == "ab");
  text.append("");
  CHECK(text == Text("ab"));
  text.append(Hole{.name = "var.env"});
  text.append(std::string("c"));
  CHECK(text.pieces().size() == 3);
  CHECK_FALSE(text.is_known());
  CHECK_FALSE(text.known());
  CHECK(text.display() == "ab${var.env}c");
  CHECK(text.known_prefix() == "ab");
  CHECK(text.known_suffix() == "c");
  text.append(text);
  CHECK(text.display() == "ab${var.env}cab${var.env}c");
  CHECK(text.pieces().size() == 5);
  CHECK(Text().known() == "");
  CHECK(Text("").empty());
}

TEST_CASE("text: slices count a hole as one octet", "[graph][text]") {
  const Text text = text_of("ab%cd");
  CHECK(text.skeleton('?') == "ab?cd");
  CHECK(text.slice(1, 4).display() == "b${x}c");
  CHECK(text.slice(2, 3).display() == "${x}");
  CHECK(text.slice(3, 99).display() == "cd");
  CHECK(text.slice(2, 2).empty());
  CHECK(text.slice(4, 1).empty());
  CHECK(text.slice(0, 5) == text);
}

TEST_CASE("text: the domain that a text certainly lies in", "[graph][text]") {
  struct Row {
    const char* title;
    const char* shape;
    const char* domain;  // empty: none
  };
  const Row rows[] = {
      {"known as a whole", "Login.example.com", "login.example.com."},
      {"a hole in front", "%.example.com", "example.com."},
      {"a hole inside a label", "auth-%-a.example.com", "example.com."},
      {"the last hole counts", "%.a.%b.example", "example."},
      {"no whole label", "login-%", ""},
      {"no whole label behind a dot", "%.", ""},
      {"a hole alone", "%", ""},
      {"nothing", "", ""},
      {"no name behind the hole", "%.a..b", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const std::optional<DomainName> domain = text_of(row.shape).known_domain();
      CHECK((domain ? domain->text() : std::string()) == row.domain);
    }
}

TEST_CASE("text: URLs and authorities give a host, and other texts do not", "[graph][text]") {
  struct Row {
    const char* title;
    const char* url;
    const char* parts;  // scheme|host|port|path; empty: refused
  };
  const Row rows[] = {
      {"good: a URL", "HTTPS://Login.example:8443/realms/a?b=c#d", "https|Login.example|8443|/realms/a"},
      {"good: a bare host", "login.example", "|login.example||"},
      {"good: a host and a port", "login.example:636", "|login.example|636|"},
      {"good: a path behind a bare host", "login.example/a", "|login.example||/a"},
      {"good: user information is dropped", "ldap://cn=x:pw@ldap.example/dc=x", "ldap|ldap.example||/dc=x"},
      {"good: an at sign in a path", "https://a.example/b@c", "https|a.example||/b@c"},
      {"good: IPv6", "http://[2001:db8::1]:8200/v1", "http|2001:db8::1|8200|/v1"},
      {"good: an unknown port", "https://a.example:%/b", "https|a.example||/b"},
      {"good: an unknown label", "https://auth.%.example", "https|auth.${x}.example||"},
      {"good: a hole alone", "%", "|${x}||"},
      {"good: an empty port", "https://a.example:/", "https|a.example||/"},
      {"bad: nothing", "", ""},
      {"bad: a path", "/run/a.sock", ""},
      {"bad: no host", "unix:///run/a.sock", ""},
      {"bad: a sentence", "not a host", ""},
      {"bad: an e-mail address", "a@b.example", ""},
      {"bad: an ARN", "arn:aws:iam::1:role/x", ""},
      {"bad: a port of letters", "a.example:http", ""},
      {"bad: a port too large", "a.example:65536", ""},
      {"bad: port 0", "a.example:0", ""},
      {"bad: a bracket that is never closed", "http://[2001:db8::1/", ""},
      {"bad: empty brackets", "http://[]/", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const std::optional<UrlParts> url = split_url(text_of(row.url));
      std::string parts;
      if (url)
        parts = url->scheme + "|" + url->host.display() + "|" + (url->port ? std::to_string(*url->port) : "") + "|" + url->path.display();
      CHECK(parts == row.parts);
    }
}

}  // namespace mainstay
