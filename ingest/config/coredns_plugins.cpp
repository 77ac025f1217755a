#include "ingest/config/coredns_plugins.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace mainstay {
namespace {

/// Plugins that change nothing of what this program asks about.
constexpr std::string_view kSilent[] = {
    "acl",         "any",      "autopath",    "bufsize", "cancel",     "chaos", "debug",       "dns64",     "dnssec", "dnstap",   "errors",
    "erratic",     "geoip",    "grpc_server", "header",  "health",     "local", "loadbalance", "log",       "loop",   "metadata", "minimal",
    "multisocket", "nsid",     "on",          "pprof",   "prometheus", "quic",  "ready",       "reload",    "root",   "sign",     "startup",
    "shutdown",    "timeouts", "tls",         "trace",   "transfer",   "tsig",  "whoami",      "federation"};

std::string_view argument(const BraceStatement& statement, std::size_t index) {
  return index < statement.words.size() ? std::string_view(statement.words[index].text) : std::string_view();
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// A Go duration in whole seconds: "1h30m", "90s"; a bare number is seconds.
std::optional<std::uint32_t> seconds(std::string_view text) {
  if (const std::optional<std::uint32_t> bare = number(text)) return bare;
  std::uint64_t total = 0;
  while (!text.empty()) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::optional<std::uint32_t> value = number(text.substr(0, digits));
    if (!value || digits == text.size()) return std::nullopt;
    text.remove_prefix(digits);
    if (text.starts_with("ms")) {
      total += *value / 1000;
      text.remove_prefix(2);
      continue;
    }
    const std::uint64_t unit = text[0] == 'h' ? 3600 : text[0] == 'm' ? 60 : text[0] == 's' ? 1 : 0;
    if (unit == 0) return std::nullopt;
    total += unit * *value;
    text.remove_prefix(1);
  }
  return total <= Ttl::kMax ? std::optional(static_cast<std::uint32_t>(total)) : std::nullopt;
}

const BraceStatement* option(const BraceStatement& directive, std::string_view name) {
  const auto found =
      std::find_if(directive.block.begin(), directive.block.end(), [&](const BraceStatement& one) { return one.name() == name; });
  return found == directive.block.end() ? nullptr : &*found;
}

void note_once(CorefileBlock& block, const std::string& word, Location where, std::string message) {
  if (block.noted.insert(word).second) block.unit.note(where, std::move(message));
}

bool is_placeholder(std::string_view text) {
  return text.find("{$") != std::string_view::npos || text.find("{%") != std::string_view::npos;
}

/// The zones that the words from `first` on name; the block's own when there are none.
std::vector<DomainName> zones_of(CorefileBlock& block, const BraceStatement& directive, std::size_t first) {
  std::vector<DomainName> zones;
  for (std::size_t i = first; i < directive.words.size(); ++i) {
    if (std::optional<DomainName> zone = corefile_zone(directive.words[i].text)) {
      zones.push_back(*std::move(zone));
    } else {
      block.unit.note(directive.words[i].where, "this zone cannot be read", "it takes no part in the result");
    }
  }
  return directive.words.size() > first ? zones : block.zones;
}

/// Whether a question below `zone` that finds no answer goes on to the next plugin.
bool falls_through(const BraceStatement& directive, const DomainName& zone) {
  const BraceStatement* words = option(directive, "fallthrough");
  if (words == nullptr) return false;
  if (words->words.size() == 1) return true;
  return std::any_of(words->words.begin() + 1, words->words.end(), [&](const BraceWord& word) {
    const std::optional<DomainName> listed = corefile_zone(word.text);
    return listed && zone.is_within(*listed);
  });
}

void add_local_zones(CorefileBlock& block, const BraceStatement& directive, const std::vector<DomainName>& zones, std::string source) {
  for (const DomainName& zone : zones) {
    block.server.local_zones.push_back({.zone = zone,
                                        .answers_all = !falls_through(directive, zone),
                                        .source = source,
                                        .reasons = {block.unit.declared(directive.where)}});
  }
}

void add_role(Server& server, ServerRole role) {
  if (std::find(server.roles.begin(), server.roles.end(), role) == server.roles.end()) server.roles.push_back(role);
}

/// Cuts "address:port", "[address]:port" or "name:port"; the port stays as it is when none is written.
std::string_view cut_port(std::string_view text, std::uint16_t& port) {
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && (text.find(':') == colon || (colon > 0 && text[colon - 1] == ']'));
  if (has_port) {
    if (const std::optional<std::uint32_t> value = number(text.substr(colon + 1)); value && *value > 0 && *value < 65536) {
      port = static_cast<std::uint16_t>(*value);
      text = text.substr(0, colon);
    }
  }
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  return text;
}

/// What the placeholders of NodeLocal DNSCache stand for; nothing when the word is none.
std::optional<Upstream> pillar(const CorefileContext& context, std::string_view text) {
  Upstream upstream;
  if (text == "__PILLAR__UPSTREAM__SERVERS__") {
    upstream.stub = context.resolv_conf;
  } else if (text == "__PILLAR__CLUSTER__DNS__") {
    upstream.server = context.cluster_dns;
  } else {
    return std::nullopt;
  }
  return upstream;
}

std::optional<Upstream> upstream(CorefileBlock& block, const BraceWord& word) {
  std::string_view text = word.text;
  Upstream found;
  if (std::optional<Upstream> known = pillar(block.context, text)) {
    found = *std::move(known);
  } else if (text.starts_with('/') || text.starts_with('.')) {
    // A file in the form of resolv.conf; which one does not matter: it is the one of the machine.
    found.stub = block.context.resolv_conf;
  } else if (is_placeholder(text) || text.starts_with("__PILLAR__")) {
    block.unit.note(word.where, fmt::format("the upstream {} is not known", text), "its value is set outside of this file");
    return std::nullopt;
  } else {
    constexpr std::pair<std::string_view, std::uint16_t> kTransports[] = {
        {"dns://", 53}, {"tls://", 853}, {"https://", 443}, {"quic://", 853}, {"grpc://", 443}};
    for (const auto& [prefix, port] : kTransports) {
      if (!text.starts_with(prefix)) continue;
      text.remove_prefix(prefix.size());
      found.port = port;
    }
    if (const std::size_t percent = text.find('%'); percent != std::string_view::npos) {
      found.tls_name = text.substr(percent + 1);
      text = text.substr(0, percent);
    }
    text = text.substr(0, text.find('/'));
    text = cut_port(text, found.port);
    if (const Result<IpAddress> address = IpAddress::parse(text)) {
      found.address = *address;
    } else if (const Result<DomainName> name = DomainName::parse(text); name && !name->is_root()) {
      found.host = name->host();
    } else {
      block.unit.error(word.where, "an upstream is an address, a host name or a file", "it is left out");
      return std::nullopt;
    }
  }
  found.reasons.push_back(block.unit.declared(word.where));
  return found;
}

/// The narrower of a block's zone and the domain a directive is for; nothing when neither lies in the other.
std::optional<DomainName> narrower(const DomainName& zone, const DomainName& from) {
  if (from.is_within(zone)) return from;
  if (zone.is_within(from)) return zone;
  return std::nullopt;
}

void read_forward(CorefileBlock& block, const BraceStatement& directive) {
  const std::optional<DomainName> from = corefile_zone(argument(directive, 1));
  if (!from || directive.words.size() < 3) {
    block.unit.error(directive.where, "forward needs a domain and at least one upstream", "it is left out");
    return;
  }
  Forward forward{.choice = Choice::random, .reasons = {block.unit.declared(directive.where)}};
  if (const BraceStatement* policy = option(directive, "policy"); policy != nullptr && argument(*policy, 1) == "sequential") {
    forward.choice = Choice::ordered;
  }
  if (const BraceStatement* fails = option(directive, "max_fails")) {
    forward.max_fails = number(argument(*fails, 1));
    forward.reasons.push_back(block.unit.declared(fails->where));
  }
  const BraceStatement* tls = option(directive, "tls_servername");
  for (std::size_t i = 2; i < directive.words.size(); ++i) {
    std::optional<Upstream> to = upstream(block, directive.words[i]);
    if (!to) continue;
    if (tls != nullptr && to->tls_name.empty() && to->port != 53) to->tls_name = argument(*tls, 1);
    forward.upstreams.push_back(*std::move(to));
  }
  add_role(block.server, ServerRole::forwarder);
  for (const DomainName& zone : block.zones) {
    const std::optional<DomainName> narrow = narrower(zone, *from);
    if (!narrow) continue;
    forward.zone = *narrow;
    block.server.forwards.push_back(forward);
  }
  const BraceStatement* except = option(directive, "except");
  for (std::size_t i = 1; except != nullptr && i < except->words.size(); ++i) {
    // Behind forward comes no plugin that answers: what is excepted gets no answer here.
    const std::optional<DomainName> zone = corefile_zone(except->words[i].text);
    if (zone) block.server.forwards.push_back({.zone = *zone, .reasons = {block.unit.declared(except->words[i].where)}});
  }
}

void read_hosts(CorefileBlock& block, const BraceStatement& directive) {
  const bool has_file = directive.words.size() > 1;
  add_local_zones(block, directive, zones_of(block, directive, has_file ? 2 : 1), "hosts");
  const BraceStatement* ttl = option(directive, "ttl");
  const std::uint32_t keep = ttl == nullptr ? 3600 : seconds(argument(*ttl, 1)).value_or(3600);
  const Result<Ttl> time = Ttl::from_seconds(keep);
  for (const BraceStatement& line : directive.block) {
    const Result<IpAddress> address = IpAddress::parse(line.name());
    if (!address) continue;
    for (std::size_t i = 1; i < line.words.size(); ++i) {
      block.unit.add(Record{.owner = Text(line.words[i].text),
                            .type = address->is_v4() ? "A" : "AAAA",
                            .ttl = time ? std::optional(*time) : std::nullopt,
                            .data = Text(address->text()),
                            .zone = "hosts",
                            .view = block.server.id,
                            .reasons = {block.unit.declared(line.words[i].where)}});
    }
  }
}

void read_zone(CorefileBlock& block, const BraceStatement& directive, std::size_t first, ZoneKind kind) {
  add_role(block.server, ServerRole::authoritative);
  const std::vector<DomainName> zones = zones_of(block, directive, first);
  add_local_zones(block, directive, zones, kind == ZoneKind::primary ? "file" : "secondary");
  for (const DomainName& zone : zones) {
    block.unit.add(Zone{.apex = zone, .kind = kind, .served_by = {block.server.id}, .reasons = {block.unit.declared(directive.where)}});
  }
}

void read_cache(CorefileBlock& block, const BraceStatement& directive) {
  if (const std::optional<std::uint32_t> ttl = number(argument(directive, 1))) block.server.cache.max_ttl = *ttl;
  if (const BraceStatement* stale = option(directive, "serve_stale")) {
    // Without a duration stale answers are kept for one hour (plugin/cache README).
    block.server.cache.serve_stale = stale->words.size() > 1 ? seconds(argument(*stale, 1)).value_or(3600) : 3600;
  }
}

void read_bind(CorefileBlock& block, const BraceStatement& directive) {
  for (std::size_t i = 1; i < directive.words.size(); ++i) {
    if (const Result<IpAddress> address = IpAddress::parse(directive.words[i].text)) {
      std::vector<IpAddress>& addresses = block.server.addresses;
      if (std::find(addresses.begin(), addresses.end(), *address) == addresses.end()) addresses.push_back(*address);
    }
  }
}

/// "route53 ZONE:ID ...", "azure GROUP:ZONE ...", "clouddns ZONE:PROJECT:MANAGED-ZONE".
void read_cloud_zones(CorefileBlock& block, const BraceStatement& directive, bool zone_is_last) {
  add_role(block.server, ServerRole::authoritative);
  std::vector<DomainName> zones;
  for (std::size_t i = 1; i < directive.words.size(); ++i) {
    const std::string_view word = directive.words[i].text;
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) continue;
    if (std::optional<DomainName> zone = corefile_zone(zone_is_last ? word.substr(colon + 1) : word.substr(0, colon)))
      zones.push_back(*std::move(zone));
  }
  add_local_zones(block, directive, zones, std::string(directive.name()));
}

