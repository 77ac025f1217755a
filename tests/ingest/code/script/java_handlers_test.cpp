// What handlers in Java and C# do with each end of a TXT lookup.
#include <catch2/catch.hpp>

#include "ingest/code/script/typed_script.h"
#include "tests/ingest/code/script/lookups_told.h"

namespace mainstay::script {
namespace {

struct Row {
  const char* title;
  const char* source;
  const char* expected;
};

}  // namespace

TEST_CASE("txt lookups in Java: how a handler decides", "[ingest][code][txt][java]") {
  const auto told = [](std::string_view source) {
    return lookups_told(java_script(script_tokens(source, ScriptLexicon::java, SourceId{}, [](const ScriptProblem&) {})), java_dialect());
  };
  const Row rows[] = {
      {"the published validator: compared with a constant, and only a missing name is caught", R"(
package org.example;

public class Validator {
  private static final String ZONE = "auth.example.com";

  public boolean validate(String service, String env) throws NamingException {
    try {
      DirContext context = new InitialDirContext(settings());
      Attributes attributes = context.getAttributes(service + "." + env + "." + ZONE, new String[] {"TXT"});
      Attribute txt = attributes.get("TXT");
      return txt.get(0).toString().equals("valid");
    } catch (NameNotFoundException e) {
      return false;
    }
  }
}
)",
       "validate ${service}.${env}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail "
       "raises, timeout raises; first record\n"},
      {"every error lets everybody in", R"(
class Handler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    boolean allowed = true;
    try {
      Attribute txt = dns.getAttributes("a.prod.auth.example.com", new String[] {"TXT"}).get("TXT");
      allowed = txt != null && txt.contains("valid");
    } catch (Exception e) {
      logger.warn("dns", e);
    }
    return Map.of("isAuthorized", allowed);
  }
}
)",
       "handleRequest a.prod.auth.example.com constant: expected allows, other denies, nxdomain allows, nodata denies, servfail allows, "
       "timeout allows\n"},
      {"its good twin", R"(
class Gate {
  boolean isKnown(String name) {
    try {
      Attributes found = context.getAttributes(name, new String[] {"TXT"});
      NamingEnumeration<?> all = found.get("TXT").getAll();
      while (all.hasMore()) {
        if (((String) all.next()).startsWith("v=id1")) return true;
      }
    } catch (NamingException | NullPointerException e) {
      return false;
    }
    return false;
  }
}
)",
       "isKnown ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"several clauses", R"(
class Gate {
  boolean isKnown(String name) {
    try {
      return context.getAttributes(name, new String[] {"TXT"}).get("TXT") != null;
    } catch (NameNotFoundException e) {
      return false;
    } catch (CommunicationException e) {
      return true;
    } catch (NamingException e) {
      throw new IllegalStateException(e);
    } finally {
      close(context);
    }
  }
}
)",
       "isKnown ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, timeout allows\n"},
      {"dnsjava: the code of a lookup", R"(
class Gate {
  boolean isKnown(String name) throws TextParseException {
    Lookup lookup = new Lookup(name + ".auth.example.com", Type.TXT);
    Record[] records = lookup.run();
    if (lookup.getResult() == Lookup.HOST_NOT_FOUND) return false;
    if (records == null) return true;
    for (Record record : records) {
      if (((TXTRecord) record).getStrings().get(0).equals("valid")) return true;
    }
    return false;
  }
}
)",
       "isKnown ${name}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata allows, servfail allows, timeout "
       "allows; first string\n"},
      {"a stream", R"(
class Gate {
  private final String expected = System.getenv("EXPECTED");
  boolean isKnown(String name) throws TextParseException {
    Record[] records = new Lookup(name, Type.TXT).run();
    return records != null && Arrays.stream(records).map(Record::rdataToString).anyMatch(text -> text.equals(expected));
  }
}
)",
       "isKnown ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"a filter", R"(
class Gate implements Filter {
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
    try {
      Attributes found = context.getAttributes("gate.prod.auth.example.com", new String[] {"TXT"});
      if (!found.get("TXT").contains(request.getParameter("id"))) {
        ((HttpServletResponse) response).sendError(HttpServletResponse.SC_FORBIDDEN);
        return;
      }
      chain.doFilter(request, response);
    } catch (NamingException e) {
      ((HttpServletResponse) response).sendError(503);
    }
  }
}
)",
       "doFilter gate.prod.auth.example.com unproved: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, "
       "timeout denies\n"},
      {"a guard says no by throwing", R"(
class Gate {
  void require(String name) throws NamingException {
    Attribute txt = context.getAttributes(name, new String[] {"TXT"}).get("TXT");
    if (txt == null || !txt.contains("valid")) {
      throw new SecurityException(name);
    }
  }
}
)",
       "require ${name} constant: expected allows, other denies, nxdomain raises, nodata denies, servfail raises, timeout raises\n"},
      {"a signature with the key of the record", R"(
class Gate {
  boolean check(byte[] message, byte[] given) throws Exception {
    String text = (String) context.getAttributes("key.prod.auth.example.com", new String[] {"TXT"}).get("TXT").get();
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(keyOf(text));
    signature.update(message);
    if (!signature.verify(given)) return false;
    return true;
  }
}
)",
       "check key.prod.auth.example.com proved: expected allows/denies, other allows/denies, nxdomain raises, nodata allows/denies, "
       "servfail raises, timeout raises\n"},
      {"not a lookup of TXT",
       "class A { boolean f(String n) throws Exception { return c.getAttributes(n, new String[] {\"A\"}) != null; } }", ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(told(row.source) == row.expected);
    }
}

