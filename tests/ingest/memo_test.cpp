#include "ingest/memo.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "graph/facts/codec.h"
#include "ingest/catalogue/load.h"
#include "ingest/driver.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/ingest/source/stored_map.h"
#include "tests/places.h"

namespace mainstay {
namespace {

using Texts = std::map<std::string, std::string>;

/// The files of a sample, with links as StoredMap has them.
Texts texts_of(const std::string& folder) {
  namespace fs = std::filesystem;
  Texts texts;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    if (entry.is_symlink()) {
      texts[name] = "-> " + fs::read_symlink(entry.path()).string();
    } else if (entry.is_regular_file()) {
      std::ifstream in(entry.path(), std::ios::binary);
      texts[name] = std::string(std::istreambuf_iterator<char>(in), {});
    }
  }
  return texts;
}

Catalogue shipped() {
  Catalogue catalogue;
  load_shipped(catalogue);
  return catalogue;
}

FileTree tree_of(const Texts& texts) { return FileTree::of_stored(std::make_shared<const StoredMap>(texts)); }

/// Everything that an ingestion says, as text.
std::vector<std::string> lines_of(const IngestResult& result) {
  std::vector<std::string> lines;
  for (const Fact& fact : result.facts) lines.push_back(to_json_line(fact));
  for (const SourceEntry& one : result.sources)
    lines.push_back(one.file + " " + std::string(word(one.state)) + " " + one.format + " " + one.reason + " " + std::to_string(one.octets) +
                    " " + std::to_string(one.facts) + " " + std::to_string(one.errors) + " " + std::to_string(one.warnings));
  for (const Diagnostic& one : result.diagnostics)
    lines.push_back(one.where.file + ":" + std::to_string(one.where.line) + " " + one.message);
  return lines;
}

const std::string kHarbour = source_dir() + "/samples/harbour";

}  // namespace

TEST_CASE("stored trees: a tree says the same wherever it lies", "[ingest][stored]") {
  const Catalogue catalogue = shipped();
  for (const char* sample : {"samples/harbour", "samples/ingest", "samples/rules"}) DYNAMIC_SECTION(sample) {
      const std::string folder = source_dir() + "/" + sample;
      const Result<FileTree> on_disk = FileTree::of({folder});
      REQUIRE(on_disk);
      const FileTree stored = tree_of(texts_of(folder));
      CHECK(lines_of(ingest_tree(stored, catalogue, {})) == lines_of(ingest_tree(*on_disk, catalogue, {})));
    }
}

TEST_CASE("stored trees: links, limits and contents that are not there", "[ingest][stored]") {
  const FileTree tree = FileTree::of_stored(std::make_shared<const StoredMap>(Texts{{"a/link", "-> ../b.txt"},
                                                                                    {"a/out", "-> /etc/passwd"},
                                                                                    {"b.txt", "text"},
                                                                                    {"gone", "missing"},
                                                                                    {"large", std::string(101, 'x')},
                                                                                    {"deep/.gitignore", "left\n"},
                                                                                    {"deep/left/x", "y"}}),
                                            {.max_octets = 100});
  REQUIRE(tree.read("a/link"));
  CHECK(*tree.read("a/link") == "text");
  CHECK_FALSE(tree.read("a/out"));
  CHECK(tree.read("gone").error() == "its content is not here");
  CHECK_THAT(tree.read("large").error(), Catch::Contains("larger than the limit"));
  REQUIRE(tree.find("deep/left/") != nullptr);
  CHECK(tree.find("deep/left/")->cause == SourceCause::ignored);
  CHECK(tree.find("a/out")->cause == SourceCause::not_a_file);
}

TEST_CASE("memo: a tree that is mostly known says what it says when it is read anew", "[ingest][memo]") {
  const Catalogue catalogue = shipped();
  const Texts before = texts_of(kHarbour);
  const FileTree old_tree = tree_of(before);
  IngestMemo memo;
  const std::vector<std::string> old_lines = lines_of(ingest_tree(old_tree, catalogue, {.remember = &memo}));
  REQUIRE(old_lines == lines_of(ingest_tree(old_tree, catalogue, {})));
  SECTION("nothing changed") {
    const FileTree same = tree_of(before);
    CHECK(lines_of(ingest_tree(same, catalogue, {.known = &memo})) == old_lines);
  }
  SECTION("files that come, go, change, move, and lines that are cut") {
    std::vector<std::string> names;
    for (const auto& [name, text] : before) names.push_back(name);
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
      Texts after = before;
      for (unsigned change = 0; change <= random() % 3; ++change) {
        const std::string& name = names[random() % names.size()];
        const std::string text = before.at(name);
        switch (random() % 5) {
          case 0: after.erase(name); break;
          case 1: after[name] = text.substr(0, text.size() / 2); break;
          case 2: after[name] = "\n" + text; break;
          case 3: after["moved/" + name] = text; break;
          default: after[name.substr(0, name.rfind('/') + 1) + "etc/resolv.conf"] = "nameserver 10.9.9.9\n"; break;
        }
      }
      const FileTree tree = tree_of(after);
      INFO("round " << round);
      CHECK(lines_of(ingest_tree(tree, catalogue, {.known = &memo})) == lines_of(ingest_tree(tree, catalogue, {})));
    }
  }
}

TEST_CASE("memo: what did not change is not read again", "[ingest][memo]") {
  const Catalogue catalogue = shipped();
  const Texts before = texts_of(kHarbour);
  const FileTree old_tree = tree_of(before);
  IngestMemo memo;
  ingest_tree(old_tree, catalogue, {.remember = &memo});
  Texts after = before;
  after["zones/new.example.zone"] = "$ORIGIN new.example.\n@ 300 IN SOA a b 1 2 3 4 5\n";
  std::set<std::string> opened;
  std::mutex mutex;
  TreeOptions options;
  options.before_open = [&](std::string_view name) {
    const std::lock_guard lock(mutex);
    opened.emplace(name);
  };
  const FileTree tree = FileTree::of_stored(std::make_shared<const StoredMap>(after), std::move(options));
  ingest_tree(tree, catalogue, {.known = &memo});
  CHECK(opened.contains("zones/new.example.zone"));
  for (const char* name : {"hosts/duty-officer/opt/rescue/.env", "docs/quay.png"}) {
    REQUIRE(before.contains(name));
    CHECK_FALSE(opened.contains(name));
  }
  CHECK(opened.size() < before.size() / 2);
}

}  // namespace mainstay
