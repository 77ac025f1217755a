#include "ingest/driver.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <optional>
#include <random>
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
    if (word == "wrong") unit.error(where, "a wrong word");
    if (word.starts_with("@")) unit.include(word.substr(1), where);
    if (!word.empty()) unit.add(Trust{.by = unit.home().id, .kind = "word", .value = word, .reasons = {unit.declared(where)}});
    at = end + 1;
  }
}

const Ingester words_format{
    .name = "words",
    .title = "words",
    .reference = "this test",
    .claims = [](std::string_view name,
                 std::string_view) { return std::max(claims_suffix(name, ".words"), claims_suffix(name, ".words.j2")); },
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

TEST_CASE("driver: what was not read, or not wholly, says of what kind the reason is", "[ingest][driver]") {
  const ScratchFolder scratch;
  scratch.write(".gitignore", "secret.words\n");
  scratch.write("a.words", "one odd @extra.txt");
  scratch.write("b.bad", "x");
  scratch.write("c/1.pair", "");
  scratch.write("c/unused.pair", "");
  scratch.write("extra.txt", "read because a.words asks for it");
  scratch.write("image.png", std::string_view("\x89PNG\0\0", 6));
  scratch.write("large.txt", std::string(2000, 'x'));
  scratch.write("notes.txt", "nothing");
  scratch.write("part.words", "right wrong");
  scratch.write("secret.words", "x");
  scratch.link("nowhere", "lost.words");
  const IngestResult result = ingested(scratch, {}, {.max_octets = 1000});
  Lines causes;
  for (const SourceEntry& one : result.sources) causes.push_back(one.file + " " + std::string(word(one.cause)));
  CHECK(causes == Lines{".gitignore not-claimed", "a.words none", "b.bad reader-failed", "c/1.pair none", "c/unused.pair not-claimed",
                        "extra.txt none", "image.png not-text", "large.txt over-limit", "lost.words not-a-file", "notes.txt not-claimed",
                        "part.words read-in-part", "secret.words ignored"});
}

TEST_CASE("driver: what a template engine is to fill in is no error", "[ingest][driver]") {
  ScratchFolder scratch;
  scratch.write("a.words", "wrong");
  scratch.write("b.words.j2", "wrong odd");
  const IngestResult result = ingested(scratch);
  REQUIRE(result.diagnostics.size() == 3);
  CHECK(result.diagnostics[0].severity == DiagnosticSeverity::error);
  CHECK(result.diagnostics[1].severity == DiagnosticSeverity::warning);
  CHECK(result.diagnostics[1].message == "a wrong word");
  CHECK(result.diagnostics[1].hint.find("template engine") != std::string::npos);
  CHECK(result.diagnostics[2].severity == DiagnosticSeverity::warning);
  CHECK(result.sources[0].errors == 1);
  CHECK(result.sources[1].errors == 0);
  CHECK(result.sources[1].warnings == 2);
}

TEST_CASE("driver: a link to a file of the tree is read under its own name", "[ingest][driver]") {
  const ScratchFolder scratch;
  scratch.write("a.words", "one");
  scratch.write("plain.txt", "two three");
  scratch.write("wants.words", "@linked.txt");
  scratch.write("hidden/secret.words", "four");
  scratch.write(".gitignore", "hidden/\n");
  scratch.link("a.words", "again.words");
  scratch.link("plain.txt", "other.words");
  scratch.link("plain.txt", "linked.txt");
  scratch.link("round.words", "circle.words");
  scratch.link("circle.words", "round.words");
  scratch.link("hidden/secret.words", "ignored.words");
  scratch.link("missing.words", "lost.words");
  scratch.link("/etc/hostname", "outside.words");
  scratch.link("again.words", "twice.words");
  scratch.link("hidden", "folder.words");
  for (const std::uint64_t kept : {std::uint64_t{0}, std::uint64_t{1} << 20}) {
    const IngestResult result = ingested(scratch, {.kept_octets = kept});
    CHECK(lines_of(result) ==
          Lines{".gitignore not-ours: no format claims it", "a.words read words", "again.words read words",
                "circle.words skipped: symbolic link to round.words", "folder.words skipped: symbolic link to hidden",
                "hidden/ skipped: ignored by .gitignore:1", "ignored.words skipped: symbolic link to hidden/secret.words",
                "linked.txt read words", "lost.words skipped: symbolic link to missing.words", "other.words read words",
                "outside.words skipped: symbolic link to /etc/hostname", "plain.txt read words",
                "round.words skipped: symbolic link to circle.words", "twice.words read words", "wants.words read words"});
    const auto facts_of = [&](std::string_view file) {
      return std::count_if(result.facts.begin(), result.facts.end(), [&](const Fact& fact) {
        const Trust* word = std::get_if<Trust>(&fact);
        return word != nullptr && word->reasons.front().place.file == file;
      });
    };
    CHECK(facts_of("a.words") == 1);
    CHECK(facts_of("again.words") == 1);
    CHECK(facts_of("twice.words") == 1);
    CHECK(facts_of("other.words") == 2);
    CHECK(facts_of("plain.txt") == 0);
  }
}

TEST_CASE("driver: the result does not depend on threads or on the order in which files were made", "[ingest][driver]") {
  std::vector<std::pair<std::string, std::string>> files;
  for (int number = 0; number < 120; ++number) {
    const std::string name = "f" + std::to_string(number % 7) + "/" + std::to_string(number);
    files.emplace_back(name + ".words", "same odd w" + std::to_string(number) + " @shared.txt @missing.txt");
    if (number % 5 == 0) files.emplace_back(name + ".bad", "x");
    if (number % 4 == 0) files.emplace_back(name + ".pair", std::string(static_cast<std::size_t>(number), 'p'));
    if (number % 9 == 0) files.emplace_back(name + "/etc/resolv.conf", "");
  }
  files.emplace_back("shared.txt", "x");
  files.emplace_back(".gitignore", "f3/\n");
  std::optional<IngestResult> first;
  std::mt19937 random(1);
  for (const unsigned jobs : {1u, 2u, 8u}) {
    std::shuffle(files.begin(), files.end(), random);
    const ScratchFolder scratch;
    for (const auto& [name, bytes] : files) scratch.write(name, bytes);
    for (const std::uint64_t kept : {std::uint64_t{0}, std::uint64_t{1} << 20}) {
      CAPTURE(jobs, kept);
      const IngestResult result = ingested(scratch, {.jobs = jobs, .kept_octets = kept, .max_diagnostics = 150}, {.jobs = jobs});
      if (!first) first = result;
      CHECK((result.facts == first->facts));
      CHECK((result.sources == first->sources));
      CHECK((result.diagnostics == first->diagnostics));
      CHECK(result.diagnostics_dropped == first->diagnostics_dropped);
    }
  }
  CHECK(first->facts.size() > 120);
  CHECK(first->diagnostics.size() == 150);
  CHECK(first->diagnostics_dropped > 0);
}

TEST_CASE("driver: scopes that were named have a fact, and those around them", "[ingest][driver]") {
  const ScratchFolder scratch;
  scratch.write("clusters/prod/n1/etc/resolv.conf", "");
  scratch.write("clusters/prod/n1/opt/a.words", "one");
  scratch.write("unused/etc/resolv.conf", "");
  const IngestResult result = ingested(scratch);
  std::vector<std::string> lines;
  for (const Fact& fact : result.facts) {
    if (const Scope* scope = std::get_if<Scope>(&fact)) {
      lines.push_back(scope->id + " in " + scope->parent + " by " + scope->reasons.front().place.file);
    }
  }
  CHECK(lines == Lines{"cluster:prod in repository:. by clusters/prod/",
                       "host:clusters/prod/n1 in cluster:prod by clusters/prod/n1/etc/resolv.conf", "repository:. in  by ."});
}

TEST_CASE("driver: extra facts are merged, hints explain, progress ends at the total", "[ingest][driver]") {
  const ScratchFolder scratch;
  scratch.write("a.words", "one");
  scratch.write("b.log", "query");
  std::vector<std::size_t> seen;
  IngestOptions options;
  const Fact extra = Trust{.by = "elsewhere", .kind = "word"};
  options.extra = {extra, extra};
  options.hint = [](std::string_view, std::string_view head) { return head == "query" ? std::string("looks like a query log") : ""; };
  options.progress = [&](std::size_t done, std::size_t total) {
    CHECK(total == 2);
    seen.push_back(done);
  };
  const IngestResult result = ingested(scratch, options);
  CHECK(lines_of(result) == Lines{"a.words read words", "b.log not-ours: looks like a query log"});
  CHECK(std::count(result.facts.begin(), result.facts.end(), extra) == 1);
  CHECK(seen == std::vector<std::size_t>{1, 2});
}

TEST_CASE("driver: content that was kept is not read from disk again", "[ingest][driver]") {
  const ScratchFolder scratch;
  scratch.write("a.words", "one " + std::string(50000, 'x'));
  scratch.write("b.txt", "not ours");
  for (const std::uint64_t kept : {std::uint64_t{0}, std::uint64_t{1} << 20}) {
    DYNAMIC_SECTION(kept << " octets may be kept") {
      std::vector<std::string> opened;
      const auto note = [&](std::string_view name) { opened.emplace_back(name); };
      const IngestResult result = ingested(scratch, {.jobs = 1, .kept_octets = kept}, {.jobs = 1, .before_open = note});
      CHECK(result.sources[0].facts == 2);
      CHECK(opened == (kept == 0 ? Lines{"a.words", "b.txt", "a.words"} : Lines{"a.words", "b.txt"}));
    }
  }
}

TEST_CASE("driver: a claimed file that vanishes before it is read is stated as failed", "[ingest][driver]") {
  const ScratchFolder scratch;
  scratch.write("a.words", "one");
  int opened = 0;
  const auto remove = [&](std::string_view) {
    if (++opened == 2) std::filesystem::remove(scratch.path("a.words"));
  };
  const IngestResult result = ingested(scratch, {.jobs = 1, .kept_octets = 0}, {.jobs = 1, .before_open = remove});
  CHECK(lines_of(result) == Lines{"a.words failed words: it vanished while the tree was read"});
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].message == "the file cannot be read: it vanished while the tree was read");
}

}  // namespace mainstay
