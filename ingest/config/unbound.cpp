// unbound.conf: one validating recursive resolver, where it forwards to, and what it answers by itself.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "ingest/config/unbound_local.h"
#include "ingest/config/unbound_options.h"
#include "ingest/ingester.h"
#include "ingest/source/includes.h"

namespace mainstay {
extern const Ingester unbound;

namespace {

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }
std::string_view folder_of(std::string_view name) {
  return name.find('/') == std::string_view::npos ? std::string_view() : name.substr(0, name.rfind('/'));
}

bool has_line(std::string_view head, std::string_view start) {
  for (std::size_t at = head.find(start); at != std::string_view::npos; at = head.find(start, at + 1)) {
    const std::size_t line = at == 0 ? 0 : head.find_last_not_of(" \t", at - 1);
    if (at == 0 || line == std::string_view::npos || head[line] == '\n') return true;
  }
  return false;
}

Claim claims(std::string_view name, std::string_view head) {
  const std::string_view base = base_name(name);
  if (!base.ends_with(".conf")) return Claim::no;
  if (base.starts_with("unbound") || base_name(folder_of(name)) == "unbound.conf.d") return Claim::by_name;
  return has_line(head, "forward-zone:") || has_line(head, "stub-zone:") ? Claim::by_content : Claim::no;
}

std::vector<std::string> includes_of(const SourceTree& tree, const std::string& name) {
  std::vector<std::string> found;
  const Result<std::string> bytes = tree.read(name);
  if (!bytes) return found;
  UnboundLexer lexer(*bytes, SourceId{});
  bool open_quote = false;
  bool wanted = false;
  for (UnboundWord word; lexer.next(word, open_quote);
       wanted = !word.quoted && (word.text == "include:" || word.text == "include-toplevel:")) {
    if (!wanted) continue;
    for (std::string& target : unbound_includes(tree, name, word.text)) found.push_back(std::move(target));
  }
  return found;
}

/// A file that another one includes belongs to that one's unit; the files of a lone unbound.conf.d are one unit together.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  return parts_joined(units_by_includes(std::move(names), "unbound.conf", [&](const std::string& name) { return includes_of(tree, name); }),
                      [](std::string_view name) { return base_name(folder_of(name)) == "unbound.conf.d"; });
}

/// "server:<host folder>/unbound"; a file with a name of its own ("unbound-lan.conf") is a server of its own.
std::string server_id(const Unit& unit) {
  const std::string& name = unit.source().name();
  std::string_view folder = unit.home().kind == ScopeKind::host ? std::string_view(unit.home().folder) : folder_of(name);
  std::string_view base = base_name(name);
  if (base_name(folder_of(name)) == "unbound.conf.d") {
    base = "unbound.conf";
    if (unit.home().kind != ScopeKind::host) folder = folder_of(folder);
  }
  base.remove_suffix(base.ends_with(".conf") ? 5 : 0);
  return folder.empty() ? fmt::format("server:{}", base) : fmt::format("server:{}/{}", folder, base);
}

/// One forward-zone or stub-zone while its clause is read.
struct ForwardClause {
  Forward forward;
  bool has_name = false;
  bool over_tls = false;
  Location where;
};

/// One auth-zone while its clause is read.
struct AuthClause {
  std::optional<DomainName> apex;
  bool secondary = false;
  bool downstream = true;
  bool fallback = false;
  Location where;
};

class UnboundReader {
 public:
  explicit UnboundReader(Unit& unit) : unit_(unit), local_(unit, server_id(unit)) {
    server_.id = server_id(unit);
    server_.software = "unbound";
    server_.scope = unit.home().id;
  }

  void take(const UnboundOption& option) {
    if (option.starts_clause) {
      start(option);
    } else if (option.clause == "server") {
      server_option(option);
    } else if (option.clause == "forward-zone" || option.clause == "stub-zone") {
      forward_option(option);
    } else if (option.clause == "auth-zone") {
      auth_option(option);
    } else if (option.clause == "view" && option.name.starts_with("local-")) {
      if (view_data_++ == 0) view_at_ = option.where;
    }
  }

  void finish() {
    close_clauses();
    if (view_data_ > 0) {
      unit_.note(view_at_, fmt::format("local data of views is not looked at: {} of its lines", view_data_),
                 "they hold for some clients of this server only");
    }
    if (server_.addresses.empty() && !listens_elsewhere_) listen_on_loopback();
    forbid_loopback();
    const bool has_root = std::ranges::any_of(server_.forwards, [](const Forward& forward) {
      return forward.zone.is_root() && !forward.is_stub_zone && !forward.falls_back_to_iteration && !forward.upstreams.empty();
    });
    server_.iterates = !has_root;
    if (!has_root) server_.roles.push_back(ServerRole::recursive_resolver);
    if (!server_.forwards.empty()) server_.roles.push_back(ServerRole::forwarder);
    if (is_authoritative_) server_.roles.push_back(ServerRole::authoritative);
    if (stale_) server_.cache.serve_stale = *stale_ ? (stale_ttl_ == 0 ? std::uint32_t{Ttl::kMax} : stale_ttl_) : 0;
    if (permissive_) server_.validates = false;
    if (server_.reasons.empty()) server_.reasons.push_back(unit_.declared({}));
    local_.finish(server_);
    unit_.add(std::move(server_));
  }

