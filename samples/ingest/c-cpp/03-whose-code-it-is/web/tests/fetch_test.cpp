void test(CURL* curl) { curl_easy_setopt(curl, CURLOPT_URL, "https://corp.okta.com/oauth2/v1/keys"); }
