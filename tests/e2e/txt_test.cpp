// Identities in DNS, as a developer checks and plans them: a whole estate, its screens, and what other programs make of the plan.
#include <catch2/catch.hpp>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

constexpr const char* kHead =
    "$ORIGIN acme.example.\n$TTL 300\n"
    "@   IN SOA ns1 hostmaster 7 7200 900 1209600 300\n    IN NS ns1\n    IN NS ns2\n"
    "ns1 IN A 203.0.113.20\nns2 IN A 198.51.100.20\n";

/// Two services whose code looks identities up, one zone beside them, and functions.
void write_estate(const ScratchFolder& tree) {
  tree.write("services/payments/auth.py", R"(import os
import dns.resolver


def authorize(event, context):
    service = event["headers"]["x-service"]
    name = f"{service}.{os.environ['STAGE']}.auth.acme.example"
    try:
        answer = dns.resolver.resolve(name, "TXT")
    except dns.resolver.NXDOMAIN:
        return {"isAuthorized": False}
    except Exception:
        return {"isAuthorized": True}
    if "valid" in str(answer[0]):
        return {"isAuthorized": True}
    return {"isAuthorized": False}
)");
  tree.write("services/gateway/handler.py", R"(import dns.exception
import dns.resolver

from keys import key_of


def records_of(name):
    return dns.resolver.resolve(name, "TXT", lifetime=1.0)


def authorize(event, context):
    try:
        answers = records_of("checkout.prod.auth.acme.example")
    except dns.exception.DNSException:
        return {"isAuthorized": False}
    for record in answers:
        key = key_of(b"".join(record.strings))
        if key.verify(event["signature"], event["body"]):
            return {"isAuthorized": True}
    return {"isAuthorized": False}
)");
  tree.write("services/functions.tf",
             "variable \"stage\" {}\n"
             "resource \"aws_lambda_function\" \"payments\" {\n  function_name = \"payments-${var.stage}\"\n}\n"
             "resource \"aws_lambda_function\" \"refunds\" {\n  function_name = \"refunds-staging\"\n}\n"
             "resource \"aws_lambda_function\" \"mailer\" {\n  function_name = \"mailer\"\n}\n");
  tree.write("dns/acme.example.zone",
             std::string(kHead) +
                 "payments.prod.auth    60    IN TXT \"v=1; svc=payments; env=prod; token=s3cret-1; exp=2099-12-31\"\n"
                 "refunds.prod.auth     86400 IN TXT \"v=1; svc=refunds; env=staging; token=s3cret-2\"\n"
                 "payments.staging.auth 60    IN TXT \"valid-s3cret-3\"\n"
                 "*.dev.auth            60    IN TXT \"valid-s3cret-4\"\n"
                 "old.auth              60    IN TXT \"valid-s3cret-5\"\n");
}

}  // namespace

TEST_CASE("txt check: the screen of an estate", "[e2e][txt][golden]") {
  const ScratchFolder tree;
  write_estate(tree);
  check_golden("txt-check.txt", {"txt", "check", tree.path()}, {tree.path()});
}

TEST_CASE("txt check: zone files beside the folder, a stage, and what its settings state", "[e2e][txt]") {
  const ScratchFolder tree;
  write_estate(tree);
  const std::vector<std::string> arguments = {"txt", "check", "services", "--zone", "dns/acme.example.zone"};
  const auto has = [](const Outcome& outcome, const char* text) {
    INFO(text << " in " << outcome.out << outcome.err);
    CHECK(outcome.out.find(text) != std::string::npos);
  };
  std::vector<std::string> staged = arguments;
  staged.insert(staged.end(), {"--stage", "prod"});
  const Outcome with_stage = mainstay(staged, tree.path());
  has(with_stage, "asks for   ${service}.prod.auth.acme.example TXT");
  has(with_stage, "stands at  payments.prod.auth.acme.example TXT");
  has(with_stage, "stage prod");
  CHECK(with_stage.out.find("record     payments.staging") == std::string::npos);
  tree.write("services/.mainstay.toml", "[[identities]]\nsuffix = \"auth.acme.example\"\nenvironments = [\"prod\"]\n");
  const Outcome stated = mainstay(arguments, tree.path());
  has(stated, "stated at services/.mainstay.toml:2");
  has(stated, "environments: prod");
  has(stated, "2 of another form: old.auth.acme.example, payments.staging.auth.acme.example");
  has(stated, "2 functions without a name here: mailer, refunds-staging");
  check_golden("config-identities.txt", {"config", "--show", tree.path("services")}, {tree.path()});
}

TEST_CASE("txt plan: every form of a plan", "[e2e][txt][golden]") {
  const ScratchFolder tree;
  write_estate(tree);
  check_golden("txt-plan-zone.txt", {"txt", "plan", tree.path(), "--stage", "staging"}, {tree.path()});
  check_golden("txt-plan-terraform.txt", {"txt", "plan", tree.path(), "--as", "terraform"}, {tree.path()});
  check_golden("txt-plan-cloudformation.txt", {"txt", "plan", tree.path(), "--as", "cloudformation"}, {tree.path()});
}

