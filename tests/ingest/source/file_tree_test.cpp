#include "ingest/source/file_tree.h"

#include <catch2/catch.hpp>

#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

FileTree tree_of(const std::vector<std::string>& paths, TreeOptions options = {}) {
  Result<FileTree> tree = FileTree::of(paths, std::move(options));
  REQUIRE(tree);
  return *std::move(tree);
}

/// What the walk met, one line each: the name, and the reason when there is one.
std::vector<std::string> lines_of(const FileTree& tree) {
  std::vector<std::string> lines;
  for (const TreeFile& file : tree.files()) {
    lines.push_back(file.name + (file.reason.empty() ? "" : (file.cause == SourceCause::unreadable ? " ! " : " - ") + file.reason));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("file tree: names, reasons and bytes", "[ingest][file-tree]") {
  const ScratchFolder scratch;
  scratch.write("b/app.conf", "app");
  scratch.write("a.txt", "first");
  scratch.write(".env", "hidden files count");
  scratch.write(".git/config", "not ours");
  scratch.write("b/build/out.txt", "made");
  scratch.write("b/.gitignore", "build/\n");
  scratch.fifo("b/pipe");
  const FileTree tree = tree_of({scratch.path()});
  CHECK(lines_of(tree) == Lines{".env", ".git/ - version control data", "a.txt", "b/.gitignore", "b/app.conf",
                                "b/build/ - ignored by b/.gitignore:1", "b/pipe - a FIFO"});
  CHECK(*tree.read("b/app.conf") == "app");
  CHECK(tree.read("b/pipe").error() == "it is not read: a FIFO");
  CHECK(tree.read("b/build/out.txt").error() == "no such file in the scanned tree");
  CHECK(tree.names_below("b") == Lines{"b/.gitignore", "b/app.conf"});
  CHECK(tree.problems().empty());
}

TEST_CASE("file tree: the bytes of a small file take little memory", "[ingest][file-tree]") {
  const ScratchFolder scratch;
  scratch.write("small.yaml", std::string(300, 'a'));
  scratch.write("large.yaml", std::string(3'000'000, 'b'));
  const FileTree tree = tree_of({scratch.path()});
  for (const TreeFile& file : tree.files()) {
    Result<OpenFile> open = tree.open(file);
    REQUIRE(open);
    std::string bytes;
    CHECK(open->fill(bytes, 4096));
    CHECK(tree.read_rest(*open, bytes));
    CHECK(bytes == (file.name == "small.yaml" ? std::string(300, 'a') : std::string(3'000'000, 'b')));
    CHECK(bytes.capacity() < 2 * bytes.size() + 64);
  }
}

TEST_CASE("file tree: a path that is not there is an error", "[ingest][file-tree]") {
  const ScratchFolder scratch;
  const Result<FileTree> tree = FileTree::of({scratch.path("missing")});
  REQUIRE_FALSE(tree);
  CHECK(tree.error() == scratch.path("missing") + ": no such file or folder");
}

}  // namespace mainstay
