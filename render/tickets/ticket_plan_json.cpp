// A plan as a file: written and described from one table, read back member by member.
#include <fmt/format.h>

#include "render/escape.h"
#include "render/json_parts.h"
#include "render/tickets/json_answer.h"
#include "render/tickets/ticket_plan.h"

namespace mainstay {
namespace {

constexpr const char* kSchema = "mainstay.tickets.plan/1";

Json texts() { return list_schema(text_schema()); }

std::vector<std::string> block_words() {
  std::vector<std::string> all;
  for (const BlockKind kind : {BlockKind::text, BlockKind::heading, BlockKind::items, BlockKind::code}) all.emplace_back(word(kind));
  return all;
}

std::vector<std::string> severity_words() {
  std::vector<std::string> all;
  for (int at = 0; at <= static_cast<int>(Severity::critical); ++at) all.emplace_back(word(static_cast<Severity>(at)));
  return all;
}

const JsonObject<TicketTarget>& target_object() {
  using T = TicketTarget;
  static const JsonObject<T> object{
      "target",
      "Where the tickets are.",
      {{"system", text_schema(), "Name of the ticket system.", [](const T& row) { return Json(row.system); }},
       {"url", text_schema(), "Its address.", [](const T& row) { return Json(row.url); }},
       {"project", text_schema(), "The project there; what that is depends on the system.", [](const T& row) { return Json(row.project); }},
       {"type", text_schema(), "Type of a new ticket; empty for the system's own.", [](const T& row) { return Json(row.type); }},
       {"api", text_schema(), "Version of the interface, where there are several.", [](const T& row) { return Json(row.api); }},
       {"markup", text_schema(), "Markup of the texts, where there are several.", [](const T& row) { return Json(row.markup); }},
       {"close_as", text_schema(), "Word for a ticket that is done; empty for the usual one.",
        [](const T& row) { return Json(row.close_as); }},
       {"refusal", texts(), "Words by which a ticket was refused, beside the usual ones.",
        [](const T& row) { return Json(row.refusal); }}}};
  return object;
}

const JsonObject<TicketBlock>& block_object() {
  using T = TicketBlock;
  static const JsonObject<T> object{
      "block",
      "A part of a ticket's text.",
      {{"kind", word_schema(block_words()), "How its lines are shown.", [](const T& row) { return Json(word(row.kind)); }},
       {"lines", texts(), "Plain text; the system's markup is made when the plan is carried out.",
        [](const T& row) { return Json(row.lines); }}}};
  return object;
}

const JsonObject<TicketAction>& action_object() {
  using T = TicketAction;
  const auto deeds = [] {
    const std::span<const std::string_view> all = words(TicketDeed{});
    return std::vector<std::string>(all.begin(), all.end());
  };
  static const JsonObject<T> object{
      "action",
      "One thing to do, and why.",
      {{"action", word_schema(deeds()), "What to do.", [](const T& row) { return Json(word(row.deed)); }},
       {"reason", text_schema(), "Why.", [](const T& row) { return Json(row.reason); }},
       {"id",
        {{"type", "string"}, {"pattern", "^[0-9a-f]{16}$"}},
        "Id of the ticket, stable over scans.",
        [](const T& row) { return Json(row.ticket.id); }},
       {"title", text_schema(), "Title; may be edited.", [](const T& row) { return Json(row.ticket.title); }},
       {"severity", word_schema(severity_words()), "The worst of its findings.",
        [](const T& row) { return Json(word(row.ticket.severity)); }},
       {"body", list_schema(ref_schema("block")), "Text; may be edited. Empty for what is closed or left.",
        [](const T& row) { return written(block_object(), row.ticket.body); }},
       {"findings", texts(), "Ids of its findings.", [](const T& row) { return Json(row.ticket.findings); }},
       {"sources", texts(), "Files and logs that they rest on.", [](const T& row) { return Json(row.ticket.sources); }},
       {"digest", text_schema(), "Digest of what it means; another one is a reason to update it.",
        [](const T& row) { return Json(row.ticket.digest); }},
       {"key", text_schema(), "Name of the ticket in its system; empty for a new one.", [](const T& row) { return Json(row.key); }},
       {"url", text_schema(), "Its page.", [](const T& row) { return Json(row.url); }},
       {"standing", word_schema({"open", "closed", "refused"}), "How it stood when the plan was made.",
        [](const T& row) { return Json(word(row.standing)); }},
       {"seen", text_schema(), "Digest of its standing, title and text when the plan was made.",
        [](const T& row) { return Json(row.seen); }},
       {"replaces", text_schema(), "Key of an older ticket that stays closed.", [](const T& row) { return Json(row.replaces); }},
       {"comment", text_schema(), "What is left as a comment.", [](const T& row) { return Json(row.comment); }},
       {"suggestion", text_schema(), "Lines for .mainstay.toml.", [](const T& row) { return Json(row.suggestion); }}}};
  return object;
}

const JsonObject<TicketPlan>& plan_object() {
  using T = TicketPlan;
  static const JsonObject<T> object{
      "plan",
      "What is to be done in a tracker so that its tickets say what a scan says.",
      {{"schema", {{"const", kSchema}}, "Name and number of this schema.", [](const T&) { return Json(kSchema); }},
       {"made", {{"type", "integer"}}, "Seconds since 1970, UTC.", [](const T& row) { return Json(row.made); }},
       {"target", ref_schema("target"), "Where the tickets are.", [](const T& row) { return target_object().write(row.target); }},
       {"group_by", text_schema(), "What findings are grouped by.", [](const T& row) { return Json(row.group_by); }},
       {"roots", texts(), "What was scanned.", [](const T& row) { return Json(row.roots); }},
       {"offline", flag_schema(), "The tracker was not asked; the state file alone says what it has.",
        [](const T& row) { return Json(row.is_offline); }},
       {"complete", flag_schema(), "The scan has read everything.", [](const T& row) { return Json(row.is_complete); }},
       {"held_back", count_schema(), "New tickets past --max-new, for a later plan; one ticket counts and lists them.",
        [](const T& row) { return Json(row.held_back); }},
       {"actions", list_schema(ref_schema("action")), "In the order in which they are done.",
        [](const T& row) { return written(action_object(), row.actions); }}}};
  return object;
}

TicketTarget target_of(const JsonAnswer& json) {
  return {.system = text_at(json, "system"),
          .url = text_at(json, "url"),
          .project = text_at(json, "project"),
          .type = text_at(json, "type"),
          .api = text_at(json, "api"),
          .markup = text_at(json, "markup"),
          .close_as = text_at(json, "close_as"),
          .refusal = texts_at(json, "refusal")};
}

template <class Enum>
std::optional<Enum> enumerator_of(std::span<const std::string_view> all, const std::string& word) {
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (all[at] == word) return static_cast<Enum>(at);
  }
  return std::nullopt;
}

Result<Ticket> ticket_of(const JsonAnswer& json) {
  Ticket ticket{.id = text_at(json, "id"),
                .title = text_at(json, "title"),
                .findings = texts_at(json, "findings"),
                .sources = texts_at(json, "sources"),
                .digest = text_at(json, "digest")};
  if (!is_ticket_id(ticket.id)) return Error{"'id' is 16 hexadecimal digits"};
  const std::optional<Severity> severity = severity_of(text_at(json, "severity"));
  if (!severity) return Error{"'severity' is no severity"};
  ticket.severity = *severity;
  for (const JsonAnswer& one : member_of(json, "body")) {
    const std::optional<BlockKind> kind = block_kind_of(text_at(one, "kind"));
    if (!kind) return Error{"'body' is a list of blocks, each of which has a kind"};
    ticket.body.push_back({*kind, texts_at(one, "lines")});
  }
  return ticket;
}

Result<TicketAction> action_of(const JsonAnswer& json) {
  const std::optional<TicketDeed> deed = enumerator_of<TicketDeed>(words(TicketDeed{}), text_at(json, "action"));
  if (!deed) return Error{"'action' is create, update, reopen, close or leave"};
  Result<Ticket> ticket = ticket_of(json);
  if (!ticket) return Error{ticket.error()};
  const std::optional<TicketStanding> standing = ticket_standing_of(text_at(json, "standing"));
  if (!standing) return Error{"'standing' is open, closed or refused"};
  TicketAction action{.deed = *deed,
                      .reason = text_at(json, "reason"),
                      .ticket = *std::move(ticket),
                      .key = text_at(json, "key"),
                      .url = text_at(json, "url"),
                      .seen = text_at(json, "seen"),
                      .standing = *standing,
                      .replaces = text_at(json, "replaces"),
                      .comment = text_at(json, "comment"),
                      .suggestion = text_at(json, "suggestion")};
  if (*deed != TicketDeed::create && action.key.empty()) return Error{"'key' is empty, and only a new ticket has none"};
  return action;
}

}  // namespace

