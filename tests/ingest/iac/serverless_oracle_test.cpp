#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "ingest/iac/cloudformation/template.h"
#include "ingest/iac/serverless/variables.h"
#include "tests/ingest/ingested.h"
#include "tests/places.h"

namespace mainstay {
namespace {

namespace fs = std::filesystem;

/// The framework itself, where `./dev judges` has installed it; empty elsewhere.
std::string framework() {
  const fs::path program = fs::path(program_path()).parent_path() / "judges/node_modules/.bin/serverless";
  return fs::exists(program) ? program.string() : std::string();
}

/// Variables whose values the framework and this program must agree on; each is a member of `custom`.
constexpr const char* kVariables[] = {
    "a.${self:custom.plain}",
    "${self:custom.list.1}",
    "a${self:custom.empty, 'x'}.example",
    "${opt:x, 'a.${self:custom.plain}'}",
    "${self:custom.other.${sls:stage}, self:custom.host.test}",
    "${self:custom.x, self:custom.y, opt:z, 'last.example'}",
    "${self:custom.host.${sls:stage}}.${self:provider.stage}",
    "${strToBool(1)}.${strToBool('false')}",
    "a.${opt:q, 5}.b",
    "${Zone}.${AWS::Region}.${self:custom.plain}",
    "${self:custom.plain, self:custom.nothing}",
    "${opt:region, \"us-west-2\"}",
    "${param:zone}",
    "${file(./other.yml):name}",
    "${file(./other.yml):by.${sls:stage}, 'none'}",
    "${file(./gone.yml):name, 'none'}",
    "${file(./other.yml):again}-${self:custom.chain}",
    "\\${self:custom.plain}",
    "${self:custom.nested.deep.name}",
};

std::string service() {
  std::string text =
      "service: shop\nframeworkVersion: '3'\nprovider: {name: aws, stage: \"${opt:stage, 'test'}\"}\n"
      "params: {default: {zone: dev.example}, live: {zone: live.example}}\ncustom:\n  plain: corp.example\n  empty: ''\n"
      "  nested: {deep: {name: deep.example}}\n  host: {test: t.example, live: l.example}\n  list: [zero.example, one.example]\n"
      "  chain: ${self:custom.plain}\n";
  for (std::size_t i = 0; i < std::size(kVariables); ++i)
    text += "  v" + std::to_string(i) + ": '" + [&] {
      std::string quoted;
      for (const char c : std::string(kVariables[i])) quoted += c == '\'' ? "''" : std::string(1, c);
      return quoted;
    }() + "'\n";
  return text;
}

constexpr const char* kOther = "name: other.example\nby: {test: tt.example}\nagain: ${self:custom.plain}\n";

/// What `serverless print` says of `custom`; a discarded value when it fails.
nlohmann::json printed(const std::string& program, const fs::path& folder, const std::string& stage) {
  const std::string command = "cd '" + folder.string() + "' && SLS_TELEMETRY_DISABLED=1 SLS_NOTIFICATIONS_MODE=off '" + program +
                              "' print --stage " + stage + " --format json >printed.json 2>/dev/null";
  if (std::system(command.c_str()) != 0) return nlohmann::json(nlohmann::json::value_t::discarded);
  std::ifstream file(folder / "printed.json");
  return nlohmann::json::parse(file, nullptr, false);
}

std::string text_of(const nlohmann::json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

}  // namespace

TEST_CASE("serverless: variables are worth what the framework prints", "[ingest][serverless][oracle]") {
  const std::string program = framework();
  if (program.empty()) {
    WARN("skipped: the Serverless Framework is not installed");
    return;
  }
  const fs::path folder = fs::path(program_path()).parent_path() / "serverless_oracle";
  fs::create_directories(folder);
  std::ofstream(folder / "serverless.yml") << service();
  std::ofstream(folder / "other.yml") << kOther;
  const MemoryTree tree({{"serverless.yml", service()}, {"other.yml", kOther}});
  const Catalogue catalogue;
  for (const std::string stage : {"live", "test"}) {
    const nlohmann::json custom = printed(program, folder, stage)["custom"];
    REQUIRE(custom.is_object());
    Unit unit(tree, catalogue, tree.home("serverless.yml"), {"serverless.yml"});
    const std::optional<iac::Value> root = cloudformation::read_tree(unit, unit.source());
    REQUIRE(root);
    serverless::ServiceFiles files(unit, "serverless.yml");
    serverless::Variables variables(unit, files, *root, stage);
    for (std::size_t i = 0; i < std::size(kVariables); ++i) {
      const std::string name = "v" + std::to_string(i);
      INFO(stage << ' ' << kVariables[i]);
      CHECK(as_text(variables.at("custom." + name)).known().value_or("not known") == text_of(custom[name]));
    }
  }
}

}  // namespace mainstay
