#include "ingest/logs/partial_head.h"

#include <algorithm>
#include <utility>

#include "ingest/logs/octet_codec.h"

namespace mainstay {
namespace {

constexpr std::size_t kLongestText = 65536;
constexpr std::size_t kMostProblems = 64;
constexpr std::size_t kIdDigits = 64;

void append_problem(OctetWriter& out, const Diagnostic& problem) {
  out.text(problem.where.file);
  out.number(problem.where.line);
  out.number(problem.where.column);
  out.number(problem.where.length);
  out.text(problem.where.text);
  out.number(static_cast<std::uint64_t>(problem.severity));
  out.text(problem.message);
  out.text(problem.hint);
}

Diagnostic problem_from(OctetReader& in) {
  constexpr std::uint64_t kMost = 0xffffffff;
  Diagnostic problem;
  problem.where.file = in.text(kLongestText);
  problem.where.line = static_cast<std::uint32_t>(in.number(kMost));
  problem.where.column = static_cast<std::uint32_t>(in.number(kMost));
  problem.where.length = static_cast<std::uint32_t>(in.number(kMost));
  problem.where.text = in.text(kLongestText);
  problem.severity = static_cast<DiagnosticSeverity>(in.number(static_cast<std::uint64_t>(DiagnosticSeverity::error)));
  problem.message = in.text(kLongestText);
  problem.hint = in.text(kLongestText);
  return problem;
}

/// The account's numbers, in the order in which they are written.
constexpr std::uint64_t LogAccount::*kNumbers[] = {&LogAccount::octets, &LogAccount::lines,          &LogAccount::queries,
                                                   &LogAccount::other,  &LogAccount::not_understood, &LogAccount::too_long};

}  // namespace

std::string head_of(const PartialSection& section) {
  std::string octets;
  OctetWriter out(octets);
  out.text(section.part.id);
  out.text(section.settings);
  const LogAccount& account = section.part.account;
  out.text(account.file);
  out.text(account.format);
  out.text(account.reason);
  for (const auto number : kNumbers) out.number(account.*number);
  const std::size_t problems = std::min(section.part.problems.size(), kMostProblems);
  out.number(problems);
  for (std::size_t at = 0; at < problems; ++at) append_problem(out, section.part.problems[at]);
  return octets;
}

std::optional<PartialSection> section_from(std::string_view head) {
  OctetReader in(head);
  PartialSection section;
  section.part.id = in.text(kIdDigits);
  section.settings = in.text(kLongestText);
  LogAccount& account = section.part.account;
  account.file = in.text(kLongestText);
  account.format = in.text(kLongestText);
  account.reason = in.text(kLongestText);
  for (const auto number : kNumbers) account.*number = in.number(std::uint64_t{1} << 56);
  for (std::uint64_t left = in.number(kMostProblems); left > 0 && in.is_good(); --left) section.part.problems.push_back(problem_from(in));
  const bool is_id = section.part.id.size() == kIdDigits && section.part.id.find_first_not_of("0123456789abcdef") == std::string::npos;
  const bool adds_up = account.lines == account.queries + account.other + account.not_understood + account.too_long;
  if (!in.is_done() || !is_id || !adds_up || !section.settings.starts_with(kWindowMark)) return std::nullopt;
  return section;
}

}  // namespace mainstay
