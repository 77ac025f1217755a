#include "render/tickets/ticket_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "graph/values/ascii.h"
#include "render/escape.h"
#include "render/finding_text.h"

namespace mainstay {
namespace {

/// "GET /issues.json": without the query, which may be long.
std::string name_of(const HttpRequest& request, const HttpBase& base) {
  std::string_view path = request.url;
  if (path.starts_with(base.origin)) path.remove_prefix(base.origin.size());
  return fmt::format("{} {}", word(request.method), for_terminal(path.substr(0, path.find('?'))));
}

/// What the server says of a refusal, cut short.
std::string refusal_of(const HttpRequest& request, const HttpAnswer& answer, const HttpBase& base) {
  constexpr std::size_t kMost = 300;
  if (answer.failure != HttpFailure::none) return fmt::format("{}: {}", name_of(request, base), for_terminal(answer.problem));
  std::string out = fmt::format("{} was answered with {}", name_of(request, base), answer.status);
  if (answer.status == 401) out += ": the token is not accepted";
  if (!answer.body.empty() && answer.header("content-type").find("html") == std::string_view::npos)
    out += ": " + for_terminal(cut_octets(answer.body, kMost));
  return out;
}

/// The URL behind rel="next" of a Link header. Source: RFC 8288, section 3.
std::string_view next_link(std::string_view header) {
  while (!header.empty()) {
    const std::size_t open = header.find('<'), close = header.find('>', open);
    if (open == std::string_view::npos || close == std::string_view::npos) return {};
    const std::string_view link = header.substr(open + 1, close - open - 1);
    header.remove_prefix(close + 1);
    const std::string_view parameters = header.substr(0, header.find('<'));
    if (parameters.find("rel=\"next\"") != std::string_view::npos || parameters.find("rel=next") != std::string_view::npos) return link;
  }
  return {};
}

}  // namespace

HttpRequest TicketCalls::request_of(HttpMethod method, const std::string& path) const {
  HttpRequest request{.method = method, .url = path.starts_with("http") ? path : client_.base().url() + path, .headers = headers_};
  request.headers.emplace_back("Accept", "application/json");
  return request;
}

Result<TicketCalls::Page> TicketCalls::page_of(const HttpRequest& request, const HttpAnswer& answer) const {
  if (!answer.is_success()) return Error{refusal_of(request, answer, client_.base())};
  std::optional<JsonAnswer> json = parsed_answer(answer.body);
  if (!json) return Error{name_of(request, client_.base()) + " was answered with something that is not JSON; is the URL the right one?"};
  Page page{.answer = *std::move(json), .next = {}, .headers = answer.headers};
  if (const std::string_view link = next_link(answer.header("link")); !link.empty()) {
    Result<std::string> next = same_origin_url(client_.base(), link);
    if (!next) return Error{next.error()};
    page.next = *std::move(next);
  }
  return page;
}

Result<TicketCalls::Page> TicketCalls::read(const std::string& path) {
  const HttpRequest request = request_of(HttpMethod::get, path);
  return page_of(request, client_.send(request));
}

Result<std::optional<JsonAnswer>> TicketCalls::find(const std::string& path) {
  const HttpRequest request = request_of(HttpMethod::get, path);
  const HttpAnswer answer = client_.send(request);
  if (answer.failure == HttpFailure::none && (answer.status == 404 || answer.status == 410)) return std::optional<JsonAnswer>();
  Result<Page> page = page_of(request, answer);
  if (!page) return Error{page.error()};
  return std::optional<JsonAnswer>(std::move(page->answer));
}

Result<TicketCalls::Page> TicketCalls::ask(const std::string& path, const Json& body) {
  HttpRequest request = request_of(HttpMethod::post, path);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = request_body(body);
  return page_of(request, client_.send(request));
}

TicketCalls::Written TicketCalls::write(HttpMethod method, const std::string& path, const Json& body, bool may_repeat) {
  HttpRequest request = request_of(method, path);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = request_body(body);
  request.may_repeat = may_repeat;
  return write_bytes(std::move(request));
}

TicketCalls::Written TicketCalls::write_bytes(HttpRequest request) {
  if (is_rehearsal()) {
    *rehearsal_ << word(request.method) << ' ' << for_terminal(request.url) << '\n' << for_json_document(request.body) << "\n\n";
    return {.reply = {.kind = ReplyKind::rehearsed}, .answer = {}};
  }
  const HttpAnswer answer = client_.send(request);
  Written out;
  if (answer.is_success()) {
    if (std::optional<JsonAnswer> json = parsed_answer(answer.body)) out.answer = *std::move(json);
    return out;
  }
  out.reply.problem = refusal_of(request, answer, client_.base());
  switch (answer.failure) {
    case HttpFailure::none: out.reply.kind = answer.status >= 500 ? ReplyKind::unreachable : ReplyKind::failed; break;
    case HttpFailure::unanswered: out.reply.kind = request.may_repeat ? ReplyKind::unreachable : ReplyKind::uncertain; break;
    case HttpFailure::not_sent:
    case HttpFailure::final: out.reply.kind = ReplyKind::unreachable; break;
  }
  return out;
}

bool is_refusal(const TicketTarget& target, const std::vector<std::string_view>& usual, std::string_view word) {
  const std::string wanted = ascii_lower(word);
  const auto is_same = [&](std::string_view one) { return ascii_lower(one) == wanted; };
  return std::any_of(usual.begin(), usual.end(), is_same) || std::any_of(target.refusal.begin(), target.refusal.end(), is_same);
}

}  // namespace mainstay
