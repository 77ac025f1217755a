#include "render/tickets/http_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <utility>

#include "graph/values/ascii.h"
#include "graph/values/digest.h"
#include "render/escape.h"

namespace mainstay {
namespace {

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

/// "Sun, 06 Nov 1994 08:49:37 GMT". Source: RFC 9110, section 5.6.7.
std::optional<std::int64_t> date_in(std::string_view text) {
  if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::size_t month = kMonths.find(text.substr(8, 3));
  const auto day = number_in(text.substr(5, 2)), year = number_in(text.substr(12, 4));
  const auto hour = number_in(text.substr(17, 2)), minute = number_in(text.substr(20, 2)), second = number_in(text.substr(23, 2));
  if (month == std::string_view::npos || month % 3 != 0 || !day || !year || !hour || !minute || !second) return std::nullopt;
  std::tm parts{};
  parts.tm_year = static_cast<int>(*year) - 1900;
  parts.tm_mon = static_cast<int>(month / 3);
  parts.tm_mday = static_cast<int>(*day);
  parts.tm_hour = static_cast<int>(*hour);
  parts.tm_min = static_cast<int>(*minute);
  parts.tm_sec = static_cast<int>(*second);
  return static_cast<std::int64_t>(::timegm(&parts));
}

/// Too many requests: 429 everywhere, 403 with a limit's headers at GitHub. What is refused so was not carried out.
bool is_limited(const HttpAnswer& answer) {
  if (answer.status == 429) return true;
  return answer.status == 403 && (!answer.header("retry-after").empty() || answer.header("x-ratelimit-remaining") == "0" ||
                                  answer.body.find("secondary rate limit") != std::string::npos);
}

bool is_trouble_of_server(int status) { return status == 408 || status >= 500; }

bool is_redirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

}  // namespace

std::optional<std::int64_t> wait_asked_for(const HttpAnswer& answer, std::int64_t now) {
  const std::string_view after = answer.header("retry-after");
  if (const auto seconds = number_in(after)) return *seconds;
  if (const auto date = date_in(after)) return std::max<std::int64_t>(*date - now, 0);
  if (answer.header("x-ratelimit-remaining") == "0") {
    if (const auto reset = number_in(answer.header("x-ratelimit-reset"))) return std::max<std::int64_t>(*reset - now, 0);
  }
  if (const auto seconds = number_in(answer.header("ratelimit-reset"))) return *seconds > now / 2 ? *seconds - now : *seconds;
  return std::nullopt;
}

std::string base64_of(std::string_view octets) {
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : octets) {
    held = (held << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) out += kBase64[(held >> (bits - 6)) & 63];
  }
  if (bits > 0) out += kBase64[(held << (6 - bits)) & 63];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = kBase64.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    held = (held << 6) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((held >> bits) & 255);
  }
  return out;
}

std::string without_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    for (const std::string& form : {secret, base64_of(secret), percent_encoded(secret)}) replace_all(text, form, "***");
  }
  return text;
}

HttpClient::HttpClient(HttpTransport& transport, HttpClock& clock, HttpBase base, HttpLimits limits)
    : transport_(transport), clock_(clock), base_(std::move(base)), limits_(limits) {}

std::string HttpClient::without_secrets(std::string text) const { return mainstay::without_secrets(std::move(text), identity_.secrets); }

HttpAnswer HttpClient::send_once(HttpRequest request) {
  const bool writes = request.method != HttpMethod::get;
  if (writes && has_written_) clock_.wait(limits_.pause);
  has_written_ = has_written_ || writes;
  ++sent_;
  if (identity_.authorize) identity_.authorize(request);
  HttpAnswer answer = transport_.exchange(request);
  // A server that echoes a token must not bring it into a message, a plan or a state file.
  answer.body = without_secrets(std::move(answer.body));
  answer.problem = without_secrets(std::move(answer.problem));
  for (auto& [name, value] : answer.headers) value = without_secrets(std::move(value));
  return answer;
}

HttpAnswer HttpClient::send_following(HttpRequest request) {
  constexpr int kMostRedirects = 3;
  for (int followed = 0;; ++followed) {
    HttpAnswer answer = send_once(request);
    if (answer.failure != HttpFailure::none || !is_redirect(answer.status)) return answer;
    const Result<std::string> next = same_origin_url(base_, answer.header("location"));
    answer.failure = HttpFailure::final;
    if (!next) {
      answer.problem = next.error();
      return answer;
    }
    if (request.method != HttpMethod::get || followed == kMostRedirects) {
      answer.problem = fmt::format("{} was answered with a redirect ({}); is the URL the right one?", word(request.method), answer.status);
      return answer;
    }
    request.url = *next;
  }
}

std::chrono::milliseconds HttpClient::backoff(int attempt, const HttpRequest& request) const {
  // Chance that is the same in every run of a test: two programs that failed together do not come back together.
  const std::string drawn = sha256_digits(fmt::format("{} {} {} {}", attempt, request.url, clock_.now(), sent_), 4);
  unsigned chance = 0;
  std::from_chars(drawn.data(), drawn.data() + drawn.size(), chance, 16);
  const auto whole = limits_.first_backoff * (1 << std::min(attempt, 6));
  return whole / 2 + whole / 2 * chance / 65536;
}

HttpAnswer HttpClient::send(HttpRequest request) {
  for (int attempt = 0;; ++attempt) {
    HttpAnswer answer = send_following(request);
    const bool limited = answer.failure == HttpFailure::none && is_limited(answer);
    const bool troubled = answer.failure == HttpFailure::none && !limited && is_trouble_of_server(answer.status);
    if (troubled && !request.may_repeat) {
      answer.failure = HttpFailure::unanswered;
      answer.problem = fmt::format("the tracker answered {} and does not say whether it did it", answer.status);
    }
    const bool again = limited || answer.failure == HttpFailure::not_sent ||
                       ((troubled || answer.failure == HttpFailure::unanswered) && request.may_repeat);
    if (!again) return answer;
    auto wait = backoff(attempt, request);
    if (const auto asked = wait_asked_for(answer, clock_.now())) {
      if (*asked > limits_.longest_wait.count()) {
        answer.failure = HttpFailure::final;
        answer.problem = fmt::format("the tracker asks to wait for {} s, which is longer than {} s", *asked, limits_.longest_wait.count());
        return answer;
      }
      wait = std::max(wait, std::chrono::milliseconds(std::chrono::seconds(*asked)));
    } else if (limited && answer.status == 403) {
      wait = std::max<std::chrono::milliseconds>(wait, std::chrono::seconds(60));  // GitHub Docs, secondary rate limits
    }
    if (attempt + 1 >= limits_.attempts) {
      if (limited) {
        answer.failure = HttpFailure::final;
        answer.problem = fmt::format("the tracker refused the request {} times for being one too many", limits_.attempts);
      }
      return answer;
    }
    clock_.wait(wait);
  }
}

}  // namespace mainstay
