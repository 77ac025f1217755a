#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester nginx_conf;

namespace {

std::string times_of(const Use& use) {
  std::string out;
  if (use.deadline) out += " lookup<" + std::to_string(*use.deadline);
  if (use.answer_within) out += " answer<" + std::to_string(*use.answer_within);
  if (use.hold) out += " hold=" + std::to_string(*use.hold);
  return out;
}

/// "api-gateway-authoriser auth.corp.example once answer<60000", a line for each use, sorted.
std::string printed(const Ingested& got) {
  std::vector<std::string> lines;
  for (const Use& use : got.all<Use>()) {
    std::string line = std::string(word(use.role)) + " " + use.host.display();
    if (use.resolves == Resolves::once) line += " once";
    if (use.starts_without == false) line += "!";
    if (use.bypasses_dns) line += " no-dns";
    if (!use.alternative.empty()) line += " (" + use.alternative + ")";
    lines.push_back(line + times_of(use) + "\n");
  }
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

Ingested read_conf(const std::string& text) { return ingest(nginx_conf, {{"edge/nginx/nginx.conf", text}}); }

/// One server of one http block.
std::string server(const std::string& inside) { return "events {}\nhttp { server { listen 80;\n" + inside + "\n} }\n"; }

}  // namespace

TEST_CASE("nginx: who is asked, and when its name is looked up", "[ingest][nginx]") {
  struct Row {
    const char* what;
    std::string text;
    std::string uses;
  };
  const std::string guarded = "location / { auth_request /a; root /srv; }\n";
  const Row rows[] = {
      {"a host that is written out is looked up once", server(guarded + "location = /a { proxy_pass http://auth.corp.example; }"),
       "api-gateway-authoriser auth.corp.example once! answer<60000\n"},
      {"a variable is looked up each time",
       server("resolver 10.9.1.53; set $who auth.corp.example;" + guarded + "location /a { proxy_pass http://$who; }"),
       "api-gateway-authoriser auth.corp.example lookup<30000 answer<60000\n"},
      {"a variable with two values is not known",
       server("resolver 10.9.1.53; set $who a.example; set $who b.example;" + guarded + "location /a { proxy_pass http://$who/x; }"),
       "api-gateway-authoriser ${who} lookup<30000 answer<60000\n"},
      {"what envsubst fills in is written out for nginx", server(guarded + "location /a { proxy_pass http://${AUTH_HOST}:80; }"),
       "api-gateway-authoriser ${AUTH_HOST} once! answer<60000\n"},
      {"members of an upstream are alternatives, and down ones are none",
       "http { upstream u { server a.example; server b.example:81 backup; server c.example down; }\nserver { auth_request /a;\n"
       "location /a { proxy_pass http://u; proxy_read_timeout 3s; } } }",
       "api-gateway-authoriser a.example once! (upstream u) answer<3000\napi-gateway-authoriser b.example once! (upstream u) "
       "answer<3000\n"},
      {"resolve looks up while nginx runs",
       "http { resolver 10.9.1.53; upstream u { zone z 1m; server a.example resolve; }\nserver { auth_request /a; location /a { proxy_pass "
       "http://u; } } }",
       "api-gateway-authoriser a.example (upstream u) lookup<30000 answer<60000\n"},
      {"times are inherited",
       "http { proxy_read_timeout 1m30s;" + std::string("server { listen 80; ") + guarded +
           "location /a { proxy_pass http://auth.corp.example; } } }",
       "api-gateway-authoriser auth.corp.example once! answer<90000\n"},
      {"an address asks no resolver", server(guarded + "location /a { proxy_pass http://10.9.4.4:80; }"),
       "api-gateway-authoriser 10.9.4.4 no-dns answer<60000\n"},
      {"this machine and its sockets are no endpoint",
       server(guarded + "location /a { proxy_pass http://127.0.0.1:4180; }\nlocation /b { auth_request /c; }\n"
                        "location /c { proxy_pass http://unix:/run/auth.sock; }"),
       ""},
      {"the longest beginning answers, and an equal path before it",
       server(guarded + "location / { proxy_pass http://x.example; }\nlocation /aa { proxy_pass http://y.example; }\n"
                        "location = /a { proxy_pass http://z.example; }"),
       "api-gateway-authoriser z.example once! answer<60000\n"},
      {"another server's location does not answer",
       "http { server { listen 80; auth_request /a; }\nserver { location /a { proxy_pass http://auth.corp.example; } } }", ""},
      {"auth_request off asks nobody", server("location / { auth_request off; }\nlocation /off { proxy_pass http://auth.corp.example; }"),
       ""},
      {"a known host is an endpoint wherever it is proxied to", server("location /login { proxy_pass https://corp.okta.com; }"),
       "oidc-issuer corp.okta.com once! answer<60000\n"},
      {"an application behind the proxy is none", server("location / { proxy_pass http://app.corp.example; }"), ""},
      {"keys that are fetched for each request", server("auth_jwt_key_request /k;\nlocation /k { proxy_pass https://keys.corp.example; }"),
       "jwks keys.corp.example once! answer<60000 hold=0\n"},
      {"keys that are kept",
       server("auth_jwt_key_request /k; auth_jwt_key_cache 2h;\nlocation /k { proxy_pass https://keys.corp.example; }"),
       "jwks keys.corp.example once! answer<60000 hold=7200\n"},
      {"directories by their ports",
       "stream { server { listen 636; proxy_pass dc.corp.example:636; }\nserver { listen 5432; proxy_pass db.corp.example:5432; } }",
       "ldap dc.corp.example once!\n"},
      {"a program of Lua is passed over",
       server("access_by_lua_block { -- it's { open\n local s = \"}\" }\n" + guarded +
              "location /a { proxy_pass http://auth.corp.example; }"),
       "api-gateway-authoriser auth.corp.example once! answer<60000\n"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.what) { CHECK(printed(read_conf(row.text)) == row.uses); }
  }
}

TEST_CASE("nginx: the servers of resolver are the stub where every name goes to them", "[ingest][nginx]") {
  const std::string guarded = "location / { auth_request /a; }\nset $who auth.corp.example;\nlocation /a { proxy_pass http://$who; }\n";
  const Ingested all = read_conf(server("resolver 10.9.1.53 dns.corp.example:5353 valid=10s;" + guarded));
  REQUIRE(all.all<Stub>().size() == 1);
  const Stub stub = all.all<Stub>()[0];
  CHECK(stub.scope == "process:edge/nginx");
  CHECK(stub.rotate);
  REQUIRE(stub.servers.size() == 2);
  CHECK(stub.servers[0].address->text() == "10.9.1.53");
  CHECK(stub.servers[1].host == "dns.corp.example");
  CHECK(stub.servers[1].port == 5353);
  const Ingested some = read_conf(server("resolver 10.9.1.53;" + guarded + "location /l { proxy_pass https://corp.okta.com; }"));
  CHECK(some.all<Stub>().empty());
  REQUIRE(some.problems.size() == 1);
  CHECK(some.problems[0].message == "only some of the names go to these servers");
  CHECK(read_conf(server(guarded)).all<Stub>().empty());
}

TEST_CASE("nginx: which files make one server", "[ingest][nginx]") {
  const std::string site = "server { listen 80; location / { proxy_pass https://corp.okta.com; } }\n";
  struct Row {
    const char* what;
    std::map<std::string, std::string, std::less<>> files;
    std::vector<std::string> workloads;
  };
  const Row rows[] = {
      {"a file with its includes",
       {{"a/nginx/nginx.conf", "http { include /etc/nginx/conf.d/*.conf; }\nevents { worker_connections 1; }"},
        {"a/nginx/conf.d/x.conf", site}},
       {"process:a/nginx"}},
      {"parts that nobody includes", {{"a/nginx/conf.d/x.conf", site}, {"a/nginx/conf.d/y.conf", site}}, {"process:a/nginx"}},
      {"templates of a container", {{"gate/templates/default.conf.template", site}}, {"process:gate/nginx"}},
      {"files side by side", {{"a/one.conf", site}, {"a/two.conf", site}}, {"process:a/one", "process:a/two"}},
      {"on a host",
       {{"hosts/e/etc/resolv.conf", ""},
        {"hosts/e/etc/nginx/nginx.conf", "http { include sites-enabled/*; }\nevents { worker_connections 1; }"},
        {"hosts/e/etc/nginx/sites-enabled/x", site}},
       {"process:hosts/e/nginx"}},
      {"a site that is not enabled",
       {{"nginx/sites-available/x", site}, {"nginx/sites-enabled/y", "server { listen 80; root /srv; }\n"}},
       {}},
      {"sites where none are enabled here", {{"nginx/sites-available/x", site}}, {"process:nginx"}},
      {"a template of another language", {{"nginx/nginx.conf.j2", site}}, {}},
      {"another server's file", {{"syslog-ng/conf.d/nginx.conf", "destination d { file(\"/x\"); };\n"}}, {}}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.what) {
      std::vector<std::string> ids;
      for (const Workload& one : ingest(nginx_conf, row.files).all<Workload>()) ids.push_back(one.id);
      std::sort(ids.begin(), ids.end());
      CHECK(ids == row.workloads);
    }
  }
}

TEST_CASE("nginx: includes in a circle end, and are said once", "[ingest][nginx][hostile]") {
  const Ingested got =
      ingest(nginx_conf, {{"nginx/nginx.conf", "events { worker_connections 1; }\nhttp { include conf.d/*.conf; }\n"},
                          {"nginx/conf.d/a.conf", "server { listen 80; }\ninclude conf.d/*.conf;\ninclude conf.d/*.conf;\n"}});
  CHECK(got.facts.empty());
  CHECK(std::count_if(got.problems.begin(), got.problems.end(),
                      [](const Diagnostic& one) { return one.message.find("nested deeper") != std::string::npos; }) > 0);
  CHECK(got.problems.size() < 2000);
}

}  // namespace mainstay
