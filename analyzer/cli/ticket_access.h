// TicketAccess: how a ticket system is reached: token, certificates, patience, and the file that remembers what was filed.
#pragma once

#include <memory>
#include <string>

#include "analyzer/cli/arguments.h"
#include "analyzer/cli/session.h"
#include "graph/values/result.h"
#include "render/tickets/ticket_state.h"
#include "render/tickets/ticket_system.h"

namespace mainstay {

struct TicketAccess {
  std::string state;  // empty: .mainstay/tickets-SYSTEM.json
  std::string token_file;
  std::string authorities;
  unsigned patience = 300;  // seconds that a tracker may ask to wait at once
  double pause = -1;        // seconds between two changes; negative: what suits the system

  void describe(Arguments& command);
  std::string state_file(const TicketTarget& target) const;
  /// The state; an empty one when there is no file. Errors: there is one, and it cannot be read.
  Result<TicketState> read_state(const TicketTarget& target) const;
  /// The token and the user from the environment or a file. Says when others can read that file.
  /// Errors: there is none, or it has octets that no token has.
  Result<TicketCredentials> credentials(const TicketSystem& system, Session& session) const;
};

/// A line of talk with one tracker; everything that a TicketCalls needs, kept alive.
class TicketLine {
 public:
  TicketLine(const TicketAccess& access, const TicketSystem& system, const TicketCredentials& credentials);
  ~TicketLine();
  TicketLine(const TicketLine&) = delete;
  TicketLine& operator=(const TicketLine&) = delete;

  /// Errors: the URL of the target is none that a token may be sent to.
  Result<bool> open(const TicketTarget& target, std::ostream* rehearsal);
  TicketCalls& calls();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// A lock that one run of `apply` holds, so that two do not file the same ticket. Errors: another one holds it.
class StateLock {
 public:
  static Result<StateLock> take(const std::string& state_file);
  StateLock(StateLock&& other) noexcept;
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;
  ~StateLock();

 private:
  StateLock(int file, std::string path);
  int file_;
  std::string path_;
};

}  // namespace mainstay
