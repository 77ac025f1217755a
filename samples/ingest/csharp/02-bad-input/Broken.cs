class Broken
{
    string a = "open;
    void F( { client.GetAsync("https://id.corp.example/oauth2/token"); }
    string b = $"{
