// TicketCalls: what a ticket system says to its server, in JSON, for real or as a rehearsal. Only .cpp files include this header.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "render/json_object.h"
#include "render/tickets/http_client.h"
#include "render/tickets/json_answer.h"
#include "render/tickets/ticket_system.h"

namespace mainstay {

class TicketCalls {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  /// With a `rehearsal` nothing is changed: requests that would be sent are written there.
  TicketCalls(HttpClient& client, TicketTarget target, std::ostream* rehearsal)
      : client_(client), target_(std::move(target)), rehearsal_(rehearsal) {}

  const TicketTarget& target() const { return target_; }
  HttpClock& clock() { return client_.clock(); }
  /// Headers of every request from now on.
  void set_headers(Headers headers) { headers_ = std::move(headers); }
  /// What tells the messages of one plan from those of the next, and is the same when a plan is carried out in two runs.
  void set_stamp(std::string stamp) { stamp_ = std::move(stamp); }
  const std::string& stamp() const { return stamp_; }
  bool is_rehearsal() const { return rehearsal_ != nullptr; }

  struct Page {
    JsonAnswer answer;
    std::string next;  // the URL that the Link header names, of the same origin; empty for none
    std::map<std::string, std::string> headers;
  };
  /// Reads JSON; `path` is below the base, or a whole URL of a `next`.
  Result<Page> read(const std::string& path);
  /// The same where there may be nothing: 404 and 410 are no error.
  Result<std::optional<JsonAnswer>> find(const std::string& path);
  /// A question that is asked by POST and changes nothing.
  Result<Page> ask(const std::string& path, const Json& body);

  struct Written {
    TicketReply reply;
    JsonAnswer answer;
  };
  /// A change. `may_repeat`: done twice it is as done once.
  Written write(HttpMethod method, const std::string& path, const Json& body, bool may_repeat);
  /// The same with headers of its own, and the bytes as they are to be signed.
  Written write_bytes(HttpRequest request);

 private:
  HttpRequest request_of(HttpMethod method, const std::string& path) const;
  Result<Page> page_of(const HttpRequest& request, const HttpAnswer& answer) const;

  HttpClient& client_;
  TicketTarget target_;
  std::ostream* rehearsal_;
  Headers headers_;
  std::string stamp_;
};

/// Calls `take` with every page from `first` on, until there is no next one. Errors: a page that leads to itself, or too many.
template <class Take>
Result<bool> for_each_page(TicketCalls& calls, std::string first, Take take) {
  constexpr int kMostPages = 2000;
  for (int count = 0; count < kMostPages; ++count) {
    Result<TicketCalls::Page> page = calls.read(first);
    if (!page) return Error{page.error()};
    std::string next = take(*page);
    if (next.empty()) return true;
    if (next == first) return Error{"the tracker's next page is the same one again"};
    first = std::move(next);
  }
  return Error{"the tracker has more pages than anybody could need"};
}

/// True when the word is among the usual ones or among those that the user named, whatever its case.
bool is_refusal(const TicketTarget& target, const std::vector<std::string_view>& usual, std::string_view word);

}  // namespace mainstay
