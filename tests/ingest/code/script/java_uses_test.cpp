// What each piece of Java or C# asks, and what it does not.
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/uses_told.h"

namespace mainstay {
extern const Ingester java;
extern const Ingester csharp;

TEST_CASE("Java: what calls ask", "[ingest][code][java]") {
  const UsesRow rows[] = {
      {"HttpClient",
       "class A { void f() throws Exception { var r = HttpRequest.newBuilder(URI.create(\"https://corp.okta.com/x\")).GET().build(); } }",
       "oidc-issuer corp.okta.com HttpRequest.newBuilder"},
      {"a builder with uri()",
       "class A { void f() { HttpRequest r = HttpRequest.newBuilder().uri(URI.create(\"https://corp.okta.com\")).build(); } }",
       "oidc-issuer corp.okta.com uri"},
      {"OkHttp", "class A { Request r = new Request.Builder().url(\"https://corp.okta.com/x\").build(); }",
       "oidc-issuer corp.okta.com url"},
      {"RestTemplate",
       "class A { void f() { String s = restTemplate.getForObject(BASE + \"/x\", String.class); }\n"
       "private static final String BASE = \"https://corp.okta.com\"; }",
       "oidc-issuer corp.okta.com getForObject"},
      {"JNDI",
       "class A { void f() { Hashtable<String, String> env = new Hashtable<>(); env.put(Context.PROVIDER_URL, "
       "\"ldaps://ldap.corp.example:636\"); } }",
       "ldap ldap.corp.example:636 put"},
      {"JNDI by its property",
       "class A { void f() { env.put(\"java.naming.provider.url\", \"ldap://a.corp.example ldap://b.corp.example\"); } }",
       "ldap a.corp.example put\nldap b.corp.example put"},
      {"Nimbus", "class A { JWKSource<SecurityContext> s = new RemoteJWKSet<>(new URL(\"https://id.corp.example/keys\")); }",
       "jwks id.corp.example RemoteJWKSet"},
      {"Spring Security", "class A { @Bean JwtDecoder d() { return JwtDecoders.fromIssuerLocation(\"https://id.corp.example\"); } }",
       "oidc-issuer id.corp.example fromIssuerLocation"},
      {"an environment variable", "class A { void f() { String u = System.getenv(\"VAULT_ADDR\"); client.target(u); } }",
       "secret-store ${VAULT_ADDR} target"},
      {"a default behind it",
       "class A { String u = Optional.ofNullable(System.getenv(\"VAULT_ADDR\")).orElse(\"https://vault.corp.example\"); void f() { "
       "client.target(u); } }",
       "secret-store vault.corp.example target"},
      {"a format", "class A { void f(String h) { client.target(String.format(\"https://%s.okta.com/x\", h)); } }",
       "oidc-issuer ${h}.okta.com target"},
      {"AWS", "class A { StsClient sts = StsClient.builder().region(Region.EU_WEST_1).build(); }",
       "sts sts.eu-west-1.amazonaws.com:443 StsClient.builder"},
      {"AWS with an endpoint",
       "class A { KmsClient k = "
       "KmsClient.builder().region(Region.EU_WEST_1).endpointOverride(URI.create(\"https://kms.corp.example\")).build(); }",
       "kms kms.corp.example KmsClient.builder"},
      {"AWS, version 1", "class A { Object o = AWSSecurityTokenServiceClientBuilder.standard().withRegion(\"eu-west-1\").build(); }",
       "sts sts.eu-west-1.amazonaws.com:443 AWSSecurityTokenServiceClientBuilder.standard"},
      {"a name that is looked up once", "class A { static final InetAddress IDP = InetAddress.getByName(\"corp.okta.com\"); }",
       "oidc-issuer corp.okta.com InetAddress.getByName once"},
      {"a directory by host and port", "class A { void f() { new LDAPConnection(\"dc1.corp.example\", 636); } }",
       "ldap dc1.corp.example:636 LDAPConnection"},
      {"members of every kind",
       "@A(b = \"c\") public sealed interface I<T extends J & K> permits L { int X = 1; default <U> U f(final T... t) throws M { "
       "label: for (int i = 0, j = 1; i < j; i++) { switch (i) { case 1, 2 -> { continue label; } default -> throw new N(); } } "
       "var p = o instanceof P q && q.r() ? (S) s : t[0]; try (T u = v; w) { synchronized (this) { x++; } } catch (Y | Z e) { } "
       "Runnable a = () -> client.target(\"https://corp.okta.com\"); return (U) (Object) a; } record B(int c, String... d) { B { e(); } } "
       "enum F { G(1) { void h() {} }, H; F() {} F(int i) {} } int[] k[] = {{1}, {2}}; }",
       "oidc-issuer corp.okta.com target"},
  };
  for (const UsesRow& row : rows) check_uses(row, java, "src/main/java/A.java");
}

TEST_CASE("C#: what calls ask", "[ingest][code][csharp]") {
  const UsesRow rows[] = {
      {"HttpClient", "class A { HttpClient c = new HttpClient { BaseAddress = new Uri(\"https://corp.okta.com\") }; }",
       "oidc-issuer corp.okta.com HttpClient"},
      {"GetAsync", "class A { async Task F() { await client.GetAsync($\"https://{org}.okta.com/x\"); } }",
       "oidc-issuer ${org}.okta.com GetAsync"},
      {"an authority",
       "builder.Services.AddAuthentication().AddJwtBearer(options => { options.Authority = \"https://id.corp.example\"; });",
       "oidc-issuer id.corp.example Authority"},
      {"a metadata address in an initialiser",
       "class A { object o = F(new OpenIdConnectOptions { MetadataAddress = \"https://id.corp.example/m\" }); }",
       "oidc-issuer id.corp.example MetadataAddress"},
      {"an environment variable",
       "class A { void F() { client.GetAsync(Environment.GetEnvironmentVariable(\"VAULT_ADDR\") ?? \"https://vault.corp.example\"); } }",
       "secret-store vault.corp.example GetAsync"},
      {"a constant and a verbatim text",
       "class A { const string Base = @\"https://corp.okta.com\"; void F() => client.GetStringAsync(Base + \"/x\"); }",
       "oidc-issuer corp.okta.com GetStringAsync"},
      {"Dns", "class A { void F() { var e = Dns.GetHostEntry(\"corp.okta.com\"); } }", "oidc-issuer corp.okta.com Dns.GetHostEntry"},
      {"Dns, once", "class A { static readonly IPAddress[] All = Dns.GetHostAddresses(\"corp.okta.com\"); }",
       "oidc-issuer corp.okta.com Dns.GetHostAddresses once"},
      {"AWS", "class A { object o = new AmazonSecurityTokenServiceClient(RegionEndpoint.EUWest1); }",
       "sts sts.eu-west-1.amazonaws.com:443 AmazonSecurityTokenServiceClient"},
      {"a directory", "class A { object o = new LdapConnection(new LdapDirectoryIdentifier(\"dc1.corp.example\", 636)); }",
       "ldap dc1.corp.example:636 LdapDirectoryIdentifier"},
      {"MSAL",
       "class A { object o = ConfidentialClientApplicationBuilder.Create(id).WithAuthority(new "
       "Uri(\"https://id.corp.example/t\")).Build(); }",
       "oidc-issuer id.corp.example WithAuthority"},
      {"members of every kind",
       "namespace N; [Attr(\"x\")] public abstract partial class A<T>(int p) : B<T>, C where T : class, new() { public required string P { "
       "get; init; } = \"a\"; "
       "public int Q => 1; public int this[int i] { get => i; } event Action? E; public static implicit operator int(A<T> a) => 1; (int a, "
       "string? b) t; "
       "async IAsyncEnumerable<int> F<U>([In] U u = default!, params int[] v) where U : struct { await foreach (var x in y) { yield return "
       "x; } "
       "if (o is not null and { L: > 0 } m) { } var s = k switch { 1 => \"a\", _ => \"b\" }; using var d = e; lock (this) { } "
       "int G(int h) => h; client.GetAsync(\"https://corp.okta.com\"); } }",
       "oidc-issuer corp.okta.com GetAsync"},
  };
  for (const UsesRow& row : rows) check_uses(row, csharp, "src/A.cs");
}

TEST_CASE("Java and C#: nesting without end is bounded", "[ingest][code][java][csharp]") {
  const char* const kCode =
      "class A { void f() { client.GetAsync(\"https://corp.okta.com\"); client.target(\"https://corp.okta.com\"); } }\n";
  for (const char* open :
       {"(", "{", "class A {", "a -> ", "new A[] {", "f(", "if (a) {", "A<", "(A) ", "[", "try {", "a ? ", "@A(", "$\"{"})
    DYNAMIC_SECTION(open) {
      std::string text = kCode;
      for (int depth = 0; depth < 10'000; ++depth) text += open + std::string("\n");
      CHECK(ingest(java, {{"src/A.java", text}}).all<Use>().size() == 1);
      CHECK(ingest(csharp, {{"src/A.cs", text}}).all<Use>().size() == 1);
    }
}

}  // namespace mainstay
