#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester azure_templates;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

/// "a.corp.example TXT text (note)" of every record, sorted.
std::vector<std::string> records_of(const Ingested& got) {
  std::vector<std::string> found;
  for (const Record& record : got.all<Record>()) {
    const std::string& note = record.reasons.at(0).note;
    found.push_back(record.owner.display() + " " + record.type + " " + record.data.display() + (note.empty() ? "" : " (" + note + ")"));
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// What a TXT record says whose only value is this expression.
std::vector<std::string> values_of(const Ingested& got) {
  std::vector<std::string> found;
  for (const std::string& record : records_of(got)) found.push_back(record.substr(std::string("n.corp.example TXT ").size()));
  return found;
}

std::string bicep(const std::string& expression, const std::string& more = "") {
  return more +
         "\nresource r 'Microsoft.Network/dnsZones/TXT@2018-05-01' = {\n  name: 'corp.example/n'\n  properties: {\n    TTL: 60\n"
         "    TXTRecords: [\n      { value: [" +
         expression + "] }\n    ]\n  }\n}\n";
}

std::string arm(const std::string& expression, const std::string& more = "") {
  return R"({"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",)" + more +
         R"("resources":[{"type":"Microsoft.Network/dnsZones/TXT","apiVersion":"2018-05-01","name":"corp.example/n","properties":{"TTL":60,"TXTRecords":[{"value":[")" +
         expression + R"("]}]}}]})";
}

struct Row {
  const char* title;
  const char* expression;
  const char* more;
  std::vector<std::string> values;
};

}  // namespace

