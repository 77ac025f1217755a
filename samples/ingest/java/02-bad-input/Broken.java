class Broken {
  String a = "open;
  void f( { restTemplate.getForObject("https://id.corp.example/oauth2/token", String.class); }
  /* not closed
