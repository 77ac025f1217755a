// FindingText: the words and places of a finding that all outputs for other programs share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "graph/findings/finding.h"
#include "render/report_output.h"

namespace mainstay {

/// A place as other programs are told of it.
/// Shape: `path` from the root of the repository, with forward slashes; `hash` is empty when the file could not be read again.
/// Units: line and columns from 1; columns in UTF-16 code units, `end_column` behind the last one.
struct Spot {
  std::string path;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t end_column = 2;
  std::string text;
  std::string hash;
};

/// Where a reason is written: a line of a file, or the beginning of a log. Nothing for defaults and assumptions.
std::optional<Spot> spot_of(const Evidence& evidence, const OutputContext& context);
/// Where a finding is to be mended; the scanned folder itself when none of its reasons is written anywhere.
Spot spot_of(const Finding& finding, const OutputContext& context);

/// The reason without its place: the line, "120,433 queries from ... to ...", the note.
std::string words_of(const Evidence& evidence);
/// "a.conf:5  forward-addr: 10.9.9.1", or the words alone.
std::string line_of(const Evidence& evidence, const OutputContext& context);
/// "resolver 10.9.9.1, zone corp.example".
std::string subjects_of(const Finding& finding);
/// "118 workloads: a, b, c and 115 more"; empty when none is affected.
std::string affected_of(const Finding& finding, std::size_t most);
/// The same as Markdown.
std::string affected_as_markdown(const Finding& finding, std::size_t most);
/// The decision to live with a finding: "until 2027-01-01: the second line is ordered (waivers.yaml:3)".
std::string words_of(const Suppression& suppression);
/// A sentence with its final full stop.
std::string sentence(std::string_view text);
/// What of the input was not read, in one line each: files that failed, problems, what was dropped. Empty when the scan is complete.
std::vector<std::string> gaps_of(const Report& report);
/// The description of a rule; null when the report has none.
const RuleRow* rule_of(const Report& report, std::string_view name);
/// The text cut to that many octets between two characters, with "..." where something was cut.
std::string cut_octets(std::string text, std::size_t most);

}  // namespace mainstay
