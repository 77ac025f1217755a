// PagerDuty's events. Source: PagerDuty Developer Docs, Events API v2. An event has a key, so it may be sent twice.
#include <array>

#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

constexpr std::size_t kTitle = 1'024;
constexpr std::size_t kText = 100'000;  // a whole event may have 512,000 octets, and text grows in JSON

/// The routing key is a member of the event.
void authorize(HttpRequest& request, const TicketCredentials& credentials) {
  const std::optional<JsonAnswer> event = parsed_answer(request.body);
  if (!event || !event->is_object()) return;
  JsonAnswer keyed = *event;
  keyed["routing_key"] = credentials.token;
  request.body = keyed.dump();
}

Result<bool> check(const TicketTarget&) { return true; }

TicketReply send(TicketCalls& calls, const Json& event) { return calls.write(HttpMethod::post, "/v2/enqueue", event, true).reply; }

std::string key_of(const std::string& id) { return "mainstay:" + id; }

TicketReply trigger(TicketCalls& calls, const Ticket& ticket) {
  constexpr std::array<const char*, 5> kSeverities = {"info", "info", "warning", "error", "critical"};
  const Json payload = {{"summary", cut_title(ticket.title, kTitle)},
                        {"source", calls.target().project.empty() ? "mainstay" : calls.target().project},
                        {"severity", kSeverities[static_cast<std::size_t>(ticket.severity)]},
                        {"class", std::string(word(ticket.severity))},
                        {"custom_details", {{"text", as_plain({ticket.body, "", kText})}, {"findings", ticket.findings}}}};
  TicketReply reply = send(calls, {{"event_action", "trigger"}, {"dedup_key", key_of(ticket.id)}, {"payload", payload}});
  reply.key = key_of(ticket.id);
  return reply;
}

TicketReply update(TicketCalls& calls, const std::string&, const Ticket& ticket) { return trigger(calls, ticket); }

TicketReply close(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) {
  return send(calls, {{"event_action", "resolve"}, {"dedup_key", key_of(ticket.id)}});
}

}  // namespace

constinit const TicketSystem pagerduty_events{.name = "pagerduty",
                                              .title = "PagerDuty events",
                                              .default_url = "https://events.pagerduty.com",
                                              .token_variable = "PAGERDUTY_ROUTING_KEY",
                                              .user_variable = "",
                                              .title_characters = kTitle,
                                              .text_octets = kText,
                                              .pause = std::chrono::milliseconds(200),
                                              .needs_project = false,
                                              .has_memory = false,
                                              .authorize = &authorize,
                                              .check = &check,
                                              .create = &trigger,
                                              .update = &update,
                                              .close = &close};

}  // namespace mainstay
