// ReadBack: outputs as their readers see them, so that tests can look for what input became.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// The rows of a CSV file, cells without their quotation marks. Source: RFC 4180.
std::vector<std::vector<std::string>> csv_rows(std::string_view text);
/// Every string of a JSON document, names of members included, one a line.
std::string json_strings(const std::string& text);
/// XML text with its entities put back.
std::string without_entities(std::string text);
/// Markdown with our escapes put back: what a reader sees, where nothing in it is markup.
std::string without_markdown_escapes(std::string text);
/// What of Markdown may be markup: without its code spans and without characters behind a backslash.
/// Source: CommonMark 0.31, sections 2.4 and 6.1.
std::string markup_of(std::string_view text);
/// Mermaid with its `#code;` put back.
std::string without_codes(const std::string& text);
/// The text with the percent codes of workflow commands put back.
std::string without_percent_codes(std::string text);

}  // namespace mainstay
