#include "render/html/report_page.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "render/escape.h"
#include "render/html/page_column.h"
#include "tests/render/hostile_payloads.h"
#include "tests/render/outputs_sample.h"
#include "tests/render/sample_picture.h"

namespace mainstay {
namespace {

/// A workload that needs an endpoint and a resolver, each called by the text.
struct Small {
  RequirementGraph graph;
  FaultModel model;
  Picture picture;
  Report report;

  explicit Small(const std::string& text) : report(planted_report(text)) {
    RequirementGraphBuilder builder;
    const auto node = [&](NodeKind kind, Failure failure) {
      const auto draft = builder.node(kind, text);
      builder.describe(draft).label = text;
      builder.describe(draft).failure = failure;
      builder.describe(draft).reasons = {Evidence::declared({.file = text, .line = 1, .text = text})};
      return draft;
    };
    const auto workload = node(NodeKind::workload, Failure::derived);
    const auto use = node(NodeKind::use, Failure::derived);
    builder.need_all(workload, {{use, {}}});
    builder.need_all(use, {{node(NodeKind::endpoint, Failure::component), {}}, {node(NodeKind::resolver, Failure::component), {}}});
    graph = std::move(builder).freeze();
    model.modes = {{NodeKind::resolver, {"silent", "slow"}}};
    model.goals = {{.node = *graph.find(NodeKind::workload, text), .purpose = Purpose::break_glass}};
    model.worst = {{*graph.find(NodeKind::resolver, text), 1}};
    model.states = {{"good", 0, 0}};
    model.answers = {{.best = 0, .worst = 3, .lo = 5, .hi = 10, .source = "measured", .arithmetic = text}};
    model.clients = {{.word = text, .most_servers = 3, .answers = {{{0, 0}, 0}}}};
    for (const char* kind : {"workload", "endpoint", "resolver"}) {
      picture.nodes.push_back({.id = std::string(kind) + ":" + text,
                               .layer = kind == std::string("workload") ? Layer::workload : Layer::endpoint,
                               .kind = kind,
                               .label = text + "\n" + text,
                               .cluster = text,
                               .severity = Severity::high,
                               .rules = {text}});
    }
    picture.edges = {{.from = 0, .to = 1, .label = text, .alternative = true}};
    picture.note = text;
  }
  std::string page() const {
    const Result<std::string> made = report_page({.report = report, .graph = graph, .model = model, .whole = picture, .summary = picture});
    REQUIRE(made);
    return *made;
  }
};

/// What stands between the n-th `begin` and the `end` behind it.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  REQUIRE(from != std::string::npos);
  REQUIRE(text.find(begin, from + 1) == std::string::npos);
  return text.substr(from + begin.size(), text.find(end, from + begin.size()) - from - begin.size());
}

std::size_t times(const std::string& part, const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::string base64_sha256(const std::string& text) {
  std::array<unsigned char, 32> digest{};
  std::array<unsigned char, 64> out{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  const int length = EVP_EncodeBlock(out.data(), digest.data(), 32);
  return {reinterpret_cast<const char*>(out.data()), static_cast<std::size_t>(length)};
}

nlohmann::json data_of(const std::string& page) {
  return nlohmann::json::parse(between(page, R"(<script type="application/json" id="data">)", "</script>"));
}

/// The numbers of a column (render/html/page_column.h).
std::vector<std::int64_t> unpacked(const nlohmann::json& column) {
  const std::string text = column.get<std::string>();
  std::string octets(text.size(), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(octets.data()), reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  REQUIRE(size >= 0);
  octets.resize(static_cast<std::size_t>(size) - static_cast<std::size_t>(std::count(text.begin(), text.end(), '=')));
  std::size_t at = 0;
  const auto next = [&] {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto octet = static_cast<unsigned char>(octets.at(at++));
      number |= static_cast<std::uint64_t>(octet & 0x7f) << shift;
      if (octet < 0x80) return number;
    }
  };
  std::vector<std::int64_t> all;
  std::int64_t last = 0;
  while (at < octets.size()) {
    const std::uint64_t entry = next();
    const auto half = static_cast<std::int64_t>(entry / 4);
    const std::int64_t difference = entry / 2 % 2 == 1 ? -half - 1 : half;
    for (std::uint64_t left = entry % 2 == 1 ? next() : 1; left > 0; --left) all.push_back(last += difference);
  }
  return all;
}

/// The page without its script, whose text is ours.
std::string without_script(std::string page) {
  const std::size_t from = page.find("<script>");
  page.erase(from, page.find("</script>", from) - from);
  return page;
}

}  // namespace

TEST_CASE("report page: the policy names the one script and the one style sheet, and allows nothing else", "[render][html]") {
  const std::string page = Small("plain").page();
  const std::string policy = between(page, R"(http-equiv="Content-Security-Policy" content=")", "\"");
  CHECK(policy.starts_with("default-src 'none'; "));
  CHECK(policy.find("script-src 'sha256-" + base64_sha256(between(page, "<script>", "</script>")) + "';") != std::string::npos);
  CHECK(policy.find("style-src 'sha256-" + base64_sha256(between(page, "<style>", "</style>")) + "';") != std::string::npos);
  for (const char* loose : {"unsafe", "http:", "https:", "data:", " *", "'self'"}) CHECK(policy.find(loose) == std::string::npos);
  CHECK(page.find("Content-Security-Policy") < page.find("<style>"));
  CHECK(times("<script", page) == 2);
  CHECK(times("<style", page) == 1);
}

TEST_CASE("report page: it asks nobody for anything", "[render][html]") {
  const std::string page = Small("plain").page();
  for (const char* loads :
       {"<link", "<img", "<iframe", " src=", "url(", "@import", "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import("}) {
    INFO(loads);
    CHECK(page.find(loads) == std::string::npos);
  }
  CHECK(times("http://", page) == 1);  // the name space of SVG
  CHECK(times("https://", page) == 0);
}

TEST_CASE("report page: nothing becomes markup by assignment", "[render][html]") {
  const std::string script = between(Small("plain").page(), "<script>", "</script>");
  for (const char* markup : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser"}) {
    INFO(markup);
    CHECK(script.find(markup) == std::string::npos);
  }
}

TEST_CASE("report page: equal input gives equal bytes", "[render][html]") { CHECK(Small("a").page() == Small("a").page()); }

TEST_CASE("report page: the data are the report, the graph and the model", "[render][html]") {
  const nlohmann::json data = data_of(Small("plain").page());
  CHECK(data.at("schema") == "mainstay.page/1");
  const nlohmann::json& texts = data.at("texts");
  const auto text = [&](const auto& number) { return texts.at(static_cast<std::size_t>(number)).template get<std::string>(); };
  REQUIRE(data.at("scan").at("findings").size() == 1);
  const nlohmann::json& finding = data.at("scan").at("findings").at(0);
  CHECK(finding.at("id") == "0123456789abcdef");
  CHECK(text(finding.at("message")) == "plain");
  CHECK(finding.at("evidence").size() == 4);
  CHECK(text(data.at("scan").at("suppressed").at(0).at("suppression").at(1)) == "plain");
  CHECK(data.at("scan").at("read").at("incomplete") == true);
  std::vector<std::string> causes;
  for (const nlohmann::json& row : data.at("scan").at("read").at("unread")) causes.push_back(text(row.at(0)));
  CHECK(causes == std::vector<std::string>{"ignored", "unreadable"});
  const nlohmann::json& graph = data.at("graph");
  using Numbers = std::vector<std::int64_t>;
  CHECK(unpacked(graph.at("nodes").at(4)) == Numbers{1, 1, 0, 0});
  CHECK(unpacked(graph.at("members")) == Numbers{1, 2, 3});
  CHECK(unpacked(graph.at("gates").at(1)) == Numbers{1, 2});
  CHECK(data.at("model").at("clients").at(0).at(2).at("0,0") == 0);
  CHECK(text(unpacked(data.at("model").at("goals").at(1)).at(0)) == "break-glass");
  CHECK(unpacked(data.at("map").at("nodes").at("rows").at(0)).size() == 3);
  CHECK(data.at("map").at("things").at(0).at(0) == 0);
}

TEST_CASE("report page: a column gives its numbers back, whatever they are", "[render][html]") {
  struct Row {
    const char* title;
    std::vector<std::int64_t> numbers;
    std::size_t most;  // octets of its text
  };
  std::vector<std::int64_t> rising, wild;
  for (std::int64_t at = 0; at < 100'000; ++at) rising.push_back(at + 7);
  for (std::int64_t at = 0; at < 1000; ++at) wild.push_back(at * at * at * (at % 2 == 0 ? 1 : -1));
  const Row rows[] = {{"none", {}, 0},
                      {"one", {5}, 4},
                      {"below zero", {-1, -1, -2, 3}, 8},
                      {"equal ones", std::vector<std::int64_t>(100'000, 42), 12},
                      {"rising ones", rising, 12},
                      {"far apart", {1LL << 50, -(1LL << 50), 0, 1LL << 50}, 48},
                      {"without order", wild, 8000}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      PageColumn column;
      for (const std::int64_t number : row.numbers) column.add(number);
      const std::string text = column.text();
      CHECK(text.size() <= row.most);
      CHECK(unpacked(text) == row.numbers);
    }
}

TEST_CASE("report page: hostile text: forty payloads are data, and end no element", "[render][html][hostile]") {
  for (const std::string& payload : hostile_payloads()) DYNAMIC_SECTION(for_terminal(payload)) {
      const std::string page = Small(payload).page();
      const std::string shown = for_terminal(payload);
      const nlohmann::json data = data_of(page);
      const auto& texts = data.at("texts");
      CHECK(std::find(texts.begin(), texts.end(), shown) != texts.end());
      CHECK(times("<script", page) == 2);
      CHECK(times("</script", page) == 2);
      CHECK(times("<!--", page) == 0);
      CHECK(times("<!DOCTYPE", page) == 1);
      for (const char* raw : {"<img", "<svg", "onerror=alert(1)>", "\x1b", "\x07", "\r", "\x7f", "\xe2\x80\xae", "\xff"})
        CHECK(times(raw, without_script(page)) == 0);
    }
}

}  // namespace mainstay
