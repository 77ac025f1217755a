#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester serverless_services;
extern const Ingester cloudformation_templates;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

bool says(const Ingested& got, std::string_view part) {
  return std::any_of(got.problems.begin(), got.problems.end(),
                     [&](const Diagnostic& problem) { return problem.message.find(part) != std::string::npos; });
}

constexpr const char* kService = R"(service: shop
provider:
  name: aws
  stage: ${opt:stage, 'test'}
custom:
  plain: corp.example
  nested: {deep: {name: deep.example}}
  host: {test: t.example, live: l.example}
  list: [zero.example, one.example]
  chain: ${self:custom.plain}
  object: ${file(./other.yml)}
  empty: ""
params:
  default: {zone: dev.example}
  live: {zone: live.example}
resources:
  Resources:
    R:
      Type: AWS::Route53::RecordSet
      Properties:
        HostedZoneName: corp.example.
        Type: A
        TTL: 60
        ResourceRecords: [192.0.2.1]
        Name: )";

/// The names that a record gets when its name is written so, by stage.
std::vector<std::string> names(const std::string& written, Files files = {}) {
  files["serverless.yml"] = kService + written + "\n";
  std::vector<std::string> found;
  for (const Record& record : ingest(serverless_services, files).all<Record>()) found.push_back(record.owner.display());
  return found;
}

}  // namespace

