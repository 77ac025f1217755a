// The same estate gives the same answer, whichever way it comes in.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

/// What a finding says, without the places it was read from.
std::vector<std::string> findings(const Outcome& scan) {
  std::vector<std::string> all;
  const nlohmann::json report = nlohmann::json::parse(scan.out);
  for (const nlohmann::json& one : report.at("findings")) {
    all.push_back(one.at("rule").dump() + one.at("id").dump() + one.at("severity").dump() + one.at("affected").dump());
  }
  return all;
}

}  // namespace

TEST_CASE("round trip: facts that are printed and read again give the same findings", "[e2e][facts]") {
  const ScratchFolder folder;
  const Outcome facts = mainstay({"facts", "samples/harbour", "-o", folder.path("f.jsonl")});
  CHECK(facts.status == 0);
  const Outcome direct = mainstay({"scan", "samples/harbour", "--format", "json"});
  const Outcome again = mainstay({"scan", "--facts", folder.path("f.jsonl"), "--format", "json"});
  CHECK(direct.status == 1);
  CHECK(again.status == 1);
  CHECK(findings(direct).size() > 5);
  CHECK(findings(direct) == findings(again));
}

TEST_CASE("round trip: a snapshot gives the same findings and answers as the tree it was made of", "[e2e][snapshot]") {
  const ScratchFolder folder;
  const std::string file = folder.path("harbour.msn");
  const Outcome direct = mainstay({"scan", "samples/harbour", "--format", "json", "--snapshot", file});
  CHECK(direct.status == 1);
  const Outcome again = mainstay({"scan", file, "--format", "json"});
  CHECK(again.status == 1);
  CHECK(findings(direct) == findings(again));
  const nlohmann::json before = nlohmann::json::parse(direct.out);
  const nlohmann::json after = nlohmann::json::parse(again.out);
  for (const char* part : {"endpoints", "workloads", "resolvers", "zones", "sources", "diagnostics", "undecided"}) {
    INFO(part);
    CHECK(before.at(part) == after.at(part));
  }
  for (const char* command : {"facts", "whatif", "explain", "graph"}) {
    std::vector<std::string> on_tree{command, "samples/harbour"};
    std::vector<std::string> on_file{command, file};
    for (std::vector<std::string>* one : {&on_tree, &on_file}) {
      if (std::string_view(command) == "whatif") one->insert(one->end(), {"--down", "10.30.1.53"});
      if (std::string_view(command) == "explain") *one = {command, "process:hosts/gate-kiosk/opt/kiosk", one->back()};
      if (std::string_view(command) == "graph") one->insert(one->end(), {"-o", folder.path("map.dot")});
    }
    INFO(command);
    Outcome from_tree = mainstay(on_tree);
    Outcome from_file = mainstay(on_file);
    CHECK(from_tree.status == from_file.status);
    if (const std::size_t line = from_file.out.find("SNAPSHOT"); line != std::string::npos) {
      CHECK(from_file.out.substr(line).find("harbour.msn, 20") != std::string::npos);
      from_file.out.erase(line, from_file.out.find('\n', line) + 1 - line);
    }
    CHECK(from_tree.out == from_file.out);
  }
}

TEST_CASE("round trip: what a catalogue of the user's own says goes with the snapshot", "[e2e][snapshot]") {
  const ScratchFolder folder;
  std::ofstream(folder.path("own.json"))
      << R"({"hosts": [{"pattern": "login.corp.example", "role": "oidc-issuer", "provider": "our-idp"}]})";
  const std::string tree = "samples/rules/no-serve-stale/bad";
  const Outcome direct =
      mainstay({"scan", tree, "--catalogue", folder.path("own.json"), "--format", "json", "--snapshot", folder.path("a.msn")});
  const Outcome again = mainstay({"scan", folder.path("a.msn"), "--format", "json"});
  const Outcome both = mainstay({"scan", folder.path("a.msn"), "samples/rules/dangling-cname/bad", "--format", "json"});
  CHECK(direct.out.find("our-idp") != std::string::npos);
  CHECK(nlohmann::json::parse(direct.out).at("endpoints") == nlohmann::json::parse(again.out).at("endpoints"));
  CHECK(nlohmann::json::parse(both.out).at("endpoints") == nlohmann::json::parse(again.out).at("endpoints"));
}

TEST_CASE("snapshots: a file that cannot be used is said, in one line, and nothing else is done", "[e2e][snapshot]") {
  const ScratchFolder folder;
  CHECK(mainstay({"scan", "samples/rules/spof-resolver/good", "--snapshot", folder.path("good.msn")}).status == 0);
  CHECK(mainstay({"scan", "samples/rules/spof-resolver/good", "--snapshot", folder.path("absent/good.msn")}).status == 2);
  folder.write("cut.msn", "MAINSTAY SNAPSHOT 1\nxx");
  const Outcome cut = mainstay({"whatif", folder.path("cut.msn"), "--down", "10.0.0.1"});
  CHECK(cut.status == 2);
  CHECK(cut.err.find("cut.msn: the file ") != std::string::npos);
  CHECK(cut.out.empty());
}

TEST_CASE("determinism: the number of threads changes nothing", "[e2e][determinism]") {
  const std::vector<std::string> scan = {"scan",  "samples/harbour", "--format", "json", "--logs", "samples/harbour/logs/bind-query.log",
                                         "--jobs"};
  const auto with = [&](const char* jobs) {
    std::vector<std::string> arguments = scan;
    arguments.emplace_back(jobs);
    return mainstay(arguments).out;
  };
  const std::string one = with("1");
  CHECK(one.size() > 10'000);
  CHECK(with("2") == one);
  CHECK(with("8") == one);
}

TEST_CASE("determinism: the order in which files were made changes nothing", "[e2e][determinism]") {
  namespace fs = std::filesystem;
  const fs::path harbour = fs::path(source_dir()) / "samples/harbour";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(harbour)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), harbour));
  }
  std::sort(files.begin(), files.end());
  const auto scanned_copy = [&](const std::vector<fs::path>& order) {
    const ScratchFolder folder;
    for (const fs::path& file : order) {
      fs::create_directories((fs::path(folder.path("estate")) / file).parent_path());
      fs::copy_file(harbour / file, fs::path(folder.path("estate")) / file);
    }
    return mainstay({"scan", "estate", "--format", "json"}, folder.path()).out;
  };
  const std::string forward = scanned_copy(files);
  CHECK(forward.size() > 10'000);
  CHECK(scanned_copy({files.rbegin(), files.rend()}) == forward);
}

}  // namespace mainstay
