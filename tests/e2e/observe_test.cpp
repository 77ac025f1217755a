// Query logs on the command line: facts, partial files and their merges.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

const std::string kBind = "samples/logs/bind-query/06-errors/queries.log";
const std::string kUnbound = "samples/logs/unbound-reply/01-plain/unbound.log";

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("observe: what partial files say together is what the logs say", "[e2e][observe]") {
  const ScratchFolder folder;
  const std::string whole = mainstay({"observe", kBind, kUnbound}).out;
  CHECK(whole.find("\"rcodes\":{\"REFUSED\":") != std::string::npos);
  CHECK(mainstay({"observe", kUnbound, kBind, "--jobs", "2", "--memory", "1"}).out == whole);
  CHECK(mainstay({"observe", "--partial", kBind, "-o", folder.path("a")}).status == 0);
  CHECK(mainstay({"observe", "--partial", kUnbound, "-o", folder.path("b")}).status == 0);
  CHECK(mainstay({"merge", folder.path("b"), folder.path("a"), folder.path("b")}).out == whole);
  CHECK(mainstay({"merge", "--partial", folder.path("a"), folder.path("b"), "-o", folder.path("ab")}).status == 0);
  CHECK(mainstay({"merge", "--partial", folder.path("b"), folder.path("ab"), "-o", folder.path("ba")}).status == 0);
  CHECK(bytes_of(folder.path("ab")) == bytes_of(folder.path("ba")));
  CHECK(mainstay({"merge", folder.path("ab")}).out == whole);
  CHECK(mainstay({"merge", folder.path("ab"), "-o", folder.path("seen.facts")}).status == 0);
  CHECK(bytes_of(folder.path("seen.facts")) == whole);
  const Outcome scanned = mainstay({"facts", "--facts", folder.path("seen.facts"), "samples/rules/spof-resolver/good"});
  CHECK(scanned.out.find("\"fact\":\"observation\"") != std::string::npos);
  std::ofstream(folder.path("cut"), std::ios::binary) << bytes_of(folder.path("ab")).substr(0, 3000);
  const Outcome cut = mainstay({"merge", folder.path("a"), folder.path("cut")});
  CHECK(cut.status == 2);
  CHECK(cut.out.empty());
  CHECK(cut.err.find("is cut off") != std::string::npos);
}

TEST_CASE("observe: ranges of a log, counted apart, are the log", "[e2e][observe]") {
  const ScratchFolder folder;
  CHECK(mainstay({"observe", "--partial", "--range", "0-4000", kBind, "-o", folder.path("1")}).status == 0);
  CHECK(mainstay({"observe", "--partial", "--range", "4000-", kBind, "-o", folder.path("2")}).status == 0);
  CHECK(mainstay({"merge", folder.path("2"), folder.path("1")}).out == mainstay({"observe", kBind}).out);
}

TEST_CASE("observe: memory stays within its bound, and the result is the same", "[e2e][observe]") {
  const ScratchFolder folder;
  std::string text;
  for (int n = 0; n < 120000; ++n) {
    const std::string name = "n" + std::to_string(n * 7919 % 120000) + ".example";
    text += "2026-11-21T05:30:09.168Z client @0x7f3519c78098 127.0.0.1#41234 (" + name + "): query: " + name + " IN A + (127.0.0.1)\n";
  }
  folder.write("queries.log", text);
  const Outcome least = mainstay({"observe", "--partial", kBind, "-o", folder.path("least")});
  const Outcome bounded = mainstay({"observe", "--partial", "--memory", "4M", folder.path("queries.log"), "-o", folder.path("bounded")});
  const Outcome whole = mainstay({"observe", "--partial", folder.path("queries.log"), "-o", folder.path("whole")});
  CHECK(bounded.status == 0);
  CHECK(bytes_of(folder.path("bounded")) == bytes_of(folder.path("whole")));
  if (is_sanitized()) return;
  CHECK(bounded.peak_octets < least.peak_octets + (std::size_t{20} << 20));
  CHECK(whole.peak_octets > bounded.peak_octets);
}

TEST_CASE("observe: what it says, and how it ends", "[e2e][observe]") {
  const ScratchFolder folder;
  folder.write("no.log", "the quick brown fox\n");
  folder.write("map.csv", "127.0.0.0/8,this machine\nnobody\n");
  struct Row {
    const char* title;
    std::vector<std::string> arguments;
    int status;
    const char* said;  // on standard error
  };
  const Row rows[] = {
      {"why a log is one", {"observe", "-v", kBind}, 0, "lines are BIND query log"},
      {"what became of its lines", {"observe", "-v", kUnbound}, 0, "not understood"},
      {"no log", {"observe", folder.path("no.log")}, 3, "no query log that is known"},
      {"not there", {"observe", folder.path("not.log")}, 3, "cannot be opened"},
      {"another format than it is", {"observe", "--format", "zeek", kBind}, 3, "no query log that is known"},
      {"a bad line of a map", {"observe", "--clients", folder.path("map.csv"), kBind}, 3, "no client and its group"},
      {"no format", {"observe", "--format", "morse", kBind}, 2, "mainstay formats"},
      {"no window", {"observe", "--window", "1w", kBind}, 2, "a whole number with s, m, h or d"},
      {"no size", {"observe", "--memory", "0", kBind}, 2, "a whole number of octets"},
      {"no range", {"observe", "--range", "9-3", kBind}, 2, "two octets of the file"},
      {"a range of two", {"observe", "--range", "0-9", kBind, kUnbound}, 2, "needs one log"},
      {"a range of lines that belong together",
       {"observe", "--range", "9-99", "samples/logs/dnsmasq-query/01-plain/dnsmasq.log"},
       3,
       "its lines belong together"},
      {"no partial file", {"merge", kBind}, 2, "is no partial file"},
      {"nothing to merge", {"merge"}, 2, "PARTIAL"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Outcome outcome = mainstay(row.arguments);
      INFO(outcome.err);
      CHECK(outcome.status == row.status);
      CHECK(outcome.err.find(row.said) != std::string::npos);
    }
  CHECK(mainstay({"observe", "--clients", folder.path("map.csv"), kBind}).out.find("\"client\":\"this machine\"") != std::string::npos);
}

}  // namespace mainstay
