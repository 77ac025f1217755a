#include "tests/measured/trial.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tests/measured/name_space.h"
#include "tests/measured/responder.h"

namespace mainstay {
namespace {

constexpr int kCannot = 77;

pid_t start_client(const std::string& program, const Scenario& scenario) {
  const pid_t client = fork();
  if (client != 0) return client;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const std::string count = std::to_string(scenario.lookups);
  setenv("GODEBUG", "netdns=go", 1);
  unsetenv("RES_OPTIONS");
  unsetenv("LOCALDOMAIN");
  execl(program.c_str(), program.c_str(), scenario.name.c_str(), count.c_str(), static_cast<char*>(nullptr));
  _exit(kCannot);
}

/// What is measured is waiting, so a busy machine must not add to it. Without the permission the tries go on as they are.
void come_first() {
  sched_param first{};
  first.sched_priority = sched_get_priority_min(SCHED_RR);
  sched_setscheduler(0, SCHED_RR, &first);
}

/// The body of a process; standard output is the pipe to the parent.
[[noreturn]] void run(const Scenario& scenario, Milliseconds limit, const std::string& program, const std::string& folder) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  come_first();
  const auto cannot = [](const std::string& why) {
    dprintf(STDOUT_FILENO, "cannot %s\n", why.c_str());
    _exit(kCannot);
  };
  const std::string problem = enter_name_space(folder, {scenario.host_name, resolv_conf_of(scenario)});
  if (!problem.empty()) cannot(problem);
  Responder responder(scenario.existing);
  for (std::size_t at = 0; at < scenario.servers.size(); ++at) {
    const std::string address = scenario.server_lines ? address_of_server(at) : "127.0.0.1";
    if (!responder.add(address, scenario.servers[at])) cannot("a server at " + address);
  }
  const pid_t client = start_client(program, scenario);
  const int status = responder.serve(client, limit);
  if (WIFSIGNALED(status)) dprintf(STDOUT_FILENO, "0 %s\n", WTERMSIG(status) == SIGFPE ? "crashed" : "killed");
  if (WIFEXITED(status) && WEXITSTATUS(status) == kCannot) cannot(program);
  _exit(0);
}

struct Process {
  pid_t pid = -1;
  int output = -1;
  std::string folder;
};

Process start(const Scenario& scenario, Milliseconds limit, const std::string& program) {
  std::string folder = (std::filesystem::temp_directory_path() / "mainstay-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return {};
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(ends[1], STDOUT_FILENO);
    run(scenario, limit, program, folder);
  }
  close(ends[1]);
  return {pid, ends[0], folder};
}

Trial finish(const Process& process) {
  Trial trial;
  if (process.pid < 0) return {.problem = "no process"};
  std::string output;
  std::array<char, 4096> part{};
  for (ssize_t got = 0; (got = read(process.output, part.data(), part.size())) > 0;)
    output.append(part.data(), static_cast<std::size_t>(got));
  close(process.output);
  waitpid(process.pid, nullptr, 0);
  std::filesystem::remove_all(process.folder);
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t blank = line.find(' ');
    if (line.starts_with("cannot ")) {
      trial.problem = line.substr(blank + 1);
    } else {
      trial.lookups.push_back({line.substr(blank + 1), Milliseconds((std::stoll(line.substr(0, blank)) + 500) / 1000)});
    }
  }
  return trial;
}

}  // namespace

std::vector<Trial> try_out(const std::vector<Scenario>& scenarios, const std::vector<Milliseconds>& limits, const std::string& program) {
  std::vector<Process> processes;
  for (std::size_t at = 0; at < scenarios.size(); ++at) processes.push_back(start(scenarios[at], limits[at], program));
  std::vector<Trial> trials;
  for (const Process& process : processes) trials.push_back(finish(process));
  return trials;
}

}  // namespace mainstay
