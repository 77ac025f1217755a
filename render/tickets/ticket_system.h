// TicketSystem: a tracker that tickets can be filed in. Adding one is one file and one line of the table in ticket_systems.cpp.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "render/tickets/http.h"
#include "render/tickets/ticket.h"

namespace mainstay {

/// Where tickets go. It stands in the plan; no secret is in it.
struct TicketTarget {
  std::string system;                // a name of ticket_systems()
  std::string url;                   // without a slash at its end
  std::string project;               // what the system calls it is in docs/tickets.md
  std::string type;                  // of a new ticket; empty for the system's own default
  std::string api;                   // Jira: "3" is Cloud's, "2" Data Center's
  std::string markup;                // Redmine: "textile" or "markdown"
  std::string close_as;              // the word for a ticket that is done; empty for the usual one
  std::vector<std::string> refusal;  // words by which a closed ticket was refused, beside the usual ones
  friend bool operator==(const TicketTarget&, const TicketTarget&) = default;
};

/// Who asks. Shape: `user` is empty where the token alone says it.
struct TicketCredentials {
  std::string token;
  std::string user;
};

class TicketCalls;

/// What became of a request that changes something.
/// Shape: `uncertain` was sent, and nobody knows whether it was carried out; `rehearsed` was shown and not sent.
enum class ReplyKind : std::uint8_t { done, rehearsed, uncertain, failed, unreachable };
struct TicketReply {
  ReplyKind kind = ReplyKind::done;
  std::string key;  // of a ticket that was made
  std::string url;
  std::string problem;

  bool is_done() const { return kind == ReplyKind::done || kind == ReplyKind::rehearsed; }
};

struct TicketSystem {
  std::string_view name;
  std::string_view title;
  std::string_view default_url;     // empty when everybody has one of their own
  std::string_view token_variable;  // of the environment
  std::string_view user_variable;   // empty when the token says who asks
  std::size_t title_characters = 0;
  std::size_t text_octets = 0;
  std::chrono::milliseconds pause{0};  // between two changes
  bool needs_project = true;
  bool has_memory = true;  // false: it cannot be asked for its tickets, so only the state file knows them

  void (*authorize)(HttpRequest& request, const TicketCredentials& credentials) = nullptr;
  /// Errors: the target is none of this system, as one sentence.
  Result<bool> (*check)(const TicketTarget& target) = nullptr;
  /// What must be there before the first ticket is made; may be null.
  TicketReply (*prepare)(TicketCalls& calls) = nullptr;
  /// Every ticket of ours in the project; null without memory.
  Result<std::vector<ExistingTicket>> (*list)(TicketCalls& calls) = nullptr;
  /// One ticket, when it is there and ours; null without memory.
  Result<std::optional<ExistingTicket>> (*find)(TicketCalls& calls, const std::string& key) = nullptr;
  TicketReply (*create)(TicketCalls& calls, const Ticket& ticket) = nullptr;
  TicketReply (*update)(TicketCalls& calls, const std::string& key, const Ticket& ticket) = nullptr;
  /// A comment that stands by itself; null where closing and reopening carry it.
  TicketReply (*comment)(TicketCalls& calls, const std::string& key, const std::string& text) = nullptr;
  TicketReply (*close)(TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) = nullptr;
  TicketReply (*reopen)(TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) = nullptr;
};

/// All of them, in the order of the documentation.
std::span<const TicketSystem* const> ticket_systems();
/// The one of that name; null when there is none.
const TicketSystem* find_ticket_system(std::string_view name);

extern const TicketSystem jira_issues;
extern const TicketSystem github_issues;
extern const TicketSystem gitlab_issues;
extern const TicketSystem servicenow_incidents;
extern const TicketSystem redmine_issues;
extern const TicketSystem defectdojo_findings;
extern const TicketSystem pagerduty_events;
extern const TicketSystem webhook_messages;

}  // namespace mainstay
