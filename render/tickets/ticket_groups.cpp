#include "render/tickets/ticket_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "graph/values/digest.h"
#include "render/finding_text.h"
#include "render/pen.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostFindings = 50;
constexpr std::size_t kMostEvidence = 20;
constexpr std::size_t kMostAffected = 100;

std::string file_to_mend(const Finding& finding) {
  for (const Evidence& one : finding.evidence) {
    if (one.confidence == Confidence::declared) return one.place.file;
  }
  return {};
}

/// What must change, as the finding names it first.
std::vector<std::string> cause_of(const Finding& finding) {
  if (finding.subjects.empty()) return {finding.id};
  return {finding.subjects.front().kind, finding.subjects.front().name};
}

std::vector<std::string> rule_and_cause(const Finding& finding) {
  std::vector<std::string> key = cause_of(finding);
  key.insert(key.begin(), finding.rule);
  return key;
}

constexpr std::array<TicketGrouping, 6> kGroupings = {{
    {"cause", "one for each rule and each thing that must change", rule_and_cause},
    {"subject", "one for each thing that must change, whatever the rules", cause_of},
    {"rule", "one for each rule", [](const Finding& finding) { return std::vector{finding.rule}; }},
    {"file", "one for each file to mend", [](const Finding& finding) { return std::vector{file_to_mend(finding)}; }},
    {"owner", "one for each set of owners of what is to be mended", [](const Finding& finding) { return finding.owners; }},
    {"none", "one for each finding", [](const Finding& finding) { return std::vector{finding.id}; }},
}};

/// The files and logs that a finding rests on, as is_read_again() knows them.
/// Shape: a file of the tree by its name, a log as "log:NAME", what was told of in facts from elsewhere as "elsewhere:NAME".
void add_sources(const Finding& finding, const std::set<std::string_view>& files, std::set<std::string>& sources) {
  for (const Evidence& one : finding.evidence) {
    const std::string& file = one.place.file;
    if (file.empty()) continue;
    if (one.confidence == Confidence::observed) sources.insert("log:" + file);
    if (one.confidence == Confidence::declared) sources.insert(files.contains(file) ? file : "elsewhere:" + file);
  }
}

/// What a finding says, without what changes by itself: lines of files, counts and times of logs.
void append_meaning(std::string& octets, const Finding& finding) {
  for (const std::string& text : {finding.id, std::string(word(finding.severity)), finding.message, finding.fix, finding.arithmetic})
    append_counted(octets, text);
  for (const Evidence& one : finding.evidence) {
    append_counted(octets, word(one.confidence));
    append_counted(octets, one.place.file);
    append_counted(octets, one.confidence == Confidence::observed ? std::string() : words_of(one));
  }
  for (const std::string& one : finding.affected) append_counted(octets, one);
  for (const std::string& one : finding.owners) append_counted(octets, one);
}

void add_block(std::vector<TicketBlock>& body, BlockKind kind, std::vector<std::string> lines) {
  if (!lines.empty()) body.push_back({kind, std::move(lines)});
}

template <class Item, class Line>
std::vector<std::string> first_lines(const std::vector<Item>& items, std::size_t most, Line line) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < std::min(most, items.size()); ++at) lines.push_back(line(items[at]));
  if (items.size() > most) lines.push_back(fmt::format("and {} more", items.size() - most));
  return lines;
}

void describe(const Finding& finding, const OutputContext& context, std::vector<TicketBlock>& body) {
  std::vector<std::string> about = {sentence(finding.message)};
  if (!finding.fix.empty()) about.push_back("Fix: " + sentence(finding.fix));
  if (!finding.arithmetic.empty()) about.push_back("Arithmetic: " + sentence(finding.arithmetic));
  about.push_back(fmt::format("Severity {}, confidence {}, finding {}.", word(finding.severity), word(finding.confidence), finding.id));
  add_block(body, BlockKind::text, std::move(about));
  add_block(body, BlockKind::code,
            first_lines(finding.evidence, kMostEvidence, [&](const Evidence& one) { return line_of(one, context); }));
  if (!finding.affected.empty()) {
    add_block(body, BlockKind::text, {counted(finding.affected.size(), "workload") + " affected:"});
    add_block(body, BlockKind::items, first_lines(finding.affected, kMostAffected, [](const std::string& one) { return one; }));
  }
  std::string owners;
  for (const std::string& owner : finding.owners) owners += (owners.empty() ? "Owners: " : ", ") + owner;
  if (!owners.empty()) add_block(body, BlockKind::text, {owners});
}

