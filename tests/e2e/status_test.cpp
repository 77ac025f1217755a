// How the program ends, and what it says when it is used wrongly.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

struct Row {
  const char* title;
  std::vector<std::string> arguments;
  int status;
  const char* said;  // part of what is printed to standard output when the status is 0 or 1, else to standard error
};

void check(const Row& row, const std::string& folder = {}) {
  const Outcome outcome = mainstay(row.arguments, folder);
  INFO("standard output: " << outcome.out.substr(0, 500));
  INFO("standard error: " << outcome.err);
  CHECK(outcome.status == row.status);
  CHECK((row.status <= 1 ? outcome.out : outcome.err).find(row.said) != std::string::npos);
}

}  // namespace

TEST_CASE("exit status: 0 and 1 follow the findings and the threshold", "[e2e][status]") {
  const std::string bad = "samples/rules/spof-resolver/bad";
  const Row rows[] = {
      {"good: nothing to find", {"scan", "samples/rules/spof-resolver/good"}, 0, "no findings"},
      {"bad: one high finding", {"scan", bad}, 1, "spof-resolver"},
      {"bad: the threshold is met", {"scan", bad, "--fail-on", "high"}, 1, "spof-resolver"},
      {"good: below the threshold it is shown, and does not count", {"scan", bad, "--fail-on", "critical"}, 0, "spof-resolver"},
      {"good: no threshold", {"scan", bad, "--fail-on", "none"}, 0, "spof-resolver"},
      {"good: nobody is locked out", {"whatif", "samples/rules/spof-resolver/good", "--down", "10.0.1.53"}, 0, "0 workloads cannot"},
      {"bad: somebody is locked out", {"whatif", bad, "--down", "10.0.1.53:refused"}, 1, "1 workload cannot authenticate now"},
      {"good: what must fail together is no finding", {"cuts", bad}, 0, "redundancy degree 1"},
      {"schema of a scan", {"scan", "--schema"}, 0, "$schema"},
      {"good: silence is survived, a lie is not", {"whatif", "samples/harbour", "--down", "10.30.31.53"}, 0, "0 workloads cannot"},
      {"schema of a what-if", {"whatif", "--schema"}, 0, "$schema"},
      {"schema of facts", {"facts", "--schema"}, 0, "$schema"},
      {"version", {"--version"}, 0, "mainstay 0."},
      {"help", {"--help"}, 0, "Exit status"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      check(row);
    }
}

TEST_CASE("exit status: 2 says what is wrong with the command line", "[e2e][status]") {
  const std::string good = "samples/rules/spof-resolver/good";
  const Row rows[] = {
      {"no command", {}, 2, "a command is required"},
      {"unknown command", {"scann"}, 2, "no such command: scann"},
      {"unknown option", {"scan", "--nope"}, 2, "--nope"},
      {"unknown option before the command", {"--nope", "scan"}, 2, "--nope"},
      {"one argument too many", {"rules", "spof-resolver"}, 2, "spof-resolver"},
      {"no such path", {"scan", "samples/nowhere"}, 2, "samples/nowhere: no such file or folder"},
      {"a path through a file", {"scan", "README.md/x"}, 2, "README.md/x: no such file or folder"},
      {"an empty path", {"scan", ""}, 2, "no such file or folder"},
      {"no such facts", {"scan", "--facts", "nowhere.jsonl"}, 2, "nowhere.jsonl cannot be opened"},
      {"no such log", {"scan", good, "--logs", "nowhere.log"}, 2, "nowhere.log cannot be opened"},
      {"no such catalogue", {"scan", good, "--catalogue", "nowhere.json"}, 2, "nowhere.json cannot be opened"},
      {"no threads", {"scan", "--jobs", "0"}, 2, "--jobs"},
      {"too many threads", {"scan", "--jobs", "99999999999999999999"}, 2, "--jobs"},
      {"a format that is none", {"scan", good, "--format", "xml"}, 2, "--format"},
      {"a severity that is none", {"scan", good, "--fail-on", "worst"}, 2, "--fail-on"},
      {"a value that is missing", {"scan", good, "--fail-on"}, 2, "--fail-on"},
      {"nothing is down", {"whatif", good}, 2, "--down"},
      {"down, and not there", {"whatif", good, "--down", "nothing"}, 2, "nothing in the graph is called 'nothing'"},
      {"down, and may be several", {"whatif", "samples/harbour", "--down", "10.30"}, 2, "hosts/quay-dns1/unbound (10.30.1.53)"},
      {"cuts of an endpoint that nobody needs",
       {"cuts", good, "--endpoint", "nowhere"},
       2,
       "no workload needs an endpoint called 'nowhere'"},
      {"cuts of order 0", {"cuts", good, "--order", "0"}, 2, "--order"},
      {"a grouping that is none", {"cuts", good, "--group", "planet"}, 2, "--group"},
      {"importance of path sets", {"cuts", good, "--paths", "--importance"}, 2, "--paths"},
      {"no such availabilities", {"cuts", good, "--availability", "nowhere.json"}, 2, "nowhere.json cannot be read"},
      {"down in a way that is none", {"whatif", "samples/harbour", "--down", "10.30.1.53:closd"}, 2, "'closd' is no way of being faulty"},
      {"down in a way that it cannot be", {"whatif", "samples/harbour", "--down", "az:eu-central-1a:closed"}, 2, "it can be: silent"},
      {"down in two ways", {"whatif", "samples/harbour", "--down", "10.30.1.53", "--down", "10.30.1.53:stale"}, 2, "given twice"},
      {"a mode that is none", {"whatif", good, "--down", "10.0.1.53", "--mode", "lazy"}, 2, "--mode"},
      {"no output", {"graph", good}, 2, "--output"},
      {"an ending that says nothing", {"graph", good, "-o", "map.png"}, 2, ".graphml or .cyjs"},
      {"a focus that is not there", {"graph", good, "-o", "map.svg", "--focus", "nothing"}, 2, "nothing is called 'nothing'"},
      {"nothing to explain", {"explain"}, 2, "SUBJECT"},
      {"neither rule, finding nor workload", {"explain", "nothing", good}, 2, "'nothing' is no rule"},
      {"escape sequences stay where they are typed", {"scan", "nowhere\x1b[2J"}, 2, "nowhere\\x1b[2J"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      check(row);
    }
  CHECK_FALSE(std::filesystem::exists(source_dir() + "/map.svg"));
}

TEST_CASE("exit status: 3 when nobody can say safe", "[e2e][status]") {
  const ScratchFolder tree;
  tree.make_folder("empty");
  tree.write("nothing-known/notes.txt", "hello\n");
  tree.write("broken/etc/resolv.conf", "nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver resolver.example\n");
  tree.write("unreadable/etc/resolv.conf", "nameserver 10.0.0.1\nnameserver 10.0.0.2\n");
  const Row rows[] = {
      {"an empty folder", {"scan", "empty"}, 3, "nothing was read"},
      {"an empty current folder", {"scan", "--facts", "/dev/null"}, 3, "nothing was read"},
      {"no file of a known format", {"scan", "nothing-known"}, 3, "nothing was read"},
      {"an error in a file, and no finding", {"scan", "broken"}, 3, ""},
      {"facts of a tree with an error in it", {"facts", "broken"}, 3, "'resolver.example' is not an IP address"},
      {"a map of a tree with an error in it", {"graph", "broken", "-o", "map.svg"}, 3, "wrote map.svg"},
      {"facts that are none", {"scan", "--facts", "nothing-known/notes.txt"}, 3, "nothing was read"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      check(row, tree.path());
    }
  SECTION("a file that may not be read") {
    std::filesystem::permissions(tree.path("unreadable/etc/resolv.conf"), std::filesystem::perms::none);
    // Root reads everything, so the test has nothing to show there.
    const bool is_root = ::access(tree.path("unreadable/etc/resolv.conf").c_str(), R_OK) == 0;
    const Outcome outcome = mainstay({"scan", "unreadable"}, tree.path());
    CHECK(outcome.status == (is_root ? 0 : 3));
  }
}

TEST_CASE("output files: whole or not at all", "[e2e][output]") {
  const ScratchFolder folder;
  const std::string good = source_dir() + "/samples/rules/spof-resolver/good";
  const auto names = [&] {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) all.push_back(entry.path().filename());
    return all;
  };
  SECTION("good: the file is there and nothing else") {
    CHECK(mainstay({"scan", good, "--format", "json", "-o", "report.json"}, folder.path()).status == 0);
    CHECK(names() == std::vector<std::string>{"report.json"});
  }
  SECTION("good: standard output stays empty") { CHECK(mainstay({"facts", good, "-o", "f.jsonl"}, folder.path()).out.empty()); }
  SECTION("bad: the folder is absent") {
    for (const char* command : {"scan", "facts", "graph"}) {
      const Outcome outcome = mainstay({command, good, "-o", "absent/x.svg"}, folder.path());
      INFO(command);
      CHECK(outcome.status == 2);
      CHECK(outcome.err.find("absent/x.svg cannot be written: No such file or directory") != std::string::npos);
      CHECK(outcome.out.empty());
    }
    CHECK(names().empty());
  }
  SECTION("bad: a folder stands where the file would") {
    folder.make_folder("x.svg");
    CHECK(mainstay({"graph", good, "-o", "x.svg"}, folder.path()).status == 2);
    CHECK(names() == std::vector<std::string>{"x.svg"});
  }
  SECTION("bad: a full disk") { CHECK(mainstay({"scan", good, "-o", "/dev/full"}, folder.path()).status == 2); }
  SECTION("bad: standard output is full") {
    const Outcome outcome = run({"sh", "-c", "exec \"$0\" scan \"$1\" >/dev/full", program_path(), good}, folder.path());
    CHECK(outcome.status == 4);
    CHECK(outcome.err == "mainstay: standard output cannot be written\n");
  }
}

}  // namespace mainstay
