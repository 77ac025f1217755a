#include <algorithm>
#include <array>

#include "render/tickets/ticket_system.h"

namespace mainstay {
namespace {

constexpr std::array<const TicketSystem*, 8> kSystems = {&jira_issues,    &github_issues,       &gitlab_issues,    &servicenow_incidents,
                                                         &redmine_issues, &defectdojo_findings, &pagerduty_events, &webhook_messages};

}  // namespace

std::span<const TicketSystem* const> ticket_systems() { return kSystems; }

const TicketSystem* find_ticket_system(std::string_view name) {
  const auto found = std::find_if(kSystems.begin(), kSystems.end(), [&](const TicketSystem* one) { return one->name == name; });
  return found == kSystems.end() ? nullptr : *found;
}

}  // namespace mainstay