void read_rewrite(CorefileBlock& block, const BraceStatement& directive) {
  note_once(block, "rewrite", directive.where, "rewrites of CoreDNS are not followed: a rewritten name is looked up as it is written");
}

}  // namespace

std::optional<DomainName> corefile_zone(std::string_view word) {
  if (word.empty() || is_placeholder(word)) return std::nullopt;
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos) {
    Result<DomainName> name = DomainName::parse(word);
    return name ? std::optional(*std::move(name)) : std::nullopt;
  }
  const Result<IpAddress> address = IpAddress::parse(word.substr(0, slash));
  const std::optional<std::uint32_t> bits = number(word.substr(slash + 1));
  // CoreDNS takes other prefixes apart into several zones; only whole octets have one.
  if (!address || !address->is_v4() || !bits || *bits % 8 != 0 || *bits == 0 || *bits > 32) return std::nullopt;
  std::string reverse = "in-addr.arpa.";
  const Result<IpAddress> network = IpAddress::parse(address->prefix(*bits).substr(0, address->prefix(*bits).find('/')));
  std::string_view octets = word.substr(0, slash);
  for (std::uint32_t i = 0; i < *bits / 8; ++i) {
    const std::size_t dot = octets.find('.');
    reverse.insert(0, ".").insert(0, octets.substr(0, dot));
    octets.remove_prefix(dot == std::string_view::npos ? octets.size() : dot + 1);
  }
  Result<DomainName> name = DomainName::parse(reverse);
  return network && name ? std::optional(*std::move(name)) : std::nullopt;
}

