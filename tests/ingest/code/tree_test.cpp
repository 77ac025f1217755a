// What the syntax tree adds to the tokens: pieces that the tokens alone miss or take for something else, each beside what they do see.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>

#include "ingest/code/ast/compile_flags.h"
#include "ingest/code/ast/stub_headers.h"
#include "ingest/code/ast/wire.h"
#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester c_and_cpp;

namespace {

Catalogue rows() {
  Catalogue catalogue;
  catalogue.add(KnownKey{.pattern = "VAULT_ADDR", .role = Role::secret_store, .source = "test"});
  catalogue.add(KnownHost{.pattern = "**.okta.com", .role = Role::oidc_issuer, .provider = "okta", .source = "test"});
  catalogue.add(KnownHost{.pattern = "login.microsoftonline.com", .role = Role::sts, .provider = "microsoft", .source = "test"});
  return catalogue;
}

/// "corp.okta.com CURLOPT_URL (syntax tree)", one line each use, sorted.
std::string shown(const Ingested& got) {
  std::vector<std::string> lines;
  for (const Use& use : got.all<Use>()) {
    std::string line = use.host.display();
    if (use.port) line += fmt::format(":{}", *use.port);
    line += " " + use.key;
    for (const Evidence& reason : use.reasons) {
      if (reason.confidence == Confidence::declared && !reason.note.empty()) line += " (" + reason.note + ")";
    }
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, "\n"));
}

using Files = std::map<std::string, std::string, std::less<>>;

struct Row {
  const char* title;
  const char* code;
  const char* uses;
};

constexpr const char* kHeader = R"x(#pragma once
#define IDP_ORG "corp"
#define IDP_HOST IDP_ORG ".okta.com"
constexpr const char *kHost = "header.okta.com";
enum Place { kHere };
struct Hosts { static constexpr const char *kIssuer = "member.okta.com"; static const std::string kName; };
inline const std::string Hosts::kName = "name.okta.com";
)x";

constexpr const char* kIncludes = R"x(#include <string>
#include <curl/curl.h>
#include <ldap.h>
#include <boost/asio.hpp>
#include <fmt/format.h>
#include <aws/sts/STSClient.h>
#include <azure/identity.hpp>
#include <openssl/ssl.h>
#include <hosts.h>
using boost::asio::ip::tcp;
#define SET_URL(handle, url) curl_easy_setopt(handle, CURLOPT_URL, url)
)x";

Ingested read_with_header(const std::string& text) {
  return ingest(c_and_cpp, {{"src/main.cpp", kIncludes + text}, {"src/hosts.h", kHeader}}, rows());
}

void check(const Row& row) {
  DYNAMIC_SECTION(row.title) { CHECK(shown(read_with_header(row.code)) == row.uses); }
}

}  // namespace

