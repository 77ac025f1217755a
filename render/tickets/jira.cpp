// Jira: Cloud (REST version 3, documents as JSON) and Data Center (version 2, wiki markup). Their searches differ.
// Source: The Jira Cloud platform REST API v3; Jira Server platform REST API reference.
#include <fmt/format.h>

#include <algorithm>

#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

constexpr std::size_t kTitle = 255;
constexpr std::size_t kText = 32'000;  // of 32,767 characters
constexpr const char* kFields = "summary,description,status,resolution,resolutiondate,labels";
constexpr std::string_view kIdLabel = "mainstay-";
const std::vector<std::string_view> kRefused = {"Won't Do", "Won't Fix", "Wont Fix",        "Declined",
                                                "Rejected", "Duplicate", "Cannot Reproduce"};

void authorize(HttpRequest& request, const TicketCredentials& credentials) {
  request.headers.emplace_back("Authorization", credentials.user.empty()
                                                    ? "Bearer " + credentials.token
                                                    : "Basic " + base64_of(credentials.user + ":" + credentials.token));
}

Result<bool> check(const TicketTarget& target) {
  if (target.api != "2" && target.api != "3") return Error{"--api of Jira is 3 (Cloud) or 2 (Data Center)"};
  // It becomes part of a query in Jira's own language.
  if (target.project.empty() ||
      target.project.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
    return Error{"--project of Jira is the project's key, such as IAM"};
  return true;
}

bool is_cloud(const TicketTarget& target) { return target.api == "3"; }
std::string path_of(const TicketCalls& calls, std::string_view rest) { return fmt::format("/rest/api/{}{}", calls.target().api, rest); }
std::string issue_path(const TicketCalls& calls, const std::string& key, std::string_view rest = "") {
  return path_of(calls, fmt::format("/issue/{}{}", percent_encoded(key), rest));
}

Json text_value(const TicketTarget& target, const std::vector<TicketBlock>& blocks, const std::string& tail) {
  const TicketText text{blocks, tail, kText};
  return is_cloud(target) ? Json::parse(as_document(text)) : Json(as_jira_wiki(text));
}

bool is_done(const JsonAnswer& status) { return text_at(member_of(status, "statusCategory"), "key") == "done"; }

std::optional<ExistingTicket> ticket_of(const TicketCalls& calls, const JsonAnswer& issue) {
  const JsonAnswer& fields = member_of(issue, "fields");
  const JsonAnswer& description = member_of(fields, "description");
  const std::string text = description.is_string() ? description.get<std::string>() : text_of_document(request_body(description));
  ExistingTicket ticket{.key = text_at(issue, "key")};
  if (const std::optional<TicketMarker> marker = marker_in(text)) {
    ticket.id = marker->id;
    ticket.digest = marker->digest;
  }
  for (const JsonAnswer& label : member_of(fields, "labels")) {
    constexpr std::size_t kDigits = 16;
    if (!label.is_string() || !label.get_ref<const std::string&>().starts_with(kIdLabel)) continue;
    const std::string id = label.get<std::string>().substr(kIdLabel.size());
    if (id.size() == kDigits && id.find_first_not_of("0123456789abcdef") == std::string::npos) ticket.id = id;
  }
  if (ticket.id.empty() || ticket.key.empty()) return std::nullopt;
  ticket.url = fmt::format("{}/browse/{}", calls.target().url, percent_encoded(ticket.key));
  if (is_done(member_of(fields, "status"))) {
    ticket.decision = text_at(member_of(fields, "resolution"), "name");
    if (ticket.decision.empty()) ticket.decision = text_at(member_of(fields, "status"), "name");
    ticket.standing = is_refusal(calls.target(), kRefused, ticket.decision) ? TicketStanding::refused : TicketStanding::closed;
    ticket.closed = time_in(text_at(fields, "resolutiondate"));
  }
  ticket.seen = seen_of(ticket.standing, text_at(fields, "summary"), text);
  return ticket;
}

void take(const TicketCalls& calls, const JsonAnswer& answer, std::vector<ExistingTicket>& tickets) {
  for (const JsonAnswer& issue : member_of(answer, "issues")) {
    if (std::optional<ExistingTicket> ticket = ticket_of(calls, issue)) tickets.push_back(*std::move(ticket));
  }
}

/// Cloud: tokens lead from page to page; there is no total, and a short page is not the last one.
Result<bool> list_cloud(TicketCalls& calls, const std::string& jql, std::vector<ExistingTicket>& tickets) {
  constexpr int kMostPages = 2000;
  Json body = {
      {"jql", jql}, {"maxResults", 100}, {"fields", {"summary", "description", "status", "resolution", "resolutiondate", "labels"}}};
  std::string last;
  for (int count = 0; count < kMostPages; ++count) {
    const Result<TicketCalls::Page> page = calls.ask(path_of(calls, "/search/jql"), body);
    if (!page) return Error{page.error()};
    take(calls, page->answer, tickets);
    std::string token = text_at(page->answer, "nextPageToken");
    if (token.empty() || is_set(page->answer, "isLast")) return true;
    if (token == last) return Error{"Jira's next page is the same one again"};
    body["nextPageToken"] = token;
    last = std::move(token);
  }
  return Error{"Jira has more pages than anybody could need"};
}

Result<bool> list_data_center(TicketCalls& calls, const std::string& jql, std::vector<ExistingTicket>& tickets) {
  const std::string query = path_of(calls, fmt::format("/search?jql={}&fields={}&maxResults=100", percent_encoded(jql), kFields));
  std::size_t start = 0;
  return for_each_page(calls, query + "&startAt=0", [&](const TicketCalls::Page& page) -> std::string {
    const JsonAnswer& issues = member_of(page.answer, "issues");
    if (!issues.is_array() || issues.empty()) return {};
    take(calls, page.answer, tickets);
    start += issues.size();
    const auto total = number_at(page.answer, "total");
    return total && static_cast<std::int64_t>(start) >= *total ? std::string() : fmt::format("{}&startAt={}", query, start);
  });
}

Result<std::vector<ExistingTicket>> list(TicketCalls& calls) {
  std::vector<ExistingTicket> tickets;
  const std::string jql = fmt::format("project = \"{}\" AND labels = \"mainstay\" ORDER BY key ASC", calls.target().project);
  const Result<bool> done = is_cloud(calls.target()) ? list_cloud(calls, jql, tickets) : list_data_center(calls, jql, tickets);
  if (!done) return Error{done.error()};
  return tickets;
}

Result<std::optional<ExistingTicket>> find(TicketCalls& calls, const std::string& key) {
  const Result<std::optional<JsonAnswer>> answer = calls.find(issue_path(calls, key, fmt::format("?fields={}", kFields)));
  if (!answer) return Error{answer.error()};
  return *answer ? ticket_of(calls, **answer) : std::optional<ExistingTicket>();
}

Json fields_of(const TicketTarget& target, const Ticket& ticket) {
  return {{"summary", cut_title(ticket.title, kTitle)}, {"description", text_value(target, ticket.body, marker_of(ticket))}};
}

TicketReply create(TicketCalls& calls, const Ticket& ticket) {
  const TicketTarget& target = calls.target();
  Json fields = fields_of(target, ticket);
  fields["project"] = {{"key", target.project}};
  fields["issuetype"] = {{"name", target.type.empty() ? "Task" : target.type}};
  fields["labels"] = Json::array({"mainstay", std::string(kIdLabel) + ticket.id});
  TicketCalls::Written written = calls.write(HttpMethod::post, path_of(calls, "/issue"), {{"fields", fields}}, false);
  written.reply.key = text_at(written.answer, "key");
  written.reply.url = fmt::format("{}/browse/{}", target.url, percent_encoded(written.reply.key));
  return std::move(written.reply);
}

TicketReply update(TicketCalls& calls, const std::string& key, const Ticket& ticket) {
  return calls.write(HttpMethod::put, issue_path(calls, key), {{"fields", fields_of(calls.target(), ticket)}}, true).reply;
}

TicketReply comment(TicketCalls& calls, const std::string& key, const std::string& text) {
  const Json body = {{"body", text_value(calls.target(), paragraph(text), "")}};
  return calls.write(HttpMethod::post, issue_path(calls, key, "/comment"), body, false).reply;
}

/// Transitions have other ids in every workflow and names in every language; the category of the status that they lead to has neither.
TicketReply move(TicketCalls& calls, const std::string& key, bool done) {
  const Result<TicketCalls::Page> page = calls.read(issue_path(calls, key, "/transitions"));
  if (!page) return {.kind = ReplyKind::unreachable, .problem = page.error()};
  std::string chosen, names;
  for (const JsonAnswer& one : member_of(page->answer, "transitions")) {
    const JsonAnswer& to = member_of(one, "to");
    const std::string name = text_at(one, "name");
    names += (names.empty() ? "" : ", ") + name;
    if (is_done(to) != done || is_refusal(calls.target(), kRefused, name) || is_refusal(calls.target(), kRefused, text_at(to, "name")))
      continue;
    const bool is_wanted =
        done && !calls.target().close_as.empty() && (name == calls.target().close_as || text_at(to, "name") == calls.target().close_as);
    if (chosen.empty() || is_wanted) chosen = text_at(one, "id");
  }
  if (chosen.empty())
    return {.kind = ReplyKind::failed,
            .problem = fmt::format("no transition of {} leads to a status that is {}; it has: {}", key, done ? "done" : "open", names)};
  return calls.write(HttpMethod::post, issue_path(calls, key, "/transitions"), {{"transition", {{"id", chosen}}}}, true).reply;
}

TicketReply close(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) { return move(calls, ticket.key, true); }
TicketReply reopen(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) { return move(calls, ticket.key, false); }

}  // namespace

constinit const TicketSystem jira_issues{.name = "jira",
                                         .title = "Jira Cloud and Data Center",
                                         .default_url = "",
                                         .token_variable = "JIRA_API_TOKEN",
                                         .user_variable = "JIRA_EMAIL",
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
