// The gate on a history of small steps: each commit has its expected verdict.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/e2e/history.h"
#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

constexpr const char* kResolv = "hosts/app/etc/resolv.conf";
constexpr const char* kZone = "zones/corp.example.zone";
constexpr const char* kEnv = "hosts/app/opt/app/.env";
constexpr const char* kUnbound = "hosts/dns/etc/unbound/unbound.conf";

const std::string kOne = "nameserver 10.0.1.53\n";
const std::string kTwo = "nameserver 10.0.1.53\nnameserver 10.0.2.53\n";
const std::string kNeed = "OIDC_ISSUER_URL=https://login.corp.example/\n";
const std::string kForwarders = "server:\n  interface: 10.0.9.53\nforward-zone:\n  name: \".\"\n  forward-addr: 10.9.9.1\n";

/// The zone, with parts of it exchanged.
struct ZoneText {
  const char* second_server = "@ 86400 IN NS ns1.dns-two.example.\n";
  const char* login = "login 300 IN A 192.0.2.10\n";
  const char* more = "www 300 IN A 192.0.2.80\n";

  std::string text() const {
    return std::string("$ORIGIN corp.example.\n@ 3600 IN SOA ns1.dns-one.example. root.corp.example. 1 7200 900 1209600 300\n") +
           "@ 86400 IN NS ns1.dns-one.example.\n" + second_server + login + more;
  }
};

using Change = std::pair<const char*, std::string>;
const std::string kGone = "\1";  // the file is taken away

struct Step {
  const char* title;
  std::vector<Change> files;
  int status;
  std::vector<const char*> said;
  std::vector<std::string> options = {};
};

