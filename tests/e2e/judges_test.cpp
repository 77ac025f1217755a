// What other programs say of the outputs. `./dev judges` installs these programs; without them the tests are skipped.
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

const std::string kJudges = std::filesystem::path(program_path()).parent_path().string() + "/judges";
const std::string kReader = source_dir() + "/tests/oracle/outputs/judge.mjs";
const std::string kHarbour = source_dir() + "/samples/harbour";

bool has_judges(const char* package) {
  if (std::filesystem::exists(kJudges + "/node_modules/" + package)) return true;
  WARN("skipped: " << package << " is not installed (./dev judges)");
  return false;
}

/// Names and settings that try to be syntax of whatever they are written in.
void plant(const ScratchFolder& tree) {
  const std::string bad = "a\"]-->b`<script>&[x](y)|\x1b[2J\\N";
  tree.write("etc/resolv.conf", "nameserver 10.0.0.1\n");
  tree.write("opt/" + bad + "/.env", "OIDC_ISSUER_URL=https://corp.okta.com/" + bad + "\n");
  tree.write("opt/# 1. -list/.env", "VAULT_ADDR=https://vault.corp.example:8200\n");
  tree.write("pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: 'end', namespace: 'a;b%%{x}%%'}\nspec: {containers: [{name: c, env: "
             "[{name: VAULT_ADDR, value: 'https://vault.corp.example'}]}]}\n");
}

struct Tree {
  const char* title;
  std::string path;
};

}  // namespace

TEST_CASE("judges: the SARIF validator with the rules of GitHub finds no error (needs ./dev judges)", "[e2e][judges]") {
  if (!has_judges("@microsoft/sarif-multitool-linux")) return;
  const ScratchFolder planted, folder;
  plant(planted);
  for (const Tree& tree : {Tree{"harbour", kHarbour}, Tree{"planted", planted.path()}}) DYNAMIC_SECTION(tree.title) {
      CHECK(mainstay({"scan", tree.path, "-o", "sarif=a.sarif"}, folder.path()).status == 1);
      const Outcome judged = run({"env", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", "DOTNET_GCHeapHardLimit=0x8000000",
                                  kJudges + "/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool", "validate", "a.sarif",
                                  "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--output", "judged.sarif"},
                                 folder.path());
      INFO(judged.out << judged.err);
      CHECK(judged.status == 0);
      CHECK(judged.out.find("Analysis completed") != std::string::npos);
      CHECK(judged.out.find(": error ") == std::string::npos);
    }
}

TEST_CASE("judges: drawings are read back by other programs (needs ./dev judges)", "[e2e][judges]") {
  const ScratchFolder planted, folder;
  plant(planted);
  struct Row {
    const char* kind;
    const char* package;
    const char* file;
  };
  for (const Row& row :
       {Row{"mermaid", "mermaid", "map.mmd"}, {"graphml", "graphology-graphml", "map.graphml"}, {"cytoscape", "cytoscape", "map.cyjs"}}) {
    for (const Tree& tree : {Tree{"harbour", kHarbour}, Tree{"planted", planted.path()}}) DYNAMIC_SECTION(row.kind << ": " << tree.title) {
        if (!has_judges(row.package)) return;
        const Outcome drawn = mainstay({"graph", tree.path, "-o", row.file}, folder.path());
        REQUIRE(drawn.status == 0);
        // Without the flag node reserves more address space than a test may have.
        const Outcome judged = run({"node", "--disable-wasm-trap-handler", kReader, kJudges, row.kind, row.file}, folder.path());
        INFO(judged.out << judged.err);
        CHECK(judged.status == 0);
        if (row.kind == std::string("mermaid")) continue;
        const std::string counts = drawn.err.substr(drawn.err.find(": ") + 2);  // "61 things, 90 edges"
        CHECK(judged.out.find(counts.substr(0, counts.find(' ')) + " nodes") != std::string::npos);
      }
  }
}

}  // namespace mainstay
