#include "ingest/logs/partial.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "graph/facts/codec.h"
#include "ingest/logs/observation_maker.h"
#include "ingest/logs/observe.h"
#include "ingest/logs/row_codec.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

/// Lines of a server that logs both sides, with latencies, answers of several clients and times over some minutes.
std::string random_log(std::mt19937_64& random, int lines) {
  std::string text;
  for (int n = 0; n < lines; ++n) {
    const std::string time = "[" + std::to_string(1795239079 + random() % 600) + "] unbound[1:0] ";
    const std::string question = "192.0.2." + std::to_string(random() % 200) + " n" + std::to_string(random() % 9) + ".example. A IN";
    text += time + "info: " + question + "\n";
    if (random() % 8 != 0)
      text += time + "info: " + question + (random() % 5 == 0 ? " SERVFAIL" : " NOERROR") + " 0.0" +
              std::to_string(10000 + random() % 80000) + " 0 57\n";
  }
  return text;
}

std::string facts_of(std::span<const LogPart> parts, std::int64_t window, RowSource& rows) {
  std::vector<LogAccount> accounts;
  for (const LogPart& part : parts) accounts.push_back(part.account);
  std::string out;
  ObservationMaker maker(accounts, window, [&](Observation&& seen) { out += to_json_line(Fact(std::move(seen))) + "\n"; });
  REQUIRE(for_each_row(rows, [&](ObservedRow&& row) { maker.add(std::move(row)); }));
  maker.finish();
  return out;
}

std::string written(const Partials& partials) {
  std::string octets;
  PartialWriter writer([&](std::string_view more) -> Result<bool> {
    octets += more;
    return true;
  });
  REQUIRE(partials.write(writer));
  return octets;
}

/// What `observe --partial` writes of one log.
std::string partial_of(const std::string& file, const LogOptions& options) {
  ObservedLogs logs = ObservedLogs::read({&file, 1}, options);
  std::string octets;
  PartialWriter writer([&](std::string_view more) -> Result<bool> {
    octets += more;
    return true;
  });
  REQUIRE(writer.begin());
  const std::unique_ptr<RowSource> rows = logs.rows();
  REQUIRE(writer.add({logs.parts().front(), settings_of_count(0, "")}, *rows));
  REQUIRE(writer.end());
  return octets;
}

std::string facts_of_logs(const std::vector<std::string>& files, const LogOptions& options) {
  ObservedLogs logs = ObservedLogs::read(files, options);
  return facts_of(logs.parts(), 0, *logs.rows());
}

}  // namespace

TEST_CASE("partial files: what a table writes of its rows is what is written of the rows", "[ingest][logs][partial]") {
  std::mt19937_64 random(29);
  const ScratchFolder folder;
  std::string text = random_log(random, 900);
  for (int n = 0; n < 200; ++n) {  // names that are equal up to some place, and clients behind each other
    const std::string name = std::string(random() % 30, 'a') + (random() % 2 == 0 ? "." : "") + "b.example";
    text += "[1795239079] unbound[1:0] info: 192.0.2." + std::to_string(random() % 9) + " " + name + ". " + (n % 2 == 0 ? "A" : "TXT") +
            " IN NOERROR 0.000100 0 57\n";
  }
  folder.write("a.log", text);
  const std::string path = folder.path("a.log");
  std::vector<Diagnostic> problems;
  const ClientGroups groups = ClientGroups::parse("map.csv", "192.0.2.0/25,low\n", problems);
  const ClientGroups* const both[] = {nullptr, &groups};
  for (const ClientGroups* clients : both) {
    LogOptions options;
    options.count.groups = {.window = 120000000, .clients = clients};
    ObservedLogs logs = ObservedLogs::read({&path, 1}, options);
    std::string made, written;
    const std::unique_ptr<RowSource> rows = logs.rows();
    std::size_t count = 0;
    for (ObservedRow row, last; rows->next(row); last = row, ++count) {
      if (count > 0) CHECK(last.key() < row.key());
      append_row(made, row);
    }
    const std::unique_ptr<RowSource> again = logs.rows();
    while (again->next_octets(written)) {
    }
    CHECK(count > 100);
    CHECK(made == written);
  }
}

TEST_CASE("partial files: any split, any order and any tree of merges, with parts given twice, is the same as one reading",
          "[ingest][logs][partial]") {
  std::mt19937_64 random(23);
  const ScratchFolder folder;
  std::vector<std::string> logs;
  for (int n = 0; n < 5; ++n) {
    folder.write(std::to_string(n) + ".log", random_log(random, 60));
    logs.push_back(folder.path(std::to_string(n) + ".log"));
  }
  std::vector<Diagnostic> problems;
  const ClientGroups map = ClientGroups::parse("", "192.0.2.0/25,low\n192.0.2.128/25,high\n", problems);
  const LogOptions options{.count = {.groups = {.clients = &map}}};
  const std::string expected = facts_of_logs(logs, options);
  CHECK(std::ranges::count(expected, '\n') > 10);
  std::string merged;
  for (int trial = 0; trial < 12; ++trial) {
    std::vector<std::string> left;
    for (const std::string& log : logs) {
      folder.write("p" + std::to_string(left.size()), partial_of(log, options));
      left.push_back(folder.path("p" + std::to_string(left.size())));
    }
    left.push_back(left[random() % left.size()]);
    for (int step = 0; left.size() > 1; ++step) {
      std::ranges::shuffle(left, random);
      const std::size_t size = std::min<std::size_t>(left.size(), 2 + random() % 2);
      const Result<Partials> some = Partials::read(std::span(left).first(size));
      REQUIRE(some);
      const std::string name = "m" + std::to_string(trial) + "-" + std::to_string(step);
      folder.write(name, written(*some));
      if (random() % 2 == 0)
        left.erase(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(size));
      else
        left.erase(left.begin(), left.begin() + 1);
      left.push_back(folder.path(name));
      if (step > 40) break;
    }
    const Result<Partials> all = Partials::read(left);
    REQUIRE(all);
    CHECK(facts_of(all->parts(), all->window(), *all->rows()) == expected);
    const std::string octets = written(*all);
    if (trial > 0) CHECK(octets == merged);
    merged = octets;
  }
}

