// Responder: name servers on loopback addresses, each of which does what its state says, until a client process has ended.
#pragma once

#include <netinet/in.h>
#include <sys/types.h>

#include <string>
#include <vector>

#include "analyzer/faults/failover.h"

namespace mainstay {

/// The address of a listed server: 127.0.0.11, 127.0.0.12, ...
std::string address_of_server(std::size_t position);

class Responder {
 public:
  /// `existing` is the only name that good servers know, without its final dot.
  explicit Responder(std::string existing) : existing_(std::move(existing)) {}
  ~Responder();
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  /// Errors: false when the address cannot be had.
  bool add(const std::string& address, const ServerState& state);
  /// Answers until `client` ends or the time is over; the client is ended then. Gives its wait status.
  int serve(pid_t client, Milliseconds limit);

  std::size_t queries() const { return queries_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Listener {
    int socket = -1;
    ServerState state;
  };
  struct Reply {
    Clock::time_point due;
    int socket = -1;
    sockaddr_in to{};
    std::vector<unsigned char> message;
  };
  void receive(const Listener& listener);
  void send_due();
  Clock::time_point next_due(Clock::time_point end) const;

  std::string existing_;
  std::vector<Listener> listeners_;
  std::vector<Reply> waiting_;
  std::size_t queries_ = 0;
};

}  // namespace mainstay
