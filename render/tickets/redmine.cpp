// Redmine's REST interface. Source: Redmine wiki, Rest_api and Rest_Issues; checked against Redmine 5.0.
#include <fmt/format.h>

#include <algorithm>

#include "graph/values/ascii.h"
#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

constexpr std::size_t kTitle = 255;
constexpr std::size_t kText = 60'000;  // a text column of MySQL holds 65,535 octets
const std::vector<std::string_view> kRefused = {"Rejected"};

void authorize(HttpRequest& request, const TicketCredentials& credentials) {
  request.headers.emplace_back("X-Redmine-API-Key", credentials.token);
}

Result<bool> check(const TicketTarget& target) {
  if (target.markup != "textile" && target.markup != "markdown") return Error{"--markup of Redmine is textile or markdown"};
  return true;
}

std::string markup_of(const TicketTarget& target, const std::vector<TicketBlock>& blocks, const std::string& tail) {
  const TicketText text{blocks, tail, kText};
  return target.markup == "markdown" ? as_redmine_markdown(text) : as_textile(text);
}

std::string path_of(const std::string& key) { return fmt::format("/issues/{}.json", percent_encoded(key)); }

std::optional<ExistingTicket> ticket_of(const TicketCalls& calls, const JsonAnswer& issue) {
  const std::string text = text_at(issue, "description");
  const std::optional<TicketMarker> marker = marker_in(text);
  const std::string key = text_at(issue, "id");
  if (!marker || key.empty()) return std::nullopt;
  const JsonAnswer& status = member_of(issue, "status");
  ExistingTicket ticket{.id = marker->id, .digest = marker->digest, .key = key};
  ticket.url = fmt::format("{}/issues/{}", calls.target().url, percent_encoded(key));
  const std::string name = text_at(status, "name");
  if (is_set(status, "is_closed")) {
    ticket.standing = is_refusal(calls.target(), kRefused, name) ? TicketStanding::refused : TicketStanding::closed;
    ticket.decision = name;
    ticket.closed = time_in(text_at(issue, "closed_on"));
  }
  ticket.seen = seen_of(ticket.standing, text_at(issue, "subject"), text);
  return ticket;
}

Result<std::vector<ExistingTicket>> list(TicketCalls& calls) {
  std::vector<ExistingTicket> tickets;
  // Pages by offset, oldest first, so that a ticket which is made meanwhile moves none of them.
  const std::string query =
      fmt::format("/issues.json?project_id={}&status_id=*&subproject_id=!*&description=~mainstay%3A&sort=id&limit=100",
                  percent_encoded(calls.target().project));
  std::size_t offset = 0;
  const Result<bool> done = for_each_page(calls, query + "&offset=0", [&](const TicketCalls::Page& page) -> std::string {
    const JsonAnswer& issues = member_of(page.answer, "issues");
    if (!issues.is_array() || issues.empty()) return {};
    for (const JsonAnswer& issue : issues) {
      if (std::optional<ExistingTicket> ticket = ticket_of(calls, issue)) tickets.push_back(*std::move(ticket));
    }
    offset += issues.size();
    const auto total = number_at(page.answer, "total_count");
    return total && static_cast<std::int64_t>(offset) >= *total ? std::string() : fmt::format("{}&offset={}", query, offset);
  });
  if (!done) return Error{done.error()};
  return tickets;
}

Result<std::optional<ExistingTicket>> find(TicketCalls& calls, const std::string& key) {
  const Result<std::optional<JsonAnswer>> answer = calls.find(path_of(key));
  if (!answer) return Error{answer.error()};
  if (!*answer) return std::optional<ExistingTicket>();
  return ticket_of(calls, member_of(**answer, "issue"));
}

Json issue_of(const TicketTarget& target, const Ticket& ticket) {
  return {{"subject", cut_title(ticket.title, kTitle)}, {"description", markup_of(target, ticket.body, marker_of(ticket))}};
}

