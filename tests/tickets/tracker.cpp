#include "tests/tickets/tracker.h"
#include "tests/places.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

namespace mainstay {
namespace {

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Outcome run_with(const std::vector<std::string>& environment, std::vector<std::string> words, const std::string& folder) {
  std::vector<std::string> command = {"env"};
  command.insert(command.end(), environment.begin(), environment.end());
  command.emplace_back(program_path());
  command.insert(command.end(), words.begin(), words.end());
  return run(std::move(command), folder);
}

}  // namespace

Tracker::Tracker(std::string program, std::string script) : program_(std::move(program)), script_(std::move(script)) {}

Tracker::~Tracker() { stop(); }

bool Tracker::start(int seconds) {
  stop();
  std::filesystem::remove(folder_.path("ready"));
  const std::string script = source_dir() + "/tests/tickets/" + script_;
  const std::string parent = std::to_string(::getpid());
  const std::string log = folder_.path("log.txt");
  process_ = ::fork();
  if (process_ == 0) {
    const int in = ::open("/dev/null", O_RDONLY), out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::execlp(program_.c_str(), program_.c_str(), script.c_str(), folder_.path().c_str(), parent.c_str(), nullptr);
    ::_exit(127);
  }
  for (int tenths = 0; tenths < seconds * 10 && is_running(); ++tenths) {
    ready_ = text("ready");
    if (!ready_.empty()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

void Tracker::stop() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

bool Tracker::is_running() {
  if (process_ > 0 && ::waitpid(process_, nullptr, WNOHANG) == process_) process_ = -1;
  return process_ > 0;
}

std::string Tracker::text(const std::string& name) const { return content(folder_.path(name)); }

nlohmann::json Tracker::json(const std::string& name) const { return nlohmann::json::parse(text(name)); }

Outcome TicketRuns::plan(const std::vector<std::string>& more) const {
  std::vector<std::string> words = {"tickets", "plan", "tree", "--pause", "0"};
  words.insert(words.end(), to.begin(), to.end());
  words.insert(words.end(), more.begin(), more.end());
  return run_with(environment, std::move(words), folder);
}

Outcome TicketRuns::apply(const std::vector<std::string>& more) const {
  std::vector<std::string> words = {"tickets", "apply", "--plan", "tickets.json", "--url", url, "--pause", "0"};
  words.insert(words.end(), more.begin(), more.end());
  return run_with(environment, std::move(words), folder);
}

nlohmann::json TicketRuns::plan_file() const { return nlohmann::json::parse(content(folder + "/tickets.json")); }

std::size_t TicketRuns::planned(const std::string& action) const {
  std::size_t count = 0;
  const nlohmann::json plan = plan_file();
  for (const nlohmann::json& one : plan.at("actions")) count += one.at("action") == action ? 1 : 0;
  return count;
}

void write_host(const ScratchFolder& tree, int number, bool is_fixed) {
  const std::string name = "tree/hosts/h" + std::to_string(number);
  const std::string address = "10." + std::to_string(number / 200 + 1) + "." + std::to_string(number % 200) + ".53";
  tree.write(name + "/etc/resolv.conf",
             "nameserver " + address + "\n" + (is_fixed ? "nameserver 172.31." + std::to_string(number % 200) + ".53\n" : ""));
  tree.write(name + "/opt/app/.env", "VAULT_ADDR=https://vault" + std::to_string(number) + ".corp.example:8200\n");
}

}  // namespace mainstay
