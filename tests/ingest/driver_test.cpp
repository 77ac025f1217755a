#include "ingest/driver.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

// Formats of the test: "*.words" gives one Trust fact a word; "*.bad" throws; "*.pair" belongs together by folder.
extern const Ingester words_format;
extern const Ingester throwing_format;
extern const Ingester pair_format;

Claim claims_suffix(std::string_view name, std::string_view suffix) { return name.ends_with(suffix) ? Claim::by_name : Claim::no; }

void read_words(Unit& unit) {
  const std::string_view bytes = unit.source().bytes();
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find_first_of(" \n", at), bytes.size());
    const std::string_view word = bytes.substr(at, end - at);
    const Location where{SourceId{}, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    if (word == "odd") unit.warning(where, "an odd word");
    if (word.starts_with("@")) unit.include(word.substr(1), where);
    if (!word.empty()) unit.add(Trust{.by = unit.home().id, .kind = "word", .value = word, .reasons = {unit.declared(where)}});
    at = end + 1;
  }
}

const Ingester words_format{.name = "words",
                            .title = "words",
                            .reference = "this test",
                            .claims = [](std::string_view name, std::string_view) { return claims_suffix(name, ".words"); },
                            .read = &read_words};

const Ingester throwing_format{.name = "throwing",
                               .title = "a reader with a fault",
                               .reference = "this test",
                               .claims = [](std::string_view name, std::string_view) { return claims_suffix(name, ".bad"); },
                               .read = [](Unit&) { throw std::runtime_error("password=hunter2 at octet 7"); }};

const Ingester pair_format{
    .name = "pair",
    .title = "files that belong together",
    .reference = "this test",
    .claims = [](std::string_view name,
                 std::string_view head) { return head.starts_with("pair") ? Claim::by_content : claims_suffix(name, ".pair"); },
    .read =
        [](Unit& unit) { unit.add(Trust{.kind = "pair", .value = std::to_string(unit.sources().size()), .reasons = {unit.declared({})}}); },
    .gather =
        [](const SourceTree&, std::vector<std::string> names) {
          std::vector<std::vector<std::string>> units;
          for (const std::string& name : names) {
            if (name.ends_with("unused.pair")) continue;
            if (units.empty()) units.emplace_back();
            units.front().push_back(name);
          }
          return units;
        }};

constexpr const Ingester* kFormats[] = {&words_format, &throwing_format, &pair_format};

IngestResult ingested(const ScratchFolder& scratch, IngestOptions options = {}, TreeOptions tree_options = {}) {
  const Result<FileTree> tree = FileTree::of({scratch.path()}, std::move(tree_options));
  REQUIRE(tree);
  options.formats = kFormats;
  IngestResult result = ingest_tree(*tree, Catalogue(), options);
  REQUIRE(result.sources.size() == tree->files().size());
  return result;
}

/// One line for each file: name, state, format and reason.
std::vector<std::string> lines_of(const IngestResult& result) {
  std::vector<std::string> lines;
  for (const SourceEntry& entry : result.sources) {
    std::string line = entry.file + " " + std::string(word(entry.state));
    if (!entry.format.empty()) line += " " + entry.format;
    if (!entry.reason.empty()) line += ": " + entry.reason;
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("driver: every file that the walk meets is accounted for", "[ingest][driver]") {
  const ScratchFolder scratch;
  scratch.write("a.words", "one two odd @extra.txt");
  scratch.write("b.bad", "x");
  scratch.write("c/1.pair", "");
  scratch.write("c/2.words", "pair of files");
  scratch.write("c/unused.pair", "");
  scratch.write("extra.txt", "read because a.words asks for it");
  scratch.write("image.png", std::string_view("\x89PNG\0\0", 6));
  scratch.write("large.txt", std::string(2000, 'x'));
  scratch.write("notes.txt", "nothing");
  scratch.write("wide.txt", std::string_view("\xff\xfe"
                                             "a\0",
                                             4));
  const IngestResult result = ingested(scratch, {}, {.max_octets = 1000});
  CHECK(lines_of(result) == Lines{"a.words read words", "b.bad failed throwing: the reader of its format gave up", "c/1.pair read pair",
                                  "c/2.words read pair", "c/unused.pair not-ours pair: no unit of its format needs it",
                                  "extra.txt read words", "image.png skipped: binary",
                                  "large.txt skipped: larger than the limit of 1000 octets", "notes.txt not-ours: no format claims it",
                                  "wide.txt skipped: binary (text in UTF-16 is not read)"});
  CHECK(result.sources[0].facts == 4);
  CHECK(result.sources[0].warnings == 1);
  CHECK(result.sources[1].errors == 1);
  REQUIRE(result.diagnostics.size() == 3);
  CHECK(result.diagnostics[0].message == "an odd word");
  CHECK(result.diagnostics[1].message.find("gave up") != std::string::npos);
  CHECK(result.diagnostics[1].message.find("hunter2") == std::string::npos);
  CHECK(result.diagnostics[2].message.starts_with("the file is skipped: it has 2000 octets"));
}

}  // namespace mainstay
