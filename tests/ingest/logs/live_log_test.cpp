// A log that is followed while it is written, renamed, cut off and away.
#include "ingest/logs/live/live_log.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "ingest/logs/live/file_watch.h"
#include "ingest/logs/observe.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

std::string line(int name, int second = 9) {
  return "21-Nov-2026 05:30:0" + std::to_string(second % 10) + ".168 client @0x7f3519c78098 127.0.0." + std::to_string(name % 3 + 1) +
         "#41234 (n" + std::to_string(name) + ".example): query: n" + std::to_string(name) + ".example IN A +E(0)K (127.0.0.1)\n";
}

std::string lines(int from, int to) {
  std::string text;
  for (int name = from; name < to; ++name) text += line(name, name);
  return text;
}

void append(const std::string& path, std::string_view text) { std::ofstream(path, std::ios::binary | std::ios::app) << text; }

void take_all(LiveLog& log) {
  while (log.take()) {
  }
}

std::vector<ObservedRow> rows_of(RowSource& source) {
  std::vector<ObservedRow> rows;
  REQUIRE(for_each_row(source, [&](ObservedRow&& row) { rows.push_back(std::move(row)); }));
  return rows;
}

/// What one reading of the same text counts.
std::vector<ObservedRow> rows_of(std::string_view text) {
  const ScratchFolder folder;
  folder.write("whole.log", text);
  const std::string path = folder.path("whole.log");
  ObservedLogs logs = ObservedLogs::read({&path, 1}, {});
  return rows_of(*logs.rows());
}

bool has_problem(const LogPart& part, std::string_view text) {
  return std::ranges::any_of(part.problems, [&](const Diagnostic& one) { return one.message.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("live log: lines that come in pieces are the lines of the whole", "[ingest][logs][live]") {
  std::mt19937_64 random(5);
  const ScratchFolder folder;
  const std::string path = folder.path("queries.log");
  const std::string text = lines(0, 60);
  LiveLog log(path, {});
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = std::min<std::size_t>(text.size() - at, random() % 400 + 1);
    append(path, text.substr(at, size));
    at += size;
    take_all(log);
    const std::size_t whole = text.substr(0, at).rfind('\n');
    if (whole == std::string::npos) continue;
    log.settle();
    CHECK(rows_of(*log.rows()) == rows_of(std::string_view(text).substr(0, whole + 1)));
  }
  CHECK(log.part().account.lines == 60);
  CHECK(log.part().account.octets == text.size());
}

TEST_CASE("live log: a renamed file is read to its end before its successor", "[ingest][logs][live]") {
  const ScratchFolder folder;
  const std::string path = folder.path("queries.log");
  const std::string old = folder.path("queries.log.1");
  append(path, lines(0, 10));
  LiveLog log(path, {});
  take_all(log);
  std::filesystem::rename(path, old);
  append(old, lines(10, 12));  // its writer has not been told yet
  take_all(log);
  CHECK(log.part().account.queries == 12);
  append(path, "");  // made, and still empty
  append(old, lines(12, 13));
  take_all(log);
  CHECK(log.part().account.queries == 13);
  const std::string cut = line(13);
  append(old, cut.substr(0, cut.size() - 1));  // the last line has no end
  append(path, lines(14, 20));
  take_all(log);
  CHECK(rows_of(*log.rows()) == rows_of(lines(0, 13) + line(13) + lines(14, 20)));
  CHECK(log.part().account.not_understood == 0);
}

TEST_CASE("live log: a file that was cut off is read from its beginning", "[ingest][logs][live]") {
  const ScratchFolder folder;
  const std::string path = folder.path("queries.log");
  append(path, lines(0, 10) + line(10).substr(0, 60));
  LiveLog log(path, {});
  take_all(log);
  SECTION("it is shorter") {
    std::filesystem::resize_file(path, 0);
    append(path, lines(20, 22));
  }
  SECTION("it has grown past what was read") {
    std::filesystem::resize_file(path, 0);
    append(path, lines(20, 60));
  }
  SECTION("it is empty for a while") {
    std::filesystem::resize_file(path, 0);
    take_all(log);
    append(path, lines(20, 21));
  }
  const auto size = std::filesystem::file_size(path);
  take_all(log);
  const int more = static_cast<int>(size / line(20).size());
  CHECK(rows_of(*log.rows()) == rows_of(lines(0, 10) + lines(20, 20 + more)));
  CHECK(log.part().account.not_understood == 1);  // of the line that was begun nobody knows what it would have become
  CHECK(has_problem(log.part(), "cut off inside a line"));
}

TEST_CASE("live log: a file that is away for a while is waited for", "[ingest][logs][live]") {
  const ScratchFolder folder;
  const std::string path = folder.path("queries.log");
  LiveLog log(path, {});
  CHECK(!log.take());
  CHECK(!log.has_ended());
  append(path, lines(0, 9));
  take_all(log);
  std::filesystem::remove(path);
  CHECK(!log.take());
  append(path, lines(9, 12));
  take_all(log);
  CHECK(rows_of(*log.rows()) == rows_of(lines(0, 12)));
}

TEST_CASE("live log: times that go back count as they are", "[ingest][logs][live]") {
  const ScratchFolder folder;
  const std::string path = folder.path("queries.log");
  std::string text;
  for (const int second : {5, 7, 2, 9, 3, 3, 8, 1}) text += line(0, second);
  append(path, text);
  LiveLog log(path, {});
  take_all(log);
  const std::vector<ObservedRow> rows = rows_of(*log.rows());
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].last - rows[0].first == 8000000);
  CHECK(rows == rows_of(text));
}