TEST_CASE("syntax tree: what the tokens alone miss", "[ingest][code][tree]") {
  const Row kRows[] = {
      {"a macro around the call", R"x(void f(CURL *c) { SET_URL(c, "https://a.okta.com"); })x", "a.okta.com CURLOPT_URL (syntax tree)"},
      {"a macro of the file around the call",
       "#define LOOK(name) getaddrinfo(name, \"443\", nullptr, &r)\nvoid f(addrinfo *r) { LOOK(\"a.okta.com\"); }",
       "a.okta.com:443 getaddrinfo (syntax tree)"},
      {"a resolver of another name", R"x(void f(boost::asio::io_context &io) { tcp::resolver r(io); r.resolve("a.okta.com", "443"); })x",
       "a.okta.com:443 resolve (syntax tree)"},
      {"a resolver behind the protocol",
       R"x(void f(boost::asio::io_context &io) { tcp::resolver r(io); r.async_resolve(tcp::v4(), "a.okta.com", "443", [] {}); })x",
       "a.okta.com:443 async_resolve (syntax tree)"},
      {"a type of another name",
       R"x(using Azure::Identity::ManagedIdentityCredential; using Secret = Azure::Identity::ClientSecretCredential;
       void f() { Secret s("tenant", "id", "secret"); })x",
       "login.microsoftonline.com:443 ClientSecretCredential (syntax tree)"},
      {"a client of Amazon's of another name", "using Sts = Aws::STS::STSClient;\nvoid f() { Sts client; }",
       "sts.${AWS_REGION}.amazonaws.com:443 STSClient (syntax tree)"},
      {"a default argument", R"x(void ask(CURL *c, const char *url = "https://a.okta.com") { curl_easy_setopt(c, CURLOPT_URL, url); }
       void f(CURL *c) { ask(c); })x",
       "a.okta.com CURLOPT_URL (syntax tree)"},
      {"a default argument of a method",
       R"x(struct A { void ask(CURL *c, const char *url = "https://a.okta.com") { curl_easy_setopt(c, CURLOPT_URL, url); } };
       void f(CURL *c, A &a) { a.ask(c); a.ask(c, "https://b.okta.com"); })x",
       "a.okta.com CURLOPT_URL (syntax tree)\nb.okta.com CURLOPT_URL (tokens and syntax tree)"},
      {"a member that a constructor initialises",
       R"x(class A { std::string url_; public: A() : url_("https://a.okta.com") {} void f(CURL *c) { curl_easy_setopt(c, CURLOPT_URL, url_.c_str()); } };)x",
       "a.okta.com CURLOPT_URL (syntax tree)"},
      {"a function that gives a text",
       R"x(static std::string base() { return "https://a.okta.com"; } void f(CURL *c) { curl_easy_setopt(c, CURLOPT_URL, (base() + "/x").c_str()); })x",
       "a.okta.com CURLOPT_URL (syntax tree)"},
      {"a function that makes a text of its argument",
       R"x(static std::string of(const std::string &org) { return "https://" + org + ".okta.com"; } void f(CURL *c) { curl_easy_setopt(c, CURLOPT_URL, of("a").c_str()); })x",
       "a.okta.com CURLOPT_URL (syntax tree)"},
      {"an option in a variable",
       R"x(void f(CURL *c) { const CURLoption what = CURLOPT_URL; curl_easy_setopt(c, what, "https://a.okta.com"); })x",
       "a.okta.com CURLOPT_URL (syntax tree)"},
      {"an option behind a macro", "#define WHERE CURLOPT_URL\nvoid f(CURL *c) { curl_easy_setopt(c, WHERE, \"https://a.okta.com\"); }",
       "a.okta.com CURLOPT_URL (syntax tree)"},
      {"an option that is handed on",
       R"x(static void set(CURL *c, CURLoption o, const char *v) { curl_easy_setopt(c, o, v); }
       void f(CURL *c) { set(c, CURLOPT_URL, "https://a.okta.com"); set(c, CURLOPT_REFERER, "https://b.okta.com"); })x",
       "a.okta.com CURLOPT_URL (syntax tree)"},
      {"a variable with a name of an inner one",
       R"x(void f(const char *x) { const char *h = "a.okta.com"; { const char *h = x; puts(h); } getaddrinfo(h, 0, 0, 0); })x",
       "a.okta.com getaddrinfo (syntax tree)"},
      {"one of two overloads",
       R"x(void ask(const char *host) { getaddrinfo(host, "443", 0, 0); } void ask(int, const char *text) { puts(text); }
       void f() { ask("a.okta.com"); ask(1, "b.okta.com"); })x",
       "a.okta.com:443 getaddrinfo (tokens and syntax tree)"},
  };
  for (const Row& row : kRows) check(row);
}