std::string plan_json(const TicketPlan& plan) { return printed(plan_object().write(plan)); }

Result<TicketPlan> plan_from_json(std::string_view text) {
  const std::optional<JsonAnswer> json = parsed_answer(text);
  if (!json || text_at(*json, "schema") != kSchema) return Error{"is no plan: `mainstay tickets plan` writes one"};
  TicketPlan plan{.made = number_at(*json, "made").value_or(0),
                  .target = target_of(member_of(*json, "target")),
                  .group_by = text_at(*json, "group_by"),
                  .roots = texts_at(*json, "roots"),
                  .is_offline = is_set(*json, "offline"),
                  .is_complete = is_set(*json, "complete"),
                  .held_back = static_cast<std::uint64_t>(std::max<std::int64_t>(number_at(*json, "held_back").value_or(0), 0)),
                  .actions = {}};
  const JsonAnswer& actions = member_of(*json, "actions");
  if (!actions.is_array()) return Error{"has no list of actions"};
  for (std::size_t at = 0; at < actions.size(); ++at) {
    Result<TicketAction> action = action_of(actions[at]);
    if (!action) return Error{fmt::format("is damaged in action {}: {}", at + 1, action.error())};
    plan.actions.push_back(*std::move(action));
  }
  return plan;
}

std::string plan_schema() {
  Json schema = plan_object().schema();
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["title"] = "mainstay tickets plan";
  define(schema["$defs"], target_object());
  define(schema["$defs"], action_object());
  define(schema["$defs"], block_object());
  return printed(schema);
}

}  // namespace mainstay
