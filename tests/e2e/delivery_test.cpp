// What brings the program to people: the manual page, completions, the hook file, the action and the template. Each is run or judged.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "tests/e2e/history.h"
#include "tests/places.h"

namespace mainstay {
namespace {

const std::string kSource = source_dir();
constexpr const char* kResolv = "hosts/app/etc/resolv.conf";
constexpr const char* kTwo = "nameserver 10.0.1.53\nnameserver 10.0.2.53\n";

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool has(const char* program, const char* package) {
  if (run({"sh", "-c", std::string("command -v ") + program}, "/").status == 0) return true;
  WARN("skipped: " << program << " is not installed (Debian: " << package << ")");
  return false;
}

/// A history whose last step leaves one resolver of two.
void begin(const History& history) {
  history.write(kResolv, kTwo);
  history.write("hosts/app/opt/app/.env", "OIDC_ISSUER_URL=https://login.corp.example/\n");
  history.commit();
  history.git({"branch", "base"});
  history.git({"checkout", "-q", "-b", "work"});
  history.git({"branch", "-q", "--set-upstream-to=base"});
  history.write(kResolv, "nameserver 10.0.1.53\n");
  history.commit();
}

/// A folder with a "mainstay" in it, to put on the PATH.
std::string on_path(const ScratchFolder& bin) {
  bin.link(program_path(), "mainstay");
  return "PATH=" + bin.path() + ":/usr/bin:/bin";
}

}  // namespace

TEST_CASE("manual page: judges have nothing to complain of", "[e2e][delivery][manual]") {
  const Outcome page = mainstay({"man"});
  REQUIRE(page.status == 0);
  const ScratchFolder folder;
  folder.write("mainstay.1", page.out);
  for (const char* said : {".SH NAME", ".SS scan", ".SS gate", ".SH EXIT STATUS", "\\fB\\-\\-fail\\-on\\fR"})
    CHECK_THAT(page.out, Catch::Contains(said));
  CHECK_THAT(page.out, !Catch::Contains(".SS man\n"));
  SECTION("mandoc") {
    if (!has("mandoc", "mandoc")) return;
    const Outcome judged = run({"mandoc", "-Tlint", "-Wwarning", "mainstay.1"}, folder.path());
    INFO(judged.out << judged.err);
    CHECK(judged.status == 0);
  }
  SECTION("groff") {
    if (!has("groff", "groff-base")) return;
    const Outcome judged = run({"groff", "-man", "-Tutf8", "-wall", "-z", "mainstay.1"}, folder.path());
    INFO(judged.err);
    CHECK(judged.status == 0);
    CHECK(judged.err.empty());
  }
}

TEST_CASE("completion in bash: words of the tables, and files by the shell itself", "[e2e][delivery][completion]") {
  struct Row {
    const char* title;
    std::vector<std::string> words;  // as bash splits them; the last one is being typed
    std::set<std::string> some;      // among the answers
    std::set<std::string> none;      // not among them
    bool files;
  };
  const Row rows[] = {
      {"commands", {"mainstay", ""}, {"scan", "gate", "waive", "--help"}, {"man"}, false},
      {"the beginning of one", {"mainstay", "ex"}, {"explain"}, {"scan"}, false},
      {"options", {"mainstay", "scan", "--s"}, {"--strict", "--schema", "--snapshot"}, {"--format", "scan"}, false},
      {"values", {"mainstay", "scan", "--fail-on", "h"}, {"high"}, {"low"}, false},
      {"values behind an equals sign", {"mainstay", "scan", "--format", "=", "s"}, {"sarif"}, {"json"}, false},
      {"just behind it", {"mainstay", "scan", "--format", "="}, {"sarif", "json"}, {}, false},
      {"a value with a colon", {"mainstay", "gate", "--fail-on", "new", ":", "h"}, {"high"}, {"new:high"}, false},
      {"just behind the colon", {"mainstay", "gate", "--fail-on", "new", ":"}, {"high", "low"}, {}, false},
      {"outputs", {"mainstay", "scan", "-o", "gitlab"}, {"gitlab-sast=", "gitlab-quality="}, {"sarif="}, true},
      {"the file of one", {"mainstay", "scan", "-o", "sarif", "=", "a"}, {}, {"sarif="}, true},
      {"a file", {"mainstay", "scan", "--config", ""}, {}, {"--strict"}, true},
      {"paths", {"mainstay", "scan", "--strict", ""}, {}, {"--strict"}, true},
      {"rules", {"mainstay", "explain", "spof-r"}, {"spof-resolver"}, {"spof-idp"}, true},
      {"shells", {"mainstay", "completion", ""}, {"bash", "zsh", "fish"}, {}, false},
      {"a revision is nothing that we know", {"mainstay", "gate", "--base", ""}, {}, {"--base"}, false},
      {"nothing of a hostile word is run", {"mainstay", "scan", "$(touch ran)`touch ran`"}, {}, {}, true},
      {"nor behind an option", {"mainstay", "scan", "--format", "$(touch ran)"}, {}, {}, false},
  };
  const ScratchFolder folder;
  folder.write("mainstay.bash", mainstay({"completion", "bash"}).out);
  folder.write("$(touch ran)", "");
  folder.write("a;touch ran", "");
  folder.write("ask.bash",
               "source ./mainstay.bash\ncompopt() { [[ $1 == -o && $2 == default ]] && echo FILES; return 0; }\n"
               "COMP_WORDS=(\"$@\") COMP_CWORD=$(($# - 1))\n_mainstay\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      std::vector<std::string> command = {"bash", "--norc", "ask.bash"};
      command.insert(command.end(), row.words.begin(), row.words.end());
      const Outcome outcome = run(command, folder.path());
      INFO(outcome.out << outcome.err);
      CHECK(outcome.status == 0);
      CHECK(outcome.err.empty());
      std::set<std::string> lines;
      std::stringstream text(outcome.out);
      for (std::string line; std::getline(text, line);) lines.insert(line);
      for (const std::string& word : row.some) CHECK(lines.contains(word));
      for (const std::string& word : row.none) CHECK_FALSE(lines.contains(word));
      CHECK(lines.contains("FILES") == row.files);
      CHECK_FALSE(std::filesystem::exists(folder.path("ran")));
    }
}

TEST_CASE("completion in zsh and fish: the scripts are read, and fish answers", "[e2e][delivery][completion]") {
  const ScratchFolder folder;
  folder.write("_mainstay", mainstay({"completion", "zsh"}).out);
  folder.write("mainstay.fish", mainstay({"completion", "fish"}).out);
  folder.write("$(touch ran)", "");
  SECTION("zsh") {
    if (!has("zsh", "zsh")) return;
    const Outcome outcome =
        run({"zsh", "-f", "-c", "autoload -U compinit; compinit -D -u; source ./_mainstay; print -r -- $_comps[mainstay]"}, folder.path());
    INFO(outcome.err);
    CHECK(outcome.out == "_mainstay\n");
    CHECK(outcome.err.empty());
  }
  SECTION("fish") {
    if (!has("fish", "fish")) return;
    struct Row {
      const char* line;
      const char* some;
    };
    for (const Row& row : {Row{"mainstay ", "scan\t"},
                           {"mainstay scan --fail-on ", "critical"},
                           {"mainstay gate --fail-on new:", "new:high"},
                           {"mainstay explain spof-", "spof-resolver"},
                           {"mainstay scan -o ", "sarif="},
                           {"mainstay scan --config ", "_mainstay"}}) {
      INFO(row.line);
      const Outcome outcome = run({"env", "HOME=" + folder.path(), "fish", "--no-config", "-c",
                                   std::string("source ./mainstay.fish; complete -C '") + row.line + "'"},
                                  folder.path());
      CHECK_THAT(outcome.out, Catch::Contains(row.some));
    }
    CHECK_FALSE(std::filesystem::exists(folder.path("ran")));
  }
}

TEST_CASE("hooks for pre-commit: the entries run, and refuse what they should", "[e2e][delivery][hooks]") {
  const History history;
  begin(history);
  const ScratchFolder bin;
  const std::string path = on_path(bin);
  std::stringstream text(content(kSource + "/.pre-commit-hooks.yaml"));
  std::size_t entries = 0;
  for (std::string line; std::getline(text, line);) {
    const std::size_t at = line.find("entry: ");
    if (at == std::string::npos) continue;
    ++entries;
    std::vector<std::string> command = {"env", path};
    std::stringstream words(line.substr(at + 7));
    for (std::string word; words >> word;) command.push_back(word);
    const Outcome bad = run(command, history.folder().path());
    INFO(line << bad.out << bad.err);
    CHECK(bad.status == 1);
  }
  CHECK(entries == 2);
  SECTION("the framework takes the file") {
    if (!has("pre-commit", "pre-commit")) return;
    const ScratchFolder home;
    const Outcome judged = run({"env", "HOME=" + home.path(), "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"}, kSource);
    INFO(judged.out << judged.err);
    CHECK(judged.status == 0);
  }
}

TEST_CASE("action: what comes from outside is data", "[e2e][delivery][action]") {
  const std::string action = content(kSource + "/action.yml");
  SECTION("inputs reach the script by its environment only") {
    std::stringstream text(action);
    std::size_t runs = 0;
    std::size_t passed = 0;
    for (std::string line; std::getline(text, line);) {
      if (line.find("run: ") != std::string::npos) {
        ++runs;
        CHECK(line.find("${{") == std::string::npos);
      }
      if (line.find("${{ inputs.") != std::string::npos) {
        ++passed;
        CHECK(line.starts_with("        MAINSTAY_"));
      }
    }
    CHECK(runs == 1);
    CHECK(passed == 6);
  }
  struct Row {
    const char* title;
    std::vector<std::string> environment;
    int status;
    const char* printed;
    const char* output;
  };
  const Row rows[] = {
      {"a scan", {"MAINSTAY_PATH=."}, 1, "::error", "status=1\nsarif=mainstay.sarif\n"},
      {"a threshold", {"MAINSTAY_PATH=.", "MAINSTAY_FAIL_ON=critical"}, 0, "::", "status=0\nsarif=mainstay.sarif\n"},
      {"a change", {"MAINSTAY_PATH=.", "MAINSTAY_BASE=base", "MAINSTAY_COMMENT=c.md"}, 1, "::error", "status=1\nsarif=mainstay.sarif\n"},
      {"a change with a threshold",
       {"MAINSTAY_PATH=.", "MAINSTAY_BASE=base", "MAINSTAY_FAIL_ON=critical"},
       0,
       "::",
       "status=0\nsarif=mainstay.sarif\n"},
      {"a change that is old", {"MAINSTAY_PATH=.", "MAINSTAY_BASE=HEAD"}, 0, "", "status=0\nsarif=mainstay.sarif\n"},
      {"a hostile path", {"MAINSTAY_PATH=$(touch ran); touch ran"}, 2, "", ""},
      {"a path like an option", {"MAINSTAY_PATH=--help"}, 2, "", ""},
      {"a hostile revision", {"MAINSTAY_PATH=.", "MAINSTAY_BASE=--output=ran;touch ran"}, 2, "", ""},
      {"a hostile threshold", {"MAINSTAY_PATH=.", "MAINSTAY_FAIL_ON=high --output ran"}, 2, "", ""},
      {"a name that would be an output", {"MAINSTAY_PATH=.", "MAINSTAY_SARIF=a\nstatus=0"}, 1, "::", "status=1\nsarif=astatus=0\n"},
      {"no program", {"MAINSTAY_PATH=.", "MAINSTAY_PROGRAM=/nowhere"}, 2, "::error::mainstay is not on this runner", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const History history;
      begin(history);
      const ScratchFolder bin;
      const ScratchFolder files;
      std::vector<std::string> command = {"env", on_path(bin), "GITHUB_OUTPUT=" + files.path("output"),
                                          "GITHUB_STEP_SUMMARY=" + files.path("page"), "MAINSTAY_SARIF=mainstay.sarif"};
      command.insert(command.end(), row.environment.begin(), row.environment.end());
      command.insert(command.end(), {"bash", kSource + "/packaging/github-action.sh"});
      const Outcome outcome = run(command, history.folder().path());
      INFO(outcome.out << outcome.err);
      CHECK(outcome.status == row.status);
      CHECK_THAT(outcome.out, Catch::Contains(row.printed));
      if (*row.output != '\0') CHECK(content(files.path("output")) == row.output);
      if (row.status <= 1) CHECK_THAT(content(files.path("page")), Catch::StartsWith("## Mainstay"));
      CHECK_FALSE(std::filesystem::exists(history.folder().path("ran")));
    }
}

TEST_CASE("template for GitLab: the script judges changes and whole trees, and writes what the reports name", "[e2e][delivery][template]") {
  std::stringstream text(content(kSource + "/templates/mainstay.gitlab-ci.yml"));
  std::string script;
  std::set<std::string> reports;
  bool is_script = false;
  bool is_reports = false;
  for (std::string line; std::getline(text, line);) {
    const bool is_inside = line.starts_with("      ");
    if (is_script && is_inside) script += line.substr(6) + "\n";
    if (is_reports && is_inside) reports.insert(line.substr(line.rfind(' ') + 1));
    is_script = line == "    - |" || (is_script && is_inside);
    is_reports = line == "    reports:" || (is_reports && is_inside);
  }
  REQUIRE(reports.size() == 3);
  struct Row {
    const char* title;
    std::vector<std::string> environment;
    int status;
  };
  const Row rows[] = {
      {"a tree", {"MAINSTAY_PATH=."}, 1},
      {"a tree with a threshold", {"MAINSTAY_PATH=.", "MAINSTAY_FAIL_ON=critical"}, 0},
      {"a merge request", {"MAINSTAY_PATH=.", "CI_MERGE_REQUEST_DIFF_BASE_SHA=base"}, 1},
      {"a merge request with a threshold", {"MAINSTAY_PATH=.", "CI_MERGE_REQUEST_DIFF_BASE_SHA=base", "MAINSTAY_FAIL_ON=high"}, 1},
      {"a merge request that changes nothing", {"MAINSTAY_PATH=.", "CI_MERGE_REQUEST_DIFF_BASE_SHA=HEAD"}, 0}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const History history;
      begin(history);
      const ScratchFolder bin;
      std::vector<std::string> command = {"env", on_path(bin)};
      command.insert(command.end(), row.environment.begin(), row.environment.end());
      command.insert(command.end(), {"sh", "-eu", "-c", script});
      const Outcome outcome = run(command, history.folder().path());
      INFO(outcome.out << outcome.err);
      CHECK(outcome.status == row.status);
      for (const std::string& report : reports) CHECK_FALSE(content(history.folder().path(report)).empty());
    }
}

}  // namespace mainstay
