#include "tests/measured/name_space.h"

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace mainstay {
namespace {

std::string failed(const std::string& what) { return what + ": " + std::strerror(errno); }

bool write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path);
  out << text << std::flush;
  return out.good();
}

bool raise_loopback() {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP;
  const bool up = socket >= 0 && ioctl(socket, SIOCSIFFLAGS, &request) == 0;
  if (socket >= 0) close(socket);
  return up;
}

}  // namespace

std::string enter_name_space(const std::string& folder, const ResolverFiles& files) {
  const std::string user = std::to_string(geteuid());
  const std::string group = std::to_string(getegid());
  if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWUTS) != 0) return failed("namespaces of its own");
  write_file("/proc/self/setgroups", "deny");
  if (!write_file("/proc/self/uid_map", "0 " + user + " 1") || !write_file("/proc/self/gid_map", "0 " + group + " 1")) {
    return failed("user map");
  }
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return failed("private mounts");
  const std::pair<const char*, std::string> placed[] = {
      {"resolv.conf", files.resolv_conf}, {"nsswitch.conf", "hosts: dns\n"}, {"hosts", "127.0.0.1 localhost\n"}};
  for (const auto& [name, text] : placed) {
    const std::string source = folder + "/" + name;
    const std::string target = std::string("/etc/") + name;
    if (!write_file(source, text)) return failed(source);
    if (mount(source.c_str(), target.c_str(), nullptr, MS_BIND, nullptr) != 0) return failed(target);
  }
  if (sethostname(files.host_name.data(), files.host_name.size()) != 0) return failed("host name");
  if (!raise_loopback()) return failed("loopback interface");
  return "";
}

}  // namespace mainstay
