#include "tests/measured/dns_exchange.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace mainstay {
namespace {

using Message = std::vector<unsigned char>;

constexpr std::size_t kHeader = 12;

sockaddr_in endpoint(const std::string& address, std::uint16_t port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &at.sin_addr);
  return at;
}

Message message_of(const Question& question) {
  Message message{0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0};
  for (const std::string& label : question.labels) {
    message.push_back(static_cast<unsigned char>(label.size()));
    message.insert(message.end(), label.begin(), label.end());
  }
  for (const unsigned octet : {0u, unsigned{question.type} >> 8, unsigned{question.type} & 255, 0u, 1u})
    message.push_back(static_cast<unsigned char>(octet));
  return message;
}

/// Reads at least `wanted` octets, or nothing.
bool receive(int socket, Message& into, std::size_t wanted) {
  std::array<unsigned char, 4096> part{};
  while (into.size() < wanted) {
    pollfd waiting{socket, POLLIN, 0};
    if (::poll(&waiting, 1, 5000) <= 0) return false;
    const ssize_t got = ::recv(socket, part.data(), part.size(), 0);
    if (got <= 0) return false;
    into.insert(into.end(), part.begin(), part.begin() + got);
  }
  return true;
}

/// Puts the reply in place of a query; false when it is none.
bool answer(Message& message) {
  std::size_t name_end = kHeader;
  while (name_end < message.size() && message[name_end] != 0) name_end += message[name_end] + 1u;
  const std::size_t question_end = name_end + 5;
  if (question_end > message.size()) return false;
  const std::size_t size = message[kHeader];
  const std::string_view first(reinterpret_cast<const char*>(message.data()) + kHeader + 1, size);
  const bool is_address = message[question_end - 4] == 0 && message[question_end - 3] == 1;
  unsigned char code = 0;
  if (first == "nope") code = 3;
  if (first == "broken") code = 2;
  if (first == "barred") code = 5;
  message.resize(question_end);
  message[2] = 0x84 | (message[2] & 1);
  message[3] = 0x80 | code;
  std::fill(message.begin() + 6, message.begin() + kHeader, 0);
  if (code != 0 || !is_address) return true;
  message[7] = 1;
  constexpr unsigned char kRecord[] = {0xc0, kHeader, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 10};
  message.insert(message.end(), std::begin(kRecord), std::end(kRecord));
  return true;
}

}  // namespace

int ask_once(const std::string& server, std::uint16_t port, const Question& question) {
  const int socket = ::socket(AF_INET, question.is_tcp ? SOCK_STREAM : SOCK_DGRAM, 0);
  const sockaddr_in from = endpoint(question.client, 0);
  const sockaddr_in to = endpoint(server, port);
  Message query = message_of(question);
  const std::size_t prefix = question.is_tcp ? 2 : 0;
  if (question.is_tcp)
    query.insert(query.begin(), {static_cast<unsigned char>(query.size() >> 8), static_cast<unsigned char>(query.size())});
  Message reply;
  const bool is_sent = ::bind(socket, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0 &&
                       ::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
                       ::send(socket, query.data(), query.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(query.size());
  const bool is_answered = is_sent && receive(socket, reply, kHeader + prefix);
  ::close(socket);
  return is_answered ? reply[prefix + 3] & 15 : -1;
}

EverythingServer::EverythingServer() : datagrams_(::socket(AF_INET, SOCK_DGRAM, 0)), streams_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in at = endpoint("127.0.0.1", 0);
  socklen_t size = sizeof at;
  const bool is_there = ::bind(streams_, reinterpret_cast<sockaddr*>(&at), size) == 0 && ::listen(streams_, 16) == 0 &&
                        ::getsockname(streams_, reinterpret_cast<sockaddr*>(&at), &size) == 0 &&
                        ::bind(datagrams_, reinterpret_cast<sockaddr*>(&at), size) == 0;
  if (is_there) port_ = ntohs(at.sin_port);
  thread_ = std::thread([this] { serve(); });
}

EverythingServer::~EverythingServer() {
  ends_ = true;
  thread_.join();
  ::close(datagrams_);
  ::close(streams_);
}

void EverythingServer::serve() {
  while (!ends_) {
    pollfd waiting[] = {{datagrams_, POLLIN, 0}, {streams_, POLLIN, 0}};
    if (::poll(waiting, std::size(waiting), 50) <= 0) continue;
    if ((waiting[0].revents & POLLIN) != 0) serve_datagram();
    if ((waiting[1].revents & POLLIN) != 0) serve_stream();
  }
}

void EverythingServer::serve_datagram() {
  Message message(4096);
  sockaddr_in from{};
  socklen_t size = sizeof from;
  const ssize_t got = ::recvfrom(datagrams_, message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
  if (got <= 0) return;
  message.resize(static_cast<std::size_t>(got));
  if (!answer(message)) return;
  ::sendto(datagrams_, message.data(), message.size(), 0, reinterpret_cast<const sockaddr*>(&from), size);
}

void EverythingServer::serve_stream() {
  const int socket = ::accept(streams_, nullptr, nullptr);
  Message message;
  if (receive(socket, message, 2) && receive(socket, message, 2u + (unsigned{message[0]} << 8 | message[1]))) {
    message.erase(message.begin(), message.begin() + 2);
    if (answer(message)) {
      message.insert(message.begin(), {static_cast<unsigned char>(message.size() >> 8), static_cast<unsigned char>(message.size())});
      ::send(socket, message.data(), message.size(), MSG_NOSIGNAL);
    }
  }
  ::close(socket);
}

}  // namespace mainstay
