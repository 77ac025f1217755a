// A webhook of one's own, signed. Source: Standard Webhooks 1.0. The id stays the same when a message is sent again, so it may be.
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "graph/values/assert.h"
#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

constexpr std::size_t kTitle = 500;
constexpr std::size_t kText = 8'000;  // a message should stay below 20 kB, and text grows in JSON
constexpr std::string_view kSecretHead = "whsec_";
constexpr const char* kIdHeader = "webhook-id";
constexpr const char* kTimeHeader = "webhook-timestamp";

std::string header_of(const HttpRequest& request, std::string_view name) {
  for (const auto& [header, value] : request.headers) {
    if (header == name) return value;
  }
  return {};
}

/// Signs "id.time.body" with the octets that the secret stands for.
void authorize(HttpRequest& request, const TicketCredentials& credentials) {
  std::string key = credentials.token;
  if (key.starts_with(kSecretHead)) key = from_base64(std::string_view(key).substr(kSecretHead.size())).value_or(key);
  const std::string message = fmt::format("{}.{}.{}", header_of(request, kIdHeader), header_of(request, kTimeHeader), request.body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> signature{};
  unsigned length = 0;
  const auto* const made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                                reinterpret_cast<const unsigned char*>(message.data()), message.size(), signature.data(), &length);
  MAINSTAY_ASSERT(made != nullptr, "an HMAC of a text in memory cannot fail");
  const std::string_view octets(reinterpret_cast<const char*>(signature.data()), length);
  request.headers.emplace_back("webhook-signature", "v1," + base64_of(octets));
}

Result<bool> check(const TicketTarget&) { return true; }

/// The id is made from the plan and what is said, so that a message that is sent again, by this run or the next one, has the same.
TicketReply send(TicketCalls& calls, const std::string& type, Json data) {
  const std::string said = request_body({{"type", type}, {"data", data}});
  HttpRequest request{.method = HttpMethod::post, .url = calls.target().url};
  request.headers = {{"Content-Type", "application/json"},
                     {kIdHeader, "msg_" + digest_of({calls.stamp(), calls.target().project, said}, 32)}};
  request.headers.emplace_back(kTimeHeader, fmt::to_string(calls.clock().now()));
  request.body = request_body({{"type", type}, {"timestamp", calls.clock().now()}, {"data", std::move(data)}});
  return calls.write_bytes(std::move(request)).reply;
}

Json data_of(const TicketCalls& calls, const Ticket& ticket) {
  constexpr std::size_t kMostFindings = 100;
  std::vector<std::string> findings = ticket.findings;
  if (findings.size() > kMostFindings) findings.resize(kMostFindings);
  return {{"project", calls.target().project},
          {"id", ticket.id},
          {"digest", ticket.digest},
          {"title", cut_title(ticket.title, kTitle)},
          {"severity", std::string(word(ticket.severity))},
          {"findings", findings},
          {"findings_total", ticket.findings.size()},
          {"text", as_plain({ticket.body, "", kText})}};
}

TicketReply create(TicketCalls& calls, const Ticket& ticket) {
  TicketReply reply = send(calls, "mainstay.ticket.opened", data_of(calls, ticket));
  reply.key = "mainstay:" + ticket.id;
  return reply;
}

TicketReply update(TicketCalls& calls, const std::string&, const Ticket& ticket) {
  return send(calls, "mainstay.ticket.updated", data_of(calls, ticket));
}

Json about(const TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) {
  return {{"project", calls.target().project},
          {"id", ticket.id},
          {"digest", ticket.digest},
          {"reason", as_plain({paragraph(text), "", kText})}};
}

TicketReply close(TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) {
  return send(calls, "mainstay.ticket.closed", about(calls, ticket, text));
}

TicketReply reopen(TicketCalls& calls, const ExistingTicket& ticket, const std::string& text) {
  return send(calls, "mainstay.ticket.reopened", about(calls, ticket, text));
}

}  // namespace

constinit const TicketSystem webhook_messages{.name = "webhook",
                                              .title = "a webhook of your own",
                                              .default_url = "",
                                              .token_variable = "MAINSTAY_WEBHOOK_SECRET",
                                              .user_variable = "",
                                              .title_characters = kTitle,
                                              .text_octets = kText,
                                              .needs_project = false,
                                              .has_memory = false,
                                              .authorize = &authorize,
                                              .check = &check,
                                              .create = &create,
                                              .update = &update,
                                              .close = &close,
                                              .reopen = &reopen};

}  // namespace mainstay
