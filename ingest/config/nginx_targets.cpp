#include "ingest/config/nginx_targets.h"

#include <algorithm>

#include "graph/values/ip_address.h"
#include "ingest/syntax/placeholders.h"

namespace mainstay::nginx {
namespace {

constexpr std::size_t kMaxVariables = 64;  // that are filled into one word
constexpr std::size_t kMaxValue = 4'096;   // octets of a variable that can be part of an address
constexpr std::size_t kMaxMembers = 100;   // of a group; more are alternatives of the same kind
constexpr PlaceholderStyle kVariables = {.dollar_brace = true, .dollar_name = true, .dollar_paren = false, .double_brace = true};

/// Variables of nginx are written small; what is written in capitals is filled in by whoever makes the file (envsubst).
bool is_filled_in_before(std::string_view name) {
  const auto has = [&](char first, char last) {
    return std::any_of(name.begin(), name.end(), [&](char c) { return c >= first && c <= last; });
  };
  return has('A', 'Z') && !has('a', 'z');
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host.ends_with(".localhost")) return true;
  const Result<IpAddress> address = IpAddress::parse(host);
  return address && address->is_loopback();
}

/// The host in an address or URL; nothing for a socket of the machine and for what is no host.
std::optional<Target> target_in(const Text& written, Location where) {
  if (written.skeleton().find("unix:") != std::string::npos) return std::nullopt;
  std::optional<UrlParts> parts = split_url(written);
  if (!parts || parts->host.empty()) return std::nullopt;
  Target target{.host = std::move(parts->host), .port = parts->port, .path = parts->path.display(), .group = "", .where = where};
  const std::optional<std::string> known = target.host.known();
  if (known && is_loopback(*known)) return std::nullopt;
  target.is_address = known && IpAddress::parse(*known);
  return target;
}

}  // namespace

Targets::Targets(const Configuration& configuration) {
  for (const Block& block : configuration.blocks()) {
    const auto [first, last] = block.statements.equal_range("set");
    for (auto one = first; one != last; ++one) {
      const std::vector<BraceWord>& words = one->second->words;
      if (words.size() != 3 || !words[1].text.starts_with('$')) continue;
      const auto [at, is_new] = set_.try_emplace({&block, words[1].text.substr(1)}, words[2].text);
      if ((!is_new && at->second != words[2].text) || words[2].text.size() > kMaxValue) at->second.reset();
    }
    if (block.name() == "upstream" && block.statement->words.size() == 2) upstreams_.emplace(block.statement->words[1].text, &block);
  }
}

Text Targets::text_of(const Block& block, std::string_view word) const {
  std::size_t left = kMaxVariables;
  return filled(block, word, left);
}

Text Targets::filled(const Block& block, std::string_view word, std::size_t& left) const {
  return filled_in(word, kVariables, [&](std::string_view name) -> std::optional<Text> {
    const std::string* value = variable(block, name);
    if (value == nullptr || left == 0) return std::nullopt;
    --left;
    return filled(block, *value, left);
  });
}

const std::string* Targets::variable(const Block& block, std::string_view name) const {
  for (const Block* at = &block; at != nullptr; at = at->outer) {
    const auto found = set_.find({at, std::string(name)});
    if (found != set_.end()) return found->second ? &*found->second : nullptr;
  }
  return nullptr;
}

bool Targets::is_set_while_running(const Block& block, std::string_view word) const {
  bool is_found = false;
  filled_in(word, kVariables, [&](std::string_view name) {
    is_found = is_found || !is_filled_in_before(name) || variable(block, name) != nullptr;
    return std::optional<Text>();
  });
  return is_found;
}

std::vector<Target> Targets::of(const Block& block, const BraceWord& word) const {
  std::optional<Target> target = target_in(text_of(block, word.text), word.where);
  if (!target) return {};
  const std::optional<std::string> known = target->host.known();
  if (known && !target->port && upstreams_.contains(*known)) return members(*known);
  target->is_at_run = !target->is_address && is_set_while_running(block, word.text);
  return {*std::move(target)};
}

std::vector<Target> Targets::members(const std::string& group) const {
  const Block& upstream = *upstreams_.find(group)->second;
  std::vector<Target> found;
  const auto [first, last] = upstream.statements.equal_range("server");
  for (auto at = first; at != last && found.size() < kMaxMembers; ++at) {
    const std::vector<BraceWord>& words = at->second->words;
    const auto has = [&](std::string_view parameter) {
      return std::any_of(words.begin(), words.end(), [&](const BraceWord& word) { return word.text == parameter; });
    };
    if (words.size() < 2 || has("down")) continue;
    std::optional<Target> target = target_in(text_of(upstream, words[1].text), words[1].where);
    // A member on this machine is an alternative that asks no resolver: the group then rests on no name.
    if (!target) return {};
    target->group = group;
    target->is_at_run = !target->is_address && has("resolve");
    found.push_back(*std::move(target));
  }
  return found;
}

}  // namespace mainstay::nginx
