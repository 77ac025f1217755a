#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester terraform_hcl;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

std::string zone(const std::string& name) { return "resource \"aws_route53_zone\" \"z\" {\n  name = \"" + name + "\"\n}\n"; }

std::string record(const std::string& name, const std::string& rest) {
  return "resource \"aws_route53_record\" \"r\" {\n  zone_id = aws_route53_zone.z.zone_id\n  name = " + name + "\n" + rest + "}\n";
}

std::vector<std::string> messages(const Ingested& got) {
  std::vector<std::string> found;
  for (const Diagnostic& problem : got.problems) found.push_back(problem.message);
  return found;
}

bool says(const Ingested& got, std::string_view part) {
  const std::vector<std::string> all = messages(got);
  return std::any_of(all.begin(), all.end(), [&](const std::string& message) { return message.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("terraform: owner names are completed as Route 53 completes them", "[ingest][terraform]") {
  struct Row {
    const char* title;
    const char* name;
    const char* owner;
  };
  const Row rows[] = {
      {"relative", "\"login\"", "login.corp.example"},
      {"whole", "\"login.corp.example\"", "login.corp.example"},
      {"with its final dot", "\"login.corp.example.\"", "login.corp.example"},
      {"in capitals", "\"LOGIN.Corp.Example\"", "LOGIN.Corp.Example"},
      {"the apex", "\"\"", "corp.example"},
      {"bad: a name that cannot be read is not the apex", "\"open", "${unreadable}"},
      {"a name that only ends alike is relative", "\"mycorp.example\"", "mycorp.example.corp.example"},
      {"an unknown part in front", "\"${var.x}.auth\"", "${var.x}.auth.corp.example"},
      {"an unknown end may be the whole", "var.x", "${var.x}"},
      {"the name of the zone", "aws_route53_zone.z.name", "corp.example"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got =
          ingest(terraform_hcl, {{"a/main.tf", zone("corp.example") + record(row.name, "  type = \"A\"\n  records = [\"192.0.2.1\"]\n")}});
      REQUIRE(got.all<Record>().size() == 1);
      CHECK(got.all<Record>()[0].owner.display() == row.owner);
      CHECK(got.all<Record>()[0].zone == "corp.example.");
    }
}

TEST_CASE("terraform: evidence stands at the line that says it", "[ingest][terraform]") {
  const Ingested got = ingest(
      terraform_hcl,
      {{"main.tf", zone("corp.example") +
                       record("\"x\"", "  type = \"A\"\n  ttl = 60\n  records = [\n    \"192.0.2.1\",\n    \"192.0.2.2\",\n  ]\n")}});
  REQUIRE(got.all<Zone>().size() == 1);
  CHECK(got.all<Zone>()[0].reasons[0].place.line == 2);
  const std::vector<Record> records = got.all<Record>();
  REQUIRE(records.size() == 2);
  CHECK(records[0].reasons[0].place.line == 10);
  CHECK(records[1].reasons[0].place.line == 11);
  CHECK(records[1].reasons[0].confidence == Confidence::declared);
  CHECK(records[0].ttl->seconds() == 60);
}

TEST_CASE("terraform: an NS record below the apex is a delegation", "[ingest][terraform]") {
  const std::string rest = "  type = \"NS\"\n  records = [\"ns1.dns.example.\", \"ns2.dns.example.\"]\n";
  const Ingested cut = ingest(terraform_hcl, {{"main.tf", zone("corp.example") + record("\"apps\"", rest)}});
  REQUIRE(cut.all<Delegation>().size() == 1);
  CHECK(cut.all<Delegation>()[0].child.host() == "apps.corp.example");
  CHECK(cut.all<Delegation>()[0].name_servers.size() == 2);
  const Ingested apex = ingest(terraform_hcl, {{"main.tf", zone("corp.example") + record("\"\"", rest)}});
  CHECK(apex.all<Delegation>().empty());
  CHECK(apex.all<Record>().size() == 2);
}

TEST_CASE("terraform: a VPC has the stub that its options give it", "[ingest][terraform]") {
  struct Row {
    const char* title;
    const char* more;
    const char* servers;
    Confidence confidence;
  };
  const std::string vpc = "resource \"aws_vpc\" \"v\" {\n";
  const std::string options =
      "}\nresource \"aws_vpc_dhcp_options\" \"o\" {\n  domain_name_servers = [\"10.9.1.53\", \"AmazonProvidedDNS\"]\n}\n"
      "resource \"aws_vpc_dhcp_options_association\" \"a\" {\n  vpc_id = aws_vpc.v.id\n  dhcp_options_id = aws_vpc_dhcp_options.o.id\n}\n";
  const Row rows[] = {
      {"no options: the documented default", "}\n", "server:aws/amazon-provided-dns/net/aws_vpc.v ", Confidence::product_default},
      {"support switched off", "  enable_dns_support = false\n}\n", "", Confidence::declared},
      {"options of its own", options.c_str(), "10.9.1.53 server:aws/amazon-provided-dns/net/aws_vpc.v ", Confidence::declared},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(terraform_hcl, {{"net/main.tf", vpc + row.more}});
      REQUIRE(got.all<Stub>().size() == 1);
      const Stub stub = got.all<Stub>()[0];
      std::string servers;
      for (const Upstream& server : stub.servers) servers += (server.address ? server.address->text() : server.server) + " ";
      CHECK(stub.scope == "vpc:net/aws_vpc.v");
      CHECK(servers == row.servers);
      CHECK(strongest(stub.reasons) == row.confidence);
    }
}

TEST_CASE("terraform: settings of functions become uses at the line of the setting", "[ingest][terraform]") {
  const std::string text =
      "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  environment {\n    variables = {\n      LOG = \"info\"\n"
      "      VAULT_ADDR = \"https://vault.corp.example:8200\"\n      A_ISSUER_URL = \"https://${var.org}.okta.com\"\n    }\n  }\n}\n";
  const Ingested got = ingest(terraform_hcl, {{"app/main.tf", text}});
  const std::vector<Use> uses = got.all<Use>();
  REQUIRE(uses.size() == 2);
  CHECK(uses[0].host.display() == "${var.org}.okta.com");
  CHECK(uses[0].reasons[0].place.line == 7);
  CHECK(uses[1].workload == "function:app/aws_lambda_function.f");
  CHECK(uses[1].role == Role::secret_store);
  CHECK(uses[1].port == 8200);
}

TEST_CASE("terraform: the values of a Helm release name endpoints at any depth", "[ingest][terraform]") {
  struct Row {
    const char* title;
    const char* values;
    const char* key;
    const char* host;
  };
  const Row rows[] = {
      {"an issuer", "values = [yamlencode({ sso = { issuer = \"https://login.corp.example\" } })]", "sso.issuer", "login.corp.example"},
      {"a document inside a value", "values = [yamlencode({ cm = { oidc = yamlencode({ issuer = \"https://login.corp.example\" }) } })]",
       "cm.oidc.issuer", "login.corp.example"},
      {"a name that is partly known", "values = [jsonencode({ issuer = \"https://login.${var.zone}/x\" })]", "issuer", "login.${var.zone}"},
      {"a variable of the environment", "values = [yamlencode({ env = [{ name = \"VAULT_ADDR\", value = \"https://v.corp.example\" }] })]",
       "VAULT_ADDR", "v.corp.example"},
      {"a key that the catalogue knows", "values = [yamlencode({ login = { issuerUrl = \"https://v.corp.example\" } })]", "login.issuerUrl",
       "v.corp.example"},
      {"a host that the catalogue knows", "values = [yamlencode({ a = { b = \"https://corp.okta.com/x\" } })]", "a.b", "corp.okta.com"},
      {"a set block", "set {\nname = \"oidc.issuer\"\nvalue = \"https://v.corp.example\"\n}", "oidc.issuer", "v.corp.example"},
      {"a list of settings", "set = [{ name = \"oidc.issuer\", value = \"https://v.corp.example\" }]", "oidc.issuer", "v.corp.example"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got =
          ingest(terraform_hcl,
                 {{"main.tf", std::string("variable \"zone\" {}\nresource \"helm_release\" \"board\" {\n") + row.values + "\n}\n"}});
      const bool is_open = std::string_view(row.values).find("var.zone") != std::string_view::npos;
      CHECK(messages(got) == (is_open ? std::vector<std::string>{"no value is given here for var.zone"} : std::vector<std::string>{}));
      REQUIRE(got.all<Workload>().size() == 1);
      REQUIRE(got.all<Use>().size() == 1);
      CHECK(got.all<Use>()[0].workload == got.all<Workload>()[0].id);
      CHECK(got.all<Use>()[0].key == row.key);
      CHECK(got.all<Use>()[0].host.display() == row.host);
    }
  const Ingested none = ingest(terraform_hcl, {{"main.tf",
                                                "resource \"helm_release\" \"b\" {\nvalues = [yamlencode({ tls = { issuer = \"x\" },"
                                                " url = \"https://b.corp.example\" }), file(\"b.yaml\")]\n}\n"}});
  CHECK(none.all<Use>().empty());
  const Ingested dex = ingest(terraform_hcl, {{"main.tf",
                                               "resource \"helm_release\" \"d\" {\nchart = \"dex\"\nvalues = [yamlencode({ config = "
                                               "{ issuer = \"https://login.corp.example\" } })]\n}\n"}});
  CHECK(dex.all<Use>().empty());
  REQUIRE(dex.all<Endpoint>().size() == 1);
  CHECK(dex.all<Endpoint>()[0].workload == dex.all<Workload>()[0].id);
}

TEST_CASE("terraform: one unit a root, with the modules it calls", "[ingest][terraform]") {
  struct Row {
    const char* title;
    Files files;
    std::vector<std::vector<std::string>> units;
  };
  const std::string a = "module \"m\" {\n source = \"../b\"\n}\n", b = "module \"m\" {\n source = \"../a\"\n}\n";
  const Row rows[] = {
      {"a folder that is called is no root", {{"a/main.tf", a}, {"b/x.tf", ""}, {"c/x.tf", ""}}, {{"a/main.tf", "b/x.tf"}, {"c/x.tf"}}},
      {"a circle has one root", {{"a/main.tf", a}, {"b/main.tf", b}}, {{"a/main.tf", "b/main.tf"}}},
      {"a call that leaves the tree is no call", {{"main.tf", a}, {"b/x.tf", ""}}, {{"b/x.tf"}, {"main.tf"}}},
      {"settings stand beside their root",
       {{"a/main.tf", ""}, {"a/terraform.tfvars", ""}, {"a/b.auto.tfvars", ""}},
       {{"a/b.auto.tfvars", "a/main.tf", "a/terraform.tfvars"}}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const MemoryTree tree(row.files);
      CHECK(terraform_hcl.gather(tree, tree.names_below("")) == row.units);
    }
}

TEST_CASE("terraform: modules that are called twice never see each other's inputs", "[ingest][terraform]") {
  const std::string root = zone("corp.example") +
                           "module \"m\" {\n  for_each = toset([\"blue\", \"green\"])\n  source = \"./site\"\n  name = each.key\n"
                           "  zone = aws_route53_zone.z.id\n}\noutput \"x\" {\n  value = module.m[\"blue\"].host\n}\n";
  const std::string site =
      "variable \"name\" {\n  default = \"wrong\"\n}\nvariable \"zone\" {\n}\nresource \"aws_route53_record\" \"r\" {\n  zone_id = "
      "var.zone\n"
      "  name = var.name\n  type = \"A\"\n  records = [\"192.0.2.1\"]\n}\noutput \"host\" {\n  value = aws_route53_record.r.name\n}\n";
  const Ingested got = ingest(terraform_hcl, {{"main.tf", root}, {"site/main.tf", site}});
  const std::vector<Record> records = got.all<Record>();
  REQUIRE(records.size() == 2);
  CHECK(records[0].owner.display() == "blue.corp.example");
  CHECK(records[1].owner.display() == "green.corp.example");
  CHECK(records[1].managed_by == "module.m[\"green\"].aws_route53_record.r");
}

TEST_CASE("terraform: what is not evaluated or not read is said, once", "[ingest][terraform]") {
  const std::string remote = "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n}\n";
  CHECK(says(ingest(terraform_hcl, {{"main.tf", remote}}), "module \"vpc\" is not read"));
  CHECK(says(ingest(terraform_hcl, {{"main.tf.json", R"({"resource": {"aws_eip": 3}})"}}), "an object is expected here"));
  CHECK(says(ingest(terraform_hcl, {{"terraform.tfvars", "a = 1\n"}}), "belong to no Terraform file"));
  CHECK(says(ingest(terraform_hcl, {{"main.tf", "locals {\n a = local.b\n b = local.a\n}\n" + zone("${local.a}")}}), "depends on itself"));
  const Ingested twice = ingest(terraform_hcl, {{"main.tf", zone("a.example") + zone("b.example")}});
  CHECK(says(twice, "declared twice"));
  CHECK(twice.all<Zone>().size() == 1);
  const std::string hashed = zone("corp.example") + record("uuid()", "  type = \"A\"\n  records = [uuid(), \"192.0.2.1\"]\n");
  const Ingested unknown = ingest(terraform_hcl, {{"main.tf", hashed}});
  CHECK(messages(unknown) == std::vector<std::string>{"the function uuid() is not evaluated here (2 times)"});
  CHECK(unknown.all<Record>().size() == 2);
}

TEST_CASE("terraform: a private zone is a view that its networks see", "[ingest][terraform]") {
  const std::string text =
      "resource \"aws_vpc\" \"v\" {\n}\nresource \"aws_route53_zone\" \"z\" {\n  name = \"corp.example\"\n  vpc {\n    vpc_id = "
      "aws_vpc.v.id\n  }\n}\n" +
      record("\"x\"", "  type = \"A\"\n  records = [\"10.9.0.1\"]\n");
  const Ingested got = ingest(terraform_hcl, {{"net/main.tf", text}});
  REQUIRE(got.all<Zone>().size() == 1);
  CHECK(got.all<Zone>()[0].visible_from == std::vector<std::string>{"vpc:net/aws_vpc.v"});
  CHECK_FALSE(got.all<Zone>()[0].view.empty());
  REQUIRE(got.all<Record>().size() == 1);
  CHECK(got.all<Record>()[0].view == got.all<Zone>()[0].view);
}

}  // namespace mainstay
