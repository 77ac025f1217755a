// named.conf: one BIND 9 server, whom it forwards to, and which zones it serves.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "ingest/config/named_statements.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester named_conf;

namespace {

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }
std::string_view folder_of(std::string_view name) {
  return name.find('/') == std::string_view::npos ? std::string_view() : name.substr(0, name.rfind('/'));
}

bool speaks_bind(std::string_view head) {
  const bool zone = head.find("zone \"") != std::string_view::npos && head.find("type ") != std::string_view::npos;
  const bool options = head.find("options {") != std::string_view::npos || head.find("options\n{") != std::string_view::npos;
  return head.find(';') != std::string_view::npos && (zone || options);
}

Claim claims(std::string_view name, std::string_view head) {
  const std::string_view base = base_name(name);
  if (base == "named.conf") return Claim::by_name;
  if (base.starts_with("named.conf.") || (base.starts_with("named") && base.ends_with(".conf"))) {
    return speaks_bind(head) ? Claim::by_content : Claim::no;
  }
  const std::string_view folder = base_name(folder_of(name));
  const bool near = folder == "bind" || folder == "named" || folder == "named.d";
  return near && base.ends_with(".conf") && speaks_bind(head) ? Claim::by_content : Claim::no;
}

/// What a file includes belongs to it; of the files that Debian's named.conf includes, those in one folder are one server without it too.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  return parts_joined(
      units_by_includes(std::move(names), "named.conf", [&](const std::string& name) { return named_includes(tree, name); }),
      [](std::string_view name) { return base_name(name).starts_with("named.conf."); });
}

/// "server:<host folder>/named"; outside a host's file system the folder of the file stands for the server.
std::string server_id(const Unit& unit) {
  const std::string_view folder =
      unit.home().kind == ScopeKind::host ? std::string_view(unit.home().folder) : folder_of(unit.source().name());
  return folder.empty() ? "server:named" : fmt::format("server:{}/named", folder);
}

class NamedReader {
 public:
  explicit NamedReader(Unit& unit) : unit_(unit) {
    server_.id = server_id(unit);
    server_.software = "bind";
    server_.scope = unit.home().id;
  }

  void read() {
    const std::vector<NamedStatement> statements = named_statements(unit_);
    for (const NamedStatement& one : statements) {
      if (one.name() == "options") options(one);
    }
    for (const NamedStatement& one : statements) {
      if (one.name() == "zone") zone(one);
      if (one.name() == "view") views_.push_back(&one);
    }
    view();
    finish();
  }

 private:
  bool is_yes(const NamedStatement& one) {
    const std::string_view text = one.argument(0);
    if (text == "yes" || text == "true" || text == "1") return true;
    if (text != "no" && text != "false" && text != "0") unit_.error(one.where(), fmt::format("{} is yes or no", one.name()));
    return false;
  }

  void options(const NamedStatement& block) {
    server_.reasons.push_back(unit_.declared(block.where()));
    for (const NamedStatement& one : block.inner()) option(one);
    if (const NamedStatement* list = block.find("forwarders"))
      forward(DomainName::root(), *list, block.find("forward"), Forwarding::as_written);
  }

  void option(const NamedStatement& one) {
    const std::string_view name = one.name();
    if (name == "listen-on" || name == "listen-on-v6") listen(one);
    if (name == "recursion") recurses_ = is_yes(one);
    if (name == "dnssec-validation") server_.validates = one.argument(0) != "no";
    if (name == "stale-answer-enable") answers_stale_ = one.argument(0) != "no" && one.argument(0) != "false";
    if (name == "stale-cache-enable") keeps_stale_ = is_yes(one);
    if (name == "max-stale-ttl") max_stale_ = seconds(one);
    if (name == "max-cache-ttl") server_.cache.max_ttl = seconds(one);
    if (name == "min-cache-ttl") server_.cache.min_ttl = seconds(one);
  }