std::vector<TicketBlock> body_of(const std::vector<const Finding*>& group, const Report& report, const OutputContext& context) {
  std::vector<TicketBlock> body;
  for (std::size_t at = 0; at < std::min(kMostFindings, group.size()); ++at) {
    if (group.size() > 1) add_block(body, BlockKind::heading, {fmt::format("{} of {}: {}", at + 1, group.size(), group[at]->rule)});
    describe(*group[at], context, body);
  }
  if (group.size() > kMostFindings)
    add_block(body, BlockKind::text, {counted(group.size() - kMostFindings, "more finding") + " of this kind; a scan lists them."});
  std::set<std::string_view> explained;
  for (const Finding* finding : group) {
    const RuleRow* rule = rule_of(report, finding->rule);
    if (rule == nullptr || !explained.insert(rule->name).second) continue;
    add_block(body, BlockKind::heading, {"Why " + rule->name + " matters"});
    add_block(body, BlockKind::text, {sentence(rule->why), "Source: " + sentence(rule->reference)});
  }
  add_block(body, BlockKind::text,
            {"Filed by mainstay, which writes this text again when the findings change and closes the ticket when they are gone. Comments "
             "stay. Close it as refused to live with it."});
  return body;
}

std::string title_of(const std::vector<const Finding*>& group, const TicketGrouping& grouping) {
  const Finding& first = *group.front();
  if (group.size() == 1) return first.message;
  const std::string findings = counted(group.size(), "finding");
  const std::string subject = first.subjects.empty() ? first.rule : first.subjects.front().kind + " " + first.subjects.front().name;
  if (grouping.name == "cause") return fmt::format("{}: {} ({})", first.rule, subject, findings);
  if (grouping.name == "subject") return fmt::format("{} ({})", subject, findings);
  if (grouping.name == "rule") return fmt::format("{} ({})", first.rule, findings);
  std::string of;
  for (const std::string& part : grouping.key(first)) of += (of.empty() ? "" : ", ") + part;
  return fmt::format("{} ({})", of.empty() ? "without " + std::string(grouping.name) : of, findings);
}

std::string id_of(const TicketGrouping& grouping, const Finding& finding) {
  if (grouping.name == "none") return finding.id;
  constexpr std::size_t kDigits = 16;
  const std::vector<std::string> key = grouping.key(finding);
  std::vector<std::string_view> parts = {"mainstay ticket", grouping.name};
  parts.insert(parts.end(), key.begin(), key.end());
  return digest_of(parts, kDigits);
}

Ticket ticket_of(const std::string& id, const std::vector<const Finding*>& group, const std::set<std::string_view>& files) {
  constexpr std::size_t kDigits = 12;
  Ticket ticket{.id = id};
  std::set<std::string> sources;
  std::string meaning;
  for (const Finding* finding : group) {
    ticket.severity = std::max(ticket.severity, finding->severity);
    ticket.findings.push_back(finding->id);
    add_sources(*finding, files, sources);
    append_meaning(meaning, *finding);
  }
  std::sort(ticket.findings.begin(), ticket.findings.end());
  ticket.sources.assign(sources.begin(), sources.end());
  ticket.digest = sha256_digits(meaning, kDigits);
  return ticket;
}

}  // namespace

std::span<const TicketGrouping> ticket_groupings() { return kGroupings; }

const TicketGrouping* find_ticket_grouping(std::string_view name) {
  const auto found = std::find_if(kGroupings.begin(), kGroupings.end(), [&](const TicketGrouping& one) { return one.name == name; });
  return found == kGroupings.end() ? nullptr : &*found;
}

std::vector<Ticket> wanted_tickets(const Report& report, const TicketGrouping& grouping, const OutputContext& context) {
  std::map<std::string, std::vector<const Finding*>> groups;
  std::vector<std::string> order;
  for (const Finding& finding : report.findings) {
    const std::string id = id_of(grouping, finding);
    std::vector<const Finding*>& group = groups[id];
    if (group.empty()) order.push_back(id);
    group.push_back(&finding);
  }
  std::set<std::string_view> files;
  for (const SourceEntry& one : report.sources) files.insert(one.file);
  std::vector<Ticket> tickets;
  for (const std::string& id : order) {
    const std::vector<const Finding*>& group = groups[id];
    Ticket ticket = ticket_of(id, group, files);
    ticket.title = title_of(group, grouping);
    ticket.body = body_of(group, report, context);
    tickets.push_back(std::move(ticket));
  }
  return tickets;
}

}  // namespace mainstay