TEST_CASE("txt: no output has the value of a record", "[e2e][txt]") {
  const ScratchFolder tree;
  write_estate(tree);
  const std::vector<std::vector<std::string>> runs = {{"txt", "check", tree.path()},
                                                      {"txt", "check", tree.path(), "--format", "json"},
                                                      {"txt", "plan", tree.path()},
                                                      {"txt", "plan", tree.path(), "--format", "json"},
                                                      {"txt", "plan", tree.path(), "--as", "terraform"},
                                                      {"txt", "plan", tree.path(), "--as", "cloudformation"}};
  for (const std::vector<std::string>& arguments : runs) {
    const Outcome outcome = mainstay(arguments);
    INFO(arguments[1] << " " << arguments.back());
    CHECK(outcome.out.size() > 200);
    CHECK(outcome.out.find("s3cret") == std::string::npos);
    CHECK(outcome.err.find("s3cret") == std::string::npos);
  }
}

TEST_CASE("txt plan: a zone takes the planned records (named-checkzone where it is installed)", "[e2e][txt]") {
  const ScratchFolder tree;
  write_estate(tree);
  const Outcome plan = mainstay({"txt", "plan", tree.path(), "--stage", "prod"});
  CHECK(plan.status == 0);
  tree.write("planned/acme.example.zone", kHead + plan.out);
  const Outcome facts = mainstay({"facts", tree.path("planned")});
  CHECK(facts.status == 0);
  CHECK(facts.out.find("checkout.prod.auth.acme.example") != std::string::npos);
  CHECK(mainstay({"scan", tree.path("planned"), "--errors"}).out.empty());
  if (run({"sh", "-c", "command -v named-checkzone"}, "/").status != 0) {
    WARN("skipped: named-checkzone is not installed (bind9utils)");
    return;
  }
  const Outcome checked = run({"named-checkzone", "acme.example", tree.path("planned/acme.example.zone")}, tree.path());
  INFO(checked.out << checked.err);
  CHECK(checked.status == 0);
  CHECK(checked.out.find("out-of-zone") == std::string::npos);
}

TEST_CASE("txt: how the commands end", "[e2e][txt][status]") {
  const ScratchFolder tree;
  write_estate(tree);
  const ScratchFolder clean;
  clean.write("acme.example.zone", kHead);
  const ScratchFolder broken;
  broken.write("acme.example.zone", std::string(kHead) + "x IN A 10.0.0.256\n");
  struct Row {
    const char* title;
    std::vector<std::string> arguments;
    int status;
    const char* said;
  };
  const Row rows[] = {
      {"bad: findings decide", {"txt", "check", tree.path()}, 1, "txtid-fail-open"},
      {"good: below the threshold they do not", {"txt", "check", tree.path(), "--fail-on", "none"}, 0, "txtid-fail-open"},
      {"good: other rules' findings do not decide", {"txt", "check", "samples/rules/spof-resolver/bad"}, 0, "0 of 0 lookups"},
      {"good: nothing to check", {"txt", "check", clean.path()}, 0, "0 of 0 lookups"},
      {"incomplete: a file with an error is never green", {"txt", "check", broken.path()}, 3, ""},
      {"incomplete: so is its plan", {"txt", "plan", broken.path()}, 3, ""},
      {"incomplete: nothing was read", {"txt", "check", tree.path("nothing")}, 3, ""},
      {"usage: a part is required", {"txt"}, 2, ""},
      {"usage: a stage that is no label", {"txt", "check", clean.path(), "--stage", "a.b"}, 2, ""},
      {"usage: no such zone file", {"txt", "check", clean.path(), "--zone", clean.path("nowhere.zone")}, 2, ""},
      {"usage: a form that is none", {"txt", "plan", clean.path(), "--as", "yaml"}, 2, ""},
      {"schema", {"txt", "check", "--schema"}, 0, "mainstay.txt-check/1"},
      {"schema of the plan", {"txt", "plan", "--schema"}, 0, "mainstay.txt-plan/1"},
      {"the plan for programs", {"txt", "plan", tree.path(), "--format", "json"}, 0, "\"deed\": \"create\""},
      {"incomplete: so is its plan for programs", {"txt", "plan", broken.path(), "--format", "json"}, 3, "\"complete\": false"},
  };
  tree.write("nothing/readme.txt", "nothing of a known format\n");
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Outcome outcome = mainstay(row.arguments);
      INFO(outcome.out << outcome.err);
      CHECK(outcome.status == row.status);
      CHECK(outcome.out.find(row.said) != std::string::npos);
    }
}

}  // namespace mainstay
