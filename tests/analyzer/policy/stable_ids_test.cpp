// Ids of findings: things are moved about, and the ids stay.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "analyzer/cli/input.h"
#include "analyzer/report/make_report.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

namespace fs = std::filesystem;

std::set<std::string> ids_in(const std::vector<std::string>& paths, unsigned jobs = 0) {
  std::ostringstream out;
  std::ostringstream err;
  Input input;
  input.paths = paths;
  input.jobs = jobs;
  Session session{.out = out, .err = err};
  const Result<std::shared_ptr<Loaded>> loaded = input.load(session);
  REQUIRE(loaded);
  fill_report(*(*loaded)->analysis, (*loaded)->report);
  std::set<std::string> ids;
  for (const Finding& one : (*loaded)->report.findings) ids.insert(one.rule + " " + one.id);
  return ids;
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A copy of the harbour with each file passed through `change`, which gives its name and text there.
template <class Change>
void copy_harbour(const ScratchFolder& to, Change&& change) {
  const fs::path from = fs::path(source_dir()) / "samples/harbour";
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(from)) {
    if (!entry.is_regular_file()) continue;
    const auto [name, text] = change(fs::relative(entry.path(), from).generic_string(), text_of(entry.path()));
    to.write(name, text);
  }
}

using Pair = std::pair<std::string, std::string>;

/// A comment mark of the file's notation; empty where lines in front would mean something.
std::string_view comment_of(const std::string& name) {
  if (name.ends_with(".zone")) return ";";
  for (const char* end : {".tf", ".yaml", ".conf", ".env"}) {
    if (name.ends_with(end)) return "#";
  }
  return "";
}

}  // namespace

TEST_CASE("ids: moved lines, renamed files and another order leave them", "[analyzer][policy][ids]") {
  const std::set<std::string> before = ids_in({source_dir() + "/samples/harbour"});
  REQUIRE(before.size() > 20);
  const ScratchFolder copy;
  SECTION("lines moved down") {
    copy_harbour(copy, [](const std::string& name, const std::string& text) {
      const std::string_view mark = comment_of(name);
      return Pair(name, mark.empty() ? text : std::string(mark) + " one\n\n" + std::string(mark) + " two\n" + text);
    });
    CHECK(ids_in({copy.path()}) == before);
  }
  SECTION("blank lines behind") {
    copy_harbour(copy, [](const std::string& name, const std::string& text) {
      return Pair(name, name.ends_with(".tf") ? text + "\n\n  \n" : text);
    });
    CHECK(ids_in({copy.path()}) == before);
  }
  SECTION("files renamed whose name says nothing") {
    copy_harbour(copy, [](std::string name, const std::string& text) {
      const bool says_nothing =
          name.ends_with(".tf") || (name.ends_with(".yaml") && name.starts_with("clusters/") && !name.starts_with("clusters/prod/gate/"));
      if (says_nothing) name.insert(name.rfind('/') + 1, "zz-");
      return Pair(name, text);
    });
    CHECK(ids_in({copy.path()}) == before);
  }
  SECTION("one thread or many") {
    copy_harbour(copy, [](const std::string& name, const std::string& text) { return Pair(name, text); });
    CHECK(ids_in({copy.path()}, 1) == before);
    CHECK(ids_in({copy.path()}, 7) == before);
  }
}

}  // namespace mainstay
