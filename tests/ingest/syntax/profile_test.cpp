#include "ingest/syntax/profile.h"

#include <catch2/catch.hpp>

namespace mainstay {
namespace {

/// Sections and settings on one line: "[realms] A{kdc=x kdc=y}".
std::string shown(const std::vector<Setting>& settings) {
  std::string out;
  for (const Setting& one : settings) {
    if (!out.empty()) out += ' ';
    out += one.key + (one.block.empty() ? "=" + one.value : "{" + shown(one.block) + "}");
  }
  return out;
}

struct Read {
  std::string shown;
  std::vector<ProfileProblem> problems;
};

Read read(std::string_view text, ProfileDialect dialect) {
  Read out;
  const std::vector<Section> sections =
      read_profile(text, SourceId{}, dialect, [&](ProfileProblem problem) { out.problems.push_back(std::move(problem)); });
  for (const Section& section : sections) {
    if (!out.shown.empty()) out.shown += ' ';
    out.shown += "[" + section.name + "]";
    if (!section.settings.empty()) out.shown += ' ' + shown(section.settings);
  }
  return out;
}

}  // namespace

TEST_CASE("profile: sections, settings and blocks", "[ingest][profile]") {
  constexpr ProfileDialect krb5 = ProfileDialect::krb5;
  constexpr ProfileDialect ini = ProfileDialect::ini;
  struct Row {
    const char* title;
    const char* text;
    ProfileDialect dialect;
    const char* shown;
    std::size_t problems;
  };
  const Row rows[] = {
      {"a block", "[realms]\n A = {\n  kdc = x\n  kdc = y:88\n }\n", krb5, "[realms] A{kdc=x kdc=y:88}", 0},
      {"final marks", "[a]*\n k* = v\n b = {\n  c = d\n }*\n", krb5, "[a] k=v b{c=d}", 0},
      {"quotes and escapes", "[a]\nk = \"two words\\t\\\"x\\\"\" \n", krb5, "[a] k=two words\t\"x\"", 0},
      {"directives before the first section", "include /etc/other.conf\nincludedir /etc/krb5.conf.d\n[a]\nk=v\n", krb5,
       "[] include=/etc/other.conf includedir=/etc/krb5.conf.d [a] k=v", 0},
      {"comments, CRLF, a byte order mark", "\xef\xbb\xbf# one\r\n; two\r\n[a]\r\nk = v # kept\r\n", krb5, "[a] k=v # kept", 0},
      {"lines of a template engine", "[a]\n{% if x %}\nk = v\n{% else %}\nk = w\n{# note #}\n<% end %>\n", krb5, "[a] k=v k=w", 0},
      {"a continued value", "[a]\nk = one,\n   two\n\tthree\nl = x\n", ini, "[a] k=one, two three l=x", 0},
      {"an indented setting is no continuation in krb5.conf", "[a]\n k = one\n   l = two\n", krb5, "[a] k=one l=two", 0},
      {"an empty value", "[a]\nk =\n", ini, "[a] k=", 0},
      {"bad: no setting; the rest is read", "[a]\nwords only\nk = v\n", ini, "[a] k=v", 1},
      {"bad: no key", "[a]\n= v\nk = v\n", ini, "[a] k=v", 1},
      {"bad: a section without its bracket", "[a\nk = v\n", ini, "[] k=v", 1},
      {"bad: a block that is never closed", "[a]\nb = {\n k = v\n", krb5, "[a] b{k=v}", 1},
      {"bad: a block that the next section ends", "[a]\nb = {\n k = v\n[c]\nd = e\n", krb5, "[a] b{k=v} [c] d=e", 1},
      {"bad: a brace too many", "[a]\n}\nk = v\n", krb5, "[a] k=v", 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Read got = read(row.text, row.dialect);
      CHECK(got.shown == row.shown);
      CHECK(got.problems.size() == row.problems);
    }
}

TEST_CASE("profile: ten thousand open blocks are bounded and said once each way", "[ingest][profile][hostile]") {
  std::string text = "[a]\n";
  for (int at = 0; at < 10000; ++at) text += "b = {\n";
  for (int at = 0; at < 10000; ++at) text += "}\n";
  text += "[c]\nk = v\n";
  const Read got = read(text, ProfileDialect::krb5);
  CHECK(got.shown.ends_with("[c] k=v"));
  REQUIRE(got.problems.size() == 1);
  CHECK(got.problems[0].message.find("too deep") != std::string::npos);
}

}  // namespace mainstay
