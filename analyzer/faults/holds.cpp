#include "analyzer/faults/holds.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mainstay {
namespace {

std::uint64_t added(std::uint64_t a, std::uint64_t b) { return a > Longest::kForever - b ? Longest::kForever : a + b; }

constexpr Longest exactly(std::uint64_t seconds) { return {seconds, seconds}; }
constexpr Longest kUnknown{0, Longest::kForever};

/// What follows the label and "@" in the canonical name of a lookup or a question.
std::string_view behind_label(const Node& node) {
  const std::string_view name = node.name;
  return name.size() > node.label.size() + 1 ? name.substr(node.label.size() + 1) : std::string_view();
}

/// Servers of these programs serve nothing stale unless their configuration says so.
bool is_fresh_by_default(std::string_view software) {
  constexpr std::array<std::string_view, 5> kFresh = {"unbound", "bind", "coredns", "dnsmasq", "kube-dns"};
  return std::find(kFresh.begin(), kFresh.end(), software) != kFresh.end();
}

struct KnownTtl {
  std::uint32_t seconds = 0;
  Reasons reasons;
};

/// The longest TTL among the records that answer for a name, when a zone of the tree has them.
std::optional<KnownTtl> ttl_of(const DomainName& name, const Zone& zone, const Estate& estate) {
  std::optional<KnownTtl> longest;
  for (const Record* record : estate.records_of(name)) {
    const bool answers = record->type == "A" || record->type == "AAAA" || record->type == "CNAME" || record->type == "ALIAS";
    if (!answers || record->view != zone.view || !record->ttl) continue;
    if (!longest || record->ttl->seconds() > longest->seconds) longest = {record->ttl->seconds(), record->reasons};
  }
  return longest;
}

Hold answer_hold(const DomainName& name, const Server* server, Resolution& resolution) {
  Hold hold{.kind = HoldKind::answer, .what = fmt::format("a cached answer for {}", name.host()), .lasts = kUnknown, .reasons = {}};
  const Zone* zone = server == nullptr ? nullptr : resolution.treat(*server, name).zone;
  if (zone == nullptr) zone = resolution.public_zone(name);
  if (zone != nullptr) {
    if (std::optional<KnownTtl> ttl = ttl_of(name, *zone, resolution.estate())) {
      hold.lasts = exactly(ttl->seconds);
      hold.reasons = std::move(ttl->reasons);
    }
  }
  if (server == nullptr) return hold;
  if (const std::optional<std::uint32_t> most = server->cache.max_ttl) {
    hold.lasts = {std::min<std::uint64_t>(hold.lasts.known, *most), std::min<std::uint64_t>(hold.lasts.most, *most)};
  }
  if (const std::optional<std::uint32_t> least = server->cache.min_ttl) {
    hold.lasts = {std::max<std::uint64_t>(hold.lasts.known, *least), std::max<std::uint64_t>(hold.lasts.most, *least)};
  }
  return hold;
}

Hold stale_hold(const DomainName& name, const Server* server, std::string_view server_name) {
  Hold hold{.kind = HoldKind::stale,
            .what = fmt::format("a stale answer for {} from {}", name.host(), server_name),
            .lasts = kUnknown,
            .reasons = {}};
  if (server == nullptr) return hold;
  if (server->cache.serve_stale) {
    hold.lasts = exactly(*server->cache.serve_stale);
  } else if (is_fresh_by_default(server->software)) {
    hold.lasts = exactly(0);
  }
  hold.reasons = server->reasons;
  return hold;
}

}  // namespace

Longest operator+(Longest a, Longest b) { return {added(a.known, b.known), added(a.most, b.most)}; }
Longest earlier(Longest a, Longest b) { return {std::min(a.known, b.known), std::min(a.most, b.most)}; }
Longest later(Longest a, Longest b) { return {std::max(a.known, b.known), std::max(a.most, b.most)}; }

const Server* server_of_question(const Node& question, const Estate& estate) { return estate.server(behind_label(question)); }
const Stub* stub_of_lookup(const Node& lookup, const Estate& estate) { return estate.stub(behind_label(lookup)); }

std::vector<const Use*> uses_behind(const Node& use, const Estate& estate) {
  const std::string_view workload = std::string_view(use.name).substr(0, use.name.find(" -> "));
  std::vector<const Use*> found;
  for (const Use& one : estate.uses_of(workload)) {
    if (use_name_of(one) == use.name) found.push_back(&one);
  }
  return found;
}

const std::vector<Hold>& Holds::of(NodeId node) const {
  const auto at = known_.find(node);
  return at != known_.end() ? at->second : known_[node] = computed(node);
}

std::vector<Hold> Holds::computed(NodeId at) const {
  if (graph_ == nullptr) return {};
  const Node& node = graph_->node(at);
  if (node.kind == NodeKind::question) {
    const Result<DomainName> name = DomainName::parse(node.label);
    if (!name) return {};  // parts of it are not known
    const Server* server = server_of_question(node, resolution_->estate());
    return {answer_hold(*name, server, *resolution_), stale_hold(*name, server, behind_label(node))};
  }
  std::vector<Hold> held;
  if (node.kind != NodeKind::use) return held;
  for (const Use* use : uses_behind(node, resolution_->estate())) {
    const Longest lasts = use->hold ? exactly(*use->hold) : kUnknown;
    const Reasons& why = use->hold_reasons.empty() ? use->reasons : use->hold_reasons;
    if (held.empty()) {
      held.push_back({HoldKind::credential, fmt::format("what {} holds of {}", use->workload, host_name_of(use->host)), lasts, why});
      continue;
    }
    Hold& longest = held.front();
    if (lasts.known > longest.lasts.known) longest.reasons = why;
    longest.lasts = later(longest.lasts, lasts);
  }
  return held;
}

}  // namespace mainstay
