#include "analyzer/databases/clickhouse.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

#include "render/tickets/curl_transport.h"

namespace mainstay {
namespace {

class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}
  std::size_t read(std::span<char> room) override {
    const std::size_t size = std::min(room.size(), text_.size() - used_);
    std::memcpy(room.data(), text_.data() + used_, size);
    used_ += size;
    return size;
  }
  const std::string& error() const override { return error_; }

 private:
  std::string text_;
  std::string error_;
  std::size_t used_ = 0;
};

Result<bool> check(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::string_view authority = url.substr(scheme.size(), url.find_first_of("/?", scheme.size()) - scheme.size());
    if (authority.find('@') != std::string_view::npos)
      return Error{"--url: who asks stands in CLICKHOUSE_USER and CLICKHOUSE_PASSWORD, where other users of this machine do not see it"};
    if (!authority.empty()) return true;
  }
  return Error{"--url of ClickHouse: http://HOST:8123/ or https://HOST:8443/"};
}

std::string first_line(std::string_view text) {
  constexpr std::size_t kMost = 300;
  return std::string(text.substr(0, std::min(text.find('\n'), kMost)));
}

}  // namespace

Result<std::unique_ptr<ByteSource>> ask_clickhouse(const std::string& url, const std::string& query, std::size_t most) {
  if (const Result<bool> checked = check(url); !checked) return Error{checked.error()};
  constexpr long kLongestQuery = 3600;
  // A query that fails on its way would else have begun with a good status.
  const std::string whole = url + (url.find('?') == std::string::npos ? "?" : "&") + "wait_end_of_query=1";
  HttpRequest request{.method = HttpMethod::post, .url = whole, .headers = {}, .body = query + "FORMAT CSVWithNames\n"};
  for (const auto& [header, variable] :
       {std::pair("X-ClickHouse-User", "CLICKHOUSE_USER"), std::pair("X-ClickHouse-Key", "CLICKHOUSE_PASSWORD")}) {
    const char* const value = std::getenv(variable);
    if (value != nullptr && *value != '\0') request.headers.emplace_back(header, value);
  }
  CurlTransport transport("", {.body = most, .seconds = kLongestQuery});
  HttpAnswer answer = transport.exchange(request);
  if (answer.failure != HttpFailure::none) return Error{"ClickHouse gave no answer: " + answer.problem};
  if (!answer.is_success()) return Error{fmt::format("ClickHouse refused with status {}: {}", answer.status, first_line(answer.body))};
  return std::unique_ptr<ByteSource>(std::make_unique<TextSource>(std::move(answer.body)));
}

}  // namespace mainstay
