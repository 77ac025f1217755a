#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester cloudformation_templates;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

bool says(const Ingested& got, std::string_view part) {
  return std::any_of(got.problems.begin(), got.problems.end(),
                     [&](const Diagnostic& problem) { return problem.message.find(part) != std::string::npos; });
}

constexpr const char* kSections = R"(AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::LanguageExtensions
Parameters:
  Plain: {Type: String, Default: corp.example}
  Open: {Type: String}
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Only: {Type: String, AllowedValues: [one]}
  Names: {Type: CommaDelimitedList, Default: "a.example, b.example"}
  Secret: {Type: String, NoEcho: "true", Default: hidden.example}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /dns/zone}
  Empty: {Type: String, Default: ""}
Mappings:
  Sites:
    eu-west-1: {Name: dublin.example, Alias: same.example}
    us-east-1: {Name: ashburn.example, Alias: same.example}
  Stages:
    dev: {Zone: dev.example}
    prod: {Zone: prod.example}
Conditions:
  Yes: !Equals [!Ref Plain, corp.example]
  No: !Not [!Condition Yes]
  Unknown: !Equals [!Ref Open, x]
  Prod: !Equals [!Ref Stage, prod]
  Never: !And [!Condition No, !Condition Unknown]
  Always: !Or [!Condition Yes, !Condition Unknown]
Resources:
  Zone: {Type: "AWS::Route53::HostedZone", Properties: {Name: zone.example}}
  Edge: {Type: "AWS::ElasticLoadBalancingV2::LoadBalancer"}
  Bucket: {Type: "AWS::S3::Bucket", Properties: {BucketName: assets}}
  Pool: {Type: "AWS::Cognito::UserPool"}
  Other: {Type: "AWS::Route53::RecordSet", Properties: {Name: other.example}}
  R:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: corp.example.
      Type: A
      TTL: 60
      ResourceRecords: [192.0.2.1]
      Name: )";

/// The names that a record gets when its name is written so, in order.
std::vector<std::string> names(const std::string& written, Files files = {}) {
  files["t.yaml"] = kSections + written + "\n";
  std::vector<std::string> found;
  for (const Record& record : ingest(cloudformation_templates, files).all<Record>()) {
    if (record.managed_by.ends_with("/R")) found.push_back(record.owner.display());
  }
  return found;
}

}  // namespace