TEST_CASE("bicep: expressions have the values that Azure gives them", "[ingest][azure]") {
  const Row rows[] = {
      {"interpolation", "'a${1 + 1}b'", "", {"a2b"}},
      {"escapes", "'it\\'s \\${x} \\u{e9}'", "", {"it's ${x} \u00e9"}},
      {"a text of several lines", "'''a ${b} 'c''''", "", {"a ${b} 'c'"}},
      {"precedence", "string(1 + 2 * 3 - 7 / 2)", "", {"4"}},
      {"comparison without case", "'A' =~ 'a' ? 'same' : 'other'", "", {"same"}},
      {"a variable of a variable", "b", "var a = 'x'\nvar b = '${a}.y'", {"x.y"}},
      {"a parameter's default", "p", "param p string = 'x'", {"x"}},
      {"a parameter without a value", "'${p}.corp.example'", "param p string", {"${p}.corp.example"}},
      {"what is allowed",
       "'${p}.corp.example'",
       "@allowed(['dev', 'prod'])\nparam p string = 'dev'",
       {"dev.corp.example (taken when p is dev)", "prod.corp.example (taken when p is prod)"}},
      {"a condition that is open", "p ? 'a' : 'b'", "param p bool", {"a (taken when p is true)", "b (taken when p is false)"}},
      {"a secret", "p", "@secure()\nparam p string = 'planted'", {"${secure p}"}},
      {"loops with an index", "join([for (x, i) in ['a', 'b']: '${x}${i}'], ',')", "", {"a0,b1"}},
      {"a loop with a filter", "string(length([for x in [1, 2, 3]: x]))", "", {"3"}},
      {"objects and safe steps", "o.a.b ?? 'none'", "var o = {\n  a: { b: 'x' }\n}", {"x"}},
      {"a step on the next line", "o\n        .a", "var o = { a: 'x' }", {"x"}},
      {"an index", "l[1]", "var l = [\n  'a'\n  'b'\n]", {"b"}},
      {"a map by an open key",
       "m[p]",
       "param p string\nvar m = { dev: 'd', prod: 'x' }",
       {"d (taken when p is dev)", "x (taken when p is prod)"}},
      {"text functions", "toUpper(replace(substring('abcdef', 1, 3), 'c', '-'))", "", {"B-D"}},
      {"split and join", "join(split('a.b.c', '.'), '-')", "", {"a-b-c"}},
      {"format", "format('{0}-{1}', 'a', 2)", "", {"a-2"}},
      {"union of objects", "union({ a: 'x' }, { a: 'y' }).a", "", {"y"}},
      {"the host of a vault",
       "v.properties.vaultUri",
       "resource v 'Microsoft.KeyVault/vaults@2023-02-01' existing = {\n  name: 'corp'\n}",
       {"https://corp.vault.azure.net/"}},
      {"the suffix of a vault", "'corp${environment().suffixes.keyvaultDns}'", "", {"corp.vault.azure.net"}},
      {"where the group lies", "resourceGroup().location", "", {"${resourceGroup().location}"}},
      {"bad: a variable of itself", "a", "var a = '${a}x'", {"${a}x"}},
      {"bad: no such function", "nothing('x')", "", {"${nothing('x')}"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(values_of(ingest(azure_templates, {{"main.bicep", bicep(row.expression, row.more)}})) == row.values);
    }
}

TEST_CASE("arm: expressions have the values that Azure gives them", "[ingest][azure]") {
  const Row rows[] = {
      {"a plain text", "a", "", {"a"}},
      {"a text that begins with a bracket", "[[a]", "", {"[a]"}},
      {"concat", "[concat('a', 'it''s', string(3))]", "", {"ait's3"}},
      {"parameters and variables",
       "[variables('v')]",
       R"("parameters":{"p":{"type":"string","defaultValue":"x"}},"variables":{"v":"[concat(parameters('p'), '.y')]"},)",
       {"x.y"}},
      {"if that is open",
       "[if(parameters('p'), 'a', 'b')]",
       R"("parameters":{"p":{"type":"bool"}},)",
       {"a (taken when if(parameters('p'), 'a', 'b') is true)", "b (taken when if(parameters('p'), 'a', 'b') is false)"}},
      {"a loop of variables",
       "[join(variables('v'), ',')]",
       R"("variables":{"copy":[{"name":"v","count":3,"input":"[concat('h', copyIndex('v', 1))]"}]},)",
       {"h1,h2,h3"}},
      {"members and indexes", "[variables('v').a[1]]", R"("variables":{"v":{"a":["x","y"]}},)", {"y"}},
      {"a secret", "[parameters('p')]", R"("parameters":{"p":{"type":"securestring","defaultValue":"planted"}},)", {"${secure p}"}},
      {"bad: brackets that are open", "[concat('a']", "", {"${unreadable}"}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(values_of(ingest(azure_templates, {{"main.json", arm(row.expression, row.more)}})) == row.values);
    }
}

TEST_CASE("azure: a file that is deployed by another one is read with its parameters only", "[ingest][azure]") {
  const std::string module =
      "param zone string = 'wrong.example'\nresource z 'Microsoft.Network/dnsZones@2018-05-01' = {\n  name: zone\n}\noutput apex string = "
      "z.name\n";
  const std::string main =
      "module m './zone.bicep' = [for z in ['a.example', 'b.example']: {\n  name: 'm-${z}'\n  params: { zone: z }\n}]\n" +
      bicep("m[1].outputs.apex");
  const Files files{{"main.bicep", main}, {"zone.bicep", module}};
  const Ingested got = ingest(azure_templates, files);
  std::vector<std::string> zones;
  for (const Zone& zone : got.all<Zone>()) zones.push_back(zone.apex.text());
  std::sort(zones.begin(), zones.end());
  CHECK(zones == std::vector<std::string>{"a.example.", "b.example."});
  CHECK(values_of(got) == std::vector<std::string>{"b.example"});
  const MemoryTree tree(files);
  CHECK(azure_templates.gather(tree, tree.names_below("")) == std::vector<std::vector<std::string>>{{"main.bicep", "zone.bicep"}});
}

TEST_CASE("azure: files of parameters are alternatives of one deployment", "[ingest][azure]") {
  const std::string main = bicep("p", "param p string");
  const Ingested got = ingest(azure_templates, {{"main.bicep", main},
                                                {"main.dev.bicepparam", "using './main.bicep'\nparam p = 'd'\n"},
                                                {"main.prod.bicepparam", "using './main.bicep'\nparam p = 'x'\n"}});
  CHECK(values_of(got) == std::vector<std::string>{"d (taken when the file of parameters is main.dev.bicepparam)",
                                                   "x (taken when the file of parameters is main.prod.bicepparam)"});
}

TEST_CASE("bicep: what cannot be read is a problem, and the rest is used", "[ingest][azure]") {
  struct Bad {
    const char* title;
    std::string text;
  };
  const Bad rows[] = {
      {"a text that does not end", "param a string = 'x\n"},
      {"an object that does not end", "var a = {\n  b: 1\n"},
      {"no value", "var a = \n"},
      {"a statement that is none", "hello world\n"},
      {"brackets the wrong way", "var a = [1)\n"},
      {"deep nesting", "var a = " + std::string(5000, '[') + "\n"},
      {"deep signs", "var a = " + std::string(5000, '!') + "true\n"},
  };
  for (const Bad& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(azure_templates, {{"main.bicep", row.text + bicep("'good'")}});
      CHECK_FALSE(got.problems.empty());
      if (std::string_view(row.title).find("does not end") == std::string_view::npos || row.text.starts_with("param"))
        CHECK(values_of(got) == std::vector<std::string>{"good"});
    }
}

}  // namespace mainstay
