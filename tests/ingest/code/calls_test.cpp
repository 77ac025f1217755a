// The corpus of calls: what each piece of C or C++ asks, and what it does not.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>

#include "ingest/syntax/cxx_tokens.h"
#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester c_and_cpp;

namespace {

Catalogue rows() {
  Catalogue catalogue;
  catalogue.add(KnownKey{.pattern = "VAULT_ADDR", .role = Role::secret_store, .source = "test"});
  catalogue.add(KnownKey{.pattern = "*_ISSUER_URL", .role = Role::oidc_issuer, .source = "test"});
  catalogue.add(KnownHost{.pattern = "**.okta.com", .role = Role::oidc_issuer, .provider = "okta", .source = "test"});
  catalogue.add(KnownHost{.pattern = "login.microsoftonline.com", .role = Role::sts, .provider = "microsoft", .source = "test"});
  return catalogue;
}

/// "ldap ldap.corp.example:636 ldap_initialize", one line each use, sorted.
std::string shown(const Ingested& got) {
  std::vector<std::string> lines;
  for (const Use& use : got.all<Use>()) {
    std::string line = fmt::format("{} {}", word(use.role), use.host.display());
    if (use.port) line += fmt::format(":{}", *use.port);
    line += " " + use.key;
    if (use.bypasses_dns) line += " address";
    if (use.resolves == Resolves::once) line += " once";
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

struct Row {
  const char* title;
  const char* code;
  const char* uses;
};

void check(const Row& row, const std::string& text) {
  DYNAMIC_SECTION(row.title) {
    const Ingested got = ingest(c_and_cpp, {{"src/main.cpp", text}}, rows());
    CHECK(shown(got) == row.uses);
    CHECK(got.all<Workload>().size() == (std::string_view(row.uses).empty() ? 0 : 1));
  }
}

}  // namespace

TEST_CASE("C and C++: what calls in a function ask", "[ingest][code]") {
  const Row kRows[] = {
      {"getaddrinfo of a known host", R"x(getaddrinfo("corp.okta.com", "443", &hints, &res);)x",
       "oidc-issuer corp.okta.com:443 getaddrinfo"},
      {"the port says what it is", R"x(getaddrinfo("dc1.corp.example", "636", &hints, &res);)x", "ldap dc1.corp.example:636 getaddrinfo"},
      {"the service says what it is", R"x(int rc = getaddrinfo("dc1.corp.example", "ldap", 0, &res);)x",
       "ldap dc1.corp.example:389 getaddrinfo"},
      {"a KDC by its port", R"x(if (getaddrinfo("kdc.corp.example", "88", &h, &r) != 0) return;)x",
       "kerberos-kdc kdc.corp.example:88 getaddrinfo"},
      {"a global scope", R"x(::getaddrinfo("a.okta.com", nullptr, &h, &r);)x", "oidc-issuer a.okta.com getaddrinfo"},
      {"gethostbyname", R"x(struct hostent *h = gethostbyname("a.okta.com");)x", "oidc-issuer a.okta.com gethostbyname"},
      {"gethostbyname_r", R"x(gethostbyname_r("a.okta.com", &e, buf, sizeof(buf), &h, &err);)x", "oidc-issuer a.okta.com gethostbyname_r"},
      {"res_query of a service", R"x(res_query("_ldap._tcp.corp.example", C_IN, T_SRV, a, sizeof a);)x",
       "ldap _ldap._tcp.corp.example res_query"},
      {"res_nsearch of a KDC", R"x(res_nsearch(&st, "_kerberos._udp.CORP.EXAMPLE", C_IN, T_SRV, a, n);)x",
       "kerberos-kdc _kerberos._udp.CORP.EXAMPLE res_nsearch"},
      {"c-ares", R"x(ares_getaddrinfo(channel, "a.okta.com", "443", &h, cb, NULL);)x", "oidc-issuer a.okta.com:443 ares_getaddrinfo"},
      {"c-ares, old", R"x(ares_gethostbyname(channel, "a.okta.com", AF_INET, cb, NULL);)x", "oidc-issuer a.okta.com ares_gethostbyname"},
      {"c-ares query", R"x(ares_query(c, "_ldap._tcp.corp.example", 1, 33, cb, 0);)x", "ldap _ldap._tcp.corp.example ares_query"},
      {"ldns", R"x(ldns_rdf *d = ldns_dname_new_frm_str("a.okta.com");)x", "oidc-issuer a.okta.com ldns_dname_new_frm_str"},
      {"getdns", R"x(getdns_address(ctx, "a.okta.com", NULL, NULL, &id, cb);)x", "oidc-issuer a.okta.com getdns_address"},
      {"libunbound", R"x(ub_resolve(ctx, "a.okta.com", 1, 1, &result);)x", "oidc-issuer a.okta.com ub_resolve"},
      {"libuv", R"x(uv_getaddrinfo(loop, &req, cb, "a.okta.com", "443", &hints);)x", "oidc-issuer a.okta.com:443 uv_getaddrinfo"},
      {"ldap_initialize", R"x(ldap_initialize(&ld, "ldaps://ldap.corp.example");)x", "ldap ldap.corp.example ldap_initialize"},
      {"ldap_initialize with two", R"x(ldap_initialize(&ld, "ldap://a.corp.example ldap://b.corp.example:1389");)x",
       "ldap a.corp.example ldap_initialize\nldap b.corp.example:1389 ldap_initialize"},
      {"ldap_init with a short name", R"x(ld = ldap_init("ldap1", 389);)x", "ldap ldap1 ldap_init"},
      {"ldap_sslinit", R"x(ld = ldap_sslinit("dc1.corp.example", 636, 1);)x", "ldap dc1.corp.example ldap_sslinit"},
      {"a literal address", R"x(ldap_initialize(&ld, "ldap://192.0.2.7");)x", "ldap 192.0.2.7 ldap_initialize address"},
      {"a literal address of IPv6", R"x(ldap_initialize(&ld, "ldap://[2001:db8::7]:389");)x",
       "ldap 2001:db8::7:389 ldap_initialize address"},
      {"curl: the path says what it is", R"x(curl_easy_setopt(c, CURLOPT_URL, "https://id.corp.example/oauth2/token");)x",
       "oauth-token id.corp.example CURLOPT_URL"},
      {"curl: keys", R"x(curl_easy_setopt(c, CURLOPT_URL, "https://id.corp.example:8443/.well-known/jwks.json");)x",
       "jwks id.corp.example:8443 CURLOPT_URL"},
      {"curl: Vault", R"x(curl_easy_setopt(c, CURLOPT_URL, "http://vault.corp.example:8200/v1/auth/kubernetes/login");)x",
       "secret-store vault.corp.example:8200 CURLOPT_URL"},
      {"curl: user information is dropped", R"x(curl_easy_setopt(c, CURLOPT_URL, "https://u:p@corp.okta.com/x");)x",
       "oidc-issuer corp.okta.com CURLOPT_URL"},
      {"curl: an environment variable", R"x(curl_easy_setopt(c, CURLOPT_URL, getenv("VAULT_ADDR"));)x",
       "secret-store ${VAULT_ADDR} CURLOPT_URL"},
      {"curl: a variable of the environment", R"x(const char *u = std::getenv("OIDC_ISSUER_URL"); curl_easy_setopt(c, CURLOPT_URL, u);)x",
       "oidc-issuer ${OIDC_ISSUER_URL} CURLOPT_URL"},
      {"curl: a default behind the environment",
       R"x(const char *u = getenv("VAULT_ADDR"); if (!u) u = "https://vault.corp.example"; curl_easy_setopt(c, CURLOPT_URL, u);)x",
       "secret-store vault.corp.example CURLOPT_URL"},
      {"curl: a default in one expression",
       R"x(const char *e = getenv("VAULT_ADDR"); std::string u = e ? e : "https://vault.corp.example"; curl_easy_setopt(c, CURLOPT_URL, u.c_str());)x",
       "secret-store vault.corp.example CURLOPT_URL"},
      {"curl: its URL parts", R"x(curl_url_set(u, CURLUPART_HOST, "corp.okta.com", 0);)x", "oidc-issuer corp.okta.com CURLUPART_HOST"},
      {"literals side by side", R"x(getaddrinfo("corp" ".okta" ".com", "443", 0, &r);)x", "oidc-issuer corp.okta.com:443 getaddrinfo"},
      {"a wide literal", R"x(ldap_sslinitW(L"dc1.corp.example", 636, 1);)x", "ldap dc1.corp.example ldap_sslinitW"},
      {"a raw literal", "ldap_initialize(&ld, R\"x(ldap://dc1.corp.example)x\");", "ldap dc1.corp.example ldap_initialize"},
      {"an escape", R"x(getaddrinfo("corp\x2eokta.com", 0, 0, &r);)x", "oidc-issuer corp.okta.com getaddrinfo"},
      {"a string that is put together", R"x(std::string h = "corp"; h += ".okta.com"; getaddrinfo(h.c_str(), 0, 0, &r);)x",
       "oidc-issuer corp.okta.com getaddrinfo"},
      {"a sum", R"x(getaddrinfo((std::string("corp") + ".okta.com").c_str(), 0, 0, &r);)x", "oidc-issuer corp.okta.com getaddrinfo"},
      {"a part is unknown", R"x(curl_easy_setopt(c, CURLOPT_URL, ("https://" + org + ".okta.com/x").c_str());)x",
       "oidc-issuer ${org}.okta.com CURLOPT_URL"},
      {"snprintf", R"x(char u[99]; snprintf(u, sizeof(u), "https://%s.okta.com/%d", org, 3); curl_easy_setopt(c, CURLOPT_URL, u);)x",
       "oidc-issuer ${org}.okta.com CURLOPT_URL"},
      {"snprintf with a known part",
       R"x(const char *h = "id.corp.example"; snprintf(u, 9, "https://%s/oauth2/token", h); curl_easy_setopt(c, CURLOPT_URL, u);)x",
       "oauth-token id.corp.example CURLOPT_URL"},
      {"fmt::format", R"x(auto u = fmt::format("https://{}.okta.com:{}/", org, port); curl_easy_setopt(c, CURLOPT_URL, u.c_str());)x",
       "oidc-issuer ${org}.okta.com CURLOPT_URL"},
      {"absl::StrCat", R"x(auto u = absl::StrCat("https://", "corp", ".okta.com"); curl_easy_setopt(c, CURLOPT_URL, u.c_str());)x",
       "oidc-issuer corp.okta.com CURLOPT_URL"},
      {"strcpy and strcat", R"x(strcpy(u, "https://corp"); strcat(u, ".okta.com"); curl_easy_setopt(c, CURLOPT_URL, u);)x",
       "oidc-issuer corp.okta.com CURLOPT_URL"},
      {"strings of sds", R"x(sds u = sdsnew("https://corp"); u = sdscat(u, ".okta.com"); curl_easy_setopt(c, CURLOPT_URL, u);)x",
       "oidc-issuer corp.okta.com CURLOPT_URL"},
      {"a member of a structure", R"x(config.url = "https://corp.okta.com"; curl_easy_setopt(c, CURLOPT_URL, config.url.c_str());)x",
       "oidc-issuer corp.okta.com CURLOPT_URL"},
      {"a cast", R"x(getaddrinfo((const char *)"corp.okta.com", 0, 0, &r);)x", "oidc-issuer corp.okta.com getaddrinfo"},
      {"static_cast", R"x(getaddrinfo(static_cast<const char *>("corp.okta.com"), 0, 0, &r);)x", "oidc-issuer corp.okta.com getaddrinfo"},
      {"boost", R"x(auto e = resolver.resolve("corp.okta.com", "443");)x", "oidc-issuer corp.okta.com:443 resolve"},
      {"boost, asynchronous", R"x(resolver_.async_resolve("dc1.corp.example", "636", handler);)x",
       "ldap dc1.corp.example:636 async_resolve"},
      {"boost with a protocol", R"x(auto e = resolver.resolve(tcp::v4(), "corp.okta.com", "443");)x",
       "oidc-issuer corp.okta.com:443 resolve"},
      {"boost with a query", R"x(tcp::resolver::query q("corp.okta.com", "443");)x", "oidc-issuer corp.okta.com query"},
      {"Qt look-up", R"x(QHostInfo::lookupHost("corp.okta.com", this, &T::done);)x", "oidc-issuer corp.okta.com lookupHost"},
      {"Qt request", R"x(QNetworkRequest request(QUrl("https://corp.okta.com/x"));)x", "oidc-issuer corp.okta.com QNetworkRequest"},
      {"Qt with a filled-in part", R"x(QNetworkRequest r(QUrl(QString("https://%1.okta.com").arg("corp")));)x",
       "oidc-issuer corp.okta.com QNetworkRequest"},
      {"Qt socket", R"x(socket->connectToHostEncrypted("dc1.corp.example", 636);)x", "ldap dc1.corp.example:636 connectToHostEncrypted"},
      {"gRPC", R"x(auto ch = grpc::CreateChannel("corp.okta.com:443", creds);)x", "oidc-issuer corp.okta.com:443 CreateChannel"},
      {"cpr", R"x(auto r = cpr::Get(cpr::Url{"https://id.corp.example/oauth/token"});)x", "oauth-token id.corp.example Url"},
      {"cpprestsdk", R"x(web::http::client::http_client client(U("https://id.corp.example/oauth/token"));)x",
       "oauth-token id.corp.example http_client"},
      {"httplib", R"x(httplib::SSLClient client("corp.okta.com", 443);)x", "oidc-issuer corp.okta.com SSLClient"},
      {"AWS: a region that nothing says", R"x(Aws::STS::STSClient client;)x", "sts sts.${AWS_REGION}.amazonaws.com:443 STSClient"},
      {"AWS: a region as text",
       R"x(Aws::Client::ClientConfiguration config; config.region = "eu-west-1"; Aws::SecretsManager::SecretsManagerClient client(config);)x",
       "secret-store secretsmanager.eu-west-1.amazonaws.com:443 SecretsManagerClient"},
      {"AWS: a region as a constant",
       R"x(config.region = Aws::Region::EU_CENTRAL_1; auto c = Aws::MakeShared<Aws::KMS::KMSClient>(config);)x",
       "kms kms.eu-central-1.amazonaws.com:443 KMSClient"},
      {"AWS: an endpoint of its own", R"x(config.endpointOverride = "https://sts.corp.example"; Aws::STS::STSClient client{config};)x",
       "sts sts.corp.example STSClient"},
      {"Azure: a key vault", R"x(Azure::Security::KeyVault::Secrets::SecretClient client("https://corp.vault.azure.net", credential);)x",
       "secret-store corp.vault.azure.net SecretClient"},
      {"Azure: a client secret", R"x(auto c = std::make_shared<Azure::Identity::ClientSecretCredential>(tenant, id, secret);)x",
       "sts login.microsoftonline.com:443 ClientSecretCredential"},
      {"Azure: a managed identity", R"x(Azure::Identity::ManagedIdentityCredential credential;)x",
       "imds 169.254.169.254:80 ManagedIdentityCredential address"},
      {"Google: secrets", R"x(auto c = google::cloud::secretmanager_v1::MakeSecretManagerServiceConnection();)x",
       "secret-store secretmanager.googleapis.com:443 MakeSecretManagerServiceConnection"},
      {"GSS-API: a directory's service",
       R"x(name.value = "ldap@dc1.corp.example"; name.length = 21; gss_import_name(&minor, &name, GSS_C_NT_HOSTBASED_SERVICE, &target);)x",
       "ldap dc1.corp.example gss_import_name"},
      {"GSS-API: a pointer to the buffer, and a known host",
       R"x(buffer->value = (void *)"HTTP@corp.okta.com"; gss_import_name(&minor, buffer, gss_nt_service_name, &target);)x",
       "oidc-issuer corp.okta.com gss_import_name"},
      {"GSS-API: a part is unknown", R"x(asprintf(&s, "ldap@%s.corp.example", dc); b.value = s; gss_import_name(&m, &b, type, &n);)x",
       "ldap ${dc}.corp.example gss_import_name"},
      {"looked up once", R"x(static struct addrinfo *kept; if (!kept) getaddrinfo("corp.okta.com", "443", &h, &kept);)x",
       "oidc-issuer corp.okta.com:443 getaddrinfo once"},
      {"kept in a static", R"x(static const auto kept = resolver.resolve("corp.okta.com", "443");)x",
       "oidc-issuer corp.okta.com:443 resolve once"},
      {"bad: a string that does not end", "getaddrinfo(\"corp.okta.com\", 0, 0, &r); puts(\"", "oidc-issuer corp.okta.com getaddrinfo"},
  };
  static_assert(std::size(kRows) >= 60, "the corpus has sixty pieces at least");
  for (const Row& row : kRows) check(row, fmt::format("void ask(Tool c) {{\n  {}\n}}\n", row.code));
}

TEST_CASE("C and C++: what is told by the rest of the file", "[ingest][code]") {
  const Row kRows[] = {
      {"a macro", "#define HOST \"corp.okta.com\"\nvoid f() { getaddrinfo(HOST, 0, 0, &r); }", "oidc-issuer corp.okta.com getaddrinfo"},
      {"macros side by side",
       "#define H \"corp\"\n#define URL \"https://\" H \\\n  \".okta.com\"\nvoid f() { curl_easy_setopt(c, CURLOPT_URL, URL); }",
       "oidc-issuer corp.okta.com CURLOPT_URL"},
      {"a constant", "static const char kHost[] = \"corp.okta.com\";\nvoid f() { getaddrinfo(kHost, 0, 0, &r); }",
       "oidc-issuer corp.okta.com getaddrinfo"},
      {"a constant in a name space",
       "namespace a { constexpr std::string_view kHost{\"corp.okta.com\"}; void f() { getaddrinfo(kHost.data(), 0, 0, &r); } }",
       "oidc-issuer corp.okta.com getaddrinfo"},
      {"a member of a class",
       "class A { std::string url_ = \"https://corp.okta.com\"; void f() { curl_easy_setopt(c, CURLOPT_URL, url_.c_str()); } };",
       "oidc-issuer corp.okta.com CURLOPT_URL"},
      {"a function that hands the name on",
       "static void fetch(CURL *c, const char *url) { curl_easy_setopt(c, CURLOPT_URL, url); }\n"
       "int main() { fetch(c, \"https://corp.okta.com\"); fetch(c, \"https://b.okta.com\"); }",
       "oidc-issuer b.okta.com CURLOPT_URL\noidc-issuer corp.okta.com CURLOPT_URL"},
      {"two functions that hand it on",
       "void a(const char *h) { getaddrinfo(h, 0, 0, &r); }\nvoid b(int n, const char *h) { a(h); }\nint main() { b(1, \"corp.okta.com\"); "
       "}",
       "oidc-issuer corp.okta.com getaddrinfo"},
      {"both branches of a condition",
       "#ifdef X\nvoid f(int a) {\n#else\nvoid f() {\n#endif\n  getaddrinfo(\"corp.okta.com\", 0, 0, &r);\n}",
       "oidc-issuer corp.okta.com getaddrinfo"},
      {"a file of K&R times", "f(h) char *h; { return gethostbyname(\"corp.okta.com\"); }", "oidc-issuer corp.okta.com gethostbyname"},
  };
  for (const Row& row : kRows) check(row, row.code);
}

TEST_CASE("C and C++: what is not counted as a need", "[ingest][code]") {
  const Row kRows[] = {
      {"good: a host of no known role", "void f() { getaddrinfo(\"www.corp.example\", \"443\", &h, &r); }", ""},
      {"good: a comment", "/* getaddrinfo(\"corp.okta.com\", 0, 0, &r); */ // gethostbyname(\"corp.okta.com\")\n", ""},
      {"good: a text that quotes a call", "void f() { puts(\"getaddrinfo(\\\"corp.okta.com\\\")\"); }", ""},
      {"good: a host that nobody asks", "void f() { getaddrinfo(argv[1], 0, 0, &r); log(\"corp.okta.com\"); }", ""},
      {"good: the declaration of the call",
       "int getaddrinfo(const char *node, const char *service, const struct addrinfo *, struct addrinfo **);", ""},
      {"good: a method of that name", "void f() { cache.gethostbyname(\"corp.okta.com\"); }", ""},
      {"good: another option", "void f() { curl_easy_setopt(c, CURLOPT_REFERER, \"https://corp.okta.com\"); }", ""},
      {"good: a promise that resolves", "void f() { promise.resolve(\"corp.okta.com\", \"443\"); }", ""},
      {"good: branches that differ",
       "void f(int x) { const char *h; if (x) h = \"a.okta.com\"; else h = \"b.okta.com\"; getaddrinfo(h, 0, 0, &r); }", ""},
      {"good: a macro that differs",
       "#if X\n#define H \"a.okta.com\"\n#else\n#define H \"b.okta.com\"\n#endif\nvoid f() { getaddrinfo(H, 0, 0, &r); }", ""},
      {"good: no host", "void f() { ldap_initialize(&ld, \"ldapi:///\"); ldap_initialize(&ld, NULL); }", ""},
      {"good: a directory that the caller names", "int connect_to(const char *uri) { return ldap_initialize(&ld, uri); }", ""},
      {"good: another variable of that name",
       "void g() { const char *h = \"a.okta.com\"; }\nvoid f(const char *h) { getaddrinfo(h, 0, 0, &r); }", ""},
      {"good: an example of a client", "class STSClient; void use(Aws::STS::STSClient &client); Aws::STS::STSClient make();", ""},
      {"good: a user of GSS-API", "void f() { b.value = \"alice\"; gss_import_name(&m, &b, GSS_C_NT_USER_NAME, &n); }", ""},
      {"good: a service that GSS-API is given by a caller", "void f(gss_buffer_t b) { gss_import_name(&m, b, type, &n); }", ""},
      {"good: a name that is set later", "void f() { const char *h = x; getaddrinfo(h, 0, 0, &r); h = \"a.okta.com\"; }", ""},
  };
  for (const Row& row : kRows) check(row, row.code);
}

TEST_CASE("C and C++: what the options of a curl handle say of a deadline", "[ingest][code]") {
  struct Timed {
    const char* title;
    const char* options;
    std::optional<std::uint32_t> deadline;
    Confidence confidence;
  };
  const Timed kRows[] = {
      {"the smaller one", "curl_easy_setopt(c, CURLOPT_TIMEOUT, 30L); curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 5);", 5000,
       Confidence::declared},
      {"milliseconds", "curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, 1500L);", 1500, Confidence::declared},
      {"a constant", "const long kTime = 7; curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, kTime);", 7000, Confidence::declared},
      {"none is libcurl's own", "", 300'000, Confidence::product_default},
      {"nought is libcurl's own", "curl_easy_setopt(c, CURLOPT_TIMEOUT, 0L);", 300'000, Confidence::product_default},
      {"one that is not known", "curl_easy_setopt(c, CURLOPT_TIMEOUT, options.timeout);", std::nullopt, Confidence::assumed},
      {"one of another handle", "curl_easy_setopt(other, CURLOPT_TIMEOUT, 1L);", 300'000, Confidence::product_default},
  };
  for (const Timed& row : kRows) DYNAMIC_SECTION(row.title) {
      const std::string text = fmt::format("void f() {{ {} curl_easy_setopt(c, CURLOPT_URL, \"https://corp.okta.com\"); }}", row.options);
      const Ingested got = ingest(c_and_cpp, {{"main.c", text}}, rows());
      REQUIRE(got.all<Use>().size() == 1);
      CHECK(got.all<Use>()[0].deadline == row.deadline);
      CHECK(strongest(got.all<Use>()[0].deadline_reasons) == row.confidence);
    }
}

TEST_CASE("C and C++: the time limits of clients that are built on libcurl", "[ingest][code]") {
  struct Timed {
    const char* title;
    const char* code;
    std::optional<std::uint32_t> deadline;
    Confidence confidence;
  };
  const Timed kRows[] = {
      {"cpr: in the same call", R"x(cpr::Get(cpr::Url{"https://corp.okta.com"}, cpr::Timeout{2500});)x", 2500, Confidence::declared},
      {"cpr: the smaller one",
       R"x(cpr::Get(cpr::Url{"https://corp.okta.com"}, cpr::Timeout{2500}, cpr::ConnectTimeout{std::chrono::seconds{2}});)x", 2000,
       Confidence::declared},
      {"cpr: a literal of time", R"x(cpr::Get(cpr::Url{"https://corp.okta.com"}, cpr::ConnectTimeout{3s});)x", 3000, Confidence::declared},
      {"cpr: of a session", R"x(cpr::Session s; s.SetTimeout(cpr::Timeout{800}); s.SetUrl(cpr::Url{"https://corp.okta.com"});)x", 800,
       Confidence::declared},
      {"cpr: none", R"x(cpr::Get(cpr::Url{"https://corp.okta.com"});)x", 300'000, Confidence::product_default},
      {"cpr: one that is not known", R"x(cpr::Get(cpr::Url{"https://corp.okta.com"}, cpr::Timeout{options.limit});)x", std::nullopt,
       Confidence::assumed},
      {"AWS: set", R"x(config.connectTimeoutMs = 250; Aws::STS::STSClient client(config);)x", 250, Confidence::declared},
      {"AWS: not set", R"x(config.requestTimeoutMs = 250; Aws::STS::STSClient client(config);)x", 1000, Confidence::product_default},
      {"AWS: of another configuration", R"x(other.connectTimeoutMs = 250; Aws::STS::STSClient client(config);)x", 1000,
       Confidence::product_default},
      {"AWS: an endpoint of its own",
       R"x(c.connectTimeoutMs = 40; c.endpointOverride = "https://sts.corp.example"; Aws::STS::STSClient client(c);)x", 40,
       Confidence::declared},
      {"httplib begins its time behind the lookup", R"x(httplib::SSLClient c("corp.okta.com", 443); c.set_connection_timeout(1);)x",
       std::nullopt, Confidence::assumed},
  };
  for (const Timed& row : kRows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(c_and_cpp, {{"main.cpp", fmt::format("void f() {{ {} }}", row.code)}}, rows());
      REQUIRE(got.all<Use>().size() == 1);
      CHECK(got.all<Use>()[0].deadline == row.deadline);
      CHECK(strongest(got.all<Use>()[0].deadline_reasons) == row.confidence);
    }
}

TEST_CASE("C and C++: a name that curl is told the address of is not looked up", "[ingest][code]") {
  const Ingested got =
      ingest(c_and_cpp,
             {{"main.c",
               "void f() { list = curl_slist_append(NULL, \"corp.okta.com:443:192.0.2.1\");\n"
               "curl_easy_setopt(c, CURLOPT_RESOLVE, list); curl_easy_setopt(c, CURLOPT_URL, \"https://corp.okta.com\"); }"}},
             rows());
  REQUIRE(got.all<Use>().size() == 1);
  CHECK(got.all<Use>()[0].bypasses_dns);
}

TEST_CASE("C and C++: constants of headers inside the tree", "[ingest][code]") {
  struct Header {
    const char* title;
    const char* include;
    const char* path;
    bool is_found;
  };
  const Header kRows[] = {{"beside the file", "hosts.h", "app/src/hosts.h", true},
                          {"in an include folder above", "app/hosts.h", "app/include/app/hosts.h", true},
                          {"outside of every such folder", "hosts.h", "other/hosts.h", false},
                          {"above the root", "../../../hosts.h", "hosts.h", false}};
  for (const Header& row : kRows) DYNAMIC_SECTION(row.title) {
      const Ingested got =
          ingest(c_and_cpp,
                 {{"app/src/main.c", fmt::format("#include \"{}\"\nvoid f() {{ getaddrinfo(IDP_HOST, 0, 0, &r); }}", row.include)},
                  {row.path, "#pragma once\n#define IDP_HOST \"corp.okta.com\"\n"}},
                 rows());
      CHECK(got.all<Use>().size() == (row.is_found ? 1 : 0));
    }
}

TEST_CASE("C and C++: hostile text costs one diagnostic at most", "[ingest][code]") {
  const auto repeated = [](std::string_view part, std::size_t times) {
    std::string text = "getaddrinfo(";
    for (std::size_t at = 0; at < times; ++at) text += part;
    return text;
  };
  struct Hostile {
    const char* title;
    std::string text;
    std::size_t warnings;
  };
  std::string doubling = "void f() { a0 = \"x\";";
  for (int at = 1; at < 60; ++at) doubling += fmt::format(" a{} = a{} + a{};", at, at - 1, at - 1);
  const Hostile kRows[] = {{"brackets", repeated("(", 200'000), 0},
                           {"conditions", "void f() {" + repeated("x ? ", 20'000), 0},
                           {"braces and hashes", repeated("{\n#if 1\n", 20'000), 0},
                           {"closing brackets", repeated("]", 200'000), 0},
                           {"one line", repeated("(x,", 500'000), 0},
                           {"calls", "void f() {" + repeated("a);a=1;getaddrinfo(", 20'000), 1},
                           {"a text of many parts", "void f() {" + repeated(");u+=\"a\";f(", 50'000) + ");getaddrinfo(u, 0, 0, &r); }", 0},
                           {"doubling", doubling + " getaddrinfo(a59, 0, 0, &r); }", 0},
                           {"too large", std::string(kMaxCxxText, ' ') + "getaddrinfo", 1}};
  for (const Hostile& row : kRows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(c_and_cpp, {{"main.c", row.text}}, rows());
      CHECK(got.facts.empty());
      const auto is_warning = [](const Diagnostic& one) { return one.severity != DiagnosticSeverity::note; };
      CHECK(static_cast<std::size_t>(std::count_if(got.problems.begin(), got.problems.end(), is_warning)) == row.warnings);
    }
}

}  // namespace mainstay