TEST_CASE("serverless: variables are what they are in each stage", "[ingest][serverless]") {
  const Files other = {{"other.yml", "name: other.example\nby: {test: tt.example, live: ll.example}\nagain: ${self:custom.plain}\n"},
                       {"words.json", R"({"name": "json.example"})"},
                       {"name.txt", "text.example"},
                       {"make.js", "module.exports = {}"},
                       {"stage-live.yml", "name: file-live.example\n"},
                       {"stage-test.yml", "name: file-test.example\n"}};
  struct Row {
    const char* title;
    const char* written;
    std::vector<std::string> names;  // in the stages live and test
  };
  const Row rows[] = {
      {"self", "a.${self:custom.plain}", {"a.corp.example", "a.corp.example"}},
      {"self, deeper", "${self:custom.nested.deep.name}", {"deep.example", "deep.example"}},
      {"self, in a list", "${self:custom.list.1}", {"one.example", "one.example"}},
      {"self, through another variable", "${self:custom.chain}", {"corp.example", "corp.example"}},
      {"self, into a file", "${self:custom.object.name}", {"other.example", "other.example"}},
      {"the stage", "${sls:stage}.example", {"live.example", "test.example"}},
      {"the option", "${opt:stage}.example", {"live.example", "test.example"}},
      {"the stage of the provider", "${self:provider.stage}.example", {"live.example", "test.example"}},
      {"an option that is not given", "${opt:name, 'else'}.example", {"else.example", "else.example"}},
      {"a parameter", "a.${param:zone}", {"a.live.example", "a.dev.example"}},
      {"by stage", "${self:custom.host.${sls:stage}}", {"l.example", "t.example"}},
      {"by stage, with a fallback", "${self:custom.other.${sls:stage}, self:custom.host.test}", {"t.example", "t.example"}},
      {"three fallbacks", "${self:custom.x, self:custom.y, opt:z, 'last.example'}", {"last.example", "last.example"}},
      {"a fallback with a variable inside", "${opt:x, 'a.${self:custom.plain}'}", {"a.corp.example", "a.corp.example"}},
      {"a fallback that is a variable", "${opt:x, ${self:custom.plain}}", {"corp.example", "corp.example"}},
      {"an empty text is a value", "a${self:custom.empty, 'x'}.example", {"a.example", "a.example"}},
      {"a fallback that is not needed is not asked", "${self:custom.plain, self:custom.nothing}", {"corp.example", "corp.example"}},
      {"a file", "${file(./other.yml):name}", {"other.example", "other.example"}},
      {"a file, by stage", "${file(./other.yml):by.${sls:stage}}", {"ll.example", "tt.example"}},
      {"a file with variables", "${file(./other.yml):again}", {"corp.example", "corp.example"}},
      {"a file named by stage", "${file(./stage-${sls:stage}.yml):name}", {"file-live.example", "file-test.example"}},
      {"a file in quotes", "${file('./other.yml'):name}", {"other.example", "other.example"}},
      {"a file of JSON", "${file(words.json):name}", {"json.example", "json.example"}},
      {"a file of text", "${file(./name.txt)}", {"text.example", "text.example"}},
      {"a program is not run", "a.${file(./make.js):zone}", {"a.${file(./make.js):zone}", "a.${file(./make.js):zone}"}},
      {"bad: a file that is not there", "a.${file(./gone.yml):zone}", {"a.${file(./gone.yml):zone}", "a.${file(./gone.yml):zone}"}},
      {"the environment is not asked", "a.${env:HOME}", {"a.${env:HOME}", "a.${env:HOME}"}},
      {"the environment or a fallback", "a.${env:PATH, 'b.example'}", {"a.${env:PATH}", "a.b.example", "a.${env:PATH}", "a.b.example"}},
      {"what is stored elsewhere", "a.${ssm:/zone/${sls:stage}}", {"a.${ssm:/zone/live}", "a.${ssm:/zone/test}"}},
      {"another stack", "${cf:net.ZoneName}", {"${cf:net.ZoneName}", "${cf:net.ZoneName}"}},
      {"another stack, elsewhere", "${cf.us-east-1:net.ZoneName}", {"${cf.us-east-1:net.ZoneName}", "${cf.us-east-1:net.ZoneName}"}},
      {"a bucket", "${s3:bucket/key}", {"${s3:bucket/key}", "${s3:bucket/key}"}},
      {"the region", "a.${aws:region}.example", {"a.us-east-1.example", "a.us-east-1.example"}},
      {"the account", "a.${aws:accountId}.example", {"a.${aws:accountId}.example", "a.${aws:accountId}.example"}},
      {"a truth value", "a.${strToBool(1)}.example", {"a.true.example", "a.true.example"}},
      {"CloudFormation's own", "!Sub '${AWS::Region}.${self:custom.plain}'", {"us-east-1.corp.example", "us-east-1.corp.example"}},
      {"what is no variable", "!Sub '${Zone}.${self:custom.plain}'", {"${Zone}.corp.example", "${Zone}.corp.example"}},
      {"bad: not closed", "'${self:custom.plain'", {"${self:custom.plain", "${self:custom.plain"}},
      {"bad: nothing of that name", "a.${self:custom.nothing}", {"a.${self:custom.nothing}", "a.${self:custom.nothing}"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(names(row.written, other) == row.names);
    }
}

TEST_CASE("serverless: a service has the stages that something is chosen by", "[ingest][serverless]") {
  struct Row {
    const char* title;
    const char* text;
    Files files;
    std::vector<std::string> names;
  };
  const Row rows[] = {
      {"none is said", "provider: {name: aws}\ncustom: {d: '${sls:stage}.example'}\n", {}, {"dev.example"}},
      {"by the provider", "provider: {name: aws, stage: prod}\ncustom: {d: '${sls:stage}.example'}\n", {}, {"prod.example"}},
      {"by a map",
       "provider: {name: aws}\ncustom: {d: '${self:custom.by.${opt:stage, \"a\"}}', by: {a: a.example, b: b.example, default: x}}\n",
       {},
       {"a.example", "b.example"}},
      {"by files",
       "provider: {name: aws}\ncustom: {d: '${file(./config.${sls:stage}.json):d}'}\n",
       {{"config.a.json", "{\"d\": \"a.example\"}"}, {"config.b.json", "{\"d\": \"b.example\"}"}},
       {"a.example", "b.example"}},
      {"by stages of version 4",
       "provider: {name: aws}\nstages: {default: {params: {d: x.example}}, prod: {params: {d: p.example}}}\ncustom: {d: '${param:d}'}\n",
       {},
       {"p.example"}},
  };
  const std::string domain =
      "service: a\nplugins: [serverless-domain-manager]\nfunctions: {f: {handler: h, environment: {VAULT_ADDR: "
      "'https://${self:custom.d}'}}}\n";
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Files files = row.files;
      files["serverless.yml"] = domain + row.text;
      std::vector<std::string> found;
      for (const Use& use : ingest(serverless_services, files).all<Use>()) found.push_back(use.host.display());
      CHECK(found == row.names);
    }
}

TEST_CASE("serverless: hostile services cost little and are explained", "[ingest][serverless]") {
  const std::string head =
      "service: a\nprovider: {name: aws}\nfunctions: {f: {handler: h, environment: {VAULT_ADDR: '${self:custom.a}'}}}\n";
  SECTION("a circle") {
    CHECK(says(ingest(serverless_services, {{"serverless.yml", head + "custom: {a: '${self:custom.b}', b: '${self:custom.a}'}\n"}}),
               "depends on itself"));
  }
  SECTION("texts that double") {
    std::string text = head + "custom:\n  a: '${self:custom.x0}'\n";
    for (int i = 0; i < 60; ++i) {
      const std::string next = "${self:custom.x" + std::to_string(i + 1) + "}";
      text.append("  x").append(std::to_string(i)).append(": '").append(next).append(next).append("'\n");
    }
    const Ingested got = ingest(serverless_services, {{"serverless.yml", text + "  x60: vault.example\n"}});
    CHECK(got.all<Workload>().size() == 1);
  }
  SECTION("maps that double") {
    std::string text = head + "custom:\n  a: '${self:custom.x0.l.l.l}'\n";
    for (int i = 0; i < 60; ++i) {
      const std::string next = "'${self:custom.x" + std::to_string(i + 1) + "}'";
      text.append("  x").append(std::to_string(i)).append(": {l: ").append(next).append(", r: ").append(next).append("}\n");
    }
    const Ingested got = ingest(serverless_services, {{"serverless.yml", text + "  x60: vault.example\n"}});
    CHECK(got.all<Workload>().size() == 1);
  }
  SECTION("10,000 levels of variables") {
    std::string text = head + "custom: {a: '";
    for (int i = 0; i < 10'000; ++i) text += "${self:";
    for (int i = 0; i < 10'000; ++i) text += "}";
    CHECK(ingest(serverless_services, {{"serverless.yml", text + "'}\n"}}).all<Workload>().size() == 1);
  }
}

TEST_CASE("serverless: services are known by what they say", "[ingest][serverless]") {
  struct Row {
    const char* name;
    const char* text;
    Claim claim;
  };
  const Row rows[] = {
      {"a/serverless.yml", "service: a\nprovider:\n  name: aws\n", Claim::by_content},
      {"a/api.yaml", "service: a\nprovider: {name: aws}\nfunctions:\n", Claim::by_content},
      {"a/serverless.json", "{\"service\": \"a\", \"provider\": {}}", Claim::by_content},
      {"a/serverless.ts", "const a = {provider: {}}", Claim::by_content},
      {"a/serverless.yml", "a: b\n", Claim::no},
      {"a/other.ts", "const a = {provider: {}}", Claim::no},
      {"a/compose.yml", "services:\n  a: {}\n", Claim::no},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.name << ' ' << row.text) {
      CHECK(serverless_services.claims(row.name, row.text) == row.claim);
    }
}

TEST_CASE("serverless: a file that a service takes in is read with the service", "[ingest][serverless][cloudformation]") {
  const Files files = {{"a/serverless.yml", "service: a\nprovider: {name: aws}\nresources: ${file(./dns.yml)}\n"},
                       {"a/dns.yml", "Resources:\n  Z: {Type: 'AWS::Route53::HostedZone', Properties: {Name: '${sls:stage}.example'}}\n"}};
  const Ingested alone = ingest(cloudformation_templates, files);
  CHECK(alone.all<Zone>().empty());
  CHECK(says(alone, "a service of the Serverless Framework takes this file in"));
  const std::vector<Zone> zones = ingest(serverless_services, files).all<Zone>();
  REQUIRE(zones.size() == 1);
  CHECK(zones[0].apex.text() == "dev.example.");
}

}  // namespace mainstay
