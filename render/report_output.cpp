#include "render/report_output.h"

#include <algorithm>
#include <array>

#include "render/json.h"

namespace mainstay {
namespace {

constexpr std::array<ReportOutput, 10> kOutputs = {{
    {"terminal", "text for people", "a terminal, or the log of a job", "", false,
     [](const Report& report, const OutputContext& context) { return terminal(report, context.style); }},
    {"json", "JSON with a schema", "programs of your own (`mainstay scan --schema`)", "", false,
     [](const Report& report, const OutputContext&) { return json(report); }},
    {"sarif", "SARIF 2.1.0", "GitHub code scanning, DefectDojo, editors", ".sarif", true, sarif},
    {"github", "annotations of GitHub Actions", "lines of a pull request; printed in the log of a job", "", true, github_annotations},
    {"gitlab-sast", "GitLab SAST report 15.2.1", "GitLab's vulnerability report", "", false, gitlab_sast},
    {"gitlab-quality", "GitLab Code Quality report", "GitLab's merge requests, in every tier", "", false, gitlab_code_quality},
    {"junit", "JUnit XML", "the test report of any CI", "", false, junit},
    {"csv", "CSV", "spreadsheets", ".csv", false, csv},
    {"markdown", "Markdown page", "the summary of a job, at most 1 MiB", ".md", false, markdown},
    {"comment", "Markdown comment", "a comment of a pull request, at most 65,536 octets", "", false, markdown_comment},
}};

}  // namespace

std::span<const ReportOutput> report_outputs() { return kOutputs; }

const ReportOutput* find_report_output(std::string_view name) {
  const auto found = std::find_if(kOutputs.begin(), kOutputs.end(), [&](const ReportOutput& one) { return one.name == name; });
  return found == kOutputs.end() ? nullptr : &*found;
}

}  // namespace mainstay
