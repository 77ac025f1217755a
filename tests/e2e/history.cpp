#include "tests/e2e/history.h"

#include <catch2/catch.hpp>
#include <filesystem>

namespace mainstay {

History::History() { git({"init", "-q", "."}); }

void History::remove(std::string_view name) const { std::filesystem::remove_all(folder_.path(name)); }

void History::commit() const {
  git({"add", "-A"});
  git({"commit", "-q", "--allow-empty", "-m", "step"});
}

std::string History::git(std::vector<std::string> arguments) const {
  std::vector<std::string> command = {"git", "-c", "user.name=x", "-c", "user.email=x@example.com"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const Outcome outcome = run(command, folder_.path());
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return outcome.out.substr(0, outcome.out.find('\n'));
}

Outcome History::gate(std::vector<std::string> more) const {
  std::vector<std::string> arguments = {"gate", "--base", "HEAD~1"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return mainstay(arguments, folder_.path());
}

}  // namespace mainstay
