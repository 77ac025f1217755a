// Trees that somebody made to hurt: the program ends in time, in little memory, with an honest status, and prints nothing raw.
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

std::string times(std::string_view text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (; count > 0; --count) all += text;
  return all;
}

std::string nested(std::string_view open, std::string_view inside, std::string_view close) {
  constexpr std::size_t kDeep = 10'000;
  return times(open, kDeep) + std::string(inside) + times(close, kDeep);
}

/// No octet that a terminal obeys: only printable ASCII, line feeds, and UTF-8 without the second set of controls.
bool is_harmless(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto octet = static_cast<unsigned char>(text[at]);
    if ((octet < 0x20 && octet != '\n') || octet == 0x7f) return false;
    if (octet == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0) return false;
    if (text.substr(at).starts_with("\u202e")) return false;
  }
  return true;
}

void check_survives(const std::vector<std::string>& arguments, const std::string& folder) {
  constexpr std::size_t kMost = std::size_t{2} << 30;
  const Outcome outcome = mainstay(arguments, folder);
  INFO("mainstay " << arguments.front() << " took " << outcome.seconds << " s, " << (outcome.peak_octets >> 20) << " MiB; " << outcome.err);
  CHECK((outcome.status == 0 || outcome.status == 1 || outcome.status == 3));
  CHECK((is_sanitized() || outcome.peak_octets < kMost));
  CHECK(is_harmless(outcome.out));
  CHECK(is_harmless(outcome.err));
}

void check_all_commands(const ScratchFolder& tree) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"scan", "."},
                                                    {"scan", ".", "--errors"},
                                                    {"scan", ".", "--format", "json"},
                                                    {"scan", ".", "--format", "sarif"},
                                                    {"facts", "."},
                                                    {"graph", ".", "-o", "map.dot"},
                                                    {"graph", ".", "-o", "map.mmd"}}) {
    check_survives(arguments, tree.path());
  }
}

/// Ten levels of ten aliases each.
std::string alias_bomb(std::string_view head, std::string_view key) {
  std::string text = std::string(head) + "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int level = 1; level < 10; ++level) {
    const std::string number = std::to_string(level);
    text += "a" + number + ": &a" + number + " [" + times("*a" + std::to_string(level - 1) + ",", 10) + "]\n";
  }
  return text + std::string(key) + ": *a9\n";
}

constexpr std::string_view kPod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";
constexpr std::string_view kSoa = "@ 3600 IN SOA ns1 root 1 2 3 4 5\n";

}  // namespace

