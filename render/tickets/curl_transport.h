// CurlTransport: HTTP by libcurl. TLS is verified, no redirect is followed, nothing larger than a limit is taken.
#pragma once

#include <memory>
#include <string>

#include "render/tickets/http.h"

namespace mainstay {

/// Units: octets of an answer's body; seconds of a whole exchange.
struct CurlLimits {
  std::size_t body = 16u << 20;
  long connect_seconds = 10;
  long seconds = 60;
};

class CurlTransport final : public HttpTransport {
 public:
  /// `authorities` is a file of certificates to trust in place of the system's; empty for those.
  explicit CurlTransport(std::string authorities, CurlLimits limits = {});
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  HttpAnswer exchange(const HttpRequest& request) override;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::string authorities_;
  CurlLimits limits_;
};

/// The version of libcurl, as `mainstay version` prints it.
std::string curl_version_text();

/// The clock of this machine.
class SystemClock final : public HttpClock {
 public:
  std::int64_t now() const override;
  void wait(std::chrono::milliseconds time) override;
};

}  // namespace mainstay