/// The id of the tracker (the type of an issue) of that name. Errors: there is none.
Result<std::int64_t> type_id(TicketCalls& calls) {
  const Result<TicketCalls::Page> page = calls.read("/trackers.json");
  if (!page) return Error{page.error()};
  std::string names;
  for (const JsonAnswer& one : member_of(page->answer, "trackers")) {
    const auto id = number_at(one, "id");
    if (id && ascii_lower(text_at(one, "name")) == ascii_lower(calls.target().type)) return *id;
    names += (names.empty() ? "" : ", ") + text_at(one, "name");
  }
  return Error{fmt::format("Redmine has no tracker '{}'; it has {}", calls.target().type, names)};
}

TicketReply create(TicketCalls& calls, const Ticket& ticket) {
  Json issue = issue_of(calls.target(), ticket);
  issue["project_id"] = calls.target().project;
  if (!calls.target().type.empty()) {
    const Result<std::int64_t> id = type_id(calls);
    if (!id) return {.kind = ReplyKind::failed, .problem = id.error()};
    issue["tracker_id"] = *id;
  }
  TicketCalls::Written written = calls.write(HttpMethod::post, "/issues.json", {{"issue", std::move(issue)}}, false);
  written.reply.key = text_at(member_of(written.answer, "issue"), "id");
  written.reply.url = fmt::format("{}/issues/{}", calls.target().url, written.reply.key);
  return std::move(written.reply);
}

TicketReply update(TicketCalls& calls, const std::string& key, const Ticket& ticket) {
  return calls.write(HttpMethod::put, path_of(key), {{"issue", issue_of(calls.target(), ticket)}}, true).reply;
}

/// The status to go to, among those that the workflow allows this user for this issue.
Result<std::int64_t> status_id(TicketCalls& calls, const std::string& key, bool closed) {
  const Result<TicketCalls::Page> page = calls.read(path_of(key) + "?include=allowed_statuses");
  if (!page) return Error{page.error()};
  const JsonAnswer& allowed = member_of(member_of(page->answer, "issue"), "allowed_statuses");
  std::optional<std::int64_t> first;
  const std::string wanted = ascii_lower(!closed ? "New" : calls.target().close_as.empty() ? "Closed" : calls.target().close_as);
  for (const JsonAnswer& one : allowed.is_array() ? allowed : JsonAnswer::array()) {
    const auto id = number_at(one, "id");
    const std::string name = text_at(one, "name");
    if (!id || is_set(one, "is_closed") != closed || is_refusal(calls.target(), kRefused, name)) continue;
    if (ascii_lower(name) == wanted) return *id;
    if (!first) first = id;
  }
  if (first && (!closed || calls.target().close_as.empty())) return *first;
  return Error{fmt::format("the workflow of Redmine lets this user give #{} no status that is {}", key, closed ? "closed" : "open")};
}

TicketReply move(TicketCalls& calls, const ExistingTicket& ticket, bool closed, const std::string& text) {
  const Result<std::int64_t> id = status_id(calls, ticket.key, closed);
  if (!id) return {.kind = ReplyKind::failed, .problem = id.error()};
  const Json issue = {{"status_id", *id}, {"notes", markup_of(calls.target(), paragraph(text), "")}};
  TicketReply reply = calls.write(HttpMethod::put, path_of(ticket.key), {{"issue", issue}}, true).reply;
  if (reply.kind != ReplyKind::done) return reply;
  // A status that the workflow forbids is passed over in silence, with a success as the answer.
  const Result<std::optional<ExistingTicket>> now = find(calls, ticket.key);
  if (!now) return {.kind = ReplyKind::unreachable, .problem = now.error()};
  if (*now && ((*now)->standing != TicketStanding::open) != closed)
    return {.kind = ReplyKind::failed, .problem = fmt::format("Redmine did not change the status of #{}", ticket.key)};
  return reply;
}

TicketReply close(TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) { return move(calls, ticket, true, text); }
TicketReply reopen(TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) { return move(calls, ticket, false, text); }

}  // namespace

constinit const TicketSystem redmine_issues{.name = "redmine",
                                            .title = "Redmine",
                                            .default_url = "",
                                            .token_variable = "REDMINE_API_KEY",
                                            .user_variable = "",
                                            .title_characters = kTitle,
                                            .text_octets = kText,
                                            .authorize = &authorize,
                                            .check = &check,
                                            .list = &list,
                                            .find = &find,
                                            .create = &create,
                                            .update = &update,
                                            .close = &close,
                                            .reopen = &reopen};

}  // namespace mainstay