 private:
  void start(const UnboundOption& option) {
    close_clauses();
    if (server_.reasons.empty() || option.clause == "server") server_.reasons.push_back(unit_.declared(option.where));
    if (option.clause == "forward-zone" || option.clause == "stub-zone") {
      forward_ = ForwardClause{.where = option.where};
      forward_->forward.is_stub_zone = option.clause == "stub-zone";
      forward_->forward.choice = Choice::random;  // unbound picks at random among the servers within 400 ms of the fastest
    } else if (option.clause == "auth-zone") {
      auth_ = AuthClause{.where = option.where};
    }
  }

  bool is_yes(const UnboundOption& option) {
    const std::string_view text = option.values[0].text;
    if (text != "yes" && text != "no") unit_.error(option.values[0].where, fmt::format("{} is yes or no", option.name));
    return text == "yes";
  }

  std::optional<std::uint32_t> number(const UnboundOption& option) {
    const std::string_view text = option.values[0].text;
    std::uint32_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc{} && end == text.data() + text.size()) return value;
    unit_.error(option.values[0].where, fmt::format("{} is a number of seconds", option.name));
    return std::nullopt;
  }

  void server_option(const UnboundOption& option) {
    const std::string_view name = option.name;
    if (name == "interface" || name == "ip-address") return interface(option.values[0]);
    if (name == "do-not-query-localhost") loopback_allowed_ = !is_yes(option);
    if (name == "module-config") validates_with(option.values[0].text);
    if (name == "val-permissive-mode") permissive_ = is_yes(option);
    if (name == "serve-expired") stale_ = is_yes(option);
    if (name == "serve-expired-ttl") stale_ttl_ = number(option).value_or(0);
    if (name == "cache-min-ttl") server_.cache.min_ttl = number(option);
    if (name == "cache-max-ttl") server_.cache.max_ttl = number(option);
    if (name == "local-zone") local_.zone(option);
    if (name == "local-data") local_.data(option);
    if (name == "local-data-ptr") local_.data_ptr(option);
    const bool anchor =
        name == "auto-trust-anchor-file" || name == "trust-anchor-file" || name == "trust-anchor" || name == "trusted-keys-file";
    if (anchor && !server_.validates) server_.validates = true;  // the default module-config is "validator iterator"
  }

  void validates_with(std::string_view modules) { server_.validates = modules.find("validator") != std::string_view::npos; }

  void interface(const UnboundWord& word) {
    const Result<IpAddress> address = IpAddress::parse(word.text.substr(0, word.text.find('@')));
    const std::string_view host = word.text.substr(0, word.text.find('@'));
    if (!address) {
      listens_elsewhere_ = true;
      if (host.find_first_not_of("0123456789.") == std::string_view::npos)
        unit_.error(word.where, fmt::format("'{}' is not an IP address", host));
      else
        unit_.note(word.where, fmt::format("the addresses of interface {} are not known", host));
      return;
    }
    IpAddress listens = *address;
    if (address->text() == "0.0.0.0" || address->text() == "::") {
      // All addresses of the host: which those are the file does not say, but loopback is among them.
      listens = *IpAddress::parse(address->is_v4() ? "127.0.0.1" : "::1");
    }
    if (std::ranges::find(server_.addresses, listens) != server_.addresses.end()) return;
    server_.addresses.push_back(listens);
    server_.reasons.push_back(unit_.declared(word.where));
  }

  void listen_on_loopback() {
    server_.addresses = {*IpAddress::parse("127.0.0.1"), *IpAddress::parse("::1")};
    server_.reasons.push_back(Evidence::by_default("unbound.conf(5): without an interface it listens on 127.0.0.1 and ::1"));
  }

  void forward_option(const UnboundOption& option) {
    if (!forward_) return;
    std::string_view name = option.name;
    name.remove_prefix(name.starts_with("forward-") ? 8 : name.starts_with("stub-") ? 5 : 0);
    if (name == "name") {
      const Result<DomainName> zone = DomainName::parse(option.values[0].text);
      if (!zone) return unit_.error(option.values[0].where, zone.error());
      forward_->has_name = true;
      forward_->forward.zone = *zone;
      forward_->forward.reasons.push_back(unit_.declared(option.values[0].where));
    } else if (name == "addr") {
      upstream(option.values[0], true);
    } else if (name == "host") {
      upstream(option.values[0], false);
    } else if (name == "first") {
      forward_->forward.falls_back_to_iteration = is_yes(option);
    } else if (name == "tls-upstream" || name == "ssl-upstream") {
      forward_->over_tls = is_yes(option);
    } else if (name != "tcp-upstream" && name != "no-cache" && name != "prime") {
      unit_.note(option.where, fmt::format("{} is no known option of a {}", option.name, option.clause));
    }
  }

  /// ip@port#tls-name or host@port#tls-name; a name without a port means port 853.
  void upstream(const UnboundWord& word, bool is_address) {
    std::string_view text = word.text;
    Upstream upstream;
    if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
      upstream.tls_name = text.substr(hash + 1);
      upstream.port = 853;
      text = text.substr(0, hash);
    }
    if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
      const std::string_view digits = text.substr(at + 1);
      const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), upstream.port);
      if (failure != std::errc{} || end != digits.data() + digits.size() || upstream.port == 0) {
        return unit_.error(word.where, fmt::format("'{}' is not a port", digits));
      }
      text = text.substr(0, at);
    }
    const Result<IpAddress> address = IpAddress::parse(text.substr(0, text.find('%')));
    const Result<DomainName> host = DomainName::parse(text);
    if (is_address && !address)
      return unit_.error(word.where, fmt::format("'{}' is not an IP address", text), "a host name goes into forward-host or stub-host");
    if (!is_address && !host) return unit_.error(word.where, host.error());
    if (is_address)
      upstream.address = *address;
    else
      upstream.host = host->host();
    upstream.reasons.push_back(unit_.declared(word.where));
    forward_->forward.upstreams.push_back(std::move(upstream));
  }

  void auth_option(const UnboundOption& option) {
    if (!auth_) return;
    if (option.name == "name") {
      const Result<DomainName> apex = DomainName::parse(option.values[0].text);
      if (!apex) return unit_.error(option.values[0].where, apex.error());
      auth_->apex = *apex;
    } else if (option.name == "primary" || option.name == "master" || option.name == "url") {
      auth_->secondary = true;
    } else if (option.name == "for-downstream") {
      auth_->downstream = is_yes(option);
    } else if (option.name == "fallback-enabled") {
      auth_->fallback = is_yes(option);
    }
  }

  void close_clauses() {
    if (forward_) close_forward();
    if (auth_) close_auth();
    forward_.reset();
    auth_.reset();
  }

  void close_forward() {
    if (!forward_->has_name) return unit_.error(forward_->where, "the zone has no name", "add 'name: \".\"' or the domain that is meant");
    Forward& forward = forward_->forward;
    if (!declared_.emplace(forward.zone, forward.is_stub_zone).second) {
      return unit_.warning(forward_->where, fmt::format("{} is declared a second time", forward.zone.text()),
                           "the first declaration is used");
    }
    for (Upstream& upstream : forward.upstreams) {
      if (forward_->over_tls && upstream.tls_name.empty())
        upstream.reasons.push_back(Evidence::by_default("unbound.conf(5): TLS without a checked name"));
    }
    if (forward.upstreams.empty()) {
      unit_.note(forward_->where, fmt::format("{} names no server to ask", forward.zone.text()));
      forward.falls_back_to_iteration = true;
    }
    server_.forwards.push_back(std::move(forward));
  }

  void close_auth() {
    if (!auth_->apex) return unit_.error(auth_->where, "the auth-zone has no name", "add 'name: \"corp.example\"'");
    const Evidence reason = unit_.declared(auth_->where);
    is_authoritative_ = is_authoritative_ || auth_->downstream;
    unit_.add(Zone{.apex = *auth_->apex,
                   .kind = auth_->secondary ? ZoneKind::secondary : ZoneKind::primary,
                   .served_by = {server_.id},
                   .reasons = {reason}});
  }

  /// do-not-query-localhost is on by default: a loopback upstream is read and never asked.
  void forbid_loopback() {
    if (loopback_allowed_) return;
    for (Forward& forward : server_.forwards) {
      for (Upstream& upstream : forward.upstreams) {
        if (!upstream.address || !upstream.address->is_loopback()) continue;
        upstream.asked = false;
        upstream.reasons.push_back(
            Evidence::by_default("unbound.conf(5): do-not-query-localhost is yes, so loopback addresses are never asked"));
      }
    }
  }

  Unit& unit_;
  Server server_;
  UnboundLocalData local_;
  std::optional<ForwardClause> forward_;
  std::optional<AuthClause> auth_;
  bool loopback_allowed_ = false;
  bool listens_elsewhere_ = false;
  bool is_authoritative_ = false;
  bool permissive_ = false;
  std::optional<bool> stale_;
  std::uint32_t stale_ttl_ = 0;                     // 0: no limit (serve-expired-ttl in unbound.conf(5))
  std::set<std::pair<DomainName, bool>> declared_;  // forward-zones and stub-zones so far
  std::uint64_t view_data_ = 0;
  Location view_at_;
};

void read(Unit& unit) {
  UnboundReader reader(unit);
  read_unbound_options(unit, [&](const UnboundOption& option) { reader.take(option); });
  reader.finish();
}

}  // namespace

constinit const Ingester unbound{
    .name = "unbound", .title = "Unbound resolver", .reference = "unbound.conf(5)", .claims = &claims, .read = &read, .gather = &gather};

}  // namespace mainstay