TEST_CASE("syntax tree: what both ways see is one use", "[ingest][code][tree]") {
  const Row kRows[] = {
      {"a literal", R"x(void f() { getaddrinfo("a.okta.com", "443", 0, 0); })x", "a.okta.com:443 getaddrinfo (tokens and syntax tree)"},
      {"a macro of a header", R"x(void f() { getaddrinfo(IDP_HOST, "443", 0, 0); })x",
       "corp.okta.com:443 getaddrinfo (tokens and syntax tree)"},
      {"a constant of a header", R"x(void f() { getaddrinfo(kHost, "443", 0, 0); })x",
       "header.okta.com:443 getaddrinfo (tokens and syntax tree)"},
      {"a static constexpr member", R"x(void f() { getaddrinfo(Hosts::kIssuer, "443", 0, 0); })x",
       "member.okta.com:443 getaddrinfo (tokens and syntax tree)"},
      {"a static member", R"x(void f() { getaddrinfo(Hosts::kName.c_str(), "443", 0, 0); })x",
       "name.okta.com:443 getaddrinfo (syntax tree)"},
      {"a sum of strings",
       R"x(void f(CURL *c) { std::string u = "https://a"; u += ".okta.com"; curl_easy_setopt(c, CURLOPT_URL, u.c_str()); })x",
       "a.okta.com CURLOPT_URL (tokens and syntax tree)"},
      {"a format",
       R"x(void f(CURL *c) { auto u = fmt::format("https://{}.okta.com/{}", "a", 3); curl_easy_setopt(c, CURLOPT_URL, u.c_str()); })x",
       "a.okta.com CURLOPT_URL (tokens and syntax tree)"},
      {"snprintf",
       R"x(void f(CURL *c) { char u[99]; snprintf(u, sizeof u, "https://%s.okta.com", "a"); curl_easy_setopt(c, CURLOPT_URL, u); })x",
       "a.okta.com CURLOPT_URL (tokens and syntax tree)"},
      {"a part is unknown",
       R"x(void f(CURL *c, const std::string &org) { curl_easy_setopt(c, CURLOPT_URL, ("https://" + org + ".okta.com/x").c_str()); })x",
       "${org}.okta.com CURLOPT_URL (tokens and syntax tree)"},
      {"the environment", R"x(void f(CURL *c) { curl_easy_setopt(c, CURLOPT_URL, getenv("VAULT_ADDR")); })x",
       "${VAULT_ADDR} CURLOPT_URL (tokens and syntax tree)"},
      {"a function that hands the name on",
       R"x(static void ask(const char *h) { getaddrinfo(h, "443", 0, 0); } void f() { ask("a.okta.com"); ask("b.okta.com"); })x",
       "a.okta.com:443 getaddrinfo (tokens and syntax tree)\nb.okta.com:443 getaddrinfo (tokens and syntax tree)"},
      {"in the arguments of a macro", "#define CHECK(x) if (!(x)) return\nvoid f() { CHECK(getaddrinfo(\"a.okta.com\", \"443\", 0, 0)); }",
       "a.okta.com:443 getaddrinfo (tokens and syntax tree)"},
      {"a constructor", R"x(void f() { Azure::Identity::ClientSecretCredential c("tenant", "id", "secret"); })x",
       "login.microsoftonline.com:443 ClientSecretCredential (tokens and syntax tree)"},
      {"code that is left out here", "#ifdef NEVER\nvoid f() { getaddrinfo(\"a.okta.com\", \"443\", 0, 0); }\n#endif",
       "a.okta.com:443 getaddrinfo (tokens)"},
      {"a call with something unknown beside it", R"x(void f() { Unknown *u; getaddrinfo("a.okta.com", unknown(u), 0, 0); })x",
       "a.okta.com getaddrinfo (tokens)"},
  };
  for (const Row& row : kRows) check(row);
}

