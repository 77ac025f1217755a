// Fetches a token and the keys that it is checked with.
#include "endpoints.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cstdlib>
#include <string>

static void fetch(CURL* curl, const char* url) {
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 3L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
  curl_easy_perform(curl);
}

void fetch_keys(CURL* curl) { fetch(curl, endpoints::kKeys); }

void fetch_token(CURL* curl, const std::string& tenant) {
  const std::string url = fmt::format("https://{}.okta.com/oauth2/v1/token", tenant);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
}

void fetch_secret(CURL* curl) {
  const char* address = std::getenv("VAULT_ADDR");
  if (address == nullptr) address = "https://vault.corp.example:8200";
  curl_easy_setopt(curl, CURLOPT_URL, address);
}

void fetch_page(CURL* curl) { curl_easy_setopt(curl, CURLOPT_URL, "https://www.corp.example/news"); }