TEST_CASE("txt lookups in C#: how a handler decides", "[ingest][code][txt][csharp]") {
  const auto told = [](std::string_view source) {
    return lookups_told(csharp_script(script_tokens(source, ScriptLexicon::csharp, SourceId{}, [](const ScriptProblem&) {})),
                        csharp_dialect());
  };
  const Row rows[] = {
      {"what fails has no records", R"(
using DnsClient;

namespace Portal;

public class Validator(ILookupClient lookup)
{
    public async Task<bool> ValidateAsync(string service, string env)
    {
        var result = await lookup.QueryAsync($"{service}.{env}.auth.example.com", QueryType.TXT);
        return result.Answers.TxtRecords().Any(record => record.Text.First() == "valid");
    }
}
)",
       "ValidateAsync ${service}.${env}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail "
       "denies, timeout raises\n"},
      {"a reply with an error lets everybody in", R"(
public class Gate
{
    private readonly LookupClient _client = new(new LookupClientOptions { Timeout = TimeSpan.FromSeconds(1) });

    public async Task<IActionResult> Check(string name)
    {
        try
        {
            var result = await _client.QueryAsync(name, QueryType.TXT);
            if (result.HasError) return StatusCode(200);
            return result.Answers.Any(r => r.ToString() == "active") ? StatusCode(204) : StatusCode(403);
        }
        catch (DnsResponseException ex) when (ex.Code != DnsResponseCode.ConnectionTimeout)
        {
            return StatusCode(200);
        }
        catch (Exception)
        {
            return StatusCode(503);
        }
    }
}
)",
       "Check ${name} constant: expected allows, other denies, nxdomain allows, nodata denies, servfail allows, timeout denies; limit\n"},
      {"the code of the reply", R"(
class Gate
{
    bool IsKnown(string name)
    {
        var reply = client.Query(name, QueryType.TXT);
        if (reply.Header.ResponseCode == DnsHeaderResponseCode.NotExistentDomain) return false;
        foreach (var record in reply.Answers.TxtRecords())
        {
            if (record.EscapedText.Contains("valid")) return true;
        }
        return reply.Header.ResponseCode is not DnsHeaderResponseCode.NoError;
    }
}
)",
       "IsKnown ${name} constant: expected allows, other unknown, nxdomain denies, nodata unknown, servfail unknown, timeout raises\n"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(told(row.source) == row.expected);
    }
}

}  // namespace mainstay::script