std::vector<Step> steps() {
  const std::string zone = ZoneText{}.text();
  return {
      {"a file that is not ours", {{"README.md", "y\n"}}, 0, {"unchanged 0", "PASS"}},
      {"lines that move", {{kResolv, "# one\n\n" + kTwo}}, 0, {"PASS"}},
      {"one resolver is left",
       {{kResolv, kOne}},
       1,
       {"host:hosts/app asks 10.0.1.53, 10.0.2.53 → 10.0.1.53", "single faults 1 → 2", "NEW\nH  spof-resolver", "FAIL  1 new or worse"}},
      {"its address changes: the same trouble as before", {{kResolv, "nameserver 10.0.3.53\n"}}, 0, {"MOVED", "PASS"}},
      {"one more workload without a second resolver",
       {{"hosts/app/opt/more/.env", kNeed}},
       1,
       {"WORSE   now takes access from 1 workload more", "workloads 1 → 2"}},
      {"the workload goes", {{"hosts/app/opt/more/.env", kGone}}, 0, {"is no longer needed by: process:hosts/app/opt/more", "PASS"}},
      {"old debt closes a gate that asks for it", {{"README.md", "z\n"}}, 1, {"FAIL  1 at or above high"}, {"--fail-on", "any:high"}},
      {"two resolvers again", {{kResolv, kTwo}}, 0, {"FIXED\n  H  spof-resolver", "PASS"}},
      {"one resolver, and a reason for it",
       {{kResolv, "nameserver 10.0.1.53 # mainstay: allow spof-resolver -- a lab\n"}},
       0,
       {"ACCEPTED BY THIS CHANGE", "in-place: a lab", "PASS"}},
      {"the reason goes: nothing is worse than before", {{kResolv, kOne}}, 0, {"unchanged 1", "PASS"}},
      {"two resolvers once more", {{kResolv, kTwo}}, 0, {"FIXED"}},
      {"one name server is left",
       {{kZone, ZoneText{.second_server = ""}.text()}},
       1,
       {"corp.example NS ns1.dns-one.example, ns1.dns-two.example → ns1.dns-one.example", "spof-nameserver",
        "1) change the NS set of corp.example in the zone and at its parent", "2) wait 86400 s"}},
      {"a second name server",
       {{kZone, zone}},
       0,
       {"FIXED", "1) let ns1.dns-two.example answer for corp.example and compare serial and answers"}},
      {"a TTL is raised",
       {{kZone, ZoneText{.login = "login 86400 IN A 192.0.2.10\n"}.text()}},
       0,
       {"login.corp.example A TTL 300 → 86400", "PASS"}},
      {"an address changes under a long TTL",
       {{kZone, ZoneText{.login = "login 300 IN A 192.0.2.20\n"}.text()}},
       0,
       {"login.corp.example A 192.0.2.10 → 192.0.2.20", "1) lower the TTL of login.corp.example A from 86400 to 60, and wait 86400 s",
        "2) keep 192.0.2.10 working for 60 s"}},
      {"a record that no sign-in path uses",
       {{kZone, ZoneText{.login = "login 300 IN A 192.0.2.20\n", .more = "www 300 IN A 192.0.2.81\n"}.text()}},
       0,
       {"besides  1 changed record set that no sign-in path uses"}},
      {"a file gets another name",
       {{kZone, kGone},
        {"dns/corp.example.zone", ZoneText{.login = "login 300 IN A 192.0.2.20\n", .more = "www 300 IN A 192.0.2.81\n"}.text()}},
       0,
       {"2 files changed", "unchanged 0", "PASS"}},
      {"and its old one back", {{"dns/corp.example.zone", kGone}, {kZone, zone}}, 0, {"PASS"}},
      {"a changed file with an error in it",
       {{kResolv, kTwo + "nameserver nonsense\n"}},
       3,
       {"NOT EVALUATED\n  hosts/app/etc/resolv.conf   an error in it", "UNKNOWN"}},
      {"another file, while the error stays", {{"README.md", "a\n"}}, 0, {"PASS"}},
      {"the same, strictly", {{"README.md", "b\n"}}, 3, {"something that the change did not touch could not be read"}, {"--strict"}},
      {"the error is mended", {{kResolv, kTwo}}, 0, {"PASS"}},
      {"content that is kept elsewhere",
       {{"zones/other.example.zone", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"}},
       3,
       {"zones/other.example.zone   its content is kept in Git LFS"}},
      {"which goes", {{"zones/other.example.zone", kGone}}, 0, {"PASS"}},
      {"a folder is not looked at any more",
       {{".mainstayignore", "hosts/app/etc/\n"}},
       3,
       {"hosts/app/etc/resolv.conf   it was read before and is not now"}},
      {"and is again", {{".mainstayignore", kGone}}, 0, {"PASS"}},
      {"settings that open the gate",
       {{".mainstay.toml", "[gate]\nfail-on = \"none\"\n"}, {kResolv, kOne}},
       0,
       {"NEW\nH  spof-resolver", "PASS"}},
      {"settings that cannot be used", {{".mainstay.toml", "[gate]\nfail-on = \"hihg\"\n"}}, 3, {".mainstay.toml   an error in it"}},
      {"no settings, and two resolvers", {{".mainstay.toml", kGone}, {kResolv, kTwo}}, 0, {"FIXED", "PASS"}},
      {"the record of the identity provider goes",
       {{kZone, ZoneText{.login = ""}.text()}},
       1,
       {"removes  login.corp.example A 192.0.2.10", "LOCKED OUT", "FAIL  1 workload locked out; 0 new"}},
      {"and comes back", {{kZone, zone}}, 0, {"1) publish login.corp.example A and wait 300 s before anybody needs it", "PASS"}},
      {"a resolver of our own with one forwarder",
       {{kResolv, "nameserver 10.0.9.53\nnameserver 10.0.2.53\n"}, {kUnbound, kForwarders}},
       0,
       {"adds     server:hosts/dns/unbound forwards . to 10.9.9.1"}},
      {"everything goes",
       {{kZone, kGone}, {kResolv, kGone}, {kEnv, kGone}, {"hosts/dns", kGone}},
       3,
       {"no file of the head is of a format that mainstay knows"}},
  };
}

}  // namespace

TEST_CASE("gate: a history of small steps, each with its verdict", "[e2e][gate]") {
  const History history;
  history.write(kResolv, kTwo);
  history.write(kEnv, kNeed);
  history.write(kZone, ZoneText{}.text());
  history.write("hosts/dns/etc/resolv.conf", "nameserver 127.0.0.1\n");
  history.write("README.md", "x\n");
  history.commit();
  const std::vector<Step> all = steps();
  REQUIRE(all.size() >= 30);
  for (const Step& step : all) {
    for (const auto& [name, text] : step.files) text == kGone ? history.remove(name) : history.write(name, text);
    history.commit();
    const Outcome outcome = history.gate(step.options);
    INFO(step.title << "\n" << outcome.out << outcome.err);
    CHECK(outcome.status == step.status);
    for (const char* said : step.said) CHECK_THAT(outcome.out, Catch::Contains(said));
  }
}

TEST_CASE("gate: what is wrong with the command line or the repository", "[e2e][gate]") {
  const History history;
  history.write(kResolv, kTwo);
  history.commit();
  struct Row {
    const char* title;
    std::vector<std::string> arguments;
    const char* said;
  };
  const Row rows[] = {{"no base", {"gate"}, "--base is required"},
                      {"no such revision", {"gate", "--base", "nowhere"}, "'nowhere' is no revision here"},
                      {"an option for a revision", {"gate", "--base=--help"}, "'--help' is no revision"},
                      {"a file for a revision", {"gate", "--base", "HEAD:README.md"}, "is no revision here"},
                      {"no repository", {"gate", "/", "--base", "HEAD"}, "not a git repository"},
                      {"no such folder", {"gate", "nowhere", "--base", "HEAD"}, "nowhere"},
                      {"escape sequences", {"gate", "--base", "a\x1b[2J"}, "a\\x1b[2J"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Outcome outcome = mainstay(row.arguments, history.folder().path());
      INFO(outcome.err);
      CHECK(outcome.status == 2);
      CHECK_THAT(outcome.err, Catch::Contains(row.said));
    }
}

TEST_CASE("gate: the repository is only read, and nothing that it names is run", "[e2e][gate]") {
  const History history;
  history.write(kResolv, kTwo);
  history.write(kEnv, kNeed);
  history.commit();
  history.write(kResolv, kOne);
  history.commit();
  const std::string mark = history.folder().path("was-run");
  for (const char* key : {"core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.hooksPath", "core.attributesFile"})
    history.git({"config", key, "touch " + mark + "; false"});
  history.git({"config", "filter.x.smudge", "touch " + mark});
  history.git({"config", "pager.ls-tree", "touch " + mark});
  history.write(".git/info/attributes", "* filter=x export-ignore\n");
  history.write(kResolv, "never committed\n");
  const ScratchFolder temporary;
  const std::string before = history.git({"rev-parse", "HEAD"});
  const Outcome outcome =
      run({"env", "TMPDIR=" + temporary.path(), "GIT_DIR=/nowhere", program_path(), "gate", "--base", "HEAD~1"}, history.folder().path());
  INFO(outcome.out << outcome.err);
  CHECK(outcome.status == 1);
  CHECK_FALSE(std::filesystem::exists(mark));
  CHECK(std::filesystem::is_empty(temporary.path()));
  CHECK(history.git({"rev-parse", "HEAD"}) == before);
  std::ifstream in(history.folder().path(kResolv));
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == "never committed\n");
}

TEST_CASE("gate: links, submodules and names that no file should have", "[e2e][gate]") {
  const History history;
  history.write(kResolv, kTwo);
  history.write(kEnv, kNeed);
  history.commit();
  SECTION("a link out of the repository is not followed") {
    history.folder().link("/etc/resolv.conf", "hosts/b/etc/resolv.conf");
    history.commit();
    const Outcome outcome = history.gate();
    CHECK(outcome.out.find("host:hosts/b asks") == std::string::npos);
  }
  SECTION("a submodule") {
    history.git({"update-index", "--add", "--cacheinfo", "160000," + history.git({"rev-parse", "HEAD"}) + ",vendor"});
    history.git({"commit", "-q", "-m", "step"});
    const Outcome outcome = history.gate();
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.out, Catch::Contains("vendor   a submodule is another repository"));
  }
  SECTION("a file that is larger than anything that is read") {
    history.write("large.zone", "");
    std::filesystem::resize_file(history.folder().path("large.zone"), std::uintmax_t{65} << 20);
    history.commit();
    const Outcome outcome = history.gate();
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.out, Catch::Contains("large.zone   larger than the limit of 67108864 octets"));
    history.write(".mainstayignore", "*.zone\n");
    history.write("large.zone", "x");
    history.commit();
    CHECK(history.gate().status == 0);
  }
  SECTION("a folder that lies too deep") {
    std::string deep;
    for (int count = 0; count < 70; ++count) deep += "d/";
    history.write(deep + "resolv.conf", "nameserver 10.0.0.1\n");
    history.commit();
    const Outcome outcome = history.gate();
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.out, Catch::Contains("more than 64 folders inside each other"));
  }
  SECTION("a tree with a name that leads out") {
    const std::string blob = history.git({"hash-object", "-w", kResolv});
    std::string octets;
    for (std::size_t at = 0; at < blob.size(); at += 2) octets += static_cast<char>(std::stoi(blob.substr(at, 2), nullptr, 16));
    std::string tree = "100644 ..";
    tree += '\0';
    history.write("tree", tree + octets);
    const std::string id = history.git({"hash-object", "-t", "tree", "-w", "--literally", "tree"});
    const std::string commit = history.git({"commit-tree", id, "-p", "HEAD", "-m", "step"});
    const Outcome outcome = mainstay({"gate", "--base", "HEAD", "--head", commit}, history.folder().path());
    INFO(outcome.out << outcome.err);
    CHECK(outcome.status == 3);
    CHECK_THAT(outcome.out, Catch::Contains("its name is no name of a file"));
  }
}

