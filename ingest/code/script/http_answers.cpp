// Tables of constants. Sources: Express 4, Fastify 4; Go, package net/http, and
// gin; Jakarta Servlet 6, Spring 6; ASP.NET Core 8; RFC 9110.
#include "ingest/code/script/http_answers.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "graph/values/ascii.h"

namespace mainstay::script {

HttpAnswer http_answer(std::string_view path) {
  constexpr std::array<std::string_view, 12> kSends = {"sendStatus",      "writeHead",           "WriteHeader", "http.Error",
                                                       "AbortWithStatus", "AbortWithStatusJSON", "sendError",   "setStatus",
                                                       "res.status",      "response.status",     "reply.code",  "c.JSON"};
  constexpr std::array<std::string_view, 5> kSays = {"withStatusCode", "ResponseEntity.status", "StatusCode", "Results.StatusCode",
                                                     "setStatusCode"};
  constexpr std::array<std::string_view, 4> kPasses = {"ServeHTTP", "doFilter", "c.Next", "_next"};
  const auto ends_with = [&](std::string_view word) {
    if (!path.ends_with(word)) return false;
    return path.size() == word.size() || path[path.size() - word.size() - 1] == '.';
  };
  if (std::any_of(kPasses.begin(), kPasses.end(), ends_with)) return HttpAnswer::passes_on;
  if (std::any_of(kSends.begin(), kSends.end(), ends_with)) return HttpAnswer::sends;
  return std::any_of(kSays.begin(), kSays.end(), ends_with) ? HttpAnswer::says : HttpAnswer::none;
}

std::optional<int> http_status(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, int>, 12> kNames = {{{"ok", 200},
                                                                        {"created", 201},
                                                                        {"accepted", 202},
                                                                        {"nocontent", 204},
                                                                        {"badrequest", 400},
                                                                        {"unauthorized", 401},
                                                                        {"forbidden", 403},
                                                                        {"notfound", 404},
                                                                        {"toomanyrequests", 429},
                                                                        {"internalservererror", 500},
                                                                        {"badgateway", 502},
                                                                        {"serviceunavailable", 503}}};
  if (word.empty() || word.front() < 'A' || word.front() > 'Z') return std::nullopt;
  std::string plain = ascii_lower(word);
  std::erase(plain, '_');
  if (plain.starts_with("status")) plain.erase(0, 6);
  if (plain.starts_with("sc")) plain.erase(0, 2);
  const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& one) { return one.first == plain; });
  return found == kNames.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace mainstay::script
