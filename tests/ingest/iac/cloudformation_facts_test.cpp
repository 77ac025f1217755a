#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester cloudformation_templates;

namespace {

Ingested read(const std::string& resources, const std::string& head = {}) {
  return ingest(cloudformation_templates, {{"t.yaml", "AWSTemplateFormatVersion: '2010-09-09'\n" + head + "Resources:\n" + resources}});
}

std::string record_set(const std::string& rest) {
  return "  R:\n    Type: AWS::Route53::RecordSet\n    Properties: {HostedZoneName: corp.example., Name: a.corp.example, TTL: 60, " + rest +
         "}\n";
}

}  // namespace

TEST_CASE("cloudformation: a record set says how it is chosen", "[ingest][cloudformation]") {
  struct Row {
    const char* title;
    const char* rest;
    const char* type;
    const char* routing;
    std::vector<std::string> data;
  };
  const Row rows[] = {
      {"plain", "Type: A, ResourceRecords: [192.0.2.1, 192.0.2.2]", "A", "", {"192.0.2.1", "192.0.2.2"}},
      {"weighted", "Type: A, Weight: 10, ResourceRecords: [192.0.2.1]", "A", "weighted", {"192.0.2.1"}},
      {"by latency", "Type: A, Region: eu-west-1, ResourceRecords: [192.0.2.1]", "A", "latency", {"192.0.2.1"}},
      {"by place", "Type: A, GeoLocation: {CountryCode: DE}, ResourceRecords: [192.0.2.1]", "A", "geolocation", {"192.0.2.1"}},
      {"several answers", "Type: A, MultiValueAnswer: true, ResourceRecords: [192.0.2.1]", "A", "multivalue", {"192.0.2.1"}},
      {"secondary", "Type: A, Failover: SECONDARY, ResourceRecords: [192.0.2.1]", "A", "failover-secondary", {"192.0.2.1"}},
      {"alias", "Type: A, AliasTarget: {DNSName: b.corp.example., HostedZoneId: Z}", "ALIAS", "", {"b.corp.example"}},
      {"text in parts", "Type: TXT, ResourceRecords: ['\"a\"\"b\"']", "TXT", "", {"ab"}},
      {"a list that is a parameter", "Type: A, ResourceRecords: !Ref Addresses", "A", "", {"192.0.2.7", "192.0.2.8"}},
      {"bad: no values", "Type: A", "A", "", {}},
  };
  const std::string head = "Parameters:\n  Addresses: {Type: CommaDelimitedList, Default: '192.0.2.7,192.0.2.8'}\n";
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::vector<std::string> data;
      for (const Record& record : read(record_set(row.rest), head).all<Record>()) {
        CHECK(record.type == row.type);
        CHECK(record.routing == row.routing);
        CHECK(record.zone == "corp.example.");
        data.push_back(record.data.display());
      }
      CHECK(data == row.data);
    }
}

TEST_CASE("cloudformation: a resource under an open condition is assumed, and one that cannot be is not there",
          "[ingest][cloudformation]") {
  struct Row {
    const char* title;
    const char* condition;
    std::size_t records;
    Confidence confidence;
  };
  const Row rows[] = {
      {"true", "!Equals [a, a]", 1, Confidence::declared},
      {"false", "!Equals [a, b]", 0, Confidence::declared},
      {"open", "!Equals [!Ref Open, b]", 1, Confidence::assumed},
      {"false whatever is open", "!And [!Equals [!Ref Open, b], !Equals [a, b]]", 0, Confidence::declared},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::string text = record_set("Type: A, ResourceRecords: [192.0.2.1]");
      text.insert(text.find("    Properties"), "    Condition: C\n");
      const Ingested got = read(text, std::string("Parameters: {Open: {Type: String}}\nConditions: {C: ") + row.condition + "}\n");
      REQUIRE(got.all<Record>().size() == row.records);
      if (row.records > 0) CHECK(strongest(got.all<Record>()[0].reasons) == row.confidence);
    }
}

TEST_CASE("cloudformation: names that modules make are not missed", "[ingest][cloudformation]") {
  const std::string ref = "  R: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref NetworkSubnet}}\n";
  const auto misses = [&](const std::string& module) {
    const Ingested got = read(ref + module);
    return std::any_of(got.problems.begin(), got.problems.end(),
                       [](const Diagnostic& problem) { return problem.message == "nothing in this template is called NetworkSubnet"; });
  };
  CHECK(misses(""));
  CHECK_FALSE(misses("  Network: {Type: 'Corp::Net::Vpc::MODULE'}\n"));
  CHECK_FALSE(misses("  Network: {Type: ../modules/vpc.yml}\n"));
  CHECK_FALSE(misses("  Network: {Type: {'Rain::Module': ../modules/vpc.yml}}\n"));
}

TEST_CASE("cloudformation: what a secret is never comes out", "[ingest][cloudformation]") {
  const Ingested got = read(
      "  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      FunctionName: !Sub 'f-${Secret}'\n      Environment: {Variables: "
      "{VAULT_ADDR: "
      "!Sub 'https://${Secret}.corp.example'}}\n",
      "Parameters: {Secret: {Type: String, NoEcho: true, Default: hunter2}}\n");
  REQUIRE(got.all<Use>().size() == 1);
  CHECK(got.all<Use>()[0].host.display() == "${Secret}.corp.example");
  CHECK(got.all<Workload>()[0].name == "f-${Secret}");
}

