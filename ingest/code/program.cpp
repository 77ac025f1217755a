#include "ingest/code/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/values/ascii.h"
#include "ingest/ingester.h"
#include "ingest/syntax/yaml.h"

namespace mainstay {
extern const Ingester compose_files;
}

namespace mainstay::code {
namespace {

constexpr std::size_t kMaxComposeFiles = 64;
constexpr std::size_t kMaxBuildFile = std::size_t{1} << 20;  // octets
constexpr std::size_t kMaxTargets = 256;                     // of one build file
constexpr std::size_t kMaxTarget = std::size_t{16} << 10;    // octets of what makes one
constexpr std::size_t kMaxLine = 1'000;                      // octets in which a comment may begin

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

std::string_view folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

/// The path of a file in one of the folders around it.
std::string in_folder(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : fmt::format("{}/{}", folder, name);
}

CodePurpose purpose_of_folder(std::string_view folder) {
  constexpr std::array<std::string_view, 18> kVendored = {
      "third_party", "third-party", "thirdparty", "3rdparty",     "3rd_party",   "vendor",     "vendored", "external", "externals",
      "extern",      "deps",        "_deps",      "node_modules", "subprojects", "submodules", "bundled",  "contrib",  "bower_components"};
  constexpr std::array<std::string_view, 25> kTests = {
      "test",      "tests",     "testing",   "unittest",  "unittests",    "unit_tests", "testdata", "test_data", "fuzz",
      "fuzzing",   "fuzzers",   "bench",     "benchmark", "benchmarks",   "mock",       "mocks",    "fixtures",  "gtest",
      "autotests", "selftests", "__tests__", "__mocks__", "__fixtures__", "cypress",    "e2e"};
  constexpr std::array<std::string_view, 9> kExamples = {"example", "examples", "sample",    "samples", "demo",
                                                         "demos",   "tutorial", "tutorials", "docs"};
  const std::string low = ascii_lower(folder);
  if (std::ranges::find(kVendored, low) != kVendored.end()) return CodePurpose::vendored;
  if (std::ranges::find(kTests, low) != kTests.end()) return CodePurpose::test;
  return std::ranges::find(kExamples, low) != kExamples.end() ? CodePurpose::example : CodePurpose::product;
}

/// The folders around a file, from the nearest one to the root "".
std::vector<std::string_view> folders_around(std::string_view name) {
  std::vector<std::string_view> folders;
  for (std::string_view folder = folder_of(name);; folder = folder_of(folder)) {
    folders.push_back(folder);
    if (folder.empty()) return folders;
  }
}

bool is_below(std::string_view name, std::string_view folder) {
  return folder.empty() || (name.size() > folder.size() && name.starts_with(folder) && name[folder.size()] == '/');
}

Workload process(const Unit& unit, std::string_view folder, std::string_view part) {
  const std::string path = folder.empty() ? "." : std::string(folder);
  return {.id = fmt::format("process:{}{}{}", path, part.empty() ? "" : "/", part),
          .kind = WorkloadKind::process,
          .name = std::string(part.empty() ? base_name(path) : part),
          .scope = unit.home().id};
}

/// The service that is built from the nearest folder around the file; none when several are.
std::optional<Workload> service_of(Unit& unit, const std::string& name) {
  std::optional<Workload> found;
  std::size_t longest = 0, files = 0;
  for (const std::string& compose : unit.tree().names_below("")) {
    if (compose_files.claims(compose, {}) == Claim::no || purpose_of(compose) != CodePurpose::product || ++files > kMaxComposeFiles)
      continue;
    const Result<std::string> text = unit.tree().read(compose);
    if (!text || text->find("build") == std::string::npos) continue;
    const Source source(compose, *text);
    Diagnostics ignored;  // the format of compose files reports them
    const YamlStream stream = read_yaml(source, SourceId{}, ignored);
    for (const YamlNode* document : stream.documents()) {
      for (const YamlEntry& service : (*document)["services"].entries) {
        const YamlNode& build = (*service.value)["build"];
        const std::string_view written = build.is_map() ? build["context"].text_or(".") : build.text_or("");
        const Result<std::string> context = resolve_path(compose, written);
        if (written.empty() || !context || !is_below(name, *context)) continue;
        if (context->size() + 1 == longest) found.reset();  // a second one
        if (context->size() + 1 <= longest) continue;
        longest = context->size() + 1;
        const std::string folder = folder_of(compose).empty() ? "." : std::string(folder_of(compose));
        found = Workload{.id = fmt::format("container:{}/{}", folder, service.key),
                         .kind = WorkloadKind::container,
                         .name = std::string(service.key),
                         .scope = "compose:" + folder,
                         .reasons = {Evidence::declared(source.place(service.where.begin, service.where.end))}};
      }
    }
  }
  return found;
}

struct Target {
  std::string name;
  std::size_t begin = 0, end = 0;
  bool lists = false;  // the file
};

/// The programs that a CMakeLists.txt or a meson.build makes.
std::vector<Target> targets_of(std::string_view text, std::string_view call, std::string_view file) {
  constexpr std::string_view kBreaks = " \t\r\n'\",[]()";
  std::vector<Target> targets;
  for (std::size_t at = text.find(call); at != std::string_view::npos; at = text.find(call, at + 1)) {
    if (targets.size() >= kMaxTargets) break;
    const std::string_view before = text.substr(at < kMaxLine ? 0 : at - kMaxLine, std::min(at, kMaxLine));
    if (before.substr(before.rfind('\n') + 1).find('#') != std::string_view::npos) continue;
    if (at > 0 && (is_ascii_alphanumeric(text[at - 1]) || text[at - 1] == '_')) continue;
    const std::size_t close = at + std::min(text.substr(at, kMaxTarget).find(')'), text.size() - at);
    if (close - at > kMaxTarget) continue;
    Target target{.name = {}, .begin = at, .end = close};
    std::string_view rest = text.substr(at + call.size(), close - at - call.size());
    while (!rest.empty()) {
      const std::size_t begin = std::min(rest.find_first_not_of(kBreaks), rest.size());
      rest.remove_prefix(begin);
      std::string_view word = rest.substr(0, std::min(rest.find_first_of(kBreaks), rest.size()));
      rest.remove_prefix(word.size());
      if (word.empty()) break;
      if (target.name.empty()) {
        target.name = word;
        continue;
      }
      constexpr std::string_view kHere = "${CMAKE_CURRENT_SOURCE_DIR}/";
      if (word.starts_with(kHere)) word.remove_prefix(kHere.size());
      if (word.starts_with("./")) word.remove_prefix(2);
      target.lists = target.lists || word == file;
    }
    const bool is_plain = std::all_of(target.name.begin(), target.name.end(),
                                      [](char c) { return is_ascii_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '+'; });
    if (!target.name.empty() && is_plain) targets.push_back(std::move(target));
  }
  return targets;
}

/// A file of the tree that is read through the unit; null when there is none of that name.
const Source* present(Unit& unit, const std::string& name) {
  const Result<std::string> bytes = unit.tree().read(name);
  return bytes && bytes->size() <= kMaxBuildFile ? unit.include(name, {}) : nullptr;
}

std::optional<Workload> program_in(Unit& unit, std::string_view folder, const std::string& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kKinds = {
      {{"CMakeLists.txt", "add_executable("}, {"meson.build", "executable("}}};
  const std::string_view file = std::string_view(name).substr(folder.empty() ? 0 : folder.size() + 1);
  for (const auto& [build, call] : kKinds) {
    const Source* source = present(unit, in_folder(folder, build));
    if (source == nullptr) continue;
    const std::vector<Target> targets = targets_of(source->bytes(), call, file);
    const auto lists = [](const Target& one) { return one.lists; };
    const auto target = std::find_if(targets.begin(), targets.end(), lists);
    const bool is_listed_once = std::count_if(targets.begin(), targets.end(), lists) == 1;
    if (!is_listed_once && targets.size() != 1) continue;
    const Target& found = is_listed_once ? *target : targets.front();
    Workload workload = process(unit, folder, found.name);
    workload.reasons = {Evidence::declared(source->place(static_cast<std::uint32_t>(found.begin), static_cast<std::uint32_t>(found.end)))};
    return workload;
  }
  return std::nullopt;
}

std::optional<Workload> build_folder(Unit& unit, std::string_view folder) {
  constexpr std::array<std::string_view, 21> kFiles = {
      "Dockerfile",   "Containerfile",    "CMakeLists.txt", "meson.build",  "Makefile",         "GNUmakefile",
      "Makefile.am",  "configure.ac",     "BUILD.bazel",    "BUILD",        "SConstruct",       "xmake.lua",
      "package.json", "go.mod",           "pom.xml",        "build.gradle", "build.gradle.kts", "pyproject.toml",
      "setup.py",     "requirements.txt", "Pipfile"};
  for (const std::string_view file : kFiles) {
    const Source* source = present(unit, in_folder(folder, file));
    if (source == nullptr) continue;
    Workload workload = process(unit, folder, {});
    workload.reasons = {Evidence::declared(source->place(0, 0))};
    return workload;
  }
  return std::nullopt;
}

}  // namespace

CodePurpose purpose_of(std::string_view name) {
  const std::string_view base = base_name(name);
  for (std::string_view rest = name; rest.size() > base.size();) {
    const std::string_view folder = rest.substr(0, rest.find('/'));
    if (const CodePurpose purpose = purpose_of_folder(folder); purpose != CodePurpose::product) return purpose;
    rest.remove_prefix(folder.size() + 1);
  }
  constexpr std::array<std::string_view, 5> kEnds = {"_test", "_tests", "_unittest", "-test", "_mock"};
  const std::string stem = ascii_lower(base.substr(0, base.find('.')));
  const std::string low = ascii_lower(base);
  if (low.find(".min.") != std::string::npos) return CodePurpose::vendored;
  const bool is_class =
      base.ends_with("Test.java") || base.ends_with("Tests.java") || base.ends_with("Test.cs") || base.ends_with("Tests.cs");
  const bool is_test = is_class || low.find(".test.") != std::string::npos || low.find(".spec.") != std::string::npos ||
                       stem.starts_with("test_") || stem.starts_with("tst_") ||
                       std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return stem.ends_with(end); });
  return is_test ? CodePurpose::test : CodePurpose::product;
}

std::string_view word(CodePurpose purpose) {
  constexpr std::array<std::string_view, 4> kWords = {"code of the product", "test code", "example code", "code of others"};
  return kWords[static_cast<std::size_t>(purpose)];
}

Workload workload_of(Unit& unit) {
  const std::string name = unit.source().name();
  if (std::optional<Workload> service = service_of(unit, name)) return *std::move(service);
  std::optional<Workload> fallback;
  for (const std::string_view folder : folders_around(name)) {
    if (std::optional<Workload> program = program_in(unit, folder, name)) return *std::move(program);
    if (!fallback) fallback = build_folder(unit, folder);
    if (fallback && present(unit, in_folder(folder, "CMakeLists.txt")) == nullptr) break;  // its makers may stand above
  }
  if (fallback) return *std::move(fallback);
  Workload workload = process(unit, {}, {});
  workload.reasons = {Evidence::assumed("nothing says which program the source files belong to: they are taken together")};
  return workload;
}

}  // namespace mainstay::code
