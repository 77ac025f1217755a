// StartedServer: a real server of this machine, run on loopback for one trial.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace mainstay {

/// A program that ends when this object does, or this process.
class StartedServer {
 public:
  /// Standard output and error go to `log`.
  StartedServer(std::vector<std::string> words, const std::filesystem::path& log);
  ~StartedServer();
  StartedServer(const StartedServer&) = delete;
  StartedServer& operator=(const StartedServer&) = delete;

 private:
  pid_t child_ = -1;
};

/// True when a program of that name stands where servers are installed; to be asked before anything is started.
bool is_installed(const char* program);

/// A port of 127.0.0.1 that nobody had a moment ago.
std::uint16_t free_port();

/// The output of a command, whatever its status.
std::string output_of(const std::string& command);

/// Writes a file, with the folders above it.
void write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace mainstay
