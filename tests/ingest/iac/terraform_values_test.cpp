#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester terraform_hcl;

namespace {

/// A TXT record whose only value is this expression.
std::string text_of(const std::string& expression, const std::string& more) {
  return "resource \"aws_route53_record\" \"r\" {\n zone_id = \"z\"\n name = \"n.example.com\"\n type = \"TXT\"\n records = [" +
         expression + "]\n}\n" + more;
}

/// What a TXT record says whose only value is this expression: the way by which any value becomes visible.
std::string value_of(const std::string& expression, const std::string& more = "") {
  const std::string text = text_of(expression, more);
  const Ingested got = ingest(terraform_hcl, {{"main.tf", text}});
  const std::vector<Record> records = got.all<Record>();
  return records.empty() ? "nothing" : records[0].data.display();
}

}  // namespace

TEST_CASE("terraform: what is open keeps every alternative, with what decides it", "[ingest][terraform]") {
  struct Row {
    const char* title;
    const char* expression;
    const char* more;
    std::vector<std::string> values;  // with the note of each
  };
  const std::string stage =
      "variable \"stage\" {\n validation {\n condition = contains([\"dev\", \"prod\"], var.stage)\n error_message = \"\"\n }\n}\n";
  const Row rows[] = {
      {"a condition", "var.x ? \"a\" : \"b\"", "", {"a (taken when var.x is true)", "b (taken when var.x is false)"}},
      {"inside a name",
       "\"${var.x ? \"a\" : \"b\"}.corp.example\"",
       "",
       {"a.corp.example (taken when var.x is true)", "b.corp.example (taken when var.x is false)"}},
      {"one condition twice",
       "\"${var.x ? \"a\" : \"b\"}-${var.x ? 1 : 2}\"",
       "",
       {"a-1 (taken when var.x is true)", "b-2 (taken when var.x is false)"}},
      {"a directive",
       "\"%{ if var.x }a.%{ endif }corp.example\"",
       "",
       {"a.corp.example (taken when var.x is true)", "corp.example (taken when var.x is false)"}},
      {"try with something that may fail",
       "try(var.x.y, \"d\")",
       "",
       {"${var.x.y} (taken when var.x.y is there)", "d (taken when var.x.y is not there)"}},
      {"coalesce with something that may be null",
       "coalesce(var.x, \"d\")",
       "",
       {"${var.x} (taken when var.x is set)", "d (taken when var.x is not set)"}},
      {"a map by an open key",
       "{ dev = \"d.example\", prod = \"example\" }[terraform.workspace]",
       "",
       {"d.example (taken when terraform.workspace is dev)", "example (taken when terraform.workspace is prod)"}},
      {"lookup with a default",
       "lookup({ dev = \"d.example\" }, var.x, \"example\")",
       "",
       {"d.example (taken when var.x is dev)", "example (taken when var.x is another)"}},
      {"try around a map by an open key",
       "try({ a = \"x\", b = \"y\" }[var.x], \"d\")",
       "",
       {"d (taken when { a = \"x\", b = \"y\" }[var.x] is not there)", "x (taken when var.x is a)", "y (taken when var.x is b)"}},
      {"what a validation allows",
       "\"${var.stage}.example\"",
       stage.c_str(),
       {"dev.example (taken when var.stage is dev)", "prod.example (taken when var.stage is prod)"}},
      {"what a validation allows decides a condition",
       "var.stage == \"prod\" ? \"example\" : \"${var.stage}.example\"",
       stage.c_str(),
       {"dev.example (taken when var.stage is dev)", "example (taken when var.stage is prod)"}},
      {"a function of it",
       "upper(join(\"-\", [var.x ? \"a\" : \"b\", \"c\"]))",
       "",
       {"A-C (taken when var.x is true)", "B-C (taken when var.x is false)"}},
      {"try takes what a resource certainly computes",
       "try(aws_lb.l.dns_name, \"d\")",
       "resource \"aws_lb\" \"l\" {\n}\n",
       {"${aws_lb.l.dns_name}"}},
      {"try where the resource may not be there",
       "try(aws_lb.l[0].dns_name, \"d\")",
       "resource \"aws_lb\" \"l\" {\n count = var.x ? 1 : 0\n}\n",
       {"${aws_lb.l[0].dns_name} (taken when var.x is true)", "d (taken when var.x is false)"}},
      {"the same condition inside and outside",
       "var.x ? aws_lb.l[0].dns_name : \"d\"",
       "resource \"aws_lb\" \"l\" {\n count = var.x ? 1 : 0\n}\n",
       {"${aws_lb.l[0].dns_name} (taken when var.x is true)", "d (taken when var.x is false)"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(terraform_hcl, {{"main.tf", text_of(row.expression, row.more)}});
      std::vector<std::string> seen;
      for (const Record& record : got.all<Record>()) {
        const std::string& note = record.reasons.at(0).note;
        seen.push_back(record.data.display() + (note.empty() ? "" : " (" + note + ")"));
      }
      std::sort(seen.begin(), seen.end());
      CHECK(seen == row.values);
    }
}

TEST_CASE("terraform: expressions have the values that Terraform gives them", "[ingest][terraform]") {
  struct Row {
    const char* title;
    const char* expression;
    const char* value;
  };
  const Row rows[] = {
      {"arithmetic with precedence", "1 + 2 * 3 - 4 / 2", "5"},
      {"a fraction", "1 / 4", "0.25"},
      {"comparison and logic", "1 < 2 && !(3 == 4) || false", "true"},
      {"conditional on a known value", "2 > 1 ? \"yes\" : \"no\"", "yes"},
      {"numbers in templates", "\"a${1 + 1}b\"", "a2b"},
      {"directives", "\"%{ if true }x%{ else }y%{ endif }%{ for i in [1, 2] }${i}%{ endfor }\"", "x12"},
      {"for with a condition", "join(\",\", [for s in [\"a\", \"b\"] : upper(s) if s != \"a\"])", "B"},
      {"for over a map", "join(\",\", [for k, v in { b = 2, a = 1 } : \"${k}${v}\"])", "a1,b2"},
      {"grouping for", "join(\",\", {for s in [\"ax\", \"ay\", \"bz\"] : substr(s, 0, 1) => s...}[\"a\"])", "ax,ay"},
      {"full splat", "join(\",\", [{ x = [1, 2] }, { x = [3, 4] }][*].x[1])", "2,4"},
      {"attribute splat then index", "[{ x = 1 }, { x = 2 }].*.x[1]", "2"},
      {"splat of a single value", "join(\",\", \"a\"[*])", "a"},
      {"trimsuffix takes the text, not its letters", "trimsuffix(\"login.mocom.com\", \".com\")", "login.mocom"},
      {"trimprefix takes the text, not its letters", "trimprefix(\"www.wiki.example.com\", \"www.\")", "wiki.example.com"},
      {"format", "format(\"%s-%03d%%\", \"a\", 7)", "a-007%"},
      {"replace and split", "join(\"+\", split(\".\", replace(\"a-b\", \"-\", \".\")))", "a+b"},
      {"merge, lookup, keys", "\"${lookup(merge({ a = 1 }, { a = 2 }), \"a\", 3)}${keys({ z = 1 })[0]}\"", "2z"},
      {"element wraps", "element([\"a\", \"b\"], 3)", "b"},
      {"toset sorts and removes", "join(\",\", toset([\"b\", \"a\", \"b\"]))", "a,b"},
      {"flatten, distinct, compact, reverse", "join(\",\", reverse(compact(distinct(flatten([[\"a\", \"\"], [\"b\", [\"a\"]]])))))", "b,a"},
      {"coalesce", "coalesce(null, \"\", \"x\")", "x"},
      {"try goes past a missing key", "try({ a = 1 }.b, \"default\")", "default"},
      {"cidrhost from both ends", "\"${cidrhost(\"10.9.0.0/16\", 258)} ${cidrhost(\"10.9.0.0/24\", -2)}\"", "10.9.1.2 10.9.0.254"},
      {"cidrsubnet", "\"${cidrsubnet(\"10.9.0.0/16\", 8, 3)} ${cidrsubnet(\"2001:db8::/32\", 16, 1)}\"", "10.9.3.0/24 2001:db8:1::/48"},
      {"jsonencode sorts keys", "jsonencode({ b = [1, null], a = \"x\" })", R"({"a":"x","b":[1,null]})"},
      {"an unknown part keeps the rest", "\"auth.${var.env}.example.com\"", "auth.${var.env}.example.com"},
      {"join keeps unknown items in place", "join(\".\", [\"a\", var.x, \"b\"])", "a.${var.x}.b"},
      {"lower works around a hole", "lower(\"AUTH.${var.env}.COM\")", "auth.${var.env}.com"},
      {"trimsuffix behind a hole", "trimsuffix(\"${var.env}.example.com.\", \".\")", "${var.env}.example.com"},
      {"an unknown condition between equals decides nothing", "var.x ? \"a\" : \"a\"", "a"},
      {"false && unknown is false", "false && var.x", "false"},
      {"functions that are not evaluated are holes", "bcrypt(\"x\")", "${bcrypt(\"x\")}"},
      {"a date in words", "formatdate(\"EEEE, DD-MMM-YY hh:mm:ss ZZZ\", \"2018-01-02T23:12:01Z\")", "Tuesday, 02-Jan-18 23:12:01 UTC"},
      {"a date with a text in it", "formatdate(\"H 'o''clock' aa, M/D/YYYY Z\", \"2020-02-29T00:05:09-08:00\")",
       "12 o'clock am, 2/29/2020 -08:00"},
      {"bad: a verb that is none", "formatdate(\"YYY\", \"2018-01-02T23:12:01Z\")", "${formatdate(\"YYY\", \"2018-01-02T23:12:01Z\")}"},
      {"time added over the end of a year", "timeadd(\"2023-12-31T23:59:59+01:00\", \"1h0m1.5s\")", "2024-01-01T01:00:00+01:00"},
      {"time taken away", "timeadd(\"2024-03-01T00:00:00Z\", \"-24h\")", "2024-02-29T00:00:00Z"},
      {"bad: a duration without a unit", "timeadd(\"2024-03-01T00:00:00Z\", \"24\")", "${timeadd(\"2024-03-01T00:00:00Z\", \"24\")}"},
      {"times in different zones",
       "\"${timecmp(\"2017-11-22T01:00:00+01:00\", \"2017-11-22T00:00:00Z\")}${timecmp(\"2017-11-22T00:00:00Z\", "
       "\"2017-11-22T00:00:01Z\")}\"",
       "0-1"},
      {"a UUID of a name", "uuidv5(\"dns\", \"www.terraform.io\")", "a5008fae-b28c-5ba5-96cd-82b4c53552d6"},
      {"abspath knows what lies behind the folder", "abspath(\"./a/../b/x.json\")", "${path.cwd}/b/x.json"},
      {"digests", "\"${sha1(\"a\")} ${md5(\"a\")}\"", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8 0cc175b9c0f1b6a831c399e269772661"},
      {"base64 both ways", "\"${base64encode(\"a b?\")} ${base64decode(\"YSBi\")} ${base64sha256(\"\")}\"",
       "YSBiPw== a b 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
      {"octets that are no text", "base64decode(\"/w==\")", "${base64decode(\"/w==\")}"},
      {"urlencode", "urlencode(\"a b/ü~\")", "a+b%2F%C3%BC~"},
      {"cidrsubnets fills up", "join(\" \", cidrsubnets(\"10.1.0.0/16\", 4, 8, 4, 8))",
       "10.1.0.0/20 10.1.16.0/24 10.1.32.0/20 10.1.48.0/24"},
      {"cidrsubnets without room", "join(\" \", cidrsubnets(\"10.1.0.0/16\", 1, 1, 1))",
       "${join(\" \", cidrsubnets(\"10.1.0.0/16\", 1, 1, 1))}"},
      {"matchkeys and transpose", "\"${matchkeys([\"x\", \"y\"], [1, 2], [2])[0]}${transpose({ a = [\"k\"], b = [\"k\"] })[\"k\"][1]}\"",
       "yb"},
      {"try goes past a pattern that does not match", "try(regex(\"[0-9]+\", \"abc\"), \"none\")", "none"},
      {"the last label by a pattern", "regex(\"[^.]+$\", \"login.corp.example\")", "example"},
      {"a pattern that takes other engines for ever", "length(regexall(\"(a+)+$\", \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"))",
       "0"},
      {"a pattern of a text with a hole", "replace(\"a.${var.x}\", \"/a/\", \"b\")", "${replace(\"a.${var.x}\", \"/a/\", \"b\")}"},
      {"yamldecode of a text", "yamldecode(\"a: {b: [x, y]}\").a.b[1]", "y"},
      {"paths", "\"${basename(\"a/b.tf\")} ${dirname(\"a/./c/b.tf\")} ${path.module}\"", "b.tf a/c ."},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(value_of(row.expression) == row.value);
    }
}

TEST_CASE("terraform: references are followed inside a module", "[ingest][terraform]") {
  struct Row {
    const char* title;
    const char* expression;
    const char* more;
    const char* value;
  };
  const Row rows[] = {
      {"local of local of variable", "local.a", "locals {\n a = \"${local.b}!\"\n b = var.v\n}\nvariable \"v\" {\n default = \"d\"\n}\n",
       "d!"},
      {"a variable without a value", "var.v", "variable \"v\" {\n}\n", "${var.v}"},
      {"an argument of a resource", "aws_s3_bucket.b.bucket", "resource \"aws_s3_bucket\" \"b\" {\n bucket = \"site\"\n}\n", "site"},
      {"an attribute that a provider computes", "aws_lb.l.dns_name", "resource \"aws_lb\" \"l\" {\n}\n", "${aws_lb.l.dns_name}"},
      {"an attribute that follows from an argument", "azurerm_linux_web_app.a.default_hostname",
       "resource \"azurerm_linux_web_app\" \"a\" {\n name = \"shop\"\n}\n", "shop.azurewebsites.net"},
      {"the name of a data source", "data.aws_route53_zone.z.name", "data \"aws_route53_zone\" \"z\" {\n name = \"corp.example\"\n}\n",
       "corp.example"},
      {"one of several instances", "aws_eip.e[1].tag", "resource \"aws_eip\" \"e\" {\n count = 2\n tag = \"t${count.index}\"\n}\n", "t1"},
      {"one of named instances", "aws_eip.e[\"b\"].tag",
       "resource \"aws_eip\" \"e\" {\n for_each = toset([\"a\", \"b\"])\n tag = each.value\n}\n", "b"},
      {"a splat over instances", "join(\",\", aws_eip.e[*].tag)",
       "resource \"aws_eip\" \"e\" {\n count = 2\n tag = \"t${count.index}\"\n}\n", "t0,t1"},
      {"how many is unknown: one stands for all", "aws_eip.e[0].tag", "resource \"aws_eip\" \"e\" {\n count = var.n\n tag = \"t\"\n}\n",
       "t"},
      {"a nested block", "aws_lb.l.access[0].bucket", "resource \"aws_lb\" \"l\" {\n access {\n  bucket = \"logs\"\n }\n}\n", "logs"},
      {"a circle of locals", "local.a", "locals {\n a = local.b\n b = local.a\n}\n", "${local.a}"},
      {"something that is not declared", "aws_eip.nothing.public_ip", "", "${aws_eip.nothing.public_ip}"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(value_of(row.expression, row.more) == row.value);
    }
}

TEST_CASE("terraform: files of the tree are read, and no others", "[ingest][terraform]") {
  struct Row {
    const char* title;
    const char* expression;
    const char* value;
  };
  const Row rows[] = {
      {"a text", "chomp(file(\"${path.module}/files/host.txt\"))", "idp.corp.example"},
      {"a document", "yamldecode(file(\"files/names.yaml\")).hosts[1].name", "b.corp.example"},
      {"a template", "templatefile(\"files/url.tftpl\", { host = \"idp\", zones = [\"a\", \"b\"] })", "https://idp.a.b.example/"},
      {"a template with something unknown", "templatefile(\"files/url.tftpl\", { host = var.host, zones = [] })",
       "https://${var.host}.example/"},
      {"files by a pattern", "join(\" \", fileset(path.module, \"files/*.{txt,yaml}\"))", "files/host.txt files/names.yaml"},
      {"files at any depth", "join(\" \", fileset(\".\", \"**/*.txt\"))", "files/host.txt"},
      {"a file that is there", "fileexists(\"files/host.txt\")", "true"},
      {"a file that may be made later", "fileexists(\"made.txt\")", "${fileexists(\"made.txt\")}"},
      {"a file that is not there", "file(\"made.txt\")", "${file(\"made.txt\")}"},
      {"a way out of the tree", "file(\"../../etc/passwd\")", "${file(\"../../etc/passwd\")}"},
      {"an absolute path", "file(\"/etc/passwd\")", "${file(\"/etc/passwd\")}"},
      {"no text", "file(\"files/image.bin\")", "${file(\"files/image.bin\")}"},
      {"a template that is wrong", "templatefile(\"files/bad.tftpl\", {})", "unreadable"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const std::string text =
          "resource \"aws_route53_record\" \"r\" {\n zone_id = \"z\"\n name = \"n.example.com\"\n type = \"TXT\"\n records = [" +
          std::string(row.expression) + "]\n}\n";
      const Ingested got = ingest(terraform_hcl, {{"main.tf", text},
                                                  {"files/host.txt", "idp.corp.example\n"},
                                                  {"files/names.yaml", "hosts:\n  - name: a.corp.example\n  - name: b.corp.example\n"},
                                                  {"files/url.tftpl", "https://${host}%{ for zone in zones }.${zone}%{ endfor }.example/"},
                                                  {"files/bad.tftpl", "a${b"},
                                                  {"files/image.bin", "\xff\xfe"}});
      const std::vector<Record> records = got.all<Record>();
      REQUIRE(records.size() == 1);
      const std::string value = records[0].data.display();
      CHECK((value == row.value || value == "${" + std::string(row.value) + "}"));
    }
}

TEST_CASE("terraform: hostile values end in holes, quickly", "[ingest][terraform]") {
  std::string doubling = "locals {\n l0 = \"0123456789\"\n m0 = [1, 2]\n";
  for (int i = 1; i < 64; ++i) {
    const std::string a = std::to_string(i), b = std::to_string(i - 1);
    doubling += " l" + a + " = \"${local.l" + b + "}${local.l" + b + "}\"\n m" + a + " = [local.m" + b + ", local.m" + b + "]\n";
  }
  CHECK(value_of("local.l63", doubling + "}\n").find("${") == 0);
  CHECK(value_of("length(flatten(local.m63))", doubling + "}\n").find("${") == 0);
  std::string chain = "locals {\n c0 = \"end\"\n";
  for (int i = 1; i < 20000; ++i) chain += " c" + std::to_string(i) + " = local.c" + std::to_string(i - 1) + "\n";
  CHECK(value_of("local.c19999", chain + "}\n").find("${") == 0);
  CHECK(value_of("[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]").find("${") == 0);
}

}  // namespace mainstay
