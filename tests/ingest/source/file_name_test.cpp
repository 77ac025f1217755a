#include "ingest/source/file_name.h"

#include <catch2/catch.hpp>

#include "ingest/source/file_tree.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

using Lines = std::vector<std::string>;

FileTree tree_of(const std::vector<std::string>& paths) {
  Result<FileTree> tree = FileTree::of(paths);
  REQUIRE(tree);
  return *std::move(tree);
}

Lines names_of(const FileTree& tree) {
  Lines names;
  for (const TreeFile& file : tree.files()) names.push_back(file.name);
  return names;
}

}  // namespace

TEST_CASE("file names: names that are not UTF-8 are escaped and stay different", "[ingest][file-tree]") {
  const ScratchFolder scratch;
  scratch.write("caf\xe9/a.txt", "latin");
  scratch.write("caf\\xe9/a.txt", "escape in the name");
  scratch.write("caf\xc3\xa9.txt", "utf-8");
  scratch.write("dev-disk\\x2dby.mount", "a name as systemd makes it");
  const FileTree tree = tree_of({scratch.path()});
  CHECK(names_of(tree) == Lines{"caf\\\\xe9/a.txt", "caf\\xe9/a.txt", "caf\xc3\xa9.txt", "dev-disk\\x2dby.mount"});
  CHECK(*tree.read("caf\\xe9/a.txt") == "latin");
  CHECK(*tree.read("caf\\\\xe9/a.txt") == "escape in the name");
}

TEST_CASE("file names: one component as it is shown", "[ingest][file-tree]") {
  struct Row {
    const char* title;
    const char* component;
    const char* shown;
  };
  const Row rows[] = {
      {"plain", "resolv.conf", "resolv.conf"},
      {"valid UTF-8 of each length", "\xc2\xa7\xe2\x82\xac\xf0\x9f\x94\x91", "\xc2\xa7\xe2\x82\xac\xf0\x9f\x94\x91"},
      {"a lone octet", "a\xff", "a\\xff"},
      {"a sequence that is cut off", "\xe2\x82", "\\xe2\\x82"},
      {"overlong", "\xc0\xaf", "\\xc0\\xaf"},
      {"a surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"},
      {"past the last code point", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
      {"a backslash", "a\\b", "a\\b"},
      {"a backslash beside a lone octet", "a\\\xff", "a\\\\\\xff"},
      {"what reads like an escape", "a\\xff", "a\\\\xff"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) { CHECK(shown_component(row.component) == row.shown); }
  }
}

TEST_CASE("file tree: several roots keep their files apart", "[ingest][file-tree]") {
  const ScratchFolder scratch;
  scratch.write("one/a.txt", "1a");
  scratch.write("two/a.txt", "2a");
  scratch.write("two/inner/b.txt", "2b");
  const std::string base = scratch.path().substr(1);
  SECTION("folders") {
    const FileTree tree = tree_of({scratch.path("one"), scratch.path("two") + "/./"});
    CHECK(names_of(tree) == Lines{base + "/one/a.txt", base + "/two/a.txt", base + "/two/inner/b.txt"});
    CHECK(*tree.read(base + "/two/a.txt") == "2a");
  }
  SECTION("a single file is named as it was given") {
    const FileTree tree = tree_of({scratch.path("one/a.txt")});
    CHECK(names_of(tree) == Lines{base + "/one/a.txt"});
    CHECK(*tree.read(base + "/one/a.txt") == "1a");
  }
  SECTION("a root inside another one is walked once") {
    const FileTree tree = tree_of({scratch.path("two/inner"), scratch.path("two"), scratch.path("two/a.txt")});
    CHECK(names_of(tree) == Lines{base + "/two/a.txt", base + "/two/inner/b.txt"});
    CHECK(*tree.read(base + "/two/inner/b.txt") == "2b");
  }
  SECTION("the same folder twice") {
    const FileTree tree = tree_of({scratch.path("one"), scratch.path("two/../one")});
    CHECK(names_of(tree) == Lines{"a.txt"});
  }
}

TEST_CASE("file names: roots that would mix", "[ingest][file-tree]") {
  CHECK(root_names({"../a", "b/../a"}, {"/x/a", "/x/y/a"}, false) == Lines{"a", "b/a"});
  CHECK(root_names({"../a", "a"}, {"/x/a", "/x/y/a"}, false) == Lines{"a", "a~2"});
  CHECK(root_names({"../a", "a/b"}, {"/x/a", "/x/y/a/b"}, false) == Lines{"a", "a~2/b"});
  CHECK(root_names({"a", "a/b"}, {"/x/a", "/x/a/b"}, false) == Lines{"a", "a/b"});
  CHECK(root_names({".", "/"}, {"/x/here", "/"}, false) == Lines{"here", "root"});
}

}  // namespace mainstay
