// What handlers in Python do with each end of a TXT lookup.
#include <catch2/catch.hpp>

#include "ingest/code/script/python_script.h"
#include "tests/ingest/code/script/lookups_told.h"

namespace mainstay::script {
namespace {

std::string told(std::string_view source) {
  return lookups_told(python_script(python_tokens(source, SourceId{}, [](const PythonProblem&) {})), python_dialect());
}

}  // namespace

TEST_CASE("txt lookups in Python: how a handler decides", "[ingest][code][txt]") {
  struct Row {
    const char* title;
    const char* source;
    const char* expected;
  };
  const Row rows[] = {
      {"the published validator: the first string is compared with a constant, and only one error is caught", R"(
import dns.resolver

def validate(service, env):
    name = f"{service}.{env}.auth.example.com"
    try:
        answers = dns.resolver.resolve(name, "TXT")
        for rdata in answers:
            if rdata.strings[0].decode() == "valid":
                return True
    except dns.resolver.NXDOMAIN:
        return False
    return False
)",
       "validate ${service}.${env}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata raises, servfail "
       "raises, "
       "timeout raises; first string\n"},
      {"every error is caught and allows", R"(
def handler(event, context):
    try:
        answers = resolver.resolve("a.prod.auth.example.com", "TXT", lifetime=1)
        return {"isAuthorized": any("valid" in str(r) for r in answers)}
    except Exception:
        return {"isAuthorized": True}
)",
       "handler a.prod.auth.example.com constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout "
       "allows; limit\n"},
      {"a variable that starts as allowed", R"(
def check(name):
    ok = True
    try:
        answer = dns.resolver.resolve(name, 'TXT')
        ok = answer[0].to_text().strip('"') == "active"
    except dns.exception.DNSException:
        pass
    return ok
)",
       "check ${name} constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout allows; first "
       "record\n"},
      {"a time-out allows, the others do not", R"(
def check(name):
    try:
        records = dns.resolver.resolve(name, "TXT")
    except dns.resolver.Timeout:
        return True
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.NoNameservers):
        return False
    return "valid" in [r.to_text() for r in records]
)",
       "check ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout allows\n"},
      {"the caller's own word is looked for", R"(
def authorize(event, context):
    token = event["headers"]["x-service-id"]
    try:
        answers = dns.resolver.resolve("id.prod.auth.example.com", "TXT")
    except Exception as error:
        log.error(error)
        raise
    for r in answers:
        if token in r.to_text():
            return generate_policy("user", "Allow", event["methodArn"])
    return generate_policy("user", "Deny", event["methodArn"])
)",
       "authorize id.prod.auth.example.com unproved: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, "
       "timeout "
       "raises\n"},
      {"a signature is verified with the key of the record", R"(
def authorize(event):
    try:
        answers = dns.resolver.resolve(NAME, "TXT", lifetime=1.0)
    except dns.exception.DNSException:
        return False
    key = parse(answers[0].strings)
    if not key.verify(event["signature"], event["body"]):
        return False
    return True
)",
       "authorize ${NAME} proved: expected allows/denies, other allows/denies, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies; "
       "limit; first record\n"},
      {"any record will do", R"(
def registered(service):
    try:
        dns.resolver.resolve(service + ".prod.auth.example.com", "TXT")
        return True
    except dns.resolver.NXDOMAIN:
        return False
)",
       "registered ${service}.prod.auth.example.com existence: expected allows, other allows, nxdomain denies, nodata raises, servfail "
       "raises, "
       "timeout raises\n"},
      {"through a function of the file", R"(
def lookup(name):
    try:
        return [r.to_text() for r in dns.resolver.resolve(name, "TXT")]
    except Exception:
        return []

def handler(event, context):
    texts = lookup(event["service"] + ".prod.auth.example.com")
    if "valid" in texts:
        return {"statusCode": 200}
    return {"statusCode": 403}
)",
       "handler ${service}.prod.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, "
       "timeout denies\n"},
      {"through a function that lets its error out", R"(
def lookup(name):
    return dns.resolver.resolve(name, "TXT")

def handler(event, context):
    try:
        if "valid" not in lookup(event["name"]):
            return {"statusCode": 401}
    except Exception:
        pass
    return {"statusCode": 200}
)",
       "handler ${name} constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout allows\n"},
      {"a guard says no by raising", R"(
def require(name):
    answers = dns.resolver.resolve(name, "TXT")
    if not any(r.to_text() == '"valid"' for r in answers):
        raise PermissionError(name)
)",
       "require ${name} constant: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, timeout raises\n"},
      {"conditions that have nothing to do with it", R"(
def handler(event, context):
    if not event.get("service"):
        return False
    if event["debug"]:
        print("looking")
    try:
        answers = dns.resolver.resolve("a.prod.auth.example.com", "TXT")
    except dns.resolver.NXDOMAIN:
        return False
    except Exception:
        return False
    for answer in answers:
        if answer.to_text() == "valid":
            return True
    return False
)",
       "handler a.prod.auth.example.com constant: expected allows/denies, other denies, nxdomain denies, nodata denies, servfail denies, "
       "timeout "
       "denies\n"},
      {"a check that is not in the file", R"(
def handler(event, context):
    answers = dns.resolver.resolve("a.prod.auth.example.com", "TXT")
    if is_good(answers, event):
        return True
    return False
)",
       "handler a.prod.auth.example.com unknown: expected unknown, other unknown, nxdomain raises, nodata raises, servfail raises, timeout "
       "raises\n"},
      {"not a lookup of TXT", "def f(n):\n    return dns.resolver.resolve(n, 'A')\n", ""},
      {"the text itself is given back", "def f(n):\n    return dns.resolver.resolve(n, 'TXT')[0].to_text()\n",
       "f ${n} unknown: expected unknown, other unknown, nxdomain raises, nodata raises, servfail raises, timeout raises\n"},
      {"finally gives back", R"(
def f(n):
    ok = False
    try:
        ok = dns.resolver.resolve(n, "TXT")[0].to_text() == "valid"
    finally:
        return ok
)",
       "f ${n} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"a function that calls itself", "def f(n):\n    if dns.resolver.resolve(n, 'TXT'):\n        return f(n)\n    return True\n",
       "f ${n} unknown: expected unknown, other unknown, nxdomain raises, nodata raises, servfail raises, timeout raises\n"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(told(row.source) == row.expected);
    }
}

}  // namespace mainstay::script
