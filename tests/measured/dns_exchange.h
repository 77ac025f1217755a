// Questions and answers of DNS on loopback, written and read by hand, so that nothing between retries, hides or escapes anything.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace mainstay {

struct Question {
  std::string client;               // the address of 127.0.0.0/8 that it is asked from
  std::vector<std::string> labels;  // as they are, without escapes
  std::uint16_t type = 1;
  bool is_tcp = false;
};

/// Asks once. Gives the response code, -1 when there is no answer within five seconds.
int ask_once(const std::string& server, std::uint16_t port, const Question& question);

/// An authoritative server for everything, on 127.0.0.1, by UDP and TCP. What it answers stands in the first label: "nope" NXDOMAIN,
/// "broken" SERVFAIL, "barred" REFUSED; every other name has the address 192.0.2.10 and nothing else.
class EverythingServer {
 public:
  EverythingServer();
  ~EverythingServer();
  EverythingServer(const EverythingServer&) = delete;
  EverythingServer& operator=(const EverythingServer&) = delete;

  /// 0 when there is none to be had.
  std::uint16_t port() const { return port_; }

 private:
  void serve();
  void serve_datagram();
  void serve_stream();

  int datagrams_ = -1;
  int streams_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

}  // namespace mainstay
