// ServiceNow's incidents by its Table API. Source: ServiceNow Docs, Table API, Inbound REST API rate limiting.
#include <fmt/format.h>

#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

constexpr std::size_t kTitle = 160;
constexpr std::size_t kText = 4'000;
constexpr const char* kTable = "/api/now/table/incident";
constexpr const char* kFields =
    "sys_id,number,correlation_id,correlation_display,short_description,description,state,close_code,closed_at,resolved_at";
constexpr std::string_view kHead = "mainstay:";
constexpr const char* kResolved = "6";
constexpr const char* kInProgress = "2";
const std::vector<std::string_view> kRefused = {"Not Solved (Too Costly)", "Not Solved (Not Reproducible)", "Duplicate"};

void authorize(HttpRequest& request, const TicketCredentials& credentials) {
  request.headers.emplace_back("Authorization", credentials.user.empty()
                                                    ? "Bearer " + credentials.token
                                                    : "Basic " + base64_of(credentials.user + ":" + credentials.token));
}

Result<bool> check(const TicketTarget&) { return true; }

std::string path_of(const std::string& key) { return fmt::format("{}/{}", kTable, percent_encoded(key)); }

/// States by their documented values: 6 resolved, 7 closed, 8 cancelled; everything else is at work.
void judge(const TicketTarget& target, const JsonAnswer& record, ExistingTicket& ticket) {
  const std::string state = text_at(record, "state");
  if (state != kResolved && state != "7" && state != "8") return;
  ticket.decision = state == "8" ? "cancelled" : text_at(record, "close_code");
  ticket.standing = state == "8" || is_refusal(target, kRefused, ticket.decision) ? TicketStanding::refused : TicketStanding::closed;
  ticket.closed = time_in(text_at(record, "resolved_at"));
  if (!ticket.closed) ticket.closed = time_in(text_at(record, "closed_at"));
}

std::optional<ExistingTicket> ticket_of(const TicketCalls& calls, const JsonAnswer& record) {
  const std::optional<TicketMarker> marker = marker_in(text_at(record, "correlation_display"));
  const std::string key = text_at(record, "sys_id");
  if (!marker || key.empty() || text_at(record, "correlation_id") != std::string(kHead) + marker->id) return std::nullopt;
  ExistingTicket ticket{.id = marker->id, .digest = marker->digest, .key = key};
  ticket.url = fmt::format("{}/nav_to.do?uri=incident.do?sys_id={}", calls.target().url, percent_encoded(key));
  judge(calls.target(), record, ticket);
  ticket.seen = seen_of(ticket.standing, text_at(record, "short_description"), text_at(record, "description"));
  return ticket;
}

/// Records by offset until a page is empty: rows that the user may not see are missing from a page, so a short one is not the last.
Result<std::vector<ExistingTicket>> list(TicketCalls& calls) {
  constexpr std::size_t kPage = 100;
  std::vector<ExistingTicket> tickets;
  const std::string query =
      fmt::format("{}?sysparm_query=correlation_idSTARTSWITH{}%5EORDERBYsys_created_on&sysparm_fields={}&sysparm_limit={}", kTable,
                  percent_encoded(kHead), kFields, kPage);
  std::size_t offset = 0;
  const Result<bool> done = for_each_page(calls, query + "&sysparm_offset=0", [&](const TicketCalls::Page& page) -> std::string {
    const JsonAnswer& records = member_of(page.answer, "result");
    if (!records.is_array() || records.empty()) return {};
    for (const JsonAnswer& record : records) {
      if (std::optional<ExistingTicket> ticket = ticket_of(calls, record)) tickets.push_back(*std::move(ticket));
    }
    offset += kPage;
    return fmt::format("{}&sysparm_offset={}", query, offset);
  });
  if (!done) return Error{done.error()};
  return tickets;
}

Result<std::optional<ExistingTicket>> find(TicketCalls& calls, const std::string& key) {
  const Result<std::optional<JsonAnswer>> answer = calls.find(fmt::format("{}?sysparm_fields={}", path_of(key), kFields));
  if (!answer) return Error{answer.error()};
  return *answer ? ticket_of(calls, member_of(**answer, "result")) : std::optional<ExistingTicket>();
}

Json record_of(const Ticket& ticket) {
  const char* urgency = ticket.severity >= Severity::high ? "1" : ticket.severity == Severity::medium ? "2" : "3";
  return {{"short_description", cut_title(ticket.title, kTitle)},
          {"description", as_plain({ticket.body, "", kText})},
          {"urgency", urgency},
          {"impact", urgency},
          {"correlation_id", std::string(kHead) + ticket.id},
          {"correlation_display", marker_of(ticket)}};
}

TicketReply create(TicketCalls& calls, const Ticket& ticket) {
  Json record = record_of(ticket);
  if (!calls.target().project.empty()) record["assignment_group"] = calls.target().project;
  if (!calls.target().type.empty()) record["category"] = calls.target().type;
  TicketCalls::Written written = calls.write(HttpMethod::post, kTable, record, false);
  const JsonAnswer& result = member_of(written.answer, "result");
  written.reply.key = text_at(result, "sys_id");
  written.reply.url = fmt::format("{}/nav_to.do?uri=incident.do?sys_id={}", calls.target().url, percent_encoded(written.reply.key));
  return std::move(written.reply);
}

TicketReply update(TicketCalls& calls, const std::string& key, const Ticket& ticket) {
  return calls.write(HttpMethod::patch, path_of(key), record_of(ticket), true).reply;
}

TicketReply close(TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) {
  const std::string& code = calls.target().close_as;
  const Json record = {{"state", kResolved},
                       {"close_code", code.empty() ? "Solution provided" : code},
                       {"close_notes", as_plain({paragraph(text), "", kText})}};
  return calls.write(HttpMethod::patch, path_of(ticket.key), record, true).reply;
}

TicketReply reopen(TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) {
  const Json record = {{"state", kInProgress}, {"work_notes", as_plain({paragraph(text), "", kText})}};
  return calls.write(HttpMethod::patch, path_of(ticket.key), record, true).reply;
}

}  // namespace

constinit const TicketSystem servicenow_incidents{.name = "servicenow",
                                                  .title = "ServiceNow incidents",
                                                  .default_url = "",
                                                  .token_variable = "SERVICENOW_TOKEN",
                                                  .user_variable = "SERVICENOW_USER",
                                                  .title_characters = kTitle,
                                                  .text_octets = kText,
                                                  .pause = std::chrono::milliseconds(200),
                                                  .needs_project = false,
                                                  .authorize = &authorize,
                                                  .check = &check,
                                                  .list = &list,
                                                  .find = &find,
                                                  .create = &create,
                                                  .update = &update,
                                                  .close = &close,
                                                  .reopen = &reopen};

}  // namespace mainstay
