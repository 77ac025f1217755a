// Whole screens: what a user sees, word for word.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {

TEST_CASE("whole program: screens are as they were reviewed", "[e2e][golden]") {
  struct Row {
    const char* golden;
    std::vector<std::string> arguments;
  };
  const Row rows[] = {
      {"scan-harbour.txt",
       {"scan", "samples/harbour", "--logs", "samples/harbour/logs/bind-query.log", "samples/harbour/logs/unbound-reply.log"}},
      {"scan-harbour-min-medium.txt", {"scan", "samples/harbour", "--min", "medium", "--all-endpoints"}},
      {"scan-spof-resolver.json", {"scan", "samples/rules/spof-resolver/bad", "--format", "json"}},
      {"scan-good.txt", {"scan", "samples/rules/spof-resolver/good"}},
      {"rules.txt", {"rules"}},
      {"formats.txt", {"formats"}},
      {"version.txt", {"version"}},
      {"explain-spof-resolver.txt", {"explain", "spof-resolver"}},
      {"explain-finding.txt", {"explain", "6579", "samples/rules/spof-resolver/bad"}},
      {"explain-workload.txt", {"explain", "process:hosts/app/opt/app", "samples/rules/spof-resolver/bad"}},
      {"explain-path.txt", {"explain", "gate-kiosk/opt/kiosk", "samples/harbour"}},
      {"explain-endpoint.txt", {"explain", "ldap.corp.harbour.example", "samples/harbour"}},
      {"explain-ambiguous.txt", {"explain", "vault", "samples/harbour"}},
      {"whatif-resolver.txt", {"whatif", "samples/harbour", "--down", "10.30.1.53", "--who"}},
      {"whatif-availability-zone.txt", {"whatif", "samples/harbour", "--down", "az:eu-central-1a"}},
      {"whatif-wrong-negative.txt", {"whatif", "samples/harbour", "--down", "10.30.1.53:nxdomain"}},
      {"whatif-lockout.txt", {"whatif", "samples/harbour", "--down", "harbour.example", "--unknown"}},
      {"whatif-file.txt", {"whatif", "samples/harbour", "--down", "quay-dns1/etc/unbound/unbound.conf", "--down", "10.30.2.53:closed"}},
      {"whatif-mode.txt", {"whatif", "samples/harbour", "--down", "az:eu-central-1a:closed"}},
      {"whatif-zone.json", {"whatif", "samples/harbour", "--down", "harbour.example", "--format", "json"}},
      {"whatif-ambiguous.txt", {"whatif", "samples/harbour", "--down", "10.30"}},
      {"cuts-harbour.txt", {"cuts", "samples/harbour", "--limit", "4"}},
      {"cuts-harbour-zone.txt", {"cuts", "samples/harbour", "--group", "zone", "--endpoint", "login.harbour.example"}},
      {"cuts-harbour-plan.txt", {"cuts", "samples/harbour", "--endpoint", "vault", "--limit", "2", "--plan", "--importance"}},
      {"cuts-harbour-paths.txt", {"cuts", "samples/harbour", "--endpoint", "ldap", "--limit", "2", "--paths"}},
      {"cuts-spof-resolver.json", {"cuts", "samples/rules/spof-resolver/bad", "--plan", "--importance", "--format", "json"}},
      {"txt-check-missing.txt", {"txt", "check", "samples/rules/txtid-missing/bad"}},
      {"txt-check-good.txt", {"txt", "check", "samples/rules/txtid-missing/good"}},
      {"txt-check-missing.json", {"txt", "check", "samples/rules/txtid-missing/bad", "--format", "json"}},
      {"facts-spof-resolver.txt", {"facts", "samples/rules/spof-resolver/bad"}},
      {"help.txt", {"--help"}},
      {"help-scan.txt", {"scan", "--help"}},
      {"help-report.txt", {"report", "--help"}},
      {"help-graph.txt", {"graph", "--help"}},
      {"help-whatif.txt", {"whatif", "--help"}},
      {"help-cuts.txt", {"cuts", "--help"}},
      {"help-explain.txt", {"explain", "--help"}},
      {"help-gate.txt", {"gate", "--help"}},
      {"help-waive.txt", {"waive", "--help"}},
      {"help-completion.txt", {"completion", "--help"}},
      {"help-tickets.txt", {"tickets", "--help"}},
      {"help-tickets-plan.txt", {"tickets", "plan", "--help"}},
      {"help-tickets-apply.txt", {"tickets", "apply", "--help"}},
      {"help-txt.txt", {"txt", "--help"}},
      {"help-txt-check.txt", {"txt", "check", "--help"}},
      {"help-txt-plan.txt", {"txt", "plan", "--help"}},
      {"help-config.txt", {"config", "--help"}},
      {"help-facts.txt", {"facts", "--help"}},
      {"help-rules.txt", {"rules", "--help"}},
      {"help-formats.txt", {"formats", "--help"}},
      {"help-version.txt", {"version", "--help"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.golden) {
      check_golden(row.golden, row.arguments);
    }
}

TEST_CASE("whole program: what is wrong with a file is shown with its line", "[e2e][golden]") {
  const ScratchFolder tree;
  tree.write("hosts/a/etc/resolv.conf", "search corp.example\n  nameserver resolver.example\n");
  tree.write("hosts/b/etc/unbound/unbound.conf", "server:\n\tinterface: 10.0.0.300\n");
  tree.write("zones/corp.example.zone", "$ORIGIN corp.example.\n@ 300 IN SOA ns1 root 1 2 3 4 5\nvault 300 IN A 10.0.0.256\n");
  check_golden("scan-errors.txt", {"scan", tree.path(), "--errors"}, {tree.path()});
}

TEST_CASE("whole program: the map of an estate as DOT", "[e2e][golden]") {
  const ScratchFolder folder;
  check_golden("graph-screen.txt", {"graph", "samples/rules/spof-resolver/bad", "-o", folder.path("x.dot")}, {folder.path()});
  std::ifstream drawn(folder.path("x.dot"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(drawn), std::istreambuf_iterator<char>()};
  const std::string path = source_dir() + "/tests/golden/e2e/graph.dot";
  if (std::getenv("MAINSTAY_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream reviewed(path, std::ios::binary);
  CHECK(text == std::string{std::istreambuf_iterator<char>(reviewed), std::istreambuf_iterator<char>()});
}

}  // namespace mainstay
