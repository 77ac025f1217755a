#include "render/tickets/ticket_state.h"

#include <fmt/format.h>

#include "render/escape.h"
#include "render/json_object.h"
#include "render/json_parts.h"
#include "render/tickets/json_answer.h"

namespace mainstay {
namespace {

constexpr const char* kSchema = "mainstay.tickets.state/1";

Json json_of(const TicketRow& row) {
  return {{"key", row.key},
          {"url", row.url},
          {"digest", row.digest},
          {"standing", std::string(word(row.standing))},
          {"closed", row.closed ? Json(*row.closed) : Json(nullptr)},
          {"findings", row.findings},
          {"sources", row.sources},
          {"roots", row.roots},
          {"pending", row.pending}};
}

Result<TicketRow> row_of(const std::string& id, const JsonAnswer& json) {
  const std::optional<TicketStanding> standing = ticket_standing_of(text_at(json, "standing"));
  if (!standing || !is_ticket_id(id)) return Error{fmt::format("the row of ticket {} is damaged", for_terminal(id.substr(0, 40)))};
  return TicketRow{.key = text_at(json, "key"),
                   .url = text_at(json, "url"),
                   .digest = text_at(json, "digest"),
                   .standing = *standing,
                   .closed = number_at(json, "closed"),
                   .findings = texts_at(json, "findings"),
                   .sources = texts_at(json, "sources"),
                   .roots = texts_at(json, "roots"),
                   .pending = text_at(json, "pending")};
}

}  // namespace

std::string state_json(const TicketState& state) {
  Json rows = Json::object();
  for (const auto& [id, row] : state.rows) rows[id] = json_of(row);
  return printed({{"schema", kSchema},
                  {"system", state.system},
                  {"url", state.url},
                  {"project", state.project},
                  {"group_by", state.group_by},
                  {"applied", state.applied},
                  {"tickets", std::move(rows)}});
}

Result<TicketState> state_from_json(std::string_view text) {
  const std::optional<JsonAnswer> json = parsed_answer(text);
  if (!json || text_at(*json, "schema") != kSchema) return Error{"is no state file of `mainstay tickets`"};
  TicketState state{.system = text_at(*json, "system"),
                    .url = text_at(*json, "url"),
                    .project = text_at(*json, "project"),
                    .group_by = text_at(*json, "group_by"),
                    .applied = number_at(*json, "applied").value_or(0),
                    .rows = {}};
  const JsonAnswer& rows = member_of(*json, "tickets");
  if (!rows.is_object()) return Error{"is damaged: it has no tickets"};
  for (const auto& [id, value] : rows.items()) {
    Result<TicketRow> row = row_of(id, value);
    if (!row) return Error{"is damaged: " + row.error()};
    state.rows.emplace(id, *std::move(row));
  }
  return state;
}

}  // namespace mainstay
