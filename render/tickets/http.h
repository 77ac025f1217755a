// Http: one request and its answer. The transport is where the world begins; tests put another one in its place.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/values/result.h"

namespace mainstay {

enum class HttpMethod : std::uint8_t { get, post, put, patch };
/// "GET", "POST", "PUT", "PATCH".
std::string_view word(HttpMethod method);

/// One request. `may_repeat`: sending it twice does no more than sending it once, by its method or by a key in it.
struct HttpRequest {
  HttpMethod method = HttpMethod::get;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool may_repeat = true;
};

/// Why there is no answer: nothing was sent; it was sent and nobody knows what became of it; it is not to be tried again.
enum class HttpFailure : std::uint8_t { none, not_sent, unanswered, final };

/// Shape: names of headers in lower case; `problem` is one sentence when there is a failure.
struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;
  HttpFailure failure = HttpFailure::none;
  std::string problem;

  bool is_success() const { return failure == HttpFailure::none && status >= 200 && status < 300; }
  /// The header of that name, in lower case; empty when there is none.
  std::string_view header(const std::string& name) const;
};

/// Sends one request and waits for its answer; follows no redirect, repeats nothing.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  virtual HttpAnswer exchange(const HttpRequest& request) = 0;
};

/// Time, and waiting for it to pass.
class HttpClock {
 public:
  virtual ~HttpClock() = default;
  /// Seconds since 1970, UTC.
  virtual std::int64_t now() const = 0;
  virtual void wait(std::chrono::milliseconds time) = 0;
};

/// Where a server is, and the path that its own paths start with.
struct HttpBase {
  std::string origin;  // "https://host" or "http://127.0.0.1:3000"; the port only where it is not the scheme's own
  std::string path;    // "" or "/redmine"
  std::string host;

  std::string url() const { return origin + path; }
  friend bool operator==(const HttpBase&, const HttpBase&) = default;
};

/// Reads the address of a tracker.
/// Errors: no http or https, a name or password in it, a query or fragment; http for anything but this machine, because a token would
///         travel in the open.
Result<HttpBase> http_base_of(std::string_view url);

/// The URL that a link of an answer means; an error when it leads to another scheme, host or port.
Result<std::string> same_origin_url(const HttpBase& base, std::string_view link);

/// A value made safe for a query or a segment of a path: everything but unreserved characters as `%XX`. Source: RFC 3986, section 2.
std::string percent_encoded(std::string_view text);

}  // namespace mainstay
