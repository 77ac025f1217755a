#include "render/tickets/curl_transport.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <thread>
#include <utility>

#include "graph/values/ascii.h"
#include "graph/values/assert.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostHeaders = 64u << 10;

/// What the answer is gathered in while it comes.
struct Gathered {
  HttpAnswer answer;
  std::size_t most = 0;
  std::size_t header_octets = 0;
  bool too_large = false;
};

std::size_t take_body(char* octets, std::size_t size, std::size_t count, void* to) {
  auto& gathered = *static_cast<Gathered*>(to);
  if (gathered.answer.body.size() + size * count > gathered.most) {
    gathered.too_large = true;
    return 0;
  }
  gathered.answer.body.append(octets, size * count);
  return size * count;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

std::size_t take_header(char* octets, std::size_t size, std::size_t count, void* to) {
  auto& gathered = *static_cast<Gathered*>(to);
  const std::string_view line(octets, size * count);
  gathered.header_octets += line.size();
  if (gathered.header_octets > kMostHeaders) {
    gathered.too_large = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) gathered.answer.headers.clear();  // of an interim answer
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && !line.starts_with("HTTP/"))
    gathered.answer.headers[ascii_lower(line.substr(0, colon))] = trimmed(line.substr(colon + 1));
  return line.size();
}

/// Nothing reached the server in these cases, and a later attempt may.
bool is_failed_connection(CURLcode code) {
  return code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY;
}

/// Another attempt meets the same.
bool is_final(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR || code == CURLE_SSL_CACERT_BADFILE ||
         code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT || code == CURLE_SSL_CERTPROBLEM;
}

struct HeaderList {
  curl_slist* list = nullptr;
  HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList() { curl_slist_free_all(list); }
  void add(const std::string& line) {
    curl_slist* longer = curl_slist_append(list, line.c_str());
    MAINSTAY_ASSERT(longer != nullptr, "memory for a header");
    list = longer;
  }
};

}  // namespace

struct CurlTransport::Handle {
  CURL* curl = curl_easy_init();
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { curl_easy_cleanup(curl); }
};

CurlTransport::CurlTransport(std::string authorities, CurlLimits limits)
    : handle_(std::make_unique<Handle>()), authorities_(std::move(authorities)), limits_(limits) {
  MAINSTAY_ASSERT(handle_->curl != nullptr, "libcurl gives a handle");
}

CurlTransport::~CurlTransport() = default;

namespace {

void describe(CURL* curl, const HttpRequest& request, const curl_slist* headers) {
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "mainstay");
  if (request.method != HttpMethod::get) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, std::string(word(request.method)).c_str());
  }
  // On a connection that died meanwhile libcurl would send the request again by itself.
  if (!request.may_repeat) curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
}

void gather_into(CURL* curl, Gathered& gathered) {
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &gathered);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &gathered);
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
}

void secure(CURL* curl, bool is_https, const std::string& authorities) {
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_https ? "https" : "http");
  curl_easy_setopt(curl, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!authorities.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, authorities.c_str());
  // Plain HTTP goes to this machine only, and so to no proxy.
  if (!is_https) curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

HttpFailure failure_of(CURLcode code, bool was_sent, bool is_too_large, HttpMethod method) {
  // What was asked to change something may have done so, however large its answer is.
  if (is_too_large) return method == HttpMethod::get ? HttpFailure::final : HttpFailure::unanswered;
  if (is_final(code)) return HttpFailure::final;
  return is_failed_connection(code) || !was_sent ? HttpFailure::not_sent : HttpFailure::unanswered;
}

}  // namespace

HttpAnswer CurlTransport::exchange(const HttpRequest& request) {
  CURL* const curl = handle_->curl;
  curl_easy_reset(curl);
  Gathered gathered{.most = limits_.body};
  std::array<char, CURL_ERROR_SIZE> error{};
  HeaderList headers;
  for (const auto& [name, value] : request.headers) headers.add(fmt::format("{}: {}", name, value));
  headers.add("Expect:");
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error.data());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, limits_.connect_seconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, limits_.seconds);
  describe(curl, request, headers.list);
  gather_into(curl, gathered);
  secure(curl, request.url.starts_with("https:"), authorities_);
  const CURLcode code = curl_easy_perform(curl);
  long status = 0, sent = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent);
  gathered.answer.status = static_cast<int>(status);
  if (code == CURLE_OK) return std::move(gathered.answer);
  gathered.answer.failure = failure_of(code, sent > 0, gathered.too_large, request.method);
  gathered.answer.problem = gathered.too_large ? fmt::format("the answer is larger than {} MiB", limits_.body >> 20)
                            : error[0] != '\0' ? std::string(error.data())
                                               : std::string(curl_easy_strerror(code));
  return std::move(gathered.answer);
}

std::string curl_version_text() { return curl_version_info(CURLVERSION_NOW)->version; }

std::int64_t SystemClock::now() const {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

void SystemClock::wait(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

}  // namespace mainstay