  /// A duration of named.conf: seconds, "1d12h", or ISO 8601 ("PT1H").
  std::optional<std::uint32_t> seconds(const NamedStatement& one) {
    const std::optional<std::uint32_t> value = named_duration(one.argument(0));
    if (!value) unit_.error(one.where(), fmt::format("'{}' is no duration", one.argument(0)), "seconds, 1d12h, or PT36H");
    return value;
  }

  void listen(const NamedStatement& list) {
    const bool v6 = list.name() == "listen-on-v6";
    (v6 ? listens_v6_said_ : listens_said_) = true;
    for (const NamedStatement& one : list.inner()) {
      const std::string_view word = one.name();
      if (word == "any" || word == "localhost") {
        add_address(*IpAddress::parse(v6 ? "::1" : "127.0.0.1"), unit_.declared(one.where()));
      } else if (const Result<IpAddress> address = IpAddress::parse(word)) {
        add_address(*address, unit_.declared(one.where()));
      } else if (word != "none") {
        unit_.note(one.where(), fmt::format("which addresses '{}' stands for is not looked at", word));
      }
    }
  }

  void add_address(const IpAddress& address, Evidence reason) {
    if (std::ranges::find(server_.addresses, address) != server_.addresses.end()) return;
    server_.addresses.push_back(address);
    server_.reasons.push_back(std::move(reason));
  }

  enum class Forwarding : std::uint8_t { as_written, authoritative };

  void forward(const DomainName& zone, const NamedStatement& list, const NamedStatement* mode, Forwarding kind) {
    Forward forward{.zone = zone, .choice = Choice::random, .reasons = {unit_.declared(list.where())}};
    // BIND asks the forwarder with the smallest round-trip time, and others now and then; it starts with a random one.
    forward.is_stub_zone = kind == Forwarding::authoritative;
    forward.falls_back_to_iteration = !forward.is_stub_zone && (mode == nullptr || mode->argument(0) == "first");
    for (const NamedStatement& one : list.inner()) {
      if (std::optional<Upstream> upstream = server(one)) forward.upstreams.push_back(*std::move(upstream));
    }
    if (mode == nullptr && !forward.is_stub_zone) {
      forward.reasons.push_back(Evidence::by_default("BIND: without a forward statement it is first: iteration when no forwarder answers"));
    }
    if (list.inner().empty()) forward.falls_back_to_iteration = true;  // "forwarders { };" switches forwarding off below the zone
    if (forward.upstreams.empty() && !list.inner().empty()) return;
    server_.forwards.push_back(std::move(forward));
  }