TEST_CASE("syntax tree: what only looks like a lookup", "[ingest][code][tree]") {
  const Row kRows[] = {
      {"good: a method of another class", R"x(struct Promise { int resolve(const char *, const char *); };
       void f(Promise resolver) { resolver.resolve("a.okta.com", "443"); })x",
       ""},
      {"good: a function of a name space",
       R"x(namespace mine { int getaddrinfo(const char *, int); void f() { getaddrinfo("a.okta.com", 0); } })x", ""},
      {"good: a function of the file",
       R"x(static int ldap_sslinitA(const char *host, int) { return puts(host); } void f() { ldap_sslinitA("a.okta.com", 1); })x", ""},
      {"good: a literal of another variable of that name",
       R"x(extern const char *h; void f() { { const char *h = "a.okta.com"; puts(h); } getaddrinfo(h, "443", 0, 0); })x", ""},
      {"good: a member of another object",
       R"x(struct A { std::string url; }; void f(CURL *c, A &a) { A b; b.url = "https://a.okta.com"; const std::string &url = a.url; curl_easy_setopt(c, CURLOPT_URL, url.c_str()); })x",
       "a.okta.com CURLOPT_URL (syntax tree)"},
      {"good: branches that differ",
       R"x(void f(int x) { const char *h; if (x) h = "a.okta.com"; else h = "b.okta.com"; getaddrinfo(h, 0, 0, 0); })x", ""},
      {"good: a macro that another build has otherwise",
       "#if X\n#define H \"a.okta.com\"\n#else\n#define H \"b.okta.com\"\n#endif\nvoid f() { getaddrinfo(H, 0, 0, 0); }", ""},
      {"good: a macro around the call, with a text that another build has otherwise",
       "#if X\n#define H \"https://a.okta.com\"\n#else\n#define H \"https://b.okta.com\"\n#endif\nvoid f(CURL *c) { SET_URL(c, H); }", ""},
      {"good: set again in a loop",
       R"x(void f(const char **list) { const char *h = "a.okta.com"; for (int i = 0; i < 3; ++i) { SET_URL(0, h); h = list[i]; } })x", ""},
      {"good: an array that a function fills",
       R"x(void fill(char *to); void f(CURL *c) { char h[99] = "https://a.okta.com"; fill(h); SET_URL(c, h); })x", ""},
      {"good: another option behind a macro",
       "#define WHERE CURLOPT_REFERER\nvoid f(CURL *c) { curl_easy_setopt(c, WHERE, \"https://a.okta.com\"); }", ""},
      {"good: a parameter that nobody gives", R"x(void ask(CURL *c, const char *url) { SET_URL(c, url); })x", ""},
      {"good: a class of that name",
       R"x(struct ClientSecretCredential { ClientSecretCredential(int); }; void f() { ClientSecretCredential c(1); })x", ""},
  };
  for (const Row& row : kRows) check(row);
}

TEST_CASE("syntax tree: beside a header that is not there it is right where it sees every caller", "[ingest][code][tree]") {
  const std::string kHidden =
      R"x(static void ask(const char *h) { { const char *h = "a.okta.com"; puts(h); } getaddrinfo(h, "443", 0, 0); })x";
  const Row kRows[] = {
      {"good: nobody calls it", "", ""},
      {"good: a caller that it follows", "void f(void) { ask(\"b.okta.com\"); }", "b.okta.com:443 getaddrinfo (syntax tree)"},
      {"a macro may call it", "#define ASK(x) ask(x)\nvoid f(void) {}", "a.okta.com:443 getaddrinfo (tokens)"},
      {"a caller that it cannot understand", "void f(void) { library_t at = { ask(where) }; }", "a.okta.com:443 getaddrinfo (tokens)"},
  };
  for (const Row& row : kRows) DYNAMIC_SECTION(row.title) {
      const std::string text = "#include <netdb.h>\n#include <stdio.h>\n#include <nowhere/library.h>\n" + kHidden + "\n" + row.code;
      CHECK(shown(ingest(c_and_cpp, {{"src/main.c", text}}, rows())) == row.uses);
    }
}

TEST_CASE("syntax tree: a call that only a macro of a header makes", "[ingest][code][tree]") {
  const char* const kMacro = "#include <curl/curl.h>\n#define SETOPT(option, value) curl_easy_setopt(handle, option, value)\n";
  const char* const kCode = "#include \"http_int.h\"\nvoid f(CURL *handle) { SETOPT(CURLOPT_URL, \"https://a.okta.com\"); }\n";
  CHECK(shown(ingest(c_and_cpp, {{"src/main.c", kCode}, {"src/http_int.h", kMacro}}, rows())) == "a.okta.com CURLOPT_URL (syntax tree)");
}

