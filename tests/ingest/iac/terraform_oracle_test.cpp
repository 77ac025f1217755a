#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "ingest/iac/terraform/program.h"
#include "ingest/syntax/hcl/hcl.h"
#include "tests/ingest/ingested.h"
#include "tests/places.h"

namespace mainstay {
namespace {

namespace fs = std::filesystem;

/// Builds the oracle beside the test program; empty when Go or its HCL packages are not on this machine.
std::string built_oracle(const fs::path& folder) {
  const std::string packages = "/usr/share/gocode";
  if (!fs::exists(packages + "/src/github.com/hashicorp/hcl/v2/hclsyntax") || std::system("command -v go >/dev/null 2>&1") != 0) return {};
  const std::string program = (folder / "hcl_oracle").string();
  const std::string command = "cd '" + source_dir() + "/tests/oracle/hcl' && GO111MODULE=off GOFLAGS= GOCACHE='" +
                              (folder / "gocache").string() + "' GOPATH=" + packages + " go build -o '" + program + "' . >/dev/null 2>&1";
  return std::system(command.c_str()) == 0 ? program : std::string();
}

std::vector<std::string> answers(const std::string& oracle, const fs::path& folder, const std::vector<std::string>& cases) {
  const fs::path in = folder / "hcl_cases", out = folder / "hcl_answers";
  {
    std::ofstream file(in, std::ios::binary);
    for (std::size_t i = 0; i < cases.size(); ++i) file << (i > 0 ? std::string(1, '\0') : std::string()) << cases[i];
  }
  if (std::system(("'" + oracle + "' <'" + in.string() + "' >'" + out.string() + "'").c_str()) != 0) return {};
  std::vector<std::string> lines;
  std::ifstream file(out);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

/// Random expressions, mostly valid: a grammar with a few wrong tokens strewn in.
class Generator {
 public:
  static constexpr const char* kUnknown = "unknown_here";

  /// With `calls` the expressions call functions and name kUnknown.
  explicit Generator(unsigned seed, bool calls = false) : random_(seed), calls_(calls) {}

  std::string one_call() { return "a = " + call(2) + "\n"; }

  std::string file() {
    std::string out;
    for (unsigned i = 0, n = 1 + pick(2); i < n; ++i) out += std::string(1, static_cast<char>('a' + i)) + " = " + expression(4) + "\n";
    if (pick(8) == 0) out.insert(pick(static_cast<unsigned>(out.size())), 1, "{}[]()\"$%~,.:=!?<>\n-*#\\ax1"[pick(26)]);
    return out;
  }

 private:
  unsigned pick(unsigned n) { return n == 0 ? 0 : std::uniform_int_distribution<unsigned>(0, n - 1)(random_); }
  template <std::size_t N>
  std::string one_of(const char* const (&choices)[N]) {
    return choices[pick(N)];
  }

  std::string scalar() {
    static const char* const kScalars[] = {
        "1", "0", "2.5", "10", "3e2", "true", "false", "null", "\"\"", "\"a\"", "\"x y\"", "\"\\n\\\"\\u00e9\"", "\"$${a} %%{b}\"", "-1"};
    return one_of(kScalars);
  }

  std::string piece(int depth) {
    static const char* const kLiterals[] = {"a", " b ", "$", "%", "\\t", "$$", "-", ".", "  "};
    switch (pick(5)) {
      case 0: return "${" + trim() + expression(depth - 1) + trim() + "}";
      case 1:
        return "%{" + trim() + "if " + expression(depth - 1) + trim() + "}x " + (pick(2) == 0 ? "%{ else " + trim() + "} y" : "") +
               "%{ endif " + trim() + "}";
      case 2: return "%{ for v in [1, 2] " + trim() + "} ${v} %{ endfor }";
      default: return one_of(kLiterals);
    }
  }
  std::string trim() { return pick(4) == 0 ? "~" : ""; }

  std::string text(int depth) {
    std::string inside;
    for (unsigned i = pick(4); i-- > 0;) inside += piece(depth);
    if (pick(4) > 0) return "\"" + inside + "\"";
    std::string lines = pick(2) == 0 ? "<<EOT\n" : "<<-EOT\n";
    for (unsigned i = 1 + pick(3); i-- > 0;) lines += std::string(pick(4), ' ') + piece(depth) + "\n";
    return lines + std::string(pick(3), ' ') + "EOT\n";
  }

  /// An argument of the kind that a letter stands for; now and then of another one.
  std::string argument(char kind, int depth) {
    static const char* const kTexts[] = {"\"a\"",  "\"b\"",  "\"a-b.c\"",    "\"Ab cD\"",           "\"\"",     "\"  x \"", "\"\u00e9a\"",
                                         "\"10\"", "\"1f\"", "\"a\\nb\\n\"", "\"name,n\\na,1\\n\"", "\"x_y-z\""};
    static const char* const kNumbers[] = {"0", "1", "2", "3", "10", "-1", "2.5", "16"};
    static const char* const kLists[] = {"[\"a\", \"b\"]", "[\"b\", \"a\", \"b\"]", "[]", "[\"\", \"x\"]", "[\"a\"]"};
    static const char* const kMaps[] = {"{ a = \"x\", b = \"y\" }", "{ b = \"z\" }", "{}"};
    static const char* const kPatterns[] = {"\"[a-z]+\"", "\"(a)(b)?\"", "\"(?P<x>[a-z])-(?P<y>.)\"", "\"^$\"", "\"x*\"",
                                            "\"[0-9]+\"", "\"(\""};
    static const char* const kSought[] = {"\"a\"", "\"-\"", "\"/[a-z]/\"", "\"/(.)-(.)/\"", "\"/x*/\"", "\"/(?P<q>b)/\""};
    static const char* const kForms[] = {"\"\"", "\"_\"", "\"$2$1\"", "\"<$${q}>\"", "\"$$\"", "\"$1x\""};
    static const char* const kShapes[] = {"\"%s\"",   "\"%s-%s\"", "\"%05s|%d\"", "\"%q\"",  "\"%v%%\"",
                                          "\"%03d\"", "\"%-4s|\"", "\"%x\"",      "\"%.1f\""};
    static const char* const kDates[] = {"\"YYYY-MM-DD\"", "\"EEE, D MMM YY\"", "\"H:mm:ss aa ZZZZ\"",
                                         "\"hh'h'm Z\"",   "\"EEEE MMMM ZZZ\"", "\"HH 'o''clock' AA ZZZZZ\"",
                                         "\"YYY\"",        "\"'open\"",         "\"M/d\""};
    static const char* const kTimes[] = {"\"2018-01-02T23:12:01Z\"",
                                         "\"2020-02-29T00:05:09.25-08:00\"",
                                         "\"1969-12-31T12:00:00+05:30\"",
                                         "\"2021-02-29T00:00:00Z\"",
                                         "\"2018-01-02 23:12:01Z\"",
                                         "\"2018-01-02T24:00:00Z\"",
                                         "\"a\""};
    static const char* const kDurations[] = {"\"1h\"", "\"-36h15m\"", "\"1.5s\"", "\"500ms\"", "\"-1ns\"",
                                             "\"24\"", "\"1d\"",      "\"0\"",    "\"\""};
    if (pick(20) == 0) return expression(depth - 1);
    if (pick(10) == 0) return kUnknown;
    switch (kind) {
      case 'N': return one_of(kNumbers);
      case 'L': return pick(5) == 0 ? "[" + argument('S', depth - 1) + ", \"c\"]" : one_of(kLists);
      case 'M': return pick(5) == 0 ? "{ a = " + argument('S', depth - 1) + " }" : one_of(kMaps);
      case 'P': return one_of(kPatterns);
      case 'R': return one_of(kSought);
      case 'F': return one_of(kForms);
      case '%': return one_of(kShapes);
      case 'D': return one_of(kDates);
      case 'T': return one_of(kTimes);
      case 'I': return one_of(kDurations);
      default: return pick(3) == 0 && depth > 0 ? call(depth - 1) : one_of(kTexts);
    }
  }

  std::string call(int depth) {
    struct Row {
      const char* name;
      const char* arguments;
    };
    static constexpr Row kRows[] = {
        {"abs", "N"},           {"ceil", "N"},        {"floor", "N"},      {"signum", "N"},
        {"max", "NN"},          {"min", "NN"},        {"pow", "NN"},       {"parseint", "SN"},
        {"chomp", "S"},         {"indent", "NS"},     {"join", "SL"},      {"lower", "S"},
        {"upper", "S"},         {"title", "S"},       {"trim", "SS"},      {"trimprefix", "SS"},
        {"trimsuffix", "SS"},   {"trimspace", "S"},   {"split", "SS"},     {"strrev", "S"},
        {"substr", "SNN"},      {"replace", "SRF"},   {"replace", "SSS"},  {"regex", "PS"},
        {"regexall", "PS"},     {"format", "%S"},     {"format", "%SN"},   {"format", "%N"},
        {"formatlist", "%L"},   {"length", "S"},      {"length", "L"},     {"chunklist", "LN"},
        {"compact", "L"},       {"concat", "LL"},     {"contains", "LS"},  {"distinct", "L"},
        {"element", "LN"},      {"flatten", "L"},     {"keys", "M"},       {"values", "M"},
        {"lookup", "MSS"},      {"merge", "MM"},      {"range", "N"},      {"range", "NN"},
        {"reverse", "L"},       {"setproduct", "LL"}, {"setunion", "LL"},  {"setintersection", "LL"},
        {"setsubtract", "LL"},  {"slice", "LNN"},     {"sort", "L"},       {"zipmap", "LL"},
        {"coalescelist", "LL"}, {"csvdecode", "S"},   {"jsonencode", "L"}, {"jsonencode", "M"},
        {"jsondecode", "S"},    {"tostring", "N"},    {"tonumber", "S"},   {"toset", "L"},
        {"tomap", "M"},         {"try", "SS"},        {"can", "S"},        {"formatdate", "DT"},
        {"timeadd", "TI"},      {"coalesce", "SS"},   {"log", "NN"},       {"tobool", "S"},
        {"tolist", "L"},
    };
    const Row& row = kRows[pick(std::size(kRows))];
    std::string out = std::string(row.name) + "(";
    for (const char* kind = row.arguments; *kind != '\0'; ++kind) out += (kind == row.arguments ? "" : ", ") + argument(*kind, depth);
    return out + ")";
  }

  std::string expression(int depth) {
    if (depth <= 0) return scalar();
    if (calls_ && pick(4) == 0) return call(depth);
    static const char* const kOperators[] = {" + ", " - ", " * ", " / ", " % ", " == ", " != ", " < ", " >= ", " && ", "||"};
    const std::string a = expression(depth - 1);
    switch (pick(14)) {
      case 0: return a + one_of(kOperators) + expression(depth - 1);
      case 1: return "(" + a + ")";
      case 2: return "[" + a + ", " + expression(depth - 1) + (pick(3) == 0 ? ",]" : "]");
      case 3: return "{ a = " + a + (pick(2) == 0 ? ", " : "\n") + "\"b\" : " + expression(depth - 1) + " }";
      case 4: return expression(depth - 2) + " ? " + a + " : " + expression(depth - 1);
      case 5: return "[for k, v in [" + a + ", " + scalar() + "] : " + (pick(2) == 0 ? "k" : "v") + (pick(2) == 0 ? " if k != 1]" : "]");
      case 6: return "{for k, v in { x = " + a + ", y = 2 } : k => v" + (pick(2) == 0 ? "..." : "") + "}";
      case 7: return "[" + a + ", " + scalar() + "][" + one_of(kIndexes) + "]";
      case 8: return "{ a = " + a + " }" + one_of(kSteps);
      case 9: return "[{ a = " + a + " }, { a = 2 }]" + one_of(kSplats);
      case 10: return (pick(2) == 0 ? "!" : "-") + a;
      case 11: return text(depth - 1);
      case 12: return text(depth - 1);
      default: return scalar();
    }
  }

  static constexpr const char* const kIndexes[] = {"0", "1", "2", "1 - 1", "\"0\""};
  static constexpr const char* const kSteps[] = {".a", "[\"a\"]", ".b", "[\"${\"a\"}\"]"};
  static constexpr const char* const kSplats[] = {"[*].a", ".*.a", "[*]", ".*.a[0]", "[*].a[0]", ".0.a", "[0][\"a\"]"};
  std::mt19937 random_;
  bool calls_;
};

/// Our verdict, and our values where all of them are known. Where the only one has alternatives that are known, they are `possible`.
std::string ours(const std::string& text, std::vector<nlohmann::json>* possible = nullptr) {
  const std::map<std::string, std::string, std::less<>> files{{"case.tf", text}};
  const MemoryTree tree(files);
  const Catalogue catalogue;
  Unit unit(tree, catalogue, tree.home("case.tf"), {"case.tf"});
  Diagnostics problems;
  const hcl::Body body = hcl::parse(unit.source(), SourceId{}, problems);
  if (problems.has_errors()) return "invalid";
  if (!body.blocks.empty()) return "valid";
  std::vector<terraform::Entry> entries;
  for (const hcl::Attribute& attribute : body.attributes) {
    terraform::Program program(unit);
    terraform::Module module;
    terraform::Value value = program.evaluate(attribute.value, {&module, nullptr});
    const auto is_known = [](const iac::Alternative& one) { return one.value.is_wholly_known(); };
    const bool is_choice = value.kind == terraform::ValueKind::one_of && body.attributes.size() == 1;
    if (possible != nullptr && is_choice && std::all_of(value.alternatives.begin(), value.alternatives.end(), is_known)) {
      for (const iac::Alternative& one : value.alternatives)
        possible->push_back(nlohmann::json::parse(*terraform::json_text(terraform::Value::of_map({{attribute.name, one.value}})).known()));
    }
    if (!value.is_wholly_known()) return "valid";
    entries.push_back({attribute.name, std::move(value)});
  }
  return "valid " + *terraform::json_text(terraform::Value::of_map(std::move(entries))).known();
}

std::string verdict(const std::string& answer) { return answer.substr(0, answer.find(' ')); }

/// Equal as JSON, numbers compared as doubles within rounding, and a string with the scalar that it spells: a conditional of the reference
/// gives both its values one type, which no text shows.
bool same_json(const nlohmann::json& a, const nlohmann::json& b) {
  if (a.is_number() && b.is_number()) return a.get<double>() == Approx(b.get<double>());
  const auto spelled = [](const nlohmann::json& x) { return x.is_string() ? x.get<std::string>() : x.dump(); };
  if (a.is_primitive() && b.is_primitive() && a.is_string() != b.is_string()) return spelled(a) == spelled(b);
  if (a.type() != b.type() || a.size() != b.size()) return false;
  if (a.is_object()) {
    for (auto at = a.begin(); at != a.end(); ++at) {
      if (!b.contains(at.key()) || !same_json(at.value(), b[at.key()])) return false;
    }
    return true;
  }
  if (!a.is_array()) return a == b;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same_json(a[i], b[i])) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("hcl: verdicts and values are those of the reference implementation", "[ingest][hcl][oracle]") {
  const fs::path folder = fs::temp_directory_path() / "mainstay-hcl-oracle";
  fs::create_directories(folder);
  const std::string oracle = built_oracle(folder);
  if (oracle.empty()) {
    WARN("skipped: Go or its HCL packages are not on this machine");
    return;
  }
  std::vector<std::string> cases;
  for (const char* samples : {"samples/ingest/terraform", "tests/fuzz/seeds/hcl"}) {
    for (const fs::directory_entry& file : fs::recursive_directory_iterator(fs::path(source_dir()) / samples)) {
      if (file.path().extension() != ".tf") continue;
      std::ifstream in(file.path());
      std::stringstream text;
      text << in.rdbuf();
      cases.push_back(text.str());
    }
  }
  const char* const count = std::getenv("MAINSTAY_ORACLE_CASES");
  const unsigned n = count != nullptr ? static_cast<unsigned>(std::atoi(count)) : 2000;
  for (unsigned seed = 1; seed <= n; ++seed) cases.push_back(Generator(seed).file());
  const std::vector<std::string> theirs = answers(oracle, folder, cases);
  REQUIRE(theirs.size() == cases.size());
  std::size_t values = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::string mine = ours(cases[i]);
    INFO(cases[i]);
    INFO("reference: " << theirs[i] << "\nours: " << mine);
    CHECK(verdict(mine) == verdict(theirs[i]));
    if (mine.size() <= 6 || theirs[i].size() <= 6 || mine == "invalid" || theirs[i] == "invalid") continue;
    ++values;
    CHECK(same_json(nlohmann::json::parse(mine.substr(6)), nlohmann::json::parse(theirs[i].substr(6))));
  }
  CHECK(values > n / 10);
}

TEST_CASE("terraform: functions give what the reference gives, and nothing that depends on what is unknown",
          "[ingest][terraform][oracle]") {
  const fs::path folder = fs::temp_directory_path() / "mainstay-hcl-oracle";
  fs::create_directories(folder);
  const std::string oracle = built_oracle(folder);
  if (oracle.empty()) {
    WARN("skipped: Go or its HCL packages are not on this machine");
    return;
  }
  const char* const count = std::getenv("MAINSTAY_ORACLE_CASES");
  const unsigned n = count != nullptr ? static_cast<unsigned>(std::atoi(count)) : 4000;
  std::vector<std::string> written, cases;
  for (unsigned seed = 1; seed <= n; ++seed) {
    Generator generator(seed, true);
    written.push_back(seed % 4 == 0 ? generator.file() : generator.one_call());
    for (const char* instead : {"\"p\"", "\"q-r\""}) {
      std::string text = written.back();
      const std::string_view name = Generator::kUnknown;
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) text.replace(at, name.size(), instead);
      cases.push_back(text);
    }
  }
  const std::vector<std::string> theirs = answers(oracle, folder, cases);
  REQUIRE(theirs.size() == cases.size());
  std::size_t values = 0, choices = 0;
  for (std::size_t at = 0; at < written.size(); ++at) {
    std::vector<nlohmann::json> possible;
    const std::string mine = ours(written[at], &possible);
    INFO(written[at]);
    for (const std::string& answer : {theirs[2 * at], theirs[2 * at + 1]}) {
      INFO("reference: " << answer << "\nours: " << mine);
      CHECK(verdict(mine) == verdict(answer));
      // What is one of several values is, whatever the unknown turns out to be, one of those.
      if (!possible.empty() && answer.size() > 6 && answer != "invalid") {
        ++choices;
        const nlohmann::json theirs_said = nlohmann::json::parse(answer.substr(6));
        CHECK(std::any_of(possible.begin(), possible.end(), [&](const nlohmann::json& one) { return same_json(one, theirs_said); }));
      }
      if (mine.size() <= 6 || answer.size() <= 6 || mine == "invalid" || answer == "invalid") continue;
      ++values;
      CHECK(same_json(nlohmann::json::parse(mine.substr(6)), nlohmann::json::parse(answer.substr(6))));
    }
  }
  CHECK(values > n / 4);
  CHECK(choices > 0);
}

}  // namespace mainstay