TEST_CASE("live log: memory is bounded, and what goes to the disk is the same", "[ingest][logs][live]") {
  const ScratchFolder folder;
  const std::string path = folder.path("queries.log");
  LiveLog log(path, {.memory = 1});  // every look finds too much
  std::string text;
  for (int turn = 0; turn < 40; ++turn) {
    const std::string more = lines(turn * 10, turn * 10 + 2100);
    append(path, more);
    text += more;
    take_all(log);
  }
  CHECK(rows_of(*log.rows()) == rows_of(text));
}

TEST_CASE("live log: what it is is seen in its lines", "[ingest][logs][live]") {
  const ScratchFolder folder;
  const std::string path = folder.path("queries.log");
  LiveLog log(path, {});
  SECTION("few lines are enough when they are asked for") {
    append(path, lines(0, 2));
    take_all(log);
    CHECK(log.part().account.format.empty());
    log.settle();
    CHECK(log.part().account.queries == 2);
  }
  SECTION("a server may say much before its first query") {
    for (int n = 0; n < 100; ++n) append(path, "starting part " + std::to_string(n) + "\n");
    take_all(log);
    CHECK(has_problem(log.part(), "no query log that is known"));
    append(path, lines(0, 80));
    take_all(log);
    CHECK(log.part().account.queries == 80);
    CHECK(log.part().account.lines == 180);
  }
  SECTION("a line without an end is not held") {
    append(path, lines(0, 9) + std::string(200000, 'x'));
    take_all(log);
    append(path, "x\n" + line(9));
    take_all(log);
    log.finish();
    CHECK(log.part().account.queries == 10);
    CHECK(log.part().account.too_long == 1);
  }
  SECTION("a folder is none") {
    folder.make_folder("queries.log");
    CHECK(!log.take());
    CHECK(log.has_ended());
    CHECK(has_problem(log.part(), "is no file"));
  }
}

TEST_CASE("file watch: the kernel is asked where it can tell, and the clock otherwise", "[ingest][logs][live]") {
  const ScratchFolder folder;
  folder.make_folder("logs");
  const std::string path = folder.path("logs/queries.log");
  FileWatch watch(path);
  watch.wait(std::chrono::milliseconds(0), -1);
  CHECK(watch.is_told());
  append(path, "x");
  watch.wait(std::chrono::hours(1), -1);  // returns, however it learns of it
  std::filesystem::remove_all(folder.path("logs"));
  for (int turn = 0; turn < 5 && watch.is_told(); ++turn) watch.wait(std::chrono::hours(1), -1);
  CHECK(!watch.is_told());
  folder.make_folder("logs");
  watch.wait(std::chrono::milliseconds(0), -1);
  CHECK(watch.is_told());
  FileWatch clock(path, FileWatch::Means::clock);
  clock.wait(std::chrono::milliseconds(0), -1);
  CHECK(!clock.is_told());
}

}  // namespace mainstay