void read_plugin(CorefileBlock& block, const BraceStatement& directive) {
  const std::string_view name = directive.name();
  if (name == "forward" || name == "proxy" || name == "grpc") return read_forward(block, directive);
  if (name == "kubernetes" || name == "k8s_external" || name == "etcd" || name == "nomad") {
    return add_local_zones(block, directive, zones_of(block, directive, 1), std::string(name == "k8s_external" ? "kubernetes" : name));
  }
  if (name == "hosts") return read_hosts(block, directive);
  if (name == "file") return read_zone(block, directive, 2, ZoneKind::primary);
  if (name == "auto") return read_zone(block, directive, 1, ZoneKind::primary);
  if (name == "secondary") return read_zone(block, directive, 1, ZoneKind::secondary);
  if (name == "template") return add_local_zones(block, directive, zones_of(block, directive, 3), "template");
  if (name == "route53" || name == "clouddns") return read_cloud_zones(block, directive, false);
  if (name == "azure") return read_cloud_zones(block, directive, true);
  if (name == "cache") return read_cache(block, directive);
  if (name == "bind") return read_bind(block, directive);
  if (name == "rewrite") return read_rewrite(block, directive);
  if (name == "view") {
    return note_once(block, "view", directive.where,
                     "the expressions of views are not evaluated: every client counts as seeing each of them");
  }
  if (std::find(std::begin(kSilent), std::end(kSilent), name) != std::end(kSilent)) return;
  note_once(block, std::string(name), directive.where, fmt::format("the plugin \"{}\" is not known", name.substr(0, 60)));
}

}  // namespace mainstay
