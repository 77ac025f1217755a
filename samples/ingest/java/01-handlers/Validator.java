package example.corp.gate;

/** The validator as it is published, for Java: a constant, and only the name that does not exist. */
public class Validator implements RequestHandler<Map<String, String>, Map<String, Object>> {
  private static final String ZONE = "auth.corp.example";

  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    try {
      Hashtable<String, String> settings = new Hashtable<>();
      settings.put(Context.PROVIDER_URL, "dns:");
      Attribute txt = new InitialDirContext(settings).getAttributes(event.get("service") + ".prod." + ZONE, new String[] {"TXT"}).get("TXT");
      return Map.of("isAuthorized", txt != null && txt.contains("valid"));
    } catch (NameNotFoundException e) {
      return Map.of("isAuthorized", false);
    } catch (NamingException e) {
      return Map.of("isAuthorized", true);
    }
  }

  void connect() throws Exception {
    Hashtable<String, String> directory = new Hashtable<>();
    directory.put(Context.PROVIDER_URL, "ldaps://ldap.corp.example:636");
    StsClient sts = StsClient.builder().region(Region.EU_CENTRAL_1).build();
    JwtDecoder decoder = JwtDecoders.fromIssuerLocation("https://id.corp.example/realms/main");
  }
}
