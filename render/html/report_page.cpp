#include "render/html/report_page.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "graph/values/assert.h"
#include "render/escape.h"
#include "render/html/page_data.h"
#include "render/html/page_text.h"
#include "render/svg_parts.h"
#include "render/version.h"

namespace mainstay {
namespace {

/// "'sha256-...'", as a content security policy names an inline script or style.
std::string hash_source(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  const bool made = EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1;
  MAINSTAY_ASSERT(made, "SHA-256 is always there");
  std::array<unsigned char, 64> encoded{};
  const int octets = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(length));
  return fmt::format("'sha256-{}'", std::string_view(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(octets)));
}

/// JSON that may stand in a script element: no sign in it can end the element or begin a comment.
std::string for_script_element(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<': out += "\\u003c"; break;
      case '>': out += "\\u003e"; break;
      case '&': out += "\\u0026"; break;
      default: out += c;
    }
  }
  return out;
}

Result<Layout> layout_of(const Picture& picture) {
  std::vector<LayoutBox> boxes;
  for (const PictureNode& node : picture.nodes) {
    const NodeLook look = look_of(node);
    boxes.push_back({look.width, look.height, static_cast<std::uint32_t>(node.layer), node.cluster});
  }
  std::vector<LayoutLine> lines;
  for (const PictureEdge& edge : picture.edges) lines.push_back({edge.from, edge.to});
  return laid_out(boxes, lines);
}

std::string title_of(const PageInput& input) {
  if (!input.title.empty()) return for_terminal(input.title);
  std::string names;
  for (const std::string& root : input.report.roots) names += (names.empty() ? "" : ", ") + root;
  return for_terminal(names.empty() ? "what was read" : names);
}

/// For readers without scripts: where scripts are not run, and where this is pasted into something else.
std::string without_script(const Report& report) {
  constexpr std::size_t kShown = 50;
  std::string out =
      fmt::format("<noscript><p>{} findings. This page shows its map and its filters by a script, which is not run here.</p><ol>",
                  report.findings.size());
  for (std::size_t at = 0; at < std::min(kShown, report.findings.size()); ++at) {
    const Finding& one = report.findings[at];
    out += fmt::format("<li>{}, {}: {}</li>", word(one.severity), for_xml(for_terminal(one.rule)), for_xml(for_terminal(one.message)));
  }
  return out + "</ol></noscript>";
}

}  // namespace

Result<std::string> report_page(const PageInput& input) {
  const Result<Layout> layout = layout_of(input.summary);
  if (!layout) return Error{layout.error()};
  PageTexts texts;
  Json data = {{"schema", "mainstay.page/1"}, {"version", version()}, {"title", title_of(input)}};
  data["scan"] = page_scan(input.report, texts);
  data["scan"]["arguments"] = texts.numbers(input.arguments);
  data["scan"]["min"] = input.min ? Json(static_cast<int>(*input.min)) : Json(0);
  data["graph"] = page_graph(input, texts);
  data["model"] = page_model(input.model, texts);
  data["map"] = page_map(input, *layout, texts);
  data["texts"] = texts.all();
  const std::string script = page_script();
  const std::string style = page_style();
  const std::string policy = fmt::format(
      "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
      "trusted-types 'none'",
      hash_source(script), hash_source(style));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Mainstay: {}</title>\n<style>{}</style>\n</head>\n<body>\n{}\n"
      "<script type=\"application/json\" id=\"data\">{}</script>\n<script>{}</script>\n</body>\n</html>\n",
      policy, for_xml(title_of(input)), style, without_script(input.report),
      for_script_element(data.dump(-1, ' ', false, Json::error_handler_t::replace)), script);
}

}  // namespace mainstay
