// Forty payloads in every name, file, line and message, looked for in every output: each shows as text and does nothing.
#include <cgraph.h>
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>

#include "render/escape.h"
#include "render/picture_output.h"
#include "tests/render/hostile_payloads.h"
#include "tests/render/outputs_sample.h"
#include "tests/render/read_back.h"
#include "tests/render/well_formed.h"

namespace mainstay {
namespace {

/// No octet that a terminal obeys, no character that hides or reorders.
bool is_plain(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto octet = static_cast<unsigned char>(text[at]);
    if ((octet < 0x20 && octet != '\n' && octet != '\r' && octet != '\t') || octet == 0x7f) return false;
  }
  return text.find("\xc2\x9b") == text.npos && text.find("\xe2\x80\xae") == text.npos && text.find("\xe2\x80\x8b") == text.npos &&
         valid_utf8(text) == text;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

void check_csv(const std::string& text, const std::string& shown) {
  const auto rows = csv_rows(text);
  REQUIRE(rows.size() == 3);
  std::size_t found = 0;
  for (const auto& row : rows) {
    CHECK(row.size() == rows[0].size());
    for (const std::string& cell : row) {
      CHECK((cell.empty() || !has("=+-@\t\r", cell.substr(std::min(cell.find_first_not_of(' '), cell.size() - 1), 1))));
      found += has(cell, shown) ? 1 : 0;
    }
  }
  CHECK(found >= 10);
}

void check_xml(const std::string& text, const std::string& shown) {
  const std::string body = text.substr(text.find("?>") + 3);
  CHECK(xml_fault(body) == "");
  CHECK(has(without_entities(body), shown));
}

void check_json(const std::string& text, const std::string& shown) { CHECK(has(json_strings(text), shown)); }

void check_annotations(const std::string& text, const std::string& shown) {
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const std::string_view line = std::string_view(text).substr(at, text.find('\n', at) - at);
    CHECK((line.starts_with("::error file=") || line.starts_with("::warning title=")));
    CHECK(has(without_percent_codes(std::string(line)), shown));
  }
}

/// The lines of HTML that head the details: Markdown is not read there.
std::string without_summaries(std::string text) {
  for (std::size_t at = text.find("<summary>"); at != text.npos; at = text.find("<summary>", at)) {
    const std::size_t end = text.find("</summary>", at);
    CHECK(xml_fault(text.substr(at, end + 10 - at)) == "");
    text.erase(at, end + 10 - at);
  }
  return text;
}

/// Outside of code spans: only our own tags, and no sign that starts something.
void check_markdown(const std::string& text, const std::string& shown) {
  CHECK(has(without_markdown_escapes(text), shown));
  for (const char* raw : {"<script", "<img", "<svg", "<!DOCTYPE", "](http", "~", "_", "\n#1", "\n@", "\n::"}) {
    INFO(raw);
    CHECK_FALSE(has(markup_of(without_summaries(text)), raw));
  }
  std::string rows;
  for (std::size_t at = text.find("\n| high "); at != text.npos && text[at + 1] == '|'; at = text.find('\n', at + 1)) {
    rows = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
    std::size_t bars = 0;
    for (std::size_t bar = 0; bar < rows.size(); ++bar) bars += rows[bar] == '|' && (bar == 0 || rows[bar - 1] != '\\') ? 1 : 0;
    CHECK(bars == 6);
  }
  CHECK_FALSE(rows.empty());
}

Picture planted_picture(const std::string& text) {
  Picture picture{.title = text, .note = text};
  for (const Layer layer : {Layer::workload, Layer::endpoint, Layer::zone}) {
    picture.nodes.push_back({.id = fmt::format("{}:{}", word(layer), text),
                             .layer = layer,
                             .kind = text,
                             .label = text,
                             .cluster = text,
                             .tooltip = {text},
                             .severity = Severity::high,
                             .rules = {text}});
  }
  picture.edges = {{.from = 0, .to = 1, .label = text, .tooltip = {text}}, {.from = 1, .to = 2, .label = text, .alternative = true}};
  return picture;
}

/// Mermaid: every line is one that we write, with the payload inside of quotation marks.
void check_mermaid(const std::string& text, const std::string& shown) {
  std::string lines = shown;
  if (const std::size_t feed = lines.find("\\n:"); feed != lines.npos) lines.replace(feed, 2, "<br/>");
  CHECK(has(without_codes(text), lines));
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const std::string line = text.substr(at, text.find('\n', at) - at);
    INFO(line);
    CHECK(std::count(line.begin(), line.end(), '"') % 2 == 0);
    CHECK(std::count(line.begin(), line.end(), '"') <= 2);
    for (const char sign : {'`', '\\', '<'}) {
      if (sign != '<' || !has(line, "<br/>")) CHECK(line.find(sign) == line.npos);
    }
  }
  CHECK(std::count(text.begin(), text.end(), '\n') == 13);
}

void check_drawing(std::string_view ending, const std::string& text, const std::string& shown) {
  if (ending == ".cyjs") check_json(text, shown);
  if (ending == ".graphml") check_xml(text, shown);
  if (ending == ".mmd") check_mermaid(text, shown);
  if (ending == ".svg") CHECK(xml_fault(text) == "");
  if (ending == ".dot" || ending == ".gv") {
    Agraph_t* graph = agmemread(text.c_str());
    REQUIRE(graph != nullptr);
    CHECK(agnnodes(graph) == 3);
    CHECK(agnedges(graph) == 2);
    agclose(graph);
  }
}

struct Check {
  const char* output;
  std::function<void(const std::string& text, const std::string& shown)> check;
};

}  // namespace

TEST_CASE("hostile text: forty payloads show as text in every output of a scan", "[render][hostile]") {
  REQUIRE(hostile_payloads().size() == 40);
  const std::vector<Check> checks = {
      {"terminal", [](const std::string& text, const std::string& shown) { CHECK(has(text, shown)); }},
      {"json", nullptr},
      {"sarif", nullptr},
      {"github", check_annotations},
      {"gitlab-sast", check_json},
      {"gitlab-quality", check_json},
      {"junit", check_xml},
      {"csv", check_csv},
      {"markdown", check_markdown},
      {"comment", check_markdown},
  };
  REQUIRE(checks.size() == report_outputs().size());
  for (const Check& check : checks) {
    const ReportOutput* output = find_report_output(check.output);
    REQUIRE(output != nullptr);
    for (const std::string& payload : hostile_payloads()) DYNAMIC_SECTION(check.output << ": " << for_terminal(payload)) {
        const std::string text = output->write(planted_report(payload), planted_context(payload));
        CHECK(is_plain(text));
        const std::string shown = for_terminal(payload);
        if (check.check) check.check(text, shown);
        if (check.output == std::string("json")) check_json(text, valid_utf8(payload));
        // The message of a SARIF result escapes what would be a link; its properties do not.
        if (check.output == std::string("sarif")) check_json(text, shown);
      }
  }
}

TEST_CASE("hostile text: forty payloads show as text in every drawing", "[render][hostile]") {
  for (const PictureOutput& output : picture_outputs()) {
    for (const std::string& payload : hostile_payloads()) DYNAMIC_SECTION(output.ending << ": " << for_terminal(payload)) {
        const Result<std::string> text = output.write(planted_picture(payload));
        REQUIRE(text);
        CHECK(is_plain(*text));
        check_drawing(output.ending, *text, for_terminal(payload));
      }
  }
}

}  // namespace mainstay