TEST_CASE("syntax tree: times and certificates behind names", "[ingest][code][tree]") {
  const Ingested got = read_with_header(
      "#define TIME 7L\nstatic const long kVerify = 0;\nvoid f(CURL *c) { SET_URL(c, \"https://a.okta.com\");\n"
      "curl_easy_setopt(c, CURLOPT_TIMEOUT, TIME); curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, kVerify); }");
  REQUIRE(got.all<Use>().size() == 1);
  CHECK(got.all<Use>()[0].deadline == 7000);
  CHECK(strongest(got.all<Use>()[0].deadline_reasons) == Confidence::declared);
  REQUIRE(got.problems.size() == 1);
  CHECK(got.problems[0].message.find("certificate is not checked") != std::string::npos);
}

TEST_CASE("syntax tree: what is kept in something static is looked up once", "[ingest][code][tree]") {
  struct Kept {
    const char* title;
    const char* code;
    Resolves resolves;
  };
  const Kept kRows[] = {
      {"in a function", R"x(void f(tcp::resolver &r) { static auto kept = r.resolve("a.okta.com", "443"); })x", Resolves::once},
      {"outside of functions", R"x(extern tcp::resolver r; static auto kept = r.resolve("a.okta.com", "443");)x", Resolves::once},
      {"good: a local variable", R"x(void f(tcp::resolver &r) { auto now = r.resolve("a.okta.com", "443"); })x", Resolves::each_time},
      {"good: a function that is kept",
       R"x(void f(tcp::resolver &r) { static auto ask = [&] { return r.resolve("a.okta.com", "443"); }; ask(); })x", Resolves::each_time},
  };
  for (const Kept& row : kRows) DYNAMIC_SECTION(row.title) {
      const Ingested got = read_with_header(row.code);
      REQUIRE(got.all<Use>().size() == 1);
      CHECK(got.all<Use>()[0].resolves == row.resolves);
    }
}

TEST_CASE("syntax tree: headers of our own have no errors", "[ingest][code][tree]") {
  for (const code::ast::StubHeader& header : code::ast::stub_headers()) DYNAMIC_SECTION(header.name) {
      const Result<code::ast::Tree> tree =
          code::ast::read_tree({{{"main.cpp", fmt::format("#include <{}>\n", header.name)}}, {"-xc++", "-std=gnu++20"}});
      REQUIRE(tree);
      CHECK_FALSE(tree->has_errors);
      const bool is_of_cxx = header.text.find("namespace") != std::string_view::npos || header.text.find("class") != std::string_view::npos;
      if (is_of_cxx) continue;
      const Result<code::ast::Tree> in_c =
          code::ast::read_tree({{{"main.c", fmt::format("#include <{}>\n", header.name)}}, {"-xc", "-std=gnu17"}});
      REQUIRE(in_c);
      CHECK_FALSE(in_c->has_errors);
    }
}

TEST_CASE("syntax tree: an answer of the reading process is believed only when all of it is one", "[ingest][code][tree]") {
  code::ast::SeenCall call{.where = {SourceId{0}, 3, 9}, .option = "CURLOPT_URL", .service = "443"};
  call.values.push_back(
      {.value = {.text = Text("a.okta.com"), .where = {SourceId{1}, 2, 4}, .has_literal = true}, .considered = {{SourceId{0}, 1, 8}}});
  const std::string answer = code::ast::written(Result<std::vector<code::ast::SeenCall>>(std::vector<code::ast::SeenCall>{call}));
  const auto got = code::ast::read_calls(answer, {10, 5});
  REQUIRE(got);
  REQUIRE(*got);
  REQUIRE((**got).size() == 1);
  CHECK((**got)[0].values[0].value.text == Text("a.okta.com"));
  CHECK((**got)[0].where == call.where);
  CHECK_FALSE(code::ast::read_calls(answer, {8, 5}));   // a place behind the end of a file
  CHECK_FALSE(code::ast::read_calls(answer, {10, 3}));  // the same, in a header
  CHECK_FALSE(code::ast::read_calls(answer, {10}));     // a file that was not given
  CHECK_FALSE(code::ast::read_calls(answer + "x", {10, 5}));
  for (std::size_t size = 0; size < answer.size(); ++size) CHECK_FALSE(code::ast::read_calls(answer.substr(0, size), {10, 5}));
}