TEST_CASE("gate: a folder of the repository, a common ancestor, and JSON", "[e2e][gate]") {
  const History history;
  history.write("infra/" + std::string(kResolv), kTwo);
  history.write("infra/" + std::string(kEnv), kNeed);
  history.write("other/" + std::string(kResolv), kTwo);
  history.write("other/" + std::string(kEnv), kNeed);
  history.commit();
  history.git({"branch", "trunk"});
  history.write("other/" + std::string(kResolv), kOne);
  history.commit();
  CHECK(mainstay({"gate", "infra", "--base", "HEAD~1"}, history.folder().path()).status == 0);
  const Outcome other = mainstay({"gate", "other", "--base", "HEAD~1", "--format", "json"}, history.folder().path());
  REQUIRE(other.status == 1);
  const auto report = nlohmann::json::parse(other.out);
  CHECK(report["verdict"] == "fail");
  CHECK(report["new"][0]["rule"] == "spof-resolver");
  CHECK(report["new"][0]["evidence"][0]["file"] == kResolv);
  // The trunk went on and is better than the branch: against it the branch looks worse, against their common ancestor it is not.
  history.write("other/" + std::string(kResolv), kOne);
  history.git({"checkout", "-q", "-b", "side", "HEAD"});
  history.write("README.md", "x\n");
  history.commit();
  CHECK(mainstay({"gate", ".", "--base", "trunk"}, history.folder().path()).status == 1);
  history.git({"checkout", "-q", "-B", "trunk", "HEAD~1"});
  history.write("other/" + std::string(kResolv), kTwo);
  history.commit();
  CHECK(mainstay({"gate", ".", "--base", "trunk", "--head", "side"}, history.folder().path()).status == 1);
  CHECK(mainstay({"gate", ".", "--base", "trunk", "--head", "side", "--merge-base"}, history.folder().path()).status == 0);
}

}  // namespace mainstay
