#include <catch2/catch.hpp>
#include <string>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester compose_files;

namespace {

std::string uses(const Ingested& got) {
  std::string out;
  for (const Use& use : got.all<Use>()) {
    out += use.workload + " " + use.key + "=" + use.host.display() + (use.port ? ":" + std::to_string(*use.port) : "") +
           (use.bypasses_dns ? " no-dns" : "") + "\n";
  }
  return out;
}

std::string stubs(const Ingested& got) {
  std::string out;
  for (const Stub& stub : got.all<Stub>()) {
    out += stub.scope + ":";
    for (const Upstream& one : stub.servers) out += " " + (one.address ? one.address->text() : one.stub) + (one.asked ? "" : "!");
    out += "\n";
  }
  return out;
}

std::string messages(const Ingested& got) {
  std::string out;
  for (const Diagnostic& one : got.problems) out += one.where.file + ":" + std::to_string(one.where.line) + " " + one.message + "\n";
  return out;
}

}  // namespace

TEST_CASE("compose: what a service needs", "[ingest][compose]") {
  struct Row {
    const char* title;
    const char* service;
    const char* uses;
  };
  const Row rows[] = {
      {"a map of variables", "environment: {VAULT_ADDR: 'https://vault.corp.example:8200', LOG: info}",
       "container:app/api VAULT_ADDR=vault.corp.example:8200\n"},
      {"a list of variables", "environment: ['VAULT_ADDR=https://vault.corp.example']",
       "container:app/api VAULT_ADDR=vault.corp.example\n"},
      {"a variable of the project", "environment: {VAULT_ADDR: 'https://vault.${DOMAIN}'}",
       "container:app/api VAULT_ADDR=vault.corp.example\n"},
      {"a default", "environment: {VAULT_ADDR: 'https://${V:-vault.corp.example}:8200'}",
       "container:app/api VAULT_ADDR=vault.corp.example:8200\n"},
      {"a variable that nobody sets", "environment: {VAULT_ADDR: 'https://vault.$X.example'}",
       "container:app/api VAULT_ADDR=vault.${X}.example\n"},
      {"a variable that is passed on", "environment: [HOME, OLD_ISSUER_URL]", "container:app/api OLD_ISSUER_URL=old.corp.example\n"},
      {"an environment file; the environment wins", "{env_file: [api.env], environment: {VAULT_ADDR: 'https://new.corp.example'}}",
       "container:app/api MY_ISSUER_URL=login.corp.example\ncontainer:app/api VAULT_ADDR=new.corp.example\n"},
      {"an environment file with its settings", "env_file: [{path: api.env, required: true}, {path: none.env, required: false}]",
       "container:app/api MY_ISSUER_URL=login.corp.example\ncontainer:app/api VAULT_ADDR=file.corp.example\n"},
      {"an extra host asks no resolver",
       "{environment: {VAULT_ADDR: 'https://v.corp.example'}, extra_hosts: ['v.corp.example:10.9.30.40']}",
       "container:app/api VAULT_ADDR=v.corp.example no-dns\n"},
      {"a service of the project", "environment: {VAULT_ADDR: 'http://api:8200'}", "container:app/api VAULT_ADDR=api:8200 no-dns\n"},
      {"a flag", "command: [--oidc-issuer-url=https://login.corp.example]", "container:app/api --oidc-issuer-url=login.corp.example\n"},
      {"a flag in a command line", "command: proxy --oidc-issuer-url https://login.corp.example --x",
       "container:app/api --oidc-issuer-url=login.corp.example\n"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const std::string service = row.service;
      const std::string text =
          service.starts_with('{') ? "services:\n  api: " + service + "\n" : "services:\n  api:\n    " + service + "\n";
      const Ingested got =
          ingest(compose_files, {{"app/compose.yaml", text},
                                 {"app/.env", "DOMAIN=corp.example\nOLD_ISSUER_URL=https://old.corp.example\n"},
                                 {"app/api.env", "VAULT_ADDR=https://file.corp.example\nMY_ISSUER_URL=https://login.corp.example\n"}});
      CHECK(uses(got) == row.uses);
      CHECK(messages(got).empty());
    }
  }
}

TEST_CASE("compose: which resolver a container asks", "[ingest][compose]") {
  struct Row {
    const char* title;
    const char* service;
    const char* stub;
    const char* stubs;
  };
  const std::string project = "compose:hosts/a/app: host:hosts/a\n";
  const Row rows[] = {
      {"the host's, through Docker's own", "image: x", "", ""},
      {"the host's, in its network", "network_mode: host", "host:hosts/a", ""},
      {"that of another service", "network_mode: service:vpn", "container:hosts/a/app/vpn", ""},
      {"one of its own", "dns: 10.9.1.53", "container:hosts/a/app/api", "container:hosts/a/app/api: 10.9.1.53\n"},
      {"several of its own", "dns: [10.9.1.53, 10.9.2.53, 10.9.3.53, 10.9.4.53]", "container:hosts/a/app/api",
       "container:hosts/a/app/api: 10.9.1.53 10.9.2.53 10.9.3.53 10.9.4.53!\n"},
      {"other options, same servers", "dns_opt: ['timeout:1']", "container:hosts/a/app/api", "container:hosts/a/app/api: host:hosts/a\n"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(
          compose_files,
          {{"hosts/a/etc/resolv.conf", ""}, {"hosts/a/app/compose.yaml", std::string("services:\n  api:\n    ") + row.service + "\n"}});
      CHECK(got.all<Workload>().at(0).stub == row.stub);
      CHECK(stubs(got) == project + row.stubs);
    }
  }
}

TEST_CASE("compose: files of one project are laid over each other", "[ingest][compose]") {
  const Ingested got = ingest(
      compose_files,
      {{"app/docker-compose.yml", "services:\n  api:\n    environment: {VAULT_ADDR: 'https://a.example'}\n"},
       {"app/docker-compose.override.yml", "services:\n  api:\n    environment: {VAULT_ADDR: 'https://b.example'}\n    scale: 2\n"}});
  CHECK(uses(got) == "container:app/api VAULT_ADDR=b.example\n");
  REQUIRE(got.all<Workload>().size() == 1);
  CHECK(got.all<Workload>()[0].instances == 2);
  CHECK(got.all<Scope>().at(0).id == "compose:app");
}

TEST_CASE("compose: bad files are reported and the rest used", "[ingest][compose]") {
  struct Row {
    const char* title;
    const char* text;
    std::size_t workloads;
    const char* messages;
  };
  const Row rows[] = {
      {"bad: a service that is no map", "services:\n  a: x\n  b: {}\n", 1, "compose.yaml:2 a service is a map of settings\n"},
      {"bad: an environment file that is not there", "services:\n  a: {env_file: x.env}\n", 1,
       "compose.yaml:2 the included file cannot be read: no such file in the scanned tree\n"},
      {"bad: an environment file outside", "services:\n  a: {env_file: ../x.env}\n", 1,
       "compose.yaml:2 the environment file is not read: the path leaves the scanned folder\n"},
      {"bad: a resolver that is no address", "services:\n  a: {dns: resolver.example}\n", 1,
       "compose.yaml:2 a server of dns is an address that can be known\n"},
      {"bad: no YAML", "services: [\n", 0, "compose.yaml:2 this is not YAML: flow sequence without a closing bracket\n"},
      {"nothing", "services:\n", 0, ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(compose_files, {{"compose.yaml", row.text}});
      CHECK(got.all<Workload>().size() == row.workloads);
      CHECK(messages(got) == row.messages);
    }
  }
}

}  // namespace mainstay