TEST_CASE("cloudformation: functions give what the service gives, and keep what is known", "[ingest][cloudformation]") {
  struct Row {
    const char* title;
    const char* written;
    std::vector<std::string> names;
  };
  const Row rows[] = {
      {"a text", "a.example", {"a.example"}},
      {"a parameter with a default", "!Ref Plain", {"corp.example"}},
      {"a parameter without one", "!Sub 'a.${Open}.${Plain}'", {"a.${Open}.corp.example"}},
      {"a parameter of one allowed value", "!Ref Only", {"one"}},
      {"a parameter of two allowed values", "!Sub '${Stage}.example'", {"dev.example", "prod.example"}},
      {"the same parameter twice", "!Sub '${Stage}.${Stage}.example'", {"dev.dev.example", "prod.prod.example"}},
      {"a parameter that is not shown", "!Sub 'a.${Secret}'", {"a.${Secret}"}},
      {"a parameter that is stored elsewhere", "!Sub 'a.${Stored}'", {"a.${resolve:ssm:/dns/zone}"}},
      {"an empty default is one of two", "!Sub 'a${Empty}.example'", {"a.example", "a${Empty}.example"}},
      {"Sub with a map", "!Sub ['${x}.${Plain}', {x: !Ref Only}]", {"one.corp.example"}},
      {"Sub with a literal", "!Sub '${!x}.${Plain}'", {"${x}.corp.example"}},
      {"Sub that is not closed", "!Sub 'a${.example'", {"a${.example"}},
      {"Sub in Sub", "!Sub ['${x}.example', {x: !Sub '${Only}.${Only}'}]", {"one.one.example"}},
      {"Sub of an attribute", "!Sub '${Zone.Name}'", {"zone.example"}},
      {"the long form", "{'Fn::Sub': 'a.${Plain}'}", {"a.corp.example"}},
      {"the region", "!Sub '${AWS::Region}.example'", {"${AWS::Region}.example"}},
      {"the suffix of the service", "!Sub 's3.${AWS::URLSuffix}'", {"s3.amazonaws.com"}},
      {"Join", "!Join ['.', [a, !Ref Plain]]", {"a.corp.example"}},
      {"Join of nothing at all", "!Join ['.', [a, !Ref 'AWS::NoValue', example]]", {"a.example"}},
      {"Join of a list parameter", "!Join ['-', !Ref Names]", {"a.example-b.example"}},
      {"Select", "!Select [1, !Ref Names]", {"b.example"}},
      {"Select by a text", "!Select ['0', [a.example, b.example]]", {"a.example"}},
      {"Split and Select", "!Select [1, !Split ['/', 'x/y.example/z']]", {"y.example"}},
      {"Split of what is partly unknown", "!Select [1, !Split ['/', !Sub 'x/y.example/${Open}']]", {"y.example"}},
      {"behind a hole nothing has a certain place", "!Select [1, !Split ['/', !Sub '${Open}/y.example']]", {"${Fn::Select}"}},
      {"Split and Join replace", "!Join ['-', !Split ['.', !Sub 'a.${Open}.example']]", {"a-${Open}-example"}},
      {"If that is true", "!If [Yes, a.example, b.example]", {"a.example"}},
      {"If that is false", "!If [No, a.example, b.example]", {"b.example"}},
      {"If that is open", "!If [Unknown, a.example, b.example]", {"a.example", "b.example"}},
      {"If that is open on the same", "!If [Unknown, a.example, a.example]", {"a.example"}},
      {"false decides And", "!If [Never, a.example, b.example]", {"b.example"}},
      {"true decides Or", "!If [Always, a.example, b.example]", {"a.example"}},
      {"a condition goes together with its parameter",
       "!If [Prod, !Sub '${Stage}.a.example', !Sub '${Stage}.b.example']",
       {"dev.b.example", "prod.a.example"}},
      {"FindInMap", "!FindInMap [Sites, eu-west-1, Name]", {"dublin.example"}},
      {"FindInMap by region", "!FindInMap [Sites, !Ref 'AWS::Region', Name]", {"dublin.example", "ashburn.example"}},
      {"FindInMap of the same everywhere", "!FindInMap [Sites, !Ref 'AWS::Region', Alias]", {"same.example"}},
      {"FindInMap by a parameter",
       "!Sub ['${Stage}.${z}', {z: !FindInMap [Stages, !Ref Stage, Zone]}]",
       {"dev.dev.example", "prod.prod.example"}},
      {"FindInMap with a default", "!FindInMap [Sites, mars, Name, {DefaultValue: else.example}]", {"else.example"}},
      {"bad: FindInMap without one", "!FindInMap [Sites, mars, Name]", {"${Sites[mars]}"}},
      {"GetAtt of a property", "!GetAtt Zone.Name", {"zone.example"}},
      {"GetAtt as a list", "!GetAtt [Zone, Name]", {"zone.example"}},
      {"GetAtt of what is computed", "!GetAtt Edge.DNSName", {"${Edge.DNSName}"}},
      {"GetAtt of a form", "!GetAtt Bucket.DomainName", {"assets.s3.amazonaws.com"}},
      {"GetAtt of an issuer", "!GetAtt Pool.ProviderName", {"cognito-idp.${AWS::Region}.amazonaws.com/${Pool.ProviderName}"}},
      {"Ref of a record is its name", "!Ref Other", {"other.example"}},
      {"bad: Ref of nothing", "!Sub '${Nothing}.example'", {"${Nothing}.example"}},
      {"Length", "!Sub ['n${x}.example', {x: !Length [a, b, c]}]", {"n3.example"}},
      {"Base64", "!Base64 a.example", {"YS5leGFtcGxl"}},
      {"Cidr", "!Select [2, !Cidr [10.0.0.0/16, 4, 8]]", {"10.0.2.0/24"}},
      {"ToJsonString", "!ToJsonString {a: !Ref Plain}", {"{\"a\":\"corp.example\"}"}},
      {"a dynamic reference", "'a.{{resolve:ssm:/zone:1}}.example'", {"a.${resolve:ssm:/zone:1}.example"}},
      {"a dynamic reference that Sub makes", "!Sub 'a.{{resolve:ssm:/${Only}}}'", {"a.${resolve:ssm:/one}"}},
      {"bad: a function that there is not", "{'Fn::Nothing': a}", {"${Fn::Nothing}"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(names(row.written) == row.names);
    }
}

TEST_CASE("cloudformation: files that say how a template is deployed decide its parameters", "[ingest][cloudformation]") {
  struct Row {
    const char* title;
    Files files;
    const char* written;
    std::vector<std::string> names;
  };
  const Row rows[] = {
      {"keys and values",
       {{"prod.json", R"([{"ParameterKey": "Open", "ParameterValue": "live"}])"}},
       "!Sub '${Open}.example'",
       {"live.example"}},
      {"a map", {{"prod.json", R"({"Parameters": {"Open": "live"}})"}}, "!Sub '${Open}.example'", {"live.example"}},
      {"in a folder below", {{"params/prod.json", R"({"Parameters": {"Open": "live"}})"}}, "!Sub '${Open}.example'", {"live.example"}},
      {"two of them",
       {{"dev.json", R"({"Parameters": {"Open": "dev"}})"}, {"prod.json", R"({"Parameters": {"Open": "prod"}})"}},
       "!Sub '${Open}.example'",
       {"dev.example", "prod.example"}},
      {"the others have their defaults", {{"prod.json", R"({"Parameters": {"Open": "x"}})"}}, "!Sub 'a${Empty}.example'", {"a.example"}},
      {"one that is for another template", {{"prod.json", R"({"Parameters": {"Elsewhere": "x"}})"}}, "!Ref Plain", {"corp.example"}},
      {"samconfig",
       {{"samconfig.toml", "[prod.deploy.parameters]\nregion = \"eu-west-1\"\nparameter_overrides = \"Open=live Stage=prod\"\n"}},
       "!Sub '${Open}.${Stage}.${AWS::Region}.example'",
       {"live.prod.eu-west-1.example"}},
      {"samconfig as a list, with quotes",
       {{"samconfig.toml", "[prod.deploy.parameters]\nparameter_overrides = ['Open=\"li ve\"', \"Stage=dev\"]\n"}},
       "!Sub '${Open}.${Stage}'",
       {"li ve.dev"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(names(row.written, row.files) == row.names);
    }
}

TEST_CASE("cloudformation: an import is the export of the tree that it can only mean", "[ingest][cloudformation]") {
  const auto exporting = [](const std::string& name, const std::string& value) {
    return "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\nOutputs:\n  O: {Value: " + value + ", Export: {Name: " + name + "}}\n";
  };
  struct Row {
    const char* title;
    Files files;
    const char* written;
    std::vector<std::string> names;
  };
  const Row rows[] = {
      {"the same name", {{"dns.yaml", exporting("zone-name", "a.example")}}, "!ImportValue zone-name", {"a.example"}},
      {"inside Sub",
       {{"dns.yaml", exporting("zone-name", "a.example")}},
       "!Sub ['git.${z}', {z: !ImportValue zone-name}]",
       {"git.a.example"}},
      {"a name by stack", {{"dns.yaml", exporting("!Sub '${AWS::StackName}-Zone'", "a.example")}}, "!ImportValue net-Zone", {"a.example"}},
      {"both by stack",
       {{"dns.yaml", exporting("!Sub '${AWS::StackName}-Zone'", "a.example")}},
       "{'Fn::ImportValue': !Sub '${Open}-Zone'}",
       {"a.example"}},
      {"two that fit",
       {{"a.yaml", exporting("!Sub '${AWS::StackName}-Zone'", "a.example")},
        {"b.yaml", exporting("!Sub '${AWS::StackName}-Zone'", "b.example")}},
       "!ImportValue net-Zone",
       {"${Fn::ImportValue net-Zone}"}},
      {"none", {}, "!ImportValue net-Zone", {"${Fn::ImportValue net-Zone}"}},
      {"a circle",
       {{"dns.yaml", exporting("a", "!ImportValue b")}, {"e.yaml", exporting("b", "!ImportValue a")}},
       "!ImportValue a",
       {"${Outputs.O}"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(names(row.written, row.files) == row.names);
    }
}

TEST_CASE("cloudformation: hostile templates cost little and are explained", "[ingest][cloudformation]") {
  SECTION("a loop in a loop in a loop") {
    std::string list = "[";
    for (int i = 0; i < 200; ++i) list += "n" + std::to_string(i) + ",";
    list += "z]";
    std::string text = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  'Fn::ForEach::A':\n  - A\n  - " + list +
                       "\n  - 'Fn::ForEach::B':\n    - B\n    - " + list + "\n    - 'Fn::ForEach::C':\n      - C\n      - " + list +
                       "\n      - 'R${A}${B}${C}': {Type: 'AWS::EC2::EIP'}\n";
    const Ingested got = ingest(cloudformation_templates, {{"t.yaml", text}});
    CHECK(says(got, "loops make more than a template may hold"));
    CHECK(got.all<Inventory>().size() < 100'000);
  }
  SECTION("stacks inside themselves") {
    const std::string text =
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: t.yaml}}\n"
        "  T: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: t.yaml}}\n";
    CHECK(says(ingest(cloudformation_templates, {{"t.yaml", text}}), "nested too deeply, or in a circle"));
  }
  SECTION("conditions in a circle") {
    const std::string text =
        "AWSTemplateFormatVersion: '2010-09-09'\nConditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\nResources:\n"
        "  R: {Type: 'AWS::EC2::EIP', Condition: A}\n";
    const Ingested got = ingest(cloudformation_templates, {{"t.yaml", text}});
    CHECK(says(got, "depends on itself"));
    CHECK(got.all<Inventory>().size() == 1);
  }
  SECTION("resources in a circle") {
    const std::string text =
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A: {Type: 'AWS::EC2::EIP', Properties: {X: !Ref B}}\n"
        "  B: {Type: 'AWS::EC2::EIP', DependsOn: [A]}\n  C: {Type: 'AWS::EC2::EIP', DependsOn: A}\n";
    CHECK(says(ingest(cloudformation_templates, {{"t.yaml", text}}), "these resources wait for each other: A -> B -> A"));
  }
  SECTION("10,000 levels") {
    std::string text = "{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": ";
    for (int i = 0; i < 10'000; ++i) text += "{\"Fn::Sub\": [";
    CHECK_FALSE(ingest(cloudformation_templates, {{"t.json", text}}).problems.empty());
  }
  SECTION("texts that double") {
    std::string text =
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Z:\n    Type: AWS::Route53::HostedZone\n    Properties:\n      Name: ";
    for (int i = 0; i < 40; ++i) text += "!Sub ['${a}${a}${a}${a}', {a: ";
    text += "corp";
    for (int i = 0; i < 40; ++i) text += "}]";
    const Ingested got = ingest(cloudformation_templates, {{"t.yaml", text + "\n"}});
    CHECK(got.all<Zone>().empty());
    CHECK(says(got, "is not known here"));
  }
}

TEST_CASE("cloudformation: templates are known by what they say, and others stay others'", "[ingest][cloudformation]") {
  struct Row {
    const char* name;
    const char* text;
    Claim claim;
  };
  const Row rows[] = {
      {"a/template.yaml", "AWSTemplateFormatVersion: 2010-09-09\n", Claim::by_content},
      {"a/dns.yml", "# zones\nResources:\n  Z:\n    Type: AWS::Route53::HostedZone\n", Claim::by_content},
      {"a/sam.yaml", "Transform: AWS::Serverless-2016-10-31\n", Claim::by_content},
      {"cdk.out/A.template.json", "{\n \"Resources\": {\n  \"A\": {\n   \"Type\": \"AWS::EC2::EIP\"", Claim::by_content},
      {"a/prod.json", "[{\"ParameterKey\": \"A\"", Claim::by_name},
      {"a/prod.json", "{\"Parameters\": {\"A\"", Claim::by_name},
      {"a/samconfig.toml", "version = 0.1\n", Claim::by_name},
      {"a/deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\n", Claim::no},
      {"a/list.json", "[{\"Key\": \"A\"", Claim::no},
      {"a/azure.json", "{\"$schema\": \"x\", \"parameters\": {}", Claim::no},
      {"a/serverless.yml", "service: a\nresources:\n  Resources:\n    Z:\n      Type: AWS::Route53::HostedZone\n", Claim::no},
      {"a/notes.txt", "AWSTemplateFormatVersion: 2010-09-09\n", Claim::no},
      {"a/Cargo.toml", "AWSTemplateFormatVersion = 1\n", Claim::no},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.name << ' ' << row.text) {
      CHECK(cloudformation_templates.claims(row.name, row.text) == row.claim);
    }
}

}  // namespace mainstay
