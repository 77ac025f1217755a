#include <catch2/catch.hpp>

#include "tests/render/tickets/scripted_transport.h"

namespace mainstay {
namespace {

using Answers = std::vector<HttpAnswer>;

HttpAnswer answered(int status, std::map<std::string, std::string> headers = {}, std::string body = "") {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

HttpAnswer failed(HttpFailure failure) { return {.failure = failure, .problem = "the line broke"}; }

struct Run {
  HttpAnswer answer;
  std::size_t requests = 0;
  double seconds = 0;  // waited
};

Run run(const Answers& answers, HttpRequest request) {
  std::size_t at = 0;
  ScriptedTransport transport([&](const HttpRequest&) { return answers[std::min(at++, answers.size() - 1)]; });
  HandClock clock;
  HttpClient client(transport, clock, *http_base_of("https://tracker.example"), {});
  Run out;
  request.url = "https://tracker.example/issues";
  out.answer = client.send(std::move(request));
  out.requests = transport.requests.size();
  out.seconds = static_cast<double>(clock.waited.count()) / 1000;
  return out;
}

const HttpRequest kRead{};
const HttpRequest kMake{.method = HttpMethod::post, .may_repeat = false};
const HttpRequest kKeyed{.method = HttpMethod::post, .may_repeat = true};

}  // namespace

TEST_CASE("requests: what is tried again, and how long is waited before", "[render][tickets]") {
  struct Row {
    const char* title;
    HttpRequest request;
    Answers answers;
    std::size_t requests;
    int status;  // of the last answer; 0: a failure
    double least, most;
  };
  const Row rows[] = {
      {"an answer is taken as it is", kRead, {answered(200)}, 1, 200, 0, 0},
      {"a refusal is not argued with", kRead, {answered(404)}, 1, 404, 0, 0},
      {"too many: after as many seconds as it says", kMake, {answered(429, {{"retry-after", "7"}}), answered(201)}, 2, 201, 7, 7},
      {"too many: until the date that it says",
       kMake,
       {answered(429, {{"retry-after", "Wed, 18 Nov 2026 11:06:50 GMT"}}), answered(201)},
       2,
       201,
       10,
       10},
      {"too many, without a word of how long: twice as long each time",
       kMake,
       {answered(429), answered(429), answered(201)},
       3,
       201,
       1.5,
       3},
      {"GitHub's limit: until the reset",
       kMake,
       {answered(403, {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "1795000042"}}), answered(201)},
       2,
       201,
       42,
       42},
      {"GitHub's second limit: at least a minute", kMake, {answered(403, {}, "secondary rate limit"), answered(201)}, 2, 201, 60, 60},
      {"forbidden is no limit", kMake, {answered(403), answered(201)}, 1, 403, 0, 0},
      {"longer than anybody wants to wait", kRead, {answered(429, {{"retry-after", "86400"}}), answered(200)}, 1, 0, 0, 0},
      {"a limit for ever", kRead, {answered(429, {{"retry-after", "1"}})}, 5, 0, 4, 60},
      {"a server in trouble: reading goes on", kRead, {answered(503), answered(502), answered(200)}, 3, 200, 1.5, 3},
      {"a server in trouble: a ticket is not made twice", kMake, {answered(500), answered(201)}, 1, 0, 0, 0},
      {"a server in trouble: a message with a key is sent again", kKeyed, {answered(500), answered(202)}, 2, 202, 0.5, 1},
      {"never sent: may be sent", kMake, {failed(HttpFailure::not_sent), answered(201)}, 2, 201, 0.5, 1},
      {"sent and unanswered: a ticket is not made twice", kMake, {failed(HttpFailure::unanswered), answered(201)}, 1, 0, 0, 0},
      {"sent and unanswered: reading goes on", kRead, {failed(HttpFailure::unanswered), answered(200)}, 2, 200, 0.5, 1},
      {"what will not do better is not tried again", kRead, {failed(HttpFailure::final), answered(200)}, 1, 0, 0, 0},
      {"nobody there at all", kRead, {failed(HttpFailure::not_sent)}, 5, 0, 7.5, 15},
      {"a redirect within the origin", kRead, {answered(302, {{"location", "/login"}}), answered(200)}, 2, 200, 0, 0},
      {"a redirect to another host", kRead, {answered(302, {{"location", "https://evil.example/"}}), answered(200)}, 1, 0, 0, 0},
      {"a redirect round and round", kRead, {answered(302, {{"location", "/again"}})}, 4, 0, 0, 0},
      {"a redirect of a ticket", kMake, {answered(307, {{"location", "/login"}}), answered(201)}, 1, 0, 0, 0},
      {"a redirect to nowhere", kRead, {answered(301), answered(200)}, 1, 0, 0, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Run out = run(row.answers, row.request);
      INFO(out.answer.problem);
      CHECK(out.requests == row.requests);
      CHECK((out.answer.failure == HttpFailure::none ? out.answer.status : 0) == row.status);
      CHECK((out.answer.failure == HttpFailure::none || !out.answer.problem.empty()));
      CHECK(out.seconds >= row.least);
      CHECK(out.seconds <= row.most);
    }
}

TEST_CASE("requests: a token is sent and shown nowhere", "[render][tickets]") {
  const std::string token = "s3cret/token+";
  const std::string echoed = "got " + token + " and " + base64_of(token) + " and " + percent_encoded(token);
  ScriptedTransport transport([&](const HttpRequest& request) {
    HttpAnswer answer{.status = 400, .headers = {{"x-echo", request.headers.front().second}}, .body = echoed};
    answer.problem = echoed;
    answer.failure = HttpFailure::final;
    return answer;
  });
  HandClock clock;
  HttpClient client(transport, clock, *http_base_of("https://tracker.example"), {});
  client.identify({[&](HttpRequest& request) { request.headers.emplace_back("Authorization", "Bearer " + token); }, {token}});
  const HttpAnswer answer = client.send({.url = "https://tracker.example/"});
  CHECK(transport.requests.at(0).headers.at(0).second == "Bearer " + token);
  CHECK(answer.body == "got *** and *** and ***");
  CHECK(answer.problem == "got *** and *** and ***");
  CHECK(answer.header("x-echo") == "Bearer ***");
}

TEST_CASE("requests: changes keep the pace of the tracker, questions do not", "[render][tickets]") {
  ScriptedTransport transport([](const HttpRequest&) { return answered(200); });
  HandClock clock;
  HttpClient client(transport, clock, *http_base_of("https://tracker.example"), {.pause = std::chrono::milliseconds(1000)});
  for (int count = 0; count < 3; ++count) client.send(kRead);
  CHECK(clock.waited.count() == 0);
  for (int count = 0; count < 3; ++count) client.send(kMake);
  CHECK(clock.waited.count() == 2000);
}

TEST_CASE("Base64: there and back", "[render][tickets]") {
  for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xff\xfe"}) {
    CHECK(from_base64(base64_of(text)) == text);
  }
  CHECK(base64_of("foobar") == "Zm9vYmFy");
  CHECK(base64_of("fo") == "Zm8=");
  CHECK_FALSE(from_base64("no base64!"));
}

}  // namespace mainstay
