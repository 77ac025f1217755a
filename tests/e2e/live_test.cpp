// `observe --live` as a service runs it: started, left alone while its log is rotated, and told to end.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void append(const std::string& path, std::string_view text) { std::ofstream(path, std::ios::binary | std::ios::app) << text; }

/// A program that runs beside the test.
class Service {
 public:
  explicit Service(std::vector<std::string> words) {
    words.insert(words.begin(), program_path());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    process_ = fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) {
      execv(pointers[0], pointers.data());
      _exit(127);
    }
  }
  ~Service() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  int end(int signal) {
    kill(process_, signal);
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t process_;
};

/// Looks until it is so; a minute at most.
bool becomes(const std::function<bool()>& is_so) {
  for (int look = 0; look < 6000; ++look) {
    if (is_so()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::string line(int name) {
  const std::string text = "n" + std::to_string(name) + ".example";
  return "2026-11-21T05:30:09.168Z client @0x7f3519c78098 127.0.0.1#41234 (" + text + "): query: " + text + " IN A +E(0)K (127.0.0.1)\n";
}

}  // namespace

TEST_CASE("observe --live: facts are there while the log is written, and whole at the end", "[e2e][observe][live]") {
  const ScratchFolder folder;
  const std::string log = folder.path("queries.log");
  const std::string facts = folder.path("seen.facts");
  const int signal = GENERATE(SIGTERM, SIGINT);
  std::string whole;
  for (int name = 0; name < 20; ++name) whole += line(name);
  append(log, whole);
  Service service({"observe", "--live", log, "-o", facts, "--every", "1s"});
  REQUIRE(becomes([&] { return bytes_of(facts).find("n19.example.") != std::string::npos; }));
  std::filesystem::rename(log, log + ".1");
  append(log + ".1", line(20));
  append(log, line(21));
  REQUIRE(becomes([&] { return bytes_of(facts).find("n21.example.") != std::string::npos; }));
  append(log, line(22) + line(23).substr(0, 90));
  REQUIRE(becomes([&] { return bytes_of(facts).find("n22.example.") != std::string::npos; }));
  CHECK(service.end(signal) == 0);
  for (int name = 20; name < 23; ++name) whole += line(name);
  std::filesystem::remove(log);
  append(log, whole);
  CHECK(bytes_of(facts) == mainstay({"observe", log}).out);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), std::filesystem::directory_iterator()) == 3);
}

TEST_CASE("observe --live: what it cannot follow", "[e2e][observe][live]") {
  const ScratchFolder folder;
  folder.make_folder("a.log");
  const std::string facts = folder.path("seen.facts");
  struct Row {
    const char* title;
    std::vector<std::string> arguments;
    int status;
    const char* said;
  };
  const Row rows[] = {
      {"two logs", {"observe", "--live", "a", "b", "-o", facts}, 2, "follows one log"},
      {"nothing to write to", {"observe", "--live", "a"}, 2, "needs -o FILE"},
      {"a time that is none", {"observe", "--live", "a", "-o", facts, "--every", "soon"}, 2, "--every soon"},
      {"a partial file", {"observe", "--live", "a", "-o", facts, "--partial"}, 2, "excludes"},
      {"a folder", {"observe", "--live", folder.path("a.log"), "-o", facts}, 3, "is no file"},
      {"an input that ends", {"observe", "--live", "-", "-o", facts}, 0, ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Outcome outcome = mainstay(row.arguments);
      INFO(outcome.err);
      CHECK(outcome.status == row.status);
      CHECK(outcome.err.find(row.said) != std::string::npos);
    }
}

}  // namespace mainstay
