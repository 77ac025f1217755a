#include "ingest/code/script/time_limits.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "ingest/code/script/script_calls.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

constexpr std::uint32_t kAiohttp = 300'000;  // milliseconds, when nothing is set
constexpr std::uint32_t kHttpx = 5'000;
constexpr std::uint32_t kDnspython = 5'000;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::size_t kNamed = static_cast<std::size_t>(-1);  // an argument that has a name

}  // namespace

TimeLimits::TimeLimits(const std::vector<Statement>& file, Texts& texts) : texts_(texts) {
  collect(file);
  for (const Site& site : texts_.calls()) {
    if (last_word(site.call->parts.front()) != "wait_for" || site.call->parts.size() < 3) continue;
    if (const std::optional<Limit> limit = seconds(argument(*site.call, 1, "timeout"), site.scope)) enclose(site.call->parts[1], *limit);
  }
  find_client();
}

/// async with asyncio.timeout(5): ...
void TimeLimits::collect(const std::vector<Statement>& all) {
  for (const Statement& one : all) {
    if (one.kind == StatementKind::with && one.value.kind == Kind::call && one.value.parts.size() == 2 &&
        is_one_of(last_word(one.value.parts.front()), {"timeout", "fail_after", "move_on_after"})) {
      if (const std::optional<Limit> limit = seconds(&one.value.parts[1], texts_.scope_of(one.value))) enclose(one.body, *limit);
    }
    collect(one.body);
    collect(one.otherwise);
    collect(one.last);
    for (const Handler& handler : one.handlers) collect(handler.body);
  }
}

void TimeLimits::enclose(const Expression& one, const Limit& limit) {
  each_expression(one, [&](const Expression& inner) {
    if (inner.kind != Kind::call) return;
    const auto [at, is_new] = around_.try_emplace(&inner, limit);
    if (!is_new && limit.milliseconds < at->second.milliseconds) at->second = limit;
  });
}

void TimeLimits::enclose(const std::vector<Statement>& all, const Limit& limit) {
  each_expression(all, [&](const Expression& inner) {
    if (inner.kind == Kind::call) enclose(inner, limit);
  });
}

void TimeLimits::find_client() {
  for (const Site& site : texts_.calls()) {
    const std::string path = texts_.full_path(site.call->parts.front(), site.scope);
    const bool is_aiohttp = path == "aiohttp.ClientSession", is_httpx = path == "httpx.AsyncClient";
    if (!is_aiohttp && !is_httpx && !is_one_of(path, {"requests.Session", "httpx.Client"})) continue;
    const Client found = is_aiohttp ? Client::aiohttp : is_httpx ? Client::httpx : Client::others;
    if (made_ != nullptr && found != client_) {
      client_ = Client::others;
      return;
    }
    client_ = found;
    made_ = &site;
  }
}

std::optional<TimeLimits::Limit> TimeLimits::seconds(const Expression* one, ScopeId scope) {
  if (one == nullptr) return std::nullopt;
  if (one->kind == Kind::call) {  // ClientTimeout(total=5), httpx.Timeout(5)
    const bool is_timeout = is_one_of(last_word(one->parts.front()), {"ClientTimeout", "Timeout"});
    const Expression* total = is_timeout ? argument(*one, 0, "total") : nullptr;
    return total == nullptr || total->kind == Kind::call ? std::nullopt : seconds(total, scope);
  }
  double value = one->kind == Kind::number ? one->number : 0;
  if (one->kind != Kind::number) {
    const Expression* made = texts_.assigned_once(*one, scope);
    if (made != nullptr && made != one && (made->kind == Kind::number || made->kind == Kind::call)) return seconds(made, scope);
    const std::string written = texts_.value(*one, scope).text.known().value_or("");
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (error != std::errc() || end != written.data() + written.size()) return std::nullopt;
  }
  constexpr double kMost = 1e6;
  if (value <= 0 || value > kMost) return std::nullopt;
  return Limit{static_cast<std::uint32_t>(value * 1000), one->where};
}

std::optional<TimeLimits::Limit> TimeLimits::of_client(const Site& site) {
  if (std::optional<Limit> own = seconds(argument(*site.call, kNamed, "timeout"), site.scope)) return own;
  if (made_ == nullptr || made_->call == site.call) return std::nullopt;
  return seconds(argument(*made_->call, kNamed, "timeout"), made_->scope);
}

std::optional<TimeLimits::Limit> TimeLimits::set(std::string_view member) {
  for (const SetMember& one : texts_.members()) {
    if (one.target->word == member) return seconds(one.value, one.scope);
  }
  return std::nullopt;
}

std::optional<TimeLimits::Limit> TimeLimits::of_lookup(const Site& site) {
  std::optional<Limit> own = seconds(argument(*site.call, kNamed, "lifetime"), site.scope);
  return own ? own : set("lifetime");
}

void TimeLimits::complete(const Unit& unit, const Site& site, const ScriptCall& row, Use& use) {
  if (use.bypasses_dns) return;
  const bool is_lookup = is_one_of(row.path.substr(row.path.rfind('.') + 1), {"resolve", "query", "resolve_name"});
  const bool is_client = row.path == "aiohttp.ClientSession" || row.path == "httpx.AsyncClient" ||
                         (row.path.find('.') == std::string_view::npos && row.names == Names::web_url);
  const Client client = is_client ? client_ : Client::others;
  std::optional<Limit> least = is_lookup ? of_lookup(site) : client != Client::others ? of_client(site) : std::nullopt;
  const auto around = around_.find(site.call);
  if (around != around_.end() && (!least || around->second.milliseconds < least->milliseconds)) least = around->second;
  if (least) {
    use.deadline = least->milliseconds;
    use.deadline_reasons = {unit.declared(least->where)};
  } else if (is_lookup) {
    use.deadline = kDnspython;
    use.deadline_reasons = {Evidence::by_default("dnspython, Resolver.lifetime: a lookup may take 5 s when nothing is set")};
  } else if (client == Client::aiohttp) {
    use.deadline = kAiohttp;
    use.deadline_reasons = {
        Evidence::by_default("aiohttp, ClientTimeout.total: a request, the lookup included, may take 300 s when nothing is set")};
  } else if (client == Client::httpx) {
    use.deadline = kHttpx;
    use.deadline_reasons = {Evidence::by_default("HTTPX: a connection, the lookup included, may take 5 s when nothing is set")};
  }
}

}  // namespace mainstay::script
