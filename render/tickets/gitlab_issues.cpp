// GitLab's issues. Source: GitLab Docs, Issues API and Notes API.
#include <fmt/format.h>

#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

constexpr std::size_t kTitle = 255;
constexpr std::size_t kText = 1'000'000;  // of 1,048,576 characters
constexpr const char* kLabel = "mainstay";
const std::vector<std::string_view> kRefused = {"wontfix", "won't fix", "wont-fix"};

void authorize(HttpRequest& request, const TicketCredentials& credentials) {
  request.headers.emplace_back("PRIVATE-TOKEN", credentials.token);
}

Result<bool> check(const TicketTarget&) { return true; }

std::string issues_path(const TicketCalls& calls) {
  return fmt::format("/api/v4/projects/{}/issues", percent_encoded(calls.target().project));
}
std::string issue_path(const TicketCalls& calls, const std::string& key) {
  return fmt::format("{}/{}", issues_path(calls), percent_encoded(key));
}

std::optional<ExistingTicket> ticket_of(const TicketCalls& calls, const JsonAnswer& issue) {
  const std::string text = text_at(issue, "description");
  const std::optional<TicketMarker> marker = marker_in(text);
  const std::string key = text_at(issue, "iid");
  if (!marker || key.empty()) return std::nullopt;
  ExistingTicket ticket{.id = marker->id, .digest = marker->digest, .key = key, .url = text_at(issue, "web_url")};
  if (text_at(issue, "state") == "closed") {
    ticket.standing = TicketStanding::closed;
    ticket.closed = time_in(text_at(issue, "closed_at"));
    for (const JsonAnswer& label : member_of(issue, "labels")) {
      if (!label.is_string() || !is_refusal(calls.target(), kRefused, label.get_ref<const std::string&>())) continue;
      ticket.standing = TicketStanding::refused;
      ticket.decision = label.get<std::string>();
    }
  }
  ticket.seen = seen_of(ticket.standing, text_at(issue, "title"), text);
  return ticket;
}

Result<std::vector<ExistingTicket>> list(TicketCalls& calls) {
  std::vector<ExistingTicket> tickets;
  const std::string query =
      fmt::format("{}?labels={}&scope=all&state=all&order_by=created_at&sort=asc&per_page=100", issues_path(calls), kLabel);
  const Result<bool> done = for_each_page(calls, query + "&page=1", [&](const TicketCalls::Page& page) -> std::string {
    for (const JsonAnswer& issue : page.answer.is_array() ? page.answer : JsonAnswer::array()) {
      if (std::optional<ExistingTicket> ticket = ticket_of(calls, issue)) tickets.push_back(*std::move(ticket));
    }
    if (!page.next.empty()) return page.next;
    const auto number = page.headers.find("x-next-page");
    return number == page.headers.end() || number->second.empty() ? std::string()
                                                                  : fmt::format("{}&page={}", query, percent_encoded(number->second));
  });
  if (!done) return Error{done.error()};
  return tickets;
}

Result<std::optional<ExistingTicket>> find(TicketCalls& calls, const std::string& key) {
  const Result<std::optional<JsonAnswer>> answer = calls.find(issue_path(calls, key));
  if (!answer) return Error{answer.error()};
  return *answer ? ticket_of(calls, **answer) : std::optional<ExistingTicket>();
}

Json issue_of(const Ticket& ticket) {
  return {{"title", cut_title(ticket.title, kTitle)}, {"description", as_markdown({ticket.body, marker_of(ticket), kText})}};
}

TicketReply create(TicketCalls& calls, const Ticket& ticket) {
  Json body = issue_of(ticket);
  body["labels"] = kLabel;
  if (!calls.target().type.empty()) body["issue_type"] = calls.target().type;
  TicketCalls::Written written = calls.write(HttpMethod::post, issues_path(calls), body, false);
  written.reply.key = text_at(written.answer, "iid");
  written.reply.url = text_at(written.answer, "web_url");
  return std::move(written.reply);
}

TicketReply update(TicketCalls& calls, const std::string& key, const Ticket& ticket) {
  return calls.write(HttpMethod::put, issue_path(calls, key), issue_of(ticket), true).reply;
}

TicketReply comment(TicketCalls& calls, const std::string& key, const std::string& text) {
  const Json body = {{"body", as_markdown({paragraph(text), "", kText})}};
  return calls.write(HttpMethod::post, issue_path(calls, key) + "/notes", body, false).reply;
}

TicketReply close(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) {
  return calls.write(HttpMethod::put, issue_path(calls, ticket.key), {{"state_event", "close"}}, true).reply;
}

TicketReply reopen(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) {
  return calls.write(HttpMethod::put, issue_path(calls, ticket.key), {{"state_event", "reopen"}}, true).reply;
}

}  // namespace

constinit const TicketSystem gitlab_issues{.name = "gitlab",
                                           .title = "GitLab issues",
                                           .default_url = "https://gitlab.com",
                                           .token_variable = "GITLAB_TOKEN",
                                           .user_variable = "",
                                           .title_characters = kTitle,
                                           .text_octets = kText,
                                           .pause = std::chrono::milliseconds(200),
                                           .authorize = &authorize,
                                           .check = &check,
                                           .list = &list,
                                           .find = &find,
                                           .create = &create,
                                           .update = &update,
                                           .comment = &comment,
                                           .close = &close,
                                           .reopen = &reopen};

}  // namespace mainstay
