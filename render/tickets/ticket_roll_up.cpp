#include "render/tickets/ticket_roll_up.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "render/pen.h"

namespace mainstay {
namespace {

constexpr std::size_t kIdDigits = 16, kDigestDigits = 12;

std::vector<TicketBlock> body_of(const std::vector<const Ticket*>& waiting) {
  std::vector<std::string> lines;
  for (const Ticket* one : waiting) lines.push_back(fmt::format("{}: {}", word(one->severity), one->title));
  return {{BlockKind::text,
           {"These were found and have no ticket of their own yet, because a plan files only so many at once (--max-new). The worst come "
            "first, and are filed first."}},
          {BlockKind::items, std::move(lines)},
          {BlockKind::text,
           {"Filed by mainstay, which writes this text again when others wait and closes the ticket when none does. Comments stay. Close "
            "it as refused to do without it: nothing of the above is refused by that."}}};
}

}  // namespace

std::string roll_up_id(std::string_view group_by) { return digest_of({"mainstay tickets that wait", group_by}, kIdDigits); }

Ticket roll_up_ticket(const std::vector<const Ticket*>& waiting, std::string_view group_by) {
  Ticket ticket{.id = roll_up_id(group_by)};
  std::set<std::string> findings, sources;
  std::vector<std::string_view> meaning;
  for (const Ticket* one : waiting) {
    ticket.severity = std::max(ticket.severity, one->severity);
    findings.insert(one->findings.begin(), one->findings.end());
    sources.insert(one->sources.begin(), one->sources.end());
    meaning.insert(meaning.end(), {one->id, one->title, word(one->severity)});
  }
  ticket.title =
      fmt::format("{} without a ticket of their own: {}", counted(waiting.size(), "problem"), counted(findings.size(), "finding"));
  ticket.body = body_of(waiting);
  ticket.findings.assign(findings.begin(), findings.end());
  ticket.sources.assign(sources.begin(), sources.end());
  ticket.digest = digest_of(meaning, kDigestDigits);
  return ticket;
}

}  // namespace mainstay
