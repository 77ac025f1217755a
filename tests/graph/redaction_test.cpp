#include "graph/values/redaction.h"

#include <catch2/catch.hpp>
#include <ctime>

namespace mainstay {

TEST_CASE("redaction: what a quoted line may not show", "[graph][redaction]") {
  struct Row {
    const char* title;
    std::string line;
    std::string shown;
  };
  const std::string base64(64, 'Q');
  const Row rows[] = {
      {"environment file", "DB_PASSWORD=hunter2", "DB_PASSWORD=***"},
      {"with blanks in the value", "export DB_PASSWORD=hunter 2", "export DB_PASSWORD=***"},
      {"commented out", "# DB_PASSWORD=hunter2", "# DB_PASSWORD=***"},
      {"YAML", "  clientSecret: abc", "  clientSecret: ***"},
      {"YAML, quoted", "  clientSecret: 'abc' # why", "  clientSecret: '***' # why"},
      {"YAML, a doubled quote", "  password: 'it''s' ", "  password: '***' "},
      {"JSON", R"({"user": "bob", "password": "abc", "port": 1})", R"({"user": "bob", "password": "***", "port": 1})"},
      {"JSON, escaped quote", R"({"password": "a \" b", "port": 1})", R"({"password": "***", "port": 1})"},
      {"JSON in a JSON string", R"("{\"password\":\"abc\",\"port\":1}")", R"("{\"password\":\"***\",\"port\":1}")"},
      {"HCL", R"(password = "a \" b")", R"(password = "***")"},
      {"an arrow", R"("secret" => "abc",)", R"("secret" => "***",)"},
      {"an index", R"(config["api_key"] = "abc")", R"(config["api_key"] = "***")"},
      {"glued quotes of a shell", R"(PASSWORD="abc"'def' next)", R"(PASSWORD="***)"},
      {"a quote that is never closed", R"(password = "abc)", R"(password = "***)"},
      {"BIND key", R"(    secret "c2VjcmV0c2VjcmV0";)", R"(    secret "***";)"},
      {"a keyword first on its line", "bindpw hunter2", "bindpw ***"},
      {"an argument", "tool --password hunter2 --port 1", "tool --password ***"},
      {"XML", "<password>abc</password><port>1</port>", "<password>***</password><port>1</port>"},
      {"name and value", R"({"name": "DB_PASSWORD", "value": "abc"})", R"({"name": "DB_PASSWORD", "value": "***"})"},
      {"name and value of no secret", R"({"name": "VAULT_ADDR", "value": "abc"})", R"({"name": "VAULT_ADDR", "value": "abc"})"},
      {"data of a Secret", "  token: c2VjcmV0", "  token: ***"},
      {"a key of a Secret", "  tls.key: LS0tLS1C", "  tls.key: ***"},
      {"user information", "url: https://bob:pw@db.example/x", "url: https://***@db.example/x"},
      {"two URLs", "https://a:b@c.example https://d@e.example", "https://***@c.example https://***@e.example"},
      {"no user information", "https://c.example/a@b", "https://c.example/a@b"},
      {"a query", "https://c.example/?x=1&token=abc", "https://c.example/?x=1&token=***"},
      {"bearer token", "curl -H 'X: Bearer abcdef0123456789+/=' https://a.example", "curl -H 'X: Bearer ***' https://a.example"},
      {"authorization header", "Authorization: Basic YWJj", "Authorization: ***"},
      {"web token", "x eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.abc y", "x *** y"},
      {"access key id", "AKIAABCDEFGHIJKLMNOP", "***"},
      {"GitHub token", "clone ghp_abcdefghijklmnopqrstuvwxyz0123456789", "clone ***"},
      {"Vault token", "hvs.CAESIJabcdefghijklmn", "***"},
      {"armoured key on one line", R"("key": "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----")",
       R"("key": "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----")"},
      {"a certificate is no secret", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----"},
      {"body of a key", "  " + base64, "***"},
      {"body of a key, commented", "# " + base64, "***"},
      {"good: the place of a secret", "PASSWORD_FILE=/run/secrets/db", "PASSWORD_FILE=/run/secrets/db"},
      {"good: the address of tokens", "token_url = https://a.example/t", "token_url = https://a.example/t"},
      {"good: the name of a secret", "secretName: db-login", "secretName: db-login"},
      {"good: an upstream", "proxy_pass http://backend;", "proxy_pass http://backend;"},
      {"good: a long host", "server s.a-very-long-name-indeed.corp.example", "server s.a-very-long-name-indeed.corp.example"},
      {"good: a sentence", "the password is kept elsewhere", "the password is kept elsewhere"},
      {"good: an empty value", R"(password = "")", R"(password = "")"},
      {"good: nothing behind the key", "password:", "password:"},
      {"good: octets that are no text", "nameserver \xff\x01", "nameserver \xff\x01"},
      {"good: empty", "", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(redacted(row.line) == row.shown);
      CHECK(redacted(row.shown) == row.shown);
    }
}

TEST_CASE("redaction: keys that name secrets, and keys that do not", "[graph][redaction]") {
  for (const char* key :
       {"password", "DB_PASSWORD", "dbPassword", "passwd", "client_secret", "CLIENT-SECRET", "secret", "apiKey", "api.key", "token",
        "VAULT_TOKEN", "bindpw", "olcRootPW", "ssh-privatekey", "aws_secret_access_key", "wpa_psk", "Authorization"}) {
    CAPTURE(key);
    CHECK(names_a_secret(key));
  }
  for (const char* key : {"", "user", "VAULT_ADDR", "token_url", "secretName", "PASSWORD_FILE", "proxy_pass", "bypass", "key", "keys",
                          "tokens", "passive", "secret_store", "VAULT_TOKEN_FILE", "nameserver", "jwks_uri"}) {
    CAPTURE(key);
    CHECK_FALSE(names_a_secret(key));
  }
}

TEST_CASE("redaction: long lines take time in proportion", "[graph][redaction]") {
  // A quadratic pass over a line of 1 MiB takes minutes; a linear one some milliseconds.
  for (const char* unit :
       {"password", "password=\"", "a@://", "token \"", "\\\"secret\\\":", "-----BEGIN ", "name:", "eyJ-", "://", "\"", "= "}) {
    std::string line;
    while (line.size() < std::size_t{1} << 20) line += unit;
    const std::clock_t begin = std::clock();  // the processor's time: a busy machine makes no line longer
    const std::string shown = redacted(line);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    CAPTURE(unit);
    CHECK_FALSE(shown.empty());
    CHECK(seconds < 5);
  }
}

}  // namespace mainstay
