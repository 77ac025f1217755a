// What stands beside the native syntax: its JSON form, override files, files of variables, plans and states.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester terraform_hcl;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

/// "login.corp.example A 192.0.2.1" of every record, sorted.
std::vector<std::string> records_of(const Ingested& got) {
  std::vector<std::string> found;
  for (const Record& record : got.all<Record>()) found.push_back(record.owner.display() + " " + record.type + " " + record.data.display());
  std::sort(found.begin(), found.end());
  return found;
}

const char* const kZone = "resource \"aws_route53_zone\" \"z\" {\n  name = var.zone\n}\nvariable \"zone\" {}\n";

std::string record_of(const std::string& name, const std::string& records) {
  return "resource \"aws_route53_record\" \"" + name + "\" {\n  zone_id = aws_route53_zone.z.id\n  name = \"" + name +
         "\"\n  type = \"A\"\n  ttl = 60\n  records = " + records + "\n}\n";
}

/// A plan of one root module with these resources, and what else it has.
std::string plan_of(const std::string& resources, const std::string& more = "") {
  return R"({"format_version":"1.2","terraform_version":"1.9.5","planned_values":{"root_module":{"resources":[)" + resources + "]}}" +
         more + "}";
}

}  // namespace

TEST_CASE("terraform: both syntaxes of one module are read together", "[ingest][terraform]") {
  struct Row {
    const char* title;
    Files files;
    std::vector<std::string> records;
  };
  const std::string zone = "resource \"aws_route53_zone\" \"z\" {\n  name = \"corp.example\"\n}\n";
  const Row rows[] = {
      {"a record in JSON, its zone in HCL",
       {{"a.tf", zone},
        {"b.tf.json",
         R"({"resource":{"aws_route53_record":{"r":{"zone_id":"${aws_route53_zone.z.id}","name":"r","type":"A","records":["192.0.2.${1+1}"]}}}})"}},
       {"r.corp.example A 192.0.2.2"}},
      {"several resources of one name as a list of objects",
       {{"a.tf", zone},
        {"b.tf.json",
         R"({"resource":[{"aws_route53_record":{"r":[{"zone_id":"${aws_route53_zone.z.id}","name":"r","type":"A","records":"${[\"192.0.2.3\"]}"}]}}]})"}},
       {"r.corp.example A 192.0.2.3"}},
      {"a dynamic block",
       {{"a.tf", zone},
        {"b.tf.json",
         R"({"resource":{"aws_route53_record":{"r":{"zone_id":"${aws_route53_zone.z.id}","name":"r","type":"A","dynamic":{"alias":{"for_each":["x.example"],"content":{"name":"${alias.value}"}}}}}}})"}},
       {"r.corp.example ALIAS x.example"}},
      {"bad: a template that cannot be read leaves the rest",
       {{"a.tf", zone},
        {"b.tf.json",
         R"({"resource":{"aws_route53_record":{"r":{"zone_id":"${aws_route53_zone.z.id}","name":"r","type":"A","records":["${","192.0.2.4"]}}}})"}},
       {"r.corp.example A ${unreadable}", "r.corp.example A 192.0.2.4"}},
      {"an override file replaces one argument",
       {{"a.tf", zone + record_of("r", "[\"192.0.2.5\"]")},
        {"a_override.tf", "resource \"aws_route53_record\" \"r\" {\n  records = [\"192.0.2.6\"]\n}\n"}},
       {"r.corp.example A 192.0.2.6"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(records_of(ingest(terraform_hcl, row.files)) == row.records);
    }
}

TEST_CASE("terraform: values of variables come from where Terraform takes them", "[ingest][terraform]") {
  struct Row {
    const char* title;
    Files files;
    std::vector<std::string> zones;
  };
  const Row rows[] = {
      {"a later automatic file wins",
       {{"terraform.tfvars", "zone = \"a.example\"\n"}, {"x.auto.tfvars", "zone = \"b.example\"\n"}},
       {"b.example."}},
      {"JSON strings are taken as they are", {{"terraform.tfvars.json", R"({"zone": "a.example"})"}}, {"a.example."}},
      {"a file that must be named is a way to deploy",
       {{"terraform.tfvars", "zone = \"a.example\"\n"}, {"env/p.tfvars", "zone = \"p.example\"\n"}, {"env/q.tfvars", "other = 1\n"}},
       {"a.example.", "p.example."}},
      {"a plan was made with values, whatever files there are",
       {{"env/p.tfvars", "zone = \"p.example\"\n"}, {"plan.json", plan_of("", R"(,"variables":{"zone":{"value":"q.example"}})")}},
       {"q.example."}},
      {"a sensitive variable of a plan has no value",
       {{"plan.json",
         plan_of(
             "",
             R"(,"variables":{"zone":{"value":"q.example"}},"configuration":{"root_module":{"variables":{"zone":{"sensitive":true}}}})")}},
       {}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      Files files = row.files;
      files["main.tf"] = kZone;
      std::vector<std::string> zones;
      for (const Zone& zone : ingest(terraform_hcl, files).all<Zone>()) zones.push_back(zone.apex.text());
      std::sort(zones.begin(), zones.end());
      CHECK(zones == row.zones);
    }
}

TEST_CASE("terraform: a type gives what is optional its default", "[ingest][terraform]") {
  const std::string text =
      "variable \"hosts\" {\n  type = map(object({ ip = string, name = optional(string, \"from-type\") }))\n"
      "  default = { a = { ip = \"192.0.2.1\", more = 1 } }\n}\n"
      "resource \"aws_route53_zone\" \"z\" {\n  name = \"corp.example\"\n}\n"
      "resource \"aws_route53_record\" \"r\" {\n  zone_id = aws_route53_zone.z.id\n  for_each = var.hosts\n  name = each.value.name\n"
      "  type = \"A\"\n  records = [each.value.ip, try(each.value.more, \"192.0.2.9\")]\n}\n";
  CHECK(records_of(ingest(terraform_hcl, {{"main.tf", text}})) ==
        std::vector<std::string>{"from-type.corp.example A 192.0.2.1", "from-type.corp.example A 192.0.2.9"});
}

TEST_CASE("terraform: the records that prove a certificate stand below its names", "[ingest][terraform]") {
  const std::string text =
      "resource \"aws_acm_certificate\" \"c\" {\n  domain_name = \"login.corp.example\"\n  subject_alternative_names = "
      "[\"*.app.corp.example\"]\n}\n"
      "resource \"aws_route53_record\" \"proof\" {\n  for_each = { for o in aws_acm_certificate.c.domain_validation_options : "
      "o.domain_name => o }\n"
      "  zone_id = \"Z1\"\n  name = each.value.resource_record_name\n  type = each.value.resource_record_type\n"
      "  records = [each.value.resource_record_value]\n}\n";
  const Ingested got = ingest(terraform_hcl, {{"main.tf", text}});
  const std::string part = "${aws_acm_certificate.c.domain_validation_options}";
  CHECK(records_of(got) == std::vector<std::string>{part + ".app.corp.example CNAME " + part, part + ".login.corp.example CNAME " + part});
}

TEST_CASE("terraform: a plan fills in what the configuration leaves open, and nothing is there twice", "[ingest][terraform]") {
  const std::string planned = plan_of(
      R"({"address":"aws_route53_record.r","mode":"managed","type":"aws_route53_record","name":"r","values":{"name":"r","type":"A","ttl":60,"records":["192.0.2.8"]}},)"
      R"({"address":"aws_route53_record.only","mode":"managed","type":"aws_route53_record","name":"only","values":{"name":"only.corp.example","type":"TXT","ttl":60,"records":["planted-value-one"]},"sensitive_values":{"records":[true]}})");
  const std::string text =
      "resource \"aws_route53_zone\" \"z\" {\n  name = \"corp.example\"\n}\n" + record_of("r", "[data.external.address.result]");
  const Ingested got = ingest(terraform_hcl, {{"main.tf", text}, {"plan.json", planned}});
  CHECK(records_of(got) ==
        std::vector<std::string>{"only.corp.example TXT ${sensitive aws_route53_record.only.records}", "r.corp.example A 192.0.2.8"});
  for (const Record& record : got.all<Record>()) {
    for (const Evidence& reason : record.reasons) {
      INFO(reason.place.file << ": " << reason.place.text);
      CHECK((reason.place.file == "main.tf") == !reason.place.text.empty());
    }
  }
}

TEST_CASE("terraform: what is no whole plan is a problem, and shows no line of it", "[ingest][terraform]") {
  struct Row {
    const char* title;
    std::string text;
  };
  const Row rows[] = {
      {"cut off",
       plan_of(R"({"address":"aws_eip.e","mode":"managed","type":"aws_eip","name":"e","values":{"password":"planted-value-two")")},
      {"values that are no object",
       plan_of(
           R"({"address":"aws_eip.e","mode":"managed","type":"aws_eip","name":"e","values":3},7,{"address":4},{"password":"planted-value-two"})")},
      {"modules that are none",
       R"({"format_version":"1.2","terraform_version":"1.9.5","planned_values":{"root_module":{"child_modules":[{"child_modules":[7]},"planted-value-two"]}}})"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(terraform_hcl, {{"plan.json", row.text}});
      for (const Diagnostic& problem : got.problems) CHECK(problem.where.text.empty());
      for (const Inventory& one : got.all<Inventory>()) CHECK(one.host.display().find("planted") == std::string::npos);
    }
  CHECK_FALSE(ingest(terraform_hcl, {{"plan.json", rows[0].text}}).problems.empty());
}

}  // namespace mainstay
