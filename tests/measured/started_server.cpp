#include "tests/measured/started_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace mainstay {

StartedServer::StartedServer(std::vector<std::string> words, const std::filesystem::path& log) {
  std::vector<char*> command;
  for (std::string& word : words) command.push_back(word.data());
  command.push_back(nullptr);
  child_ = ::fork();
  if (child_ != 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT, 0600);
  ::dup2(file, 1);
  ::dup2(file, 2);
  ::execvp(command[0], command.data());
  ::_exit(127);
}

StartedServer::~StartedServer() {
  if (child_ <= 0) return;
  ::kill(child_, SIGTERM);
  for (int wait = 0; wait < 400 && ::waitpid(child_, nullptr, WNOHANG) == 0; ++wait) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (wait == 350) ::kill(child_, SIGKILL);
  }
}

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 4096> part{};
  for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), pipe)) > 0;) out.append(part.data(), got);
  ::pclose(pipe);
  return out;
}

bool is_installed(const char* program) {
  ::setenv("PATH", "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin", 1);
  return !output_of(fmt::format("command -v {} 2>/dev/null", program)).empty();
}

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  const bool is_bound =
      ::bind(socket, reinterpret_cast<sockaddr*>(&at), size) == 0 && ::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size) == 0;
  ::close(socket);
  return is_bound ? ntohs(at.sin_port) : std::uint16_t{0};
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace mainstay
