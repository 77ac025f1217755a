#include <fmt/format.h>

#include "render/escape.h"
#include "render/finding_text.h"
#include "render/report_output.h"

namespace mainstay {
namespace {

/// One column: its heading and what stands below it.
struct Column {
  const char* heading;
  std::string (*cell)(const Finding& finding, const OutputContext& context);
};

std::string joined_texts(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "; ") + text;
  return out;
}

std::string evidence_cell(const Finding& finding, const OutputContext& context) {
  std::string out;
  for (const Evidence& one : finding.evidence) out += (out.empty() ? "" : "; ") + line_of(one, context);
  return out;
}

constexpr Column kColumns[] = {
    {"id", [](const Finding& finding, const OutputContext&) { return finding.id; }},
    {"rule", [](const Finding& finding, const OutputContext&) { return finding.rule; }},
    {"severity", [](const Finding& finding, const OutputContext&) { return std::string(word(finding.severity)); }},
    {"confidence", [](const Finding& finding, const OutputContext&) { return std::string(word(finding.confidence)); }},
    {"message", [](const Finding& finding, const OutputContext&) { return finding.message; }},
    {"fix", [](const Finding& finding, const OutputContext&) { return finding.fix; }},
    {"about", [](const Finding& finding, const OutputContext&) { return subjects_of(finding); }},
    {"file", [](const Finding& finding, const OutputContext& context) { return spot_of(finding, context).path; }},
    {"line", [](const Finding& finding, const OutputContext& context) { return fmt::to_string(spot_of(finding, context).line); }},
    {"workloads", [](const Finding& finding, const OutputContext&) { return fmt::to_string(finding.affected.size()); }},
    {"affected", [](const Finding& finding, const OutputContext&) { return joined_texts(finding.affected); }},
    {"owners", [](const Finding& finding, const OutputContext&) { return joined_texts(finding.owners); }},
    {"arithmetic", [](const Finding& finding, const OutputContext&) { return finding.arithmetic; }},
    {"evidence", evidence_cell},
    {"suppressed",
     [](const Finding& finding, const OutputContext&) {
       return finding.suppression ? std::string(word(finding.suppression->kind)) + " " + words_of(*finding.suppression) : std::string();
     }},
};

template <class Cell>
std::string row(Cell cell) {
  std::string out;
  for (const Column& column : kColumns) out += (out.empty() ? "" : ",") + for_csv(cell(column));
  return out + "\r\n";
}

}  // namespace

/// A row a finding, those that somebody decided to live with behind the others.
std::string csv(const Report& report, const OutputContext& context) {
  std::string out = row([](const Column& column) { return std::string(column.heading); });
  for (const std::vector<Finding>* findings : {&report.findings, &report.suppressed}) {
    for (const Finding& finding : *findings) {
      out += row([&](const Column& column) { return column.cell(finding, context); });
    }
  }
  return out;
}

}  // namespace mainstay