TEST_CASE("cloudformation: workloads get their settings, networks and deadlines", "[ingest][cloudformation]") {
  struct Row {
    const char* title;
    const char* resource;
    const char* id;
    const char* scope;
    std::size_t uses;
  };
  const Row rows[] = {
      {"a function", "Type: AWS::Lambda::Function\n    Properties: {Environment: {Variables: {VAULT_ADDR: 'https://v.example', X: y}}}",
       "function:t.yaml/W", "repository:.", 1},
      {"a function in a subnet",
       "Type: AWS::Lambda::Function\n    Properties: {VpcConfig: {SubnetIds: [!Ref S]}, Environment: {Variables: {VAULT_ADDR: "
       "'https://v.example'}}}",
       "function:t.yaml/W", "subnet:t.yaml/S", 1},
      {"a function in a subnet, perhaps",
       "Type: AWS::Lambda::Function\n    Properties: {VpcConfig: !If [C, {SubnetIds: [!Ref S]}, !Ref 'AWS::NoValue']}", "function:t.yaml/W",
       "subnet:t.yaml/S", 0},
      {"a container",
       "Type: AWS::ECS::TaskDefinition\n    Properties: {ContainerDefinitions: [{Name: web, Environment: [{Name: VAULT_ADDR, Value: "
       "'https://v.example'}]}]}",
       "container:t.yaml/W/web", "repository:.", 1},
      {"an instance", "Type: AWS::EC2::Instance\n    Properties: {SubnetId: !Ref S}", "virtual-machine:t.yaml/W", "subnet:t.yaml/S", 0},
      {"a build",
       "Type: AWS::CodeBuild::Project\n    Properties: {Environment: {EnvironmentVariables: [{Name: VAULT_ADDR, Value: "
       "'https://v.example'}]}}",
       "ci-job:t.yaml/W", "repository:.", 1},
      {"a JWT authorizer",
       "Type: AWS::ApiGatewayV2::Authorizer\n    Properties: {Name: jwt, JwtConfiguration: {Issuer: 'https://login.example'}}",
       "function:t.yaml/W", "repository:.", 1},
      {"a pool authorizer", "Type: AWS::ApiGateway::Authorizer\n    Properties: {Name: p, ProviderARNs: [!GetAtt P.Arn]}",
       "function:t.yaml/W", "repository:.", 1},
      {"a listener",
       "Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties: {DefaultActions: [{Type: authenticate-oidc, AuthenticateOidcConfig: "
       "{Issuer: "
       "'https://login.example', TokenEndpoint: 'https://login.example/token'}}]}",
       "function:t.yaml/W", "repository:.", 2},
  };
  const std::string around =
      "  S: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: vpc-1, AvailabilityZone: eu-west-1a}}\n  P: {Type: 'AWS::Cognito::UserPool'}\n";
  const std::string head = "Parameters: {Open: {Type: String}}\nConditions: {C: !Equals [!Ref Open, x]}\n";
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = read(around + "  W:\n    " + row.resource + "\n", head);
      const std::vector<Workload> workloads = got.all<Workload>();
      REQUIRE_FALSE(workloads.empty());
      CHECK(workloads[0].id == row.id);
      CHECK(workloads[0].scope == row.scope);
      CHECK(got.all<Use>().size() == row.uses);
    }
}

TEST_CASE("cloudformation: SAM makes what the transform makes", "[ingest][cloudformation]") {
  const std::string head =
      "Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: {Timeout: 7, Environment: {Variables: {VAULT_ADDR: "
      "'https://v.example'}}}}\n";
  SECTION("Globals hold for every function, and its own settings win") {
    const Ingested got = read(
        "  A: {Type: 'AWS::Serverless::Function', Properties: {Environment: {Variables: {OIDC_ISSUER_URL: 'https://i.example'}}}}\n"
        "  B: {Type: 'AWS::Serverless::Function', Properties: {Timeout: 9, Environment: {Variables: {VAULT_ADDR: 'https://w.example'}}}}\n",
        head);
    std::vector<std::string> found;
    for (const Use& use : got.all<Use>())
      found.push_back(use.workload + " " + use.host.display() + " " + std::to_string(use.deadline.value_or(0)));
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector<std::string>{"function:t.yaml/A i.example 7000", "function:t.yaml/A v.example 7000",
                                            "function:t.yaml/B w.example 9000"});
  }
  SECTION("a domain makes a record") {
    const Ingested got = read(
        "  Api: {Type: 'AWS::Serverless::HttpApi', Properties: {Domain: {DomainName: api.corp.example, Route53: {HostedZoneName: "
        "corp.example.}}}}\n",
        head);
    REQUIRE(got.all<Record>().size() == 1);
    CHECK(got.all<Record>()[0].owner.display() == "api.corp.example");
    CHECK(got.all<Record>()[0].type == "ALIAS");
    CHECK(got.all<Record>()[0].zone == "corp.example.");
  }
  SECTION("policies are grants") {
    const Ingested got = read(
        "  A: {Type: 'AWS::Serverless::Function', Properties: {Policies: [AWSLambdaBasicExecutionRole, "
        "{Route53ChangeResourceRecordSetsPolicy: "
        "{HostedZoneId: Z1}}]}}\n",
        head);
    REQUIRE(got.all<Grant>().size() == 1);
    CHECK(got.all<Grant>()[0].principal == "role:t.yaml/ARole");
    CHECK(got.all<Grant>()[0].resource.display() == "arn:aws:route53:::hostedzone/Z1");
  }
}

}  // namespace mainstay
