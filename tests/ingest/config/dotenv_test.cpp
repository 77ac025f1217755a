#include "ingest/syntax/dotenv.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester dotenv;

TEST_CASE("dotenv: values, quotes and variables", "[ingest][dotenv]") {
  struct Row {
    const char* title;
    std::string text;
    const char* value;  // of the last assignment, holes as ${name}
    std::size_t problems;
  };
  const Row rows[] = {
      {"plain", "A=b", "b", 0},
      {"blanks around", "A = b c \r\n", "b c", 0},
      {"export", "export A=b", "b", 0},
      {"comment behind", "A=b # c", "b", 0},
      {"hash inside", "A=b#c", "b#c", 0},
      {"empty", "A=", "", 0},
      {"single quotes are literal", "B=x\nA='${B}\\n'", "${B}\\n", 0},
      {"double quotes have escapes", "A=\"a\\tb\\\"c\"", "a\tb\"c", 0},
      {"several lines", "A=\"a\nb\"\n", "a\nb", 0},
      {"earlier variable", "B=x\nA=${B}.y", "x.y", 0},
      {"bare variable", "B=x\nA=$B/y", "x/y", 0},
      {"unknown variable is a hole", "A=a.${B}.c", "a.${B}.c", 0},
      {"default", "A=${B:-x}", "x", 0},
      {"default of an empty variable", "B=\nA=${B:-x}", "x", 0},
      {"an empty variable is set for the other form", "B=\nA=${B-x}", "", 0},
      {"default with a variable", "C=z\nA=${B:-x${C}}", "xz", 0},
      {"other value when set", "B=1\nA=${B:+x}", "x", 0},
      {"required variable", "A=${B:?must be set}", "${B}", 0},
      {"escaped dollar", "A=\"\\${B}\"", "${B}", 0},
      {"doubled dollar", "A=$$B", "$B", 0},
      {"byte order mark",
       "\xef\xbb\xbf"
       "A=b",
       "b", 0},
      {"bad: quote never closed", "A=\"b\nC='d", "d", 2},
      {"bad: no assignment", "hello there\nA=b", "b", 1},
      {"bad: a key that starts with a digit", "1A=b\nA=b", "b", 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::size_t problems = 0;
      const std::vector<Assignment> got = read_dotenv(row.text, SourceId{}, [&](const DotenvProblem&) { ++problems; });
      REQUIRE_FALSE(got.empty());
      CHECK(got.back().value.display() == row.value);
      CHECK(problems == row.problems);
    }
}

TEST_CASE("dotenv: doubling variables cannot fill the memory", "[ingest][dotenv]") {
  std::string text = "A0=0123456789\n";
  for (int at = 1; at < 200; ++at)
    text += "A" + std::to_string(at) + "=${A" + std::to_string(at - 1) + "}${A" + std::to_string(at - 1) + "}\n";
  for (int at = 0; at < 5000; ++at) text += "B" + std::to_string(at) + "=${A12}\n";
  std::size_t octets = 0;
  for (const Assignment& one : read_dotenv(text, SourceId{}, [](const DotenvProblem&) {})) octets += one.value.display().size();
  CHECK(octets < (64u << 20));
  CHECK(octets > 40960);
}

TEST_CASE("dotenv: uses and credentials of a process", "[ingest][dotenv]") {
  const Ingested got = ingest(dotenv, {{"hosts/app/etc/resolv.conf", ""},
                                       {"hosts/app/opt/app/.env",
                                        "VAULT_ADDR=https://u:p@vault.corp.example:8200/v1\nVAULT_CLIENT_TIMEOUT=1m30s\n"
                                        "AWS_SECRET_ACCESS_KEY=s3cr3tvalue\nAWS_SESSION_TOKEN=t0ken\nDB_PASSWORD=x\n"}});
  REQUIRE(got.all<Workload>().size() == 1);
  CHECK(got.all<Workload>()[0].id == "process:hosts/app/opt/app");
  CHECK(got.all<Workload>()[0].scope == "host:hosts/app");
  REQUIRE(got.all<Use>().size() == 1);
  const Use use = got.all<Use>()[0];
  CHECK(use.host == Text("vault.corp.example"));
  CHECK(use.port == 8200);
  CHECK(use.deadline == 90000);
  REQUIRE(got.all<Credential>().size() == 1);
  CHECK(got.all<Credential>()[0].life == CredentialLife::short_lived);
  CHECK(got.all<Credential>()[0].fingerprint.empty());
  for (const Credential& credential : got.all<Credential>())
    CHECK(credential.reasons[0].place.text.find("s3cr3tvalue") == std::string::npos);
}

TEST_CASE("dotenv: one folder may hold several processes", "[ingest][dotenv]") {
  struct Row {
    const char* file;
    const char* id;
    const char* environment;
  };
  const Row rows[] = {{"svc/.env", "process:svc", ""},
                      {"svc/.env.local", "process:svc", ""},
                      {"svc/.env.staging", "process:svc/staging", "staging"},
                      {"svc/.env.production.local", "process:svc/production", "production"},
                      {"svc/payments.env", "process:svc/payments", ""},
                      {".env", "process:.", ""}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.file) {
      const Ingested got = ingest(dotenv, {{row.file, "A=b\n"}});
      REQUIRE(got.all<Workload>().size() == 1);
      CHECK(got.all<Workload>()[0].id == row.id);
      CHECK(got.all<Workload>()[0].environment == row.environment);
    }
  for (const char* example : {"svc/.env.example", "svc/.env.sample", "svc/example.env", "svc/.env.production.template"})
    DYNAMIC_SECTION(example) {
      const Ingested got = ingest(dotenv, {{example, "VAULT_ADDR=https://vault.corp.example\n"}});
      CHECK(got.facts.empty());
      REQUIRE(got.problems.size() == 1);
      CHECK(got.problems[0].severity == DiagnosticSeverity::note);
    }
}

TEST_CASE("dotenv: a federated token file names the token endpoint", "[ingest][dotenv]") {
  struct Row {
    const char* text;
    const char* host;
    std::optional<std::uint32_t> hold = 3600;
  };
  const Row rows[] = {
      {"AWS_WEB_IDENTITY_TOKEN_FILE=/t\nAWS_REGION=eu-west-1\n", "sts.eu-west-1.amazonaws.com"},
      {"AWS_WEB_IDENTITY_TOKEN_FILE=/t\n", "sts.${AWS_REGION}.amazonaws.com"},
      {"AWS_WEB_IDENTITY_TOKEN_FILE=/t\nAWS_STS_REGIONAL_ENDPOINTS=legacy\n", "sts.amazonaws.com"},
      {"AWS_WEB_IDENTITY_TOKEN_FILE=/t\nAWS_STS_REGIONAL_ENDPOINTS=legacy\nAWS_REGION=eu-west-1\n", "sts.amazonaws.com"},
      {"AWS_WEB_IDENTITY_TOKEN_FILE=/t\nAWS_STS_REGIONAL_ENDPOINTS=legacy\nAWS_REGION=eu-south-1\n", "sts.eu-south-1.amazonaws.com"},
      {"AZURE_FEDERATED_TOKEN_FILE=/t\n", "login.microsoftonline.com", std::nullopt}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.text) {
      const Ingested got = ingest(dotenv, {{"svc/.env", row.text}});
      REQUIRE(got.all<Use>().size() == 1);
      CHECK(got.all<Use>()[0].host.display() == row.host);
      CHECK(got.all<Use>()[0].reasons.back().confidence == Confidence::product_default);
      CHECK(got.all<Use>()[0].hold == row.hold);
      CHECK(got.all<Use>()[0].hold_reasons.size() == (row.hold ? 1 : 0));
    }
}

TEST_CASE("dotenv: a file that fills in a compose file is not a workload beside its services", "[ingest][dotenv]") {
  struct Row {
    const char* title;
    const char* name;
    const char* beside;
    const char* compose;
    bool is_workload;
  };
  const Row rows[] = {
      {"its variable is filled in", "svc/.env", "svc/compose.yaml", "services: {a: {environment: {VAULT_ADDR: '${VAULT_ADDR:-x}'}}}",
       false},
      {"without braces", "svc/.env", "svc/docker-compose.yml", "services: {a: {environment: {VAULT_ADDR: $VAULT_ADDR}}}", false},
      {"an override", "svc/.env", "svc/docker-compose.override.yml", "services: {a: {environment: {A: '${VAULT_ADDR}'}}}", false},
      {"named as env_file", "svc/prod.env", "svc/compose.yaml", "services: {a: {env_file: [prod.env]}}", false},
      {"in the root", ".env", "compose.yaml", "services: {a: {environment: {VAULT_ADDR: '${VAULT_ADDR}'}}}", false},
      {"the services take nothing of it", "svc/.env", "svc/compose.yaml", "services: {db: {image: postgres}}", true},
      {"another name is not read for filling in", "svc/prod.env", "svc/compose.yaml", "services: {a: {image: '${VAULT_ADDR}'}}", true},
      {"a compose file in another folder", "svc/.env", "svc/deploy/compose.yaml", "services: {a: {image: '${VAULT_ADDR}'}}", true}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(dotenv, {{row.name, "VAULT_ADDR=https://vault.corp.example\n"}, {row.beside, row.compose}});
      CHECK(got.all<Workload>().size() == (row.is_workload ? 1 : 0));
      CHECK(got.all<Use>().size() == (row.is_workload ? 1 : 0));
      CHECK(got.problems.size() == (row.is_workload ? 0 : 1));
    }
}

}  // namespace mainstay
