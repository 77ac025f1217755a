// DefectDojo's findings, inside of one test. Source: DefectDojo API v2, findings and tests.
#include <fmt/format.h>

#include <array>

#include "render/tickets/ticket_calls.h"
#include "render/tickets/ticket_markup.h"

namespace mainstay {
namespace {

constexpr std::size_t kTitle = 500;  // of 511
constexpr std::size_t kText = 65'000;

void authorize(HttpRequest& request, const TicketCredentials& credentials) {
  request.headers.emplace_back("Authorization", "Token " + credentials.token);
}

Result<bool> check(const TicketTarget& target) {
  if (target.project.empty() || target.project.size() > 9 || target.project.find_first_not_of("0123456789") != std::string::npos)
    return Error{"--project of DefectDojo is the number of a test"};
  return true;
}

std::string path_of(const std::string& key, std::string_view rest = "") {
  return fmt::format("/api/v2/findings/{}/{}", percent_encoded(key), rest);
}

/// What people decided; a finding that is none of these and not active is done.
std::string decision_of(const JsonAnswer& finding) {
  for (const char* flag : {"false_p", "risk_accepted", "out_of_scope", "duplicate"}) {
    if (is_set(finding, flag)) return flag;
  }
  return {};
}

std::optional<ExistingTicket> ticket_of(const TicketCalls& calls, const JsonAnswer& finding) {
  const std::string text = text_at(finding, "description");
  const std::optional<TicketMarker> marker = marker_in(text);
  const std::string key = text_at(finding, "id");
  if (!marker || key.empty() || text_at(finding, "unique_id_from_tool") != "mainstay:" + marker->id) return std::nullopt;
  ExistingTicket ticket{.id = marker->id, .digest = marker->digest, .key = key};
  ticket.url = fmt::format("{}/finding/{}", calls.target().url, percent_encoded(key));
  ticket.decision = decision_of(finding);
  if (!ticket.decision.empty()) {
    ticket.standing = TicketStanding::refused;
  } else if (!is_set(finding, "active")) {
    ticket.standing = TicketStanding::closed;
    ticket.closed = time_in(text_at(finding, "mitigated"));
  }
  ticket.seen = seen_of(ticket.standing, text_at(finding, "title"), text);
  return ticket;
}

Result<std::vector<ExistingTicket>> list(TicketCalls& calls) {
  std::vector<ExistingTicket> tickets;
  const std::string query = fmt::format("/api/v2/findings/?test={}&o=id&limit=100", calls.target().project);
  std::size_t offset = 0;
  const Result<bool> done = for_each_page(calls, query + "&offset=0", [&](const TicketCalls::Page& page) -> std::string {
    const JsonAnswer& results = member_of(page.answer, "results");
    if (!results.is_array() || results.empty()) return {};
    for (const JsonAnswer& finding : results) {
      if (std::optional<ExistingTicket> ticket = ticket_of(calls, finding)) tickets.push_back(*std::move(ticket));
    }
    offset += results.size();
    return member_of(page.answer, "next").is_string() ? fmt::format("{}&offset={}", query, offset) : std::string();
  });
  if (!done) return Error{done.error()};
  return tickets;
}

Result<std::optional<ExistingTicket>> find(TicketCalls& calls, const std::string& key) {
  const Result<std::optional<JsonAnswer>> answer = calls.find(path_of(key));
  if (!answer) return Error{answer.error()};
  return *answer ? ticket_of(calls, **answer) : std::optional<ExistingTicket>();
}

Json finding_of(const Ticket& ticket) {
  constexpr std::array<const char*, 5> kSeverities = {"Info", "Low", "Medium", "High", "Critical"};
  constexpr std::array<const char*, 5> kNumbers = {"S4", "S3", "S2", "S1", "S0"};
  const auto at = static_cast<std::size_t>(ticket.severity);
  return {{"title", cut_title(ticket.title, kTitle)},
          {"description", as_markdown({ticket.body, marker_of(ticket), kText})},
          {"severity", kSeverities[at]},
          {"numerical_severity", kNumbers[at]}};
}

TicketReply create(TicketCalls& calls, const Ticket& ticket) {
  const auto number = [](const std::string& text) { return std::stoll(text); };
  const Result<TicketCalls::Page> test = calls.read(fmt::format("/api/v2/tests/{}/", calls.target().project));
  if (!test) return {.kind = ReplyKind::unreachable, .problem = test.error()};
  const auto type = number_at(test->answer, "test_type");
  if (!type) return {.kind = ReplyKind::failed, .problem = "DefectDojo does not say of which type the test is"};
  Json finding = finding_of(ticket);
  finding["test"] = number(calls.target().project);
  finding["found_by"] = Json::array({*type});
  finding["active"] = true;
  finding["verified"] = false;
  finding["static_finding"] = true;
  finding["unique_id_from_tool"] = "mainstay:" + ticket.id;
  TicketCalls::Written written = calls.write(HttpMethod::post, "/api/v2/findings/", finding, false);
  written.reply.key = text_at(written.answer, "id");
  written.reply.url = fmt::format("{}/finding/{}", calls.target().url, percent_encoded(written.reply.key));
  return std::move(written.reply);
}

TicketReply update(TicketCalls& calls, const std::string& key, const Ticket& ticket) {
  return calls.write(HttpMethod::patch, path_of(key), finding_of(ticket), true).reply;
}

TicketReply comment(TicketCalls& calls, const std::string& key, const std::string& text) {
  return calls.write(HttpMethod::post, path_of(key, "notes/"), {{"entry", as_plain({paragraph(text), "", kText})}}, false).reply;
}

TicketReply close(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) {
  return calls.write(HttpMethod::patch, path_of(ticket.key), {{"active", false}, {"is_mitigated", true}}, true).reply;
}

TicketReply reopen(TicketCalls& calls, const ExistingTicket& ticket, const std::string&) {
  return calls.write(HttpMethod::patch, path_of(ticket.key), {{"active", true}, {"is_mitigated", false}}, true).reply;
}

}  // namespace

constinit const TicketSystem defectdojo_findings{.name = "defectdojo",
                                                 .title = "DefectDojo findings",
                                                 .default_url = "",
                                                 .token_variable = "DEFECTDOJO_TOKEN",
                                                 .user_variable = "",
                                                 .title_characters = kTitle,
                                                 .text_octets = kText,
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