TEST_CASE("hostile: 10,000 levels of everything, and aliases of aliases", "[e2e][hostile]") {
  const ScratchFolder tree;
  tree.write("lists.tf", "locals {\n  x = " + nested("[", "1", "]") + "\n}\n");
  tree.write("blocks.tf", nested("a {\n", "", "}\n"));
  tree.write("brackets.tf", "locals {\n  x = " + nested("(", "1", ")") + "\n}\n");
  tree.write("choices.tf", "locals {\n  x = " + nested("true ? ", "1", " : 2") + "\n}\n");
  tree.write("templates.tf", "locals {\n  x = " + nested("\"${", "1", "}\"") + "\n}\n");
  tree.write("not.tf", "locals {\n  x = " + times("!", 10'000) + "true\n}\n");
  tree.write("a.tf.json", R"({"locals": )" + nested("[", "1", "]") + "}");
  tree.write("b.tf.json", nested(R"({"locals": )", "1", "}"));
  tree.write("flow.yaml", std::string(kPod) + "spec: " + nested("[", "1", "]") + "\n");
  tree.write("maps.yaml", std::string(kPod) + "spec: " + nested("{a: ", "1", "}") + "\n");
  tree.write("dashes.yaml", std::string(kPod) + "spec:\n  " + times("- ", 10'000) + "1\n");
  tree.write("bomb.yaml", alias_bomb(kPod, "spec"));
  tree.write("docker-compose.yml", alias_bomb("", "services"));
  tree.write("Corefile", nested(".:53 {\n", "", "}\n"));
  tree.write("unbound/unbound.conf", times("server:\n", 10'000) + times("include: ", 10'000) + "\n");
  tree.write("unbound/unbound-a.conf", "include: unbound-b.conf\n");
  tree.write("unbound/unbound-b.conf", "include: unbound-a.conf\n");
  tree.write("deep.example.zone", "$ORIGIN deep.example.\n" + nested("( ", kSoa, " )") + "\n");
  tree.write("many.example.zone", "$ORIGIN many.example.\n" + std::string(kSoa) + "$GENERATE 0-4294967295 h$ A 10.0.0.1\n");
  check_all_commands(tree);
}

TEST_CASE("hostile: escape sequences do not reach the terminal", "[e2e][hostile]") {
  const ScratchFolder tree;
  const std::string escape = "\x1b[2J\x1b]0;title\x07\u009b31m\u202e";
  tree.write("etc/resolv.conf", "nameserver 10.0.0.1\nnameserver 10.0.0.2" + escape + "\noptions " + escape + "\n");
  tree.write("opt/app" + escape + "/.env", "OIDC_ISSUER_URL=https://corp.okta.com/" + escape + "\nVAULT_ADDR=https://v" + escape +
                                               ".example\n" + escape + "_ISSUER_URL=https://b.okta.com\n");
  tree.write("pod" + escape + ".yaml",
             "apiVersion: v1\nkind: Pod\nmetadata: {name: \"a\\e[2J\", namespace: \"b\\e]0;x\\a\"}\nspec: {containers: [{name: \"c\\e[1m\","
             " env: [{name: VAULT_ADDR, value: \"https://v\\e[2J.example\"}, {name: OIDC_ISSUER_URL, value: \"https://a.okta.com\"}]}]}\n");
  tree.write("main.tf", "resource \"aws_route53_record\" \"a" + escape + "\" {\n  name = \"x" + escape +
                            ".example\"\n  type = \"CNAME\"\n  records = [\"y" + escape + ".example\"]\n}\n");
  tree.write("corp.example.zone",
             "$ORIGIN corp.example.\n" + std::string(kSoa) + "@ NS ns" + escape + "\n\\027[2Jvault 300 IN CNAME \\027[2J.dead.example.\n");
  tree.write("query.log",
             "01-Jan-2026 10:00:00.000 client @0x7f 10.0.0.9#1 (a" + escape + "): query: a" + escape + ".example IN A + (10.0.0.1)\n");
  tree.write("facts.jsonl",
             "{\"fact\":\"scope\",\"id\":\"host:a\\u001b[2J\",\"kind\":\"host\",\"name\":\"a\\u001b[2J\"}\n" + escape + "\n");
  check_all_commands(tree);
  check_survives({"scan", ".", "--logs", "query.log", "--facts", "facts.jsonl", "--min", "info"}, tree.path());
  const std::string workload = "opt/app" + escape;
  const Outcome unknown = mainstay({"whatif", ".", "--down", workload}, tree.path());
  CHECK(is_harmless(unknown.out + unknown.err));
}

TEST_CASE("hostile: octets that are no text, names that are too long", "[e2e][hostile]") {
  const ScratchFolder tree;
  const std::string wrong = "\xff\xfe\xc3( \xed\xa0\x80";
  tree.write("\xff\xfe/etc/resolv.conf", "nameserver 10.0.0.1\n" + wrong + " 10.0.0.1\nnameserver 10.0.0." + wrong + "\n");
  tree.write("opt/.env", "VAULT_ADDR=https://v" + wrong + ".example\nOIDC_ISSUER_URL=https://a.okta.com\n");
  tree.write("\xed\xa0\x80.yaml", std::string(kPod) + "spec: " + wrong + "\n");
  tree.write("line\nfeed.tf", "resource \"a\" \"b\" {\n  x = \"" + wrong + "\"\n}\n");
  tree.write("Corefile", ". {\n  forward . 10.0.0." + wrong + "\n}\n");
  tree.write("text.example.zone", "$ORIGIN text.example.\n" + std::string(kSoa) + wrong + " A 10.0.0.1\n");
  tree.write("long.example.zone", "$ORIGIN long.example.\n" + std::string(kSoa) + std::string(64, 'a') + " A 10.0.0.1\n" +
                                      times(std::string(60, 'b') + ".", 5) + " A 10.0.0.2\n$ORIGIN " +
                                      times(std::string(60, 'c') + ".", 4) + "\n" + std::string(60, 'd') + " A 10.0.0.3\n@ NS " +
                                      times("e.", 500) + "\n");
  tree.write("long/.env", "VAULT_ADDR=https://" + times(std::string(60, 'f') + ".", 6) + "example\n");
  check_all_commands(tree);
  const Outcome errors = mainstay({"scan", ".", "--errors"}, tree.path());
  CHECK(errors.status == 3);
  CHECK(errors.out.find("long.example.zone:3:1: error") != std::string::npos);
}

TEST_CASE("hostile: links that lead round, out and nowhere", "[e2e][hostile]") {
  const ScratchFolder tree;
  const ScratchFolder outside;
  outside.write("etc/resolv.conf", "nameserver 203.0.113.66\n");
  tree.link(".", "round/self");
  tree.link("../round", "round/up");
  tree.link("b", "round/a");
  tree.link("a", "round/b");
  tree.link("/", "out/root");
  tree.link(outside.path(), "out/host");
  tree.link(outside.path("etc/resolv.conf"), "host/etc/resolv.conf");
  tree.write("host/opt/app/.env", "OIDC_ISSUER_URL=https://corp.okta.com\n");
  std::string deep = "deep";
  for (int at = 0; at < 200; ++at) deep += "/d";
  tree.write(deep + "/.env", "VAULT_ADDR=https://vault.corp.example\n");
  tree.fifo("host/opt/app/.env.fifo");
  check_all_commands(tree);
  CHECK(mainstay({"facts", "."}, tree.path()).out.find("203.0.113.66") == std::string::npos);
}

TEST_CASE("hostile: facts that are garbage", "[e2e][hostile]") {
  const ScratchFolder folder;
  const std::string good = R"({"fact":"scope","id":"host:a","kind":"host","name":"a"})";
  folder.write("facts.jsonl", good + "\nnot json\n{\"fact\":\"nothing\"}\n[]\n{\"fact\":\"scope\"}\n" + nested("[", "", "]") + "\n" +
                                  std::string(17 << 20, 'x') + "\n\xff\xfe\n{\"fact\":\"scope\",\"id\":1e999}\n" + good);
  check_survives({"scan", "--facts", "facts.jsonl"}, folder.path());
  const Outcome errors = mainstay({"scan", "--facts", "facts.jsonl", "--errors"}, folder.path());
  CHECK(errors.status == 3);
  for (const char* line : {":2:", ":3:", ":4:", ":5:", ":6:", ":7:", ":8:", ":9:"}) {
    INFO(line);
    CHECK(errors.out.find(std::string("facts.jsonl") + line) != std::string::npos);
  }
  CHECK(errors.out.find("facts.jsonl:10:") == std::string::npos);
}

TEST_CASE("hostile: one long line in a file of every format", "[e2e][hostile][large]") {
  constexpr std::size_t kRead = std::size_t{16} << 20;  // below the limit of one file, so that it is parsed
  constexpr std::size_t kTooMuch = std::size_t{100} << 20;
  struct Row {
    const char* name;
    std::string_view begin;
  };
  const Row rows[] = {
      {"etc/resolv.conf", "nameserver "},
      {"app/.env", "VAULT_ADDR=https://"},
      {"unbound/unbound.conf", "server: interface: "},
      {"Corefile", ". { forward . "},
      {"a.example.zone", "a.example. 3600 IN SOA "},
      {"pod.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: "},
      {"docker-compose.yml", "{services: {a: "},
      {"main.tf", "locals { a = \""},
      {"main.tf.json", "{\"locals\": {\"a\": \""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.name) {
      const ScratchFolder tree;
      tree.write(row.name, std::string(row.begin) + std::string(is_sanitized() ? kRead / 8 : kRead, 'a'));
      check_survives({"scan", "."}, tree.path());
    }
  SECTION("100 MiB each: past the limit of one file") {
    const ScratchFolder tree;
    for (const Row& row : rows) {
      tree.write(row.name, row.begin);
      std::filesystem::resize_file(tree.path(row.name), kTooMuch);
    }
    const Outcome outcome = mainstay({"scan", "."}, tree.path());
    CHECK(outcome.status == 3);
    CHECK(outcome.peak_octets < (std::size_t{1} << (is_sanitized() ? 30 : 28)));
  }
}

}  // namespace mainstay
