// Our reader against Unbound's: a configuration has errors for us when it has errors for unbound-checkconf.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "tests/ingest/ingested.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
extern const Ingester unbound;

TEST_CASE("unbound: unbound-checkconf judges the same", "[ingest][unbound][oracle]") {
  if (std::system("command -v unbound-checkconf >/dev/null 2>&1") != 0) {
    WARN("skipped: unbound-checkconf is not installed");
    return;
  }
  struct Row {
    const char* title;
    const char* text;
    bool good;
  };
  const Row rows[] = {
      {"good: one line", "forward-zone: name: \".\" forward-addr: 192.0.2.1@853#dns.example forward-first: yes\n", true},
      {"good: no blanks", "forward-zone:name:\"x.example\"forward-addr:192.0.2.1\n", true},
      {"good: values on their own lines", "forward-zone:\nname:\nx.example\nforward-addr:\n192.0.2.1\n", true},
      {"good: single quotes and a comment", "server: # x\n local-zone: 'a.example' static # y\n local-data: 'b.a.example A 192.0.2.1'\n",
       true},
      {"good: a hash inside a value", "forward-zone: name: . forward-addr: 2001:db8::1@853#dns.example\n", true},
      {"good: two-value options", "server: access-control: 10.0.0.0/8 allow local-zone: a.example refuse\n", true},
      {"good: stub and auth zones",
       "stub-zone: name: a.example stub-host: ns.a.example\nauth-zone: name: b.example primary: 192.0.2.1 fallback-enabled: yes\n", true},
      {"bad: option outside a clause", "interface: 192.0.2.1\n", false},
      {"bad: open quote", "forward-zone:\n name: \"x.example\n forward-addr: 192.0.2.1\n", false},
      {"bad: stray word", "server:\n hello\n", false},
      {"bad: host as address", "forward-zone: name: . forward-addr: dns.example\n", false},
      {"bad: type of a local zone", "server: local-zone: a.example closed\n", false},
      {"bad: yes or no", "server: serve-expired: perhaps\n", false},
      {"bad: forward-zone without a name", "forward-zone: forward-addr: 192.0.2.1\n", false},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const ScratchFolder folder;
      const std::string quiet = "server:\n directory: \"\"\n chroot: \"\"\n username: \"\"\n";
      // The frame that keeps the checker off the machine's own paths goes last, where it cannot open a clause for the row.
      folder.write("unbound.conf", row.text + quiet);
      const bool accepted = std::system(("unbound-checkconf " + folder.path("unbound.conf") + " >/dev/null 2>&1").c_str()) == 0;
      CHECK(accepted == row.good);
      bool errors = false;
      for (const Diagnostic& problem : ingest(unbound, {{"unbound.conf", row.text}}).problems)
        errors = errors || problem.severity == DiagnosticSeverity::error;
      CHECK(errors == !row.good);
    }
}

}  // namespace mainstay
