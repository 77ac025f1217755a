// ScriptedTransport: answers that a test has written down, and a clock that only a wait moves.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "render/tickets/http_client.h"

namespace mainstay {

class ScriptedTransport final : public HttpTransport {
 public:
  explicit ScriptedTransport(std::function<HttpAnswer(const HttpRequest&)> answer) : answer_(std::move(answer)) {}

  HttpAnswer exchange(const HttpRequest& request) override {
    requests.push_back(request);
    return answer_(request);
  }

  std::vector<HttpRequest> requests;

 private:
  std::function<HttpAnswer(const HttpRequest&)> answer_;
};

class HandClock final : public HttpClock {
 public:
  std::int64_t now() const override { return 1'795'000'000 + waited.count() / 1000; }
  void wait(std::chrono::milliseconds time) override { waited += time; }

  std::chrono::milliseconds waited{0};
};

}  // namespace mainstay