TEST_CASE("syntax tree: what a build says is taken over as far as it is harmless", "[ingest][code][tree]") {
  const std::string database =
      R"x([{"directory": "/home/x/app/build", "file": "../src/main.c",
           "command": "cc -B/opt/tools -fplugin=/tmp/x.so @more -include /etc/x.h -DIDP='\"a.okta.com\"' -I/usr/include -I../inc -std=gnu11 -c ../src/main.c"}])x";
  const Ingested got = ingest(c_and_cpp,
                              {{"build/compile_commands.json", database},
                               {"inc/ports.h", "#define PORT \"443\"\n"},
                               {"src/main.c", "#include <ports.h>\nvoid f(void) { getaddrinfo(IDP, \"443\", 0, 0); }"}},
                              rows());
  CHECK(shown(got) == "a.okta.com:443 getaddrinfo (syntax tree)");
  CHECK(code::ast::allowed_flags(
            {"cc", "-B/opt", "-fplugin=/x.so", "@more", "-include", "/etc/x.h", "-D", "A=1", "-UB", "-I/usr/include", "-Iinc", "-isystem",
             "/home/x/app/lib/../deps", "-I../../y", "-std=c++20", "-std=c++20;x", "-Xclang", "-load"},
            "/home/x/app", "home/x/app/") == std::vector<std::string>{"-DA=1", "-UB", "-Iinc", "-Ideps", "-std=c++20"});
}

TEST_CASE("syntax tree: hostile text costs one note, and the next file is read", "[ingest][code][tree]") {
  std::string doubling = "#define A0 \"x\"\n";
  for (int at = 1; at < 40; ++at) doubling += fmt::format("#define A{} A{} A{}\n", at, at - 1, at - 1);
  std::string nested;
  for (int at = 0; at < 20'000; ++at) nested += "{";
  struct Hostile {
    const char* title;
    std::string text;
    bool is_noted;
  };
  const Hostile kRows[] = {
      {"macros that double", doubling + "const char *x = A39;\n", true},
      {"a file that includes itself twice", "#include \"main.cpp\"\n#include \"main.cpp\"\n", false},
      {"brackets", "int x = " + std::string(100'000, '(') + ";\n", false},
      {"braces", "void g() " + nested + "\n", false},
      {"a template that never ends", "template <int N> struct T { typedef typename T<N + 1>::type type; };\nT<0>::type x;\n", false},
      {"a file of the machine", "#include \"/etc/passwd\"\n#include </etc/hostname>\n#embed </etc/passwd>\n", false},
      {"a pragma that reads a file", "#pragma GCC dependency \"/etc/passwd\"\n#pragma clang module import x\n@import x;\n", false},
  };
  for (const Hostile& row : kRows) DYNAMIC_SECTION(row.title) {
      const std::string call = "void f() { getaddrinfo(\"a.okta.com\", \"443\", 0, 0); }\n";
      const Ingested got = ingest(c_and_cpp, {{"src/main.cpp", call + row.text}}, rows());
      CHECK(got.all<Use>().size() == 1);
      CHECK(got.problems.size() == (row.is_noted ? 1 : 0));
      if (!got.problems.empty()) CHECK(got.problems[0].message.find("by its tokens only") != std::string::npos);
      const Ingested next = ingest(c_and_cpp, {{"src/main.cpp", call}}, rows());
      CHECK(shown(next) == "a.okta.com:443 getaddrinfo (tokens and syntax tree)");
    }
}

}  // namespace mainstay
