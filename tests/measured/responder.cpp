#include "tests/measured/responder.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace mainstay {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::uint16_t kTypeA = 1;
// The name of the question, A, IN, 60 s, 127.0.0.99.
constexpr unsigned char kAnswer[] = {0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 99};

struct Question {
  std::string name;
  std::uint16_t type = 0;
  std::size_t end = 0;  // of the question in the message
};

std::optional<Question> question_in(const std::vector<unsigned char>& message) {
  Question question;
  std::size_t at = kHeader;
  while (at < message.size() && message[at] != 0) {
    const std::size_t length = message[at];
    if (at + 1 + length > message.size()) return std::nullopt;
    if (!question.name.empty()) question.name += '.';
    for (std::size_t letter = at + 1; letter <= at + length; ++letter) question.name += static_cast<char>(std::tolower(message[letter]));
    at += 1 + length;
  }
  if (at + 5 > message.size()) return std::nullopt;
  question.type = static_cast<std::uint16_t>(message[at + 1] << 8 | message[at + 2]);
  question.end = at + 5;
  return question;
}

/// RFC 1035 section 4.1.1
unsigned char rcode_of(ServerMode mode, bool exists) {
  switch (mode) {
    case ServerMode::formerr: return 1;
    case ServerMode::servfail: return 2;
    case ServerMode::nxdomain: return 3;
    case ServerMode::notimp: return 4;
    case ServerMode::refused: return 5;
    case ServerMode::good: return exists ? 0 : 3;
    default: return 0;
  }
}

std::vector<unsigned char> reply_to(const std::vector<unsigned char>& query, const Question& question, ServerMode mode, bool exists) {
  std::vector<unsigned char> reply(query.begin(), query.begin() + static_cast<std::ptrdiff_t>(question.end));
  const bool truncated = mode == ServerMode::truncated;
  reply[2] = static_cast<unsigned char>(0x80 | (query[2] & 0x01) | (truncated ? 0x02 : 0));  // QR, RD, TC
  reply[3] = static_cast<unsigned char>(0x80 | rcode_of(mode, exists));                      // RA
  std::fill(reply.begin() + 4, reply.begin() + kHeader, static_cast<unsigned char>(0));
  reply[5] = 1;
  if (mode != ServerMode::good || !exists || question.type != kTypeA) return reply;
  reply[7] = 1;
  for (const unsigned char octet : kAnswer) reply.push_back(octet);
  return reply;
}

}  // namespace

std::string address_of_server(std::size_t position) { return "127.0.0." + std::to_string(11 + position); }

Responder::~Responder() {
  for (const Listener& one : listeners_) close(one.socket);
}

bool Responder::add(const std::string& address, const ServerState& state) {
  if (state.mode == ServerMode::closed) return true;
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(53);
  inet_pton(AF_INET, address.c_str(), &at.sin_addr);
  if (socket < 0 || bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) return false;
  listeners_.push_back({socket, state});
  return true;
}

void Responder::receive(const Listener& listener) {
  std::vector<unsigned char> message(1500);
  sockaddr_in from{};
  socklen_t size = sizeof from;
  const ssize_t got = recvfrom(listener.socket, message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
  if (got < static_cast<ssize_t>(kHeader)) return;
  ++queries_;
  message.resize(static_cast<std::size_t>(got));
  const std::optional<Question> question = question_in(message);
  if (listener.state.mode == ServerMode::silent || !question) return;
  waiting_.push_back({Clock::now() + listener.state.delay.lo, listener.socket, from,
                      reply_to(message, *question, listener.state.mode, question->name == existing_)});
}

void Responder::send_due() {
  const Clock::time_point now = Clock::now();
  for (const Reply& one : waiting_) {
    if (one.due > now) continue;
    sendto(one.socket, one.message.data(), one.message.size(), 0, reinterpret_cast<const sockaddr*>(&one.to), sizeof one.to);
  }
  std::erase_if(waiting_, [&](const Reply& one) { return one.due <= now; });
}

Responder::Clock::time_point Responder::next_due(Clock::time_point end) const {
  for (const Reply& one : waiting_) end = std::min(end, one.due);
  return end;
}

int Responder::serve(pid_t client, Milliseconds limit) {
  const Clock::time_point end = Clock::now() + limit;
  const int ending = static_cast<int>(syscall(SYS_pidfd_open, client, 0));
  std::vector<pollfd> sockets{{ending, POLLIN, 0}};
  for (const Listener& one : listeners_) sockets.push_back({one.socket, POLLIN, 0});
  while (Clock::now() < end && (sockets[0].revents & POLLIN) == 0) {
    send_due();
    const auto left = std::chrono::ceil<Milliseconds>(next_due(end) - Clock::now());
    if (poll(sockets.data(), sockets.size(), static_cast<int>(std::max(left, Milliseconds(0)).count())) <= 0) continue;
    for (std::size_t at = 1; at < sockets.size(); ++at) {
      if ((sockets[at].revents & POLLIN) != 0) receive(listeners_[at - 1]);
    }
  }
  if ((sockets[0].revents & POLLIN) == 0) kill(client, SIGKILL);
  close(ending);
  int status = 0;
  waitpid(client, &status, 0);
  return status;
}

}  // namespace mainstay
