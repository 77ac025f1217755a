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

Holds holds_of(const RequirementGraph& graph, Resolution& resolution) {
  Holds holds;
  const auto [first, last] = graph.of_kind(NodeKind::question);
  for (std::uint32_t at = index(first); at < index(last); ++at) {
    const Node& node = graph.node(NodeId(at));
    const Result<DomainName> name = DomainName::parse(node.label);
    if (!name) continue;  // parts of it are not known
    const Server* server = server_of_question(node, resolution.estate());
    std::vector<Hold>& all = holds[NodeId(at)];
    all.push_back(answer_hold(*name, server, resolution));
    all.push_back(stale_hold(*name, server, behind_label(node)));
  }
  for (const Use& use : resolution.estate().uses()) {
    const std::optional<NodeId> node = graph.find(NodeKind::use, use_name_of(use));
    if (!node) continue;
    const Longest lasts = use.hold ? exactly(*use.hold) : kUnknown;
    std::vector<Hold>& all = holds[*node];
    if (all.empty()) {
      all.push_back({HoldKind::credential, fmt::format("what {} holds of {}", use.workload, host_name_of(use.host)), lasts, use.reasons});
    } else {
      all.front().lasts = later(all.front().lasts, lasts);
    }
  }
  return holds;
}

}  // namespace mainstay
