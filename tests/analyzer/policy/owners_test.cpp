#include "analyzer/policy/owners.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

namespace mainstay {
namespace {

std::string owners(const char* name, std::string text, std::string_view path, std::size_t problems = 0) {
  Diagnostics said;
  const Owners read = Owners::read(Source(name, std::move(text)), said);
  CHECK(said.all().size() == problems);
  return fmt::format("{}", fmt::join(read.of(path), " "));
}

}  // namespace

TEST_CASE("owners: GitHub's patterns, the last match wins", "[analyzer][policy][owners]") {
  const std::string text =
      "# everything\n"
      "* @all\n"
      "*.js @js # scripts\n"
      "/build/logs/ @logs someone@example.com\n"
      "docs/* docs@example.com\n"
      "apps/ @apps\n"
      "/scripts/ @org/scripts\n"
      "**/vault @vault\n"
      "/apps/github\n"
      "a\\ b/ @blank\n";
  struct Row {
    const char* path;
    const char* owners;
  };
  const Row rows[] = {{"README.md", "@all"},
                      {"deep/down/x.js", "@js"},
                      {"build/logs/a/b", "@logs someone@example.com"},
                      {"x/build/logs/a", "@all"},
                      {"docs/start.md", "docs@example.com"},
                      {"docs/more/deep.md", "@all"},
                      {"x/docs/start.md", "@all"},
                      {"apps/x/y", "@apps"},
                      {"x/apps/y", "@apps"},
                      {"scripts/a.sh", "@org/scripts"},
                      {"x/scripts/a.sh", "@all"},
                      {"x/y/vault/config", "@vault"},
                      {"vault", "@vault"},
                      {"apps/github", ""},
                      {"apps/github/a", ""},
                      {"a b/c", "@blank"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.path) {
      CHECK(owners("CODEOWNERS", text, row.path) == row.owners);
    }
}

TEST_CASE("owners: GitLab's patterns and sections", "[analyzer][policy][owners]") {
  const std::string text =
      "* @all\n"
      "internal/README.md @internal\n"
      "/docs/* @docs\n"
      "[Database][2] @dba\n"
      "model/db/\n"
      "config/setup.md @setup\n"
      "^[Docs]\n"
      "*.md @writers\n"
      "[DATABASE]\n"
      "late.md @late\n";
  struct Row {
    const char* path;
    const char* owners;
  };
  const Row rows[] = {{"x", "@all"},
                      {"a/b/internal/README.md", "@internal @writers"},
                      {"docs/a", "@docs"},
                      {"docs/b/a", "@all"},
                      {"x/model/db/a.rb", "@all @dba"},
                      {"config/setup.md", "@all @setup @writers"},
                      {"late.md", "@all @late @writers"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.path) {
      CHECK(owners(".gitlab/CODEOWNERS", text, row.path) == row.owners);
    }
}

TEST_CASE("owners: lines that cannot be used are left out", "[analyzer][policy][owners]") {
  struct Row {
    const char* title;
    const char* line;
  };
  const Row rows[] = {{"bad: negated", "!/x @b"},
                      {"bad: a range", "/[xy] @b"},
                      {"bad: no owner", "/x someone"},
                      {"bad: an owner that is markup", "/x <script>@b"}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(owners("CODEOWNERS", "* @a\n" + std::string(row.line) + "\n", "x", 1) == "@a");
    }
  CHECK(owners("CODEOWNERS", "[Name\n* @a\n", "x", 1) == "@a");
  CHECK(owners("CODEOWNERS", std::string(4 << 20, '\n') + "* @a\n", "x", 1).empty());
}

TEST_CASE("owners: hostile patterns take no time", "[analyzer][policy][owners]") {
  std::string text;
  for (int count = 0; count < 1000; ++count) text += "**/a*a*a*a*a*a*a*a*a*b/**/c @a\n";
  CHECK(owners("CODEOWNERS", text, std::string(200, 'a') + "/x").empty());
}

}  // namespace mainstay
