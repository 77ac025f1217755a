// Trees that were made to harm: what cannot be read is listed with a reason, soon, and nothing outside the root is read.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <ctime>
#include <filesystem>

#include "ingest/driver.h"
#include "ingest/source/file_tree.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

using Lines = std::vector<std::string>;

FileTree tree_of(const std::vector<std::string>& paths, TreeOptions options = {}) {
  Result<FileTree> tree = FileTree::of(paths, std::move(options));
  REQUIRE(tree);
  return *std::move(tree);
}

Lines lines_of(const FileTree& tree) {
  Lines lines;
  for (const TreeFile& file : tree.files()) lines.push_back(file.name + (file.reason.empty() ? "" : ": " + file.reason));
  return lines;
}

std::string reason_in(const IngestResult& result, std::string_view name) {
  for (const SourceEntry& entry : result.sources) {
    if (entry.file == name) return std::string(word(entry.state)) + ": " + entry.reason;
  }
  return "not listed";
}

/// Time that all threads of this process took; unlike time on the wall it does not depend on what else the machine does.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Largest amount of memory that this process ever held, in octets.
std::size_t peak_memory() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

/// Folders of one name inside each other, with a file "file" in the innermost one.
void make_nested(const ScratchFolder& scratch, const std::string& base, int count) {
  Descriptor at(::open(scratch.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (int depth = 0; depth < count; ++depth) {
    if (::mkdirat(at.number(), base.c_str(), 0700) != 0) FAIL("a folder cannot be made");
    at = Descriptor(::openat(at.number(), base.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  const Descriptor file(::openat(at.number(), "file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  REQUIRE(::write(file.number(), "x", 1) == 1);
}

/// Takes such folders apart from the outside, by renaming: to remove them in one go takes a descriptor for each.
void remove_nested(const ScratchFolder& scratch, const std::string& base) {
  const Descriptor root(::open(scratch.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  while (true) {
    const Descriptor outer(::openat(root.number(), base.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!outer || ::renameat(outer.number(), base.c_str(), root.number(), "next") != 0) return;
    ::unlinkat(root.number(), base.c_str(), AT_REMOVEDIR);
    if (::renameat(root.number(), "next", root.number(), base.c_str()) != 0) return;
  }
}

}  // namespace

TEST_CASE("hostile tree: symbolic links are listed and not followed", "[ingest][file-tree][hostile]") {
  const ScratchFolder outside;
  outside.write("secret.conf", "outside");
  const ScratchFolder scratch;
  scratch.write("real/app.conf", "inside");
  scratch.link("..", "real/loop");
  scratch.link("real/app.conf", "app.conf");
  scratch.link("app.conf", "twice.conf");
  scratch.link("b", "a");
  scratch.link("a", "b");
  scratch.link(outside.path("secret.conf"), "stolen.conf");
  scratch.link("../" + std::filesystem::path(outside.path()).filename().string() + "/secret.conf", "relative.conf");
  scratch.link(outside.path(), "folder");
  scratch.link("/dev/zero", "zero");
  scratch.link("missing", "dangling");
  const FileTree tree = tree_of({scratch.path()});
  CHECK(lines_of(tree) ==
        Lines{"a: symbolic link to b", "app.conf: symbolic link to real/app.conf", "b: symbolic link to a",
              "dangling: symbolic link to missing", "folder: symbolic link to " + outside.path(), "real/app.conf",
              "real/loop: symbolic link to ..",
              "relative.conf: symbolic link to ../" + std::filesystem::path(outside.path()).filename().string() + "/secret.conf",
              "stolen.conf: symbolic link to " + outside.path("secret.conf"), "twice.conf: symbolic link to app.conf",
              "zero: symbolic link to /dev/zero"});
  CHECK(*tree.read("app.conf") == "inside");
  CHECK(*tree.read("twice.conf") == "inside");
  CHECK(tree.names_below("") == Lines{"app.conf", "real/app.conf", "twice.conf"});
  for (const char* name : {"a", "b", "dangling", "relative.conf", "stolen.conf", "zero", "folder/secret.conf"}) {
    DYNAMIC_SECTION(name) { CHECK_FALSE(tree.read(name)); }
  }
}

TEST_CASE("hostile tree: an absolute link of a host leads into that host's file system", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  scratch.write("hosts/app/run/stub.conf", "nameserver 127.0.0.53");
  scratch.link("/run/stub.conf", "hosts/app/etc/resolv.conf");
  scratch.link("/run/stub.conf", "elsewhere.conf");
  const FileTree tree = tree_of({scratch.path()});
  CHECK(tree.home("hosts/app/opt/x").id == "host:hosts/app");
  CHECK(*tree.read("hosts/app/etc/resolv.conf") == "nameserver 127.0.0.53");
  CHECK_FALSE(tree.read("elsewhere.conf"));
}

TEST_CASE("hostile tree: a path that becomes a link after the walk is not followed", "[ingest][file-tree][hostile]") {
  const ScratchFolder outside;
  outside.write("app.conf", "outside");
  const ScratchFolder scratch;
  scratch.write("folder/app.conf", "inside");
  scratch.write("plain.conf", "inside");
  const FileTree tree = tree_of({scratch.path()});
  std::filesystem::remove_all(scratch.path("folder"));
  scratch.link(outside.path(), "folder");
  std::filesystem::remove(scratch.path("plain.conf"));
  scratch.link(outside.path("app.conf"), "plain.conf");
  CHECK(tree.read("folder/app.conf").error() == "it was replaced, or became a symbolic link, while the tree was read");
  CHECK(tree.read("plain.conf").error() == "it was replaced, or became a symbolic link, while the tree was read");
}

TEST_CASE("hostile tree: both ways of opening refuse links and the way up", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  scratch.write("inner/folder/file", "x");
  scratch.link("folder", "inner/link");
  scratch.link("folder/file", "inner/file");
  const Descriptor root(::open(scratch.path("inner").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  REQUIRE(root);
  for (const Opening opening : {Opening::best, Opening::by_component}) {
    DYNAMIC_SECTION((opening == Opening::best ? "one call" : "by component")) {
      CHECK(open_below(root.number(), "folder/file", false, opening));
      CHECK(open_below(root.number(), "folder", true, opening));
      CHECK(open_below(root.number(), ".", true, opening));
      CHECK_FALSE(open_below(root.number(), "link/file", false, opening));
      CHECK_FALSE(open_below(root.number(), "link", true, opening));
      CHECK_FALSE(open_below(root.number(), "file", false, opening));
      CHECK_FALSE(open_below(root.number(), "../inner/folder/file", false, opening));
      CHECK_FALSE(open_below(root.number(), "folder/file", true, opening));
      CHECK_FALSE(open_below(root.number(), "missing", false, opening));
    }
  }
}

TEST_CASE("hostile tree: 5,000 folders inside each other", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  make_nested(scratch, "d", 5000);
  const FileTree tree = tree_of({scratch.path()});
  std::string cut;
  for (int depth = 0; depth < 65; ++depth) cut += "d/";
  CHECK(lines_of(tree) == Lines{cut + ": more than 64 folders inside each other"});
  REQUIRE(tree.problems().size() == 1);
  CHECK(tree.problems().front().where.file == cut);
  remove_nested(scratch, "d");
}

TEST_CASE("hostile tree: a path longer than the kernel takes at once", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  const std::string base(250, 'n');
  make_nested(scratch, base, 20);
  std::string name;
  for (int depth = 0; depth < 20; ++depth) name += base + "/";
  const FileTree tree = tree_of({scratch.path()});
  CHECK(lines_of(tree) == Lines{name + "file"});
  CHECK(*tree.read(name + "file") == "x");
}

TEST_CASE("hostile tree: a folder of 20,000 files", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  scratch.make_folder("many");
  const Descriptor many(::open(scratch.path("many").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (int file = 0; file < 20000; ++file) {
    const Descriptor made(::openat(many.number(), std::to_string(file).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    REQUIRE(made.number() >= 0);
  }
  const double start = processor_seconds();
  const FileTree tree = tree_of({scratch.path()});
  const IngestResult result = ingest_tree(tree, Catalogue(), {});
  CHECK(result.sources.size() == 20000);
  CHECK(processor_seconds() - start < 2);
}

TEST_CASE("hostile tree: the limit of files cuts at the same place for any number of threads", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  for (int folder = 0; folder < 10; ++folder) {
    for (int file = 0; file < 10; ++file) scratch.write("f" + std::to_string(folder) + "/" + std::to_string(file), "");
  }
  const FileTree one = tree_of({scratch.path()}, {.jobs = 1, .max_files = 35});
  const FileTree eight = tree_of({scratch.path()}, {.jobs = 8, .max_files = 35});
  CHECK(one.files() == eight.files());
  CHECK(one.problems() == eight.problems());
  const auto is_cut = [](const TreeFile& file) { return file.reason == "the scan stops at 35 files and folders"; };
  CHECK(std::count_if(one.files().begin(), one.files().end(), is_cut) == 8);
  CHECK(one.problems().size() == 8);
}

TEST_CASE("hostile tree: what is no file is never opened", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  scratch.fifo("pipe");
  scratch.write("file", "x");
  const IngestResult result = ingest_tree(tree_of({scratch.path()}), Catalogue(), {});
  CHECK(reason_in(result, "pipe") == "skipped: a FIFO");
  // A file that becomes a FIFO between the walk and reading: opening must not wait for a writer.
  const FileTree tree = tree_of({scratch.path()});
  std::filesystem::remove(scratch.path("file"));
  scratch.fifo("file");
  CHECK(reason_in(ingest_tree(tree, Catalogue(), {}), "file") == "failed: not a regular file");
  const FileTree named = tree_of({scratch.path("pipe")});
  CHECK(ingest_tree(named, Catalogue(), {}).sources.front().reason == "not a regular file");
}

TEST_CASE("hostile tree: a file of 1 GB costs nothing", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  scratch.write("etc/resolv.conf", "");
  std::filesystem::resize_file(scratch.path("etc/resolv.conf"), std::uintmax_t{1} << 30);
  const std::size_t before = peak_memory();
  const IngestResult result = ingest_tree(tree_of({scratch.path()}), Catalogue(), {});
  CHECK(reason_in(result, "etc/resolv.conf") == "skipped: larger than the limit of 67108864 octets");
  CHECK(peak_memory() - before < std::size_t{64} << 20);
}

TEST_CASE("hostile tree: one line of 100 MB under a raised limit", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  scratch.write("line.txt", std::string(std::size_t{100} << 20, 'x'));
  const std::size_t before = peak_memory();
  const FileTree tree = tree_of({scratch.path()}, {.max_octets = std::uint64_t{200} << 20});
  const IngestResult result = ingest_tree(tree, Catalogue(), {});
  CHECK(reason_in(result, "line.txt") == "not-ours: no format claims it");
  CHECK(peak_memory() - before < std::size_t{20} << 20);
}

TEST_CASE("hostile tree: files that change between the walk and reading", "[ingest][file-tree][hostile]") {
  const ScratchFolder scratch;
  scratch.write("gone.txt", "x");
  scratch.write("grows.txt", "x");
  const auto change = [&](std::string_view name) {
    if (name == "gone.txt") std::filesystem::remove(scratch.path(name));
    if (name == "grows.txt") scratch.write(name, std::string(2000, 'x'));
  };
  const FileTree tree = tree_of({scratch.path()}, {.max_octets = 1000, .before_open = change});
  const IngestResult result = ingest_tree(tree, Catalogue(), {});
  CHECK(reason_in(result, "gone.txt") == "failed: it vanished while the tree was read");
  CHECK(reason_in(result, "grows.txt") == "skipped: larger than the limit of 1000 octets");
  REQUIRE(result.diagnostics.size() == 2);
  CHECK(result.diagnostics[0].message == "the file cannot be read: it vanished while the tree was read");
}

}  // namespace mainstay
