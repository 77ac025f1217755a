// HttpClient: requests to one tracker, with the manners that trackers ask for. Nothing here knows which tracker it is.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "render/tickets/http.h"

namespace mainstay {

/// What one run may cost.
struct HttpLimits {
  int attempts = 5;                               // of one request
  std::chrono::seconds longest_wait{300};         // that a tracker may ask for at once
  std::chrono::milliseconds pause{0};             // between two requests that change something
  std::chrono::milliseconds first_backoff{1000};  // doubled from attempt to attempt, with some chance in it
};

/// Sends requests to one origin.
/// Shape:  waits as Retry-After (seconds or a date) or x-ratelimit-reset ask; tries again what was refused for being too much or too early,
///         what was never sent, and what may be repeated; follows a redirect of GET within the origin, and no other.
/// Errors: an answer with a failure; secrets never stand in its problem or its body.
class HttpClient {
 public:
  /// `authorize` adds the token to a request; `secrets` are what must not be shown.
  struct Identity {
    std::function<void(HttpRequest&)> authorize;
    std::vector<std::string> secrets;
  };
  HttpClient(HttpTransport& transport, HttpClock& clock, HttpBase base, HttpLimits limits);

  void identify(Identity identity) { identity_ = std::move(identity); }
  HttpAnswer send(HttpRequest request);
  const HttpBase& base() const { return base_; }
  HttpClock& clock() { return clock_; }
  std::size_t sent() const { return sent_; }

 private:
  HttpAnswer send_following(HttpRequest request);
  HttpAnswer send_once(HttpRequest request);
  std::chrono::milliseconds backoff(int attempt, const HttpRequest& request) const;
  std::string without_secrets(std::string text) const;

  HttpTransport& transport_;
  HttpClock& clock_;
  HttpBase base_;
  HttpLimits limits_;
  Identity identity_;
  std::size_t sent_ = 0;
  bool has_written_ = false;
};

/// How long an answer asks to wait, in seconds from `now`; nothing when it does not say.
/// Source: RFC 9110, section 10.2.3; the rate limits of GitHub (x-ratelimit-reset) and of others (ratelimit-reset).
std::optional<std::int64_t> wait_asked_for(const HttpAnswer& answer, std::int64_t now);

/// The text with every secret, in plain, in Base64 and percent-encoded, replaced by three asterisks.
std::string without_secrets(std::string text, const std::vector<std::string>& secrets);

/// Base64 as RFC 4648, section 4.
std::string base64_of(std::string_view octets);
/// What it stands for; nothing when it is none.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace mainstay