TEST_CASE("partial files: ranges of a file, cut anywhere, are the same as the file", "[ingest][logs][partial]") {
  std::mt19937_64 random(29);
  const ScratchFolder folder;
  const std::string text = random_log(random, 120) + "the last line has no end";
  folder.write("q.log", text);
  const std::string log = folder.path("q.log");
  const std::string expected = facts_of_logs({log}, {});
  for (int trial = 0; trial < 15; ++trial) {
    std::vector<std::uint64_t> cuts{0, text.size()};
    for (int cut = 0; cut < trial % 5; ++cut) cuts.push_back(random() % text.size());
    std::ranges::sort(cuts);
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    std::vector<std::string> partials;
    std::uint64_t lines = 0;
    for (std::size_t at = 0; at + 1 < cuts.size(); ++at) {
      const LogOptions options{.range = OctetRange{cuts[at], cuts[at + 1]}};
      folder.write("r" + std::to_string(at), partial_of(log, options));
      partials.push_back(folder.path("r" + std::to_string(at)));
      lines += ObservedLogs::read({&log, 1}, options).parts()[0].account.lines;
    }
    const Result<Partials> all = Partials::read(partials);
    REQUIRE(all);
    CHECK(facts_of(all->parts(), 0, *all->rows()) == expected);
    CHECK(lines == static_cast<std::uint64_t>(std::ranges::count(text, '\n')) + 1);
  }
}

TEST_CASE("counting with little memory and several threads is the same as with much and one", "[ingest][logs][partial]") {
  std::mt19937_64 random(31);
  const ScratchFolder folder;
  std::vector<std::string> logs;
  for (int n = 0; n < 3; ++n) {
    folder.write(std::to_string(n) + ".log", random_log(random, 4000));
    logs.push_back(folder.path(std::to_string(n) + ".log"));
  }
  const std::string expected = facts_of_logs(logs, {});
  CHECK(facts_of_logs(logs, {.count = {.memory = 1}}) == expected);
  CHECK(facts_of_logs(logs, {.jobs = 3}) == expected);
  CHECK(facts_of_logs(logs, {.count = {.memory = 1}, .jobs = 2}) == expected);
}

TEST_CASE("partial files: what is cut off or damaged is refused as a whole", "[ingest][logs][partial]") {
  std::mt19937_64 random(37);
  const ScratchFolder folder;
  folder.write("q.log", random_log(random, 30));
  const std::string good = partial_of(folder.path("q.log"), {});
  const std::string path = folder.path("bad");
  const auto refused = [&](const std::string& octets) {
    std::ofstream(path, std::ios::binary) << octets;
    return !Partials::read({&path, 1});
  };
  CHECK_FALSE(refused(good));
  for (std::size_t size = 0; size < good.size(); size += 1 + size / 40) {
    INFO(size);
    CHECK(refused(good.substr(0, size)));
  }
  for (int trial = 0; trial < 300; ++trial) {
    std::string bad = good;
    const std::size_t at = random() % bad.size();
    bad[at] = static_cast<char>(bad[at] ^ static_cast<char>(1 + random() % 255));
    INFO(at);
    CHECK(refused(bad));
  }
  CHECK(refused(good + "x"));
  CHECK(refused("mainstay-partial 2\nE"));
  CHECK(refused("no partial file"));
}

TEST_CASE("partial files: counts of other windows are not merged", "[ingest][logs][partial]") {
  const ScratchFolder folder;
  std::vector<std::string> files;
  for (const std::int64_t window : {std::int64_t{0}, std::int64_t{60000000}}) {
    std::string octets;
    PartialWriter writer([&](std::string_view more) -> Result<bool> {
      octets += more;
      return true;
    });
    const std::string id(64, window == 0 ? 'a' : 'b');
    MergedRows none({});
    REQUIRE(writer.begin());
    REQUIRE(writer.add({{.id = id, .account = {.file = "q.log"}}, settings_of_count(window, "")}, none));
    REQUIRE(writer.end());
    folder.write(id, octets);
    files.push_back(folder.path(id));
  }
  const Result<Partials> both = Partials::read(files);
  REQUIRE_FALSE(both);
  CHECK(both.error().find("other windows or clients") != std::string::npos);
  CHECK(Partials::read(std::span(files).first(1))->window() == 0);
  CHECK(Partials::read(std::span(files).last(1))->window() == 60000000);
}

}  // namespace mainstay
