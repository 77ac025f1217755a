// GitHub's issues. Source: GitHub REST API, version 2022-11-28, Issues; GitHub Docs, Rate limits for the REST API.
#include <fmt/format.h>

#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

constexpr std::size_t kTitle = 256;
constexpr std::size_t kText = 65'536;
constexpr const char* kLabel = "mainstay";
const std::vector<std::string_view> kRefused = {"not_planned", "duplicate", "wontfix"};

void authorize(HttpRequest& request, const TicketCredentials& credentials) {
  request.headers.emplace_back("Authorization", "Bearer " + credentials.token);
  request.headers.emplace_back("X-GitHub-Api-Version", "2022-11-28");
}

/// "owner/name", each of letters, digits, dots, dashes and underscores.
Result<bool> check(const TicketTarget& target) {
  const std::string& project = target.project;
  const std::size_t slash = project.find('/');
  const bool is_plain =
      project.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/") == std::string::npos &&
      project.find("..") == std::string::npos;
  if (slash == 0 || slash == std::string::npos || slash + 1 == project.size() || project.find('/', slash + 1) != std::string::npos ||
      !is_plain)
    return Error{"--project of GitHub is OWNER/REPOSITORY"};
  return true;
}

std::string path_of(const TicketCalls& calls, std::string_view rest) { return fmt::format("/repos/{}{}", calls.target().project, rest); }
std::string issue_path(const TicketCalls& calls, const std::string& key, std::string_view rest = "") {
  return path_of(calls, fmt::format("/issues/{}{}", percent_encoded(key), rest));
}

std::optional<ExistingTicket> ticket_of(const TicketCalls& calls, const JsonAnswer& issue) {
  const std::string text = text_at(issue, "body");
  const std::optional<TicketMarker> marker = marker_in(text);
  const std::string key = text_at(issue, "number");
  if (!marker || key.empty() || member_of(issue, "pull_request").is_object()) return std::nullopt;
  ExistingTicket ticket{.id = marker->id, .digest = marker->digest, .key = key, .url = text_at(issue, "html_url")};
  if (text_at(issue, "state") == "closed") {
    ticket.standing = TicketStanding::closed;
    ticket.decision = text_at(issue, "state_reason");
    ticket.closed = time_in(text_at(issue, "closed_at"));
    bool refused = is_refusal(calls.target(), kRefused, ticket.decision);
    for (const JsonAnswer& label : member_of(issue, "labels"))
      refused = refused || is_refusal(calls.target(), kRefused, text_at(label, "name"));
    if (refused) ticket.standing = TicketStanding::refused;
  }
  ticket.seen = seen_of(ticket.standing, text_at(issue, "title"), text);
  return ticket;
}

/// Issues with the label from the list, which is never behind as the search is.
Result<std::vector<ExistingTicket>> list(TicketCalls& calls) {
  std::vector<ExistingTicket> tickets;
  const std::string first = path_of(calls, fmt::format("/issues?labels={}&state=all&sort=created&direction=asc&per_page=100", kLabel));
  const Result<bool> done = for_each_page(calls, first, [&](const TicketCalls::Page& page) {
    for (const JsonAnswer& issue : page.answer.is_array() ? page.answer : JsonAnswer::array()) {
      if (std::optional<ExistingTicket> ticket = ticket_of(calls, issue)) tickets.push_back(*std::move(ticket));
    }
    return page.next;
  });
  if (!done) return Error{done.error()};
  return tickets;
}

Result<std::optional<ExistingTicket>> find(TicketCalls& calls, const std::string& key) {
  const Result<std::optional<JsonAnswer>> answer = calls.find(issue_path(calls, key));
  if (!answer) return Error{answer.error()};
  return *answer ? ticket_of(calls, **answer) : std::optional<ExistingTicket>();
}

/// The label must be there before an issue can have it.
TicketReply prepare(TicketCalls& calls) {
  const Result<std::optional<JsonAnswer>> label = calls.find(path_of(calls, fmt::format("/labels/{}", kLabel)));
  if (!label) return {.kind = ReplyKind::unreachable, .problem = label.error()};
  if (*label) return {};
  const Json body = {{"name", kLabel}, {"color", "1d4ed8"}, {"description", "filed by mainstay, which finds its issues by it"}};
  return calls.write(HttpMethod::post, path_of(calls, "/labels"), body, true).reply;
}

Json issue_of(const Ticket& ticket) {
  return {{"title", cut_title(ticket.title, kTitle)}, {"body", as_markdown({ticket.body, marker_of(ticket), kText})}};
}

TicketReply create(TicketCalls& calls, const Ticket& ticket) {
  Json body = issue_of(ticket);
  body["labels"] = Json::array({kLabel});
  TicketCalls::Written written = calls.write(HttpMethod::post, path_of(calls, "/issues"), body, false);
  written.reply.key = text_at(written.answer, "number");
  written.reply.url = text_at(written.answer, "html_url");
  if (written.reply.kind == ReplyKind::done && !written.reply.key.empty() && member_of(written.answer, "labels").empty())
    written.reply.problem = fmt::format("the token may not set labels, so #{} is found again by the state file alone", written.reply.key);
  return std::move(written.reply);
}

TicketReply update(TicketCalls& calls, const std::string& key, const Ticket& ticket) {
  return calls.write(HttpMethod::patch, issue_path(calls, key), issue_of(ticket), true).reply;
}

TicketReply comment(TicketCalls& calls, const std::string& key, const std::string& text) {
  const Json body = {{"body", as_markdown({paragraph(text), "", kText})}};
  return calls.write(HttpMethod::post, issue_path(calls, key, "/comments"), body, false).reply;
}

TicketReply close(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) {
  const Json body = {{"state", "closed"}, {"state_reason", "completed"}};
  return calls.write(HttpMethod::patch, issue_path(calls, ticket.key), body, true).reply;
}

TicketReply reopen(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) {
  const Json body = {{"state", "open"}, {"state_reason", "reopened"}};
  return calls.write(HttpMethod::patch, issue_path(calls, ticket.key), body, true).reply;
}

}  // namespace

constinit const TicketSystem github_issues{.name = "github",
                                           .title = "GitHub issues",
                                           .default_url = "https://api.github.com",
                                           .token_variable = "GITHUB_TOKEN",
                                           .user_variable = "",
                                           .title_characters = kTitle,
                                           .text_octets = kText,
                                           .pause = std::chrono::milliseconds(1000),
                                           .authorize = &authorize,
                                           .check = &check,
                                           .prepare = &prepare,
                                           .list = &list,
                                           .find = &find,
                                           .create = &create,
                                           .update = &update,
                                           .comment = &comment,
                                           .close = &close,
                                           .reopen = &reopen};

}  // namespace mainstay