  std::optional<Upstream> server(const NamedStatement& one) {
    const Result<IpAddress> address = IpAddress::parse(one.name());
    if (!address) {
      unit_.note(one.where(), fmt::format("the servers behind '{}' are not looked at", one.name()));
      return std::nullopt;
    }
    Upstream upstream{.address = *address, .reasons = {unit_.declared(one.where())}};
    if (one.argument(0) == "port") {
      const std::string_view digits = one.argument(1);
      const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), upstream.port);
      if (failure != std::errc{} || end != digits.data() + digits.size() || upstream.port == 0) {
        unit_.error(one.where(), fmt::format("'{}' is not a port", digits));
        return std::nullopt;
      }
    }
    return upstream;
  }

  void zone(const NamedStatement& one) {
    const Result<DomainName> apex = DomainName::parse(one.argument(0));
    if (!apex) return unit_.error(one.where(), fmt::format("'{}' is no zone: {}", one.argument(0), apex.error()));
    const NamedStatement* type_statement = one.find("type");
    const std::string_view type = type_statement == nullptr ? std::string_view() : type_statement->argument(0);
    const bool primary = type == "primary" || type == "master";
    const bool secondary = type == "secondary" || type == "slave" || type == "mirror";
    if (primary || secondary) {
      is_authoritative_ = true;
      if (apex->is_root() && !primary) return;  // a mirror of the root is a cache of what iteration would find
      unit_.add(Zone{.apex = *apex,
                     .kind = primary ? ZoneKind::primary : ZoneKind::secondary,
                     .served_by = {server_.id},
                     .reasons = {unit_.declared(one.where())}});
    } else if (type == "forward") {
      const NamedStatement* list = one.find("forwarders");
      if (list != nullptr) forward(*apex, *list, one.find("forward"), Forwarding::as_written);
    } else if (type == "stub" || type == "static-stub") {
      for (const char* key : {"server-addresses", "primaries", "masters"}) {
        if (const NamedStatement* list = one.find(key)) forward(*apex, *list, nullptr, Forwarding::authoritative);
      }
    } else if (type != "hint" && type != "redirect" && type != "delegation-only") {
      unit_.note(one.where(),
                 type.empty() ? fmt::format("zone {} has no type", apex->text()) : fmt::format("zones of type '{}' are not known", type));
    }
  }

  /// Which view answers a client depends on its address; only a view that takes every client can be told to be the one.
  void view() {
    const auto takes_all = [](const NamedStatement* one) {
      const NamedStatement* clients = one->find("match-clients");
      return clients == nullptr || std::ranges::any_of(clients->inner(), [](const NamedStatement& word) { return word.name() == "any"; });
    };
    const auto chosen = std::ranges::find_if(views_, takes_all);
    for (const NamedStatement* one : views_) {
      if (chosen != views_.end() && one == *chosen) continue;
      unit_.note(one->where(),
                 fmt::format("view {} is not looked at: which clients it answers is a matter of their addresses", one->argument(0)));
    }
    if (chosen == views_.end()) return;
    for (const NamedStatement& one : (*chosen)->inner()) {
      if (one.name() == "zone") zone(one);
      option(one);
    }
    if (const NamedStatement* list = (*chosen)->find("forwarders")) {
      forward(DomainName::root(), *list, (*chosen)->find("forward"), Forwarding::as_written);
    }
  }

  void finish() {
    if (!listens_said_) listens_by_default("127.0.0.1");
    if (!listens_v6_said_) listens_by_default("::1");
    server_.iterates = recurses_;
    if (recurses_) server_.roles.push_back(ServerRole::recursive_resolver);
    if (!server_.forwards.empty() && recurses_) server_.roles.push_back(ServerRole::forwarder);
    if (is_authoritative_) server_.roles.push_back(ServerRole::authoritative);
    if (!recurses_) server_.forwards.clear();
    constexpr std::uint32_t kMaxStale = 86400;  // max-stale-ttl, BIND 9.18
    if (answers_stale_ || keeps_stale_) {
      const bool serves = answers_stale_.value_or(false) && keeps_stale_.value_or(false);
      server_.cache.serve_stale = serves ? max_stale_.value_or(kMaxStale) : 0;
    }
    if (server_.reasons.empty()) server_.reasons.push_back(unit_.declared({}));
    unit_.add(std::move(server_));
  }

  void listens_by_default(std::string_view loopback) {
    add_address(*IpAddress::parse(loopback),
                Evidence::by_default("BIND: without listen-on it listens on every address, loopback among them"));
  }

  Unit& unit_;
  Server server_;
  std::vector<const NamedStatement*> views_;
  std::optional<std::uint32_t> max_stale_;
  bool recurses_ = true;
  std::optional<bool> answers_stale_;
  std::optional<bool> keeps_stale_;
  bool listens_said_ = false;
  bool listens_v6_said_ = false;
  bool is_authoritative_ = false;
};

void read(Unit& unit) { NamedReader(unit).read(); }

}  // namespace

constinit const Ingester named_conf{.name = "named-conf",
                                    .title = "BIND 9 server",
                                    .reference = "BIND 9 Administrator Reference Manual, Configuration Reference",
                                    .claims = &claims,
                                    .read = &read,
                                    .gather = &gather};

}  // namespace mainstay
