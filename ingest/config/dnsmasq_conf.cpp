// dnsmasq.conf: one forwarder, whom it asks for which domains, and what it answers by itself.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "ingest/config/file_variant.h"
#include "ingest/ingester.h"
#include "ingest/source/includes.h"
#include "ingest/syntax/lines.h"

namespace mainstay {
extern const Ingester dnsmasq_conf;

namespace {

constexpr std::string_view kUsual[] = {"/etc/", "/usr/local/etc/"};

std::string_view folder_of(std::string_view name) {
  return name.find('/') == std::string_view::npos ? std::string_view() : name.substr(0, name.rfind('/'));
}

bool is_fragment(std::string_view name) {
  const std::string_view folder = folder_of(name);
  return folder.substr(folder.rfind('/') + 1) == "dnsmasq.d";
}

bool speaks_dnsmasq(std::string_view head) {
  for (const std::string_view key : {"server=", "address=/", "no-resolv", "resolv-file=", "listen-address=", "local=/"}) {
    if (head.starts_with(key) || head.find("\n" + std::string(key)) != std::string_view::npos) return true;
  }
  return false;
}

Claim claims(std::string_view name, std::string_view head) {
  if (is_fragment(name) && !name.ends_with("/README")) return speaks_dnsmasq(head) ? Claim::by_content : Claim::no;
  switch (file_variant(name, "dnsmasq.conf")) {
    case FileVariant::itself: return Claim::by_name;
    case FileVariant::variant: return speaks_dnsmasq(head) ? Claim::by_content : Claim::no;
    case FileVariant::templated:  // servers that a template fills in are not known
    case FileVariant::none: break;
  }
  return Claim::no;
}

/// `key=value`, or a key alone; the value of `conf-dir` and `conf-file` has a file or folder first.
struct Setting {
  std::string_view key;
  std::string_view value;
  Location key_at;
  Location value_at;
};

template <class Take>
void each_setting(std::string_view text, SourceId source, Take&& take) {
  LineReader lines(text, source, {.comments_after_words = true});
  for (Line line; lines.next(line);) {
    const std::size_t begin = line.where.begin;
    const std::string_view written = text.substr(begin, line.where.end - begin);
    const std::size_t equals = std::min(written.find('='), written.size());
    const std::size_t value = std::min(written.find_first_not_of(" \t", equals + 1), written.size());
    const auto at = [&](std::size_t from, std::size_t to) {
      return Location{source, static_cast<std::uint32_t>(begin + from), static_cast<std::uint32_t>(begin + to)};
    };
    std::string_view key = written.substr(0, equals);
    while (key.ends_with(' ') || key.ends_with('\t')) key.remove_suffix(1);
    take(Setting{key, written.substr(value), at(0, std::max<std::size_t>(key.size(), 1)),
                 value < written.size() ? at(value, written.size()) : at(0, written.size())});
  }
}

std::vector<std::string> included_by(const SourceTree& tree, std::string_view from, const Setting& setting) {
  const std::string path(setting.value.substr(0, setting.value.find(',')));
  if (setting.key == "conf-file") return included_files(tree, from, path, kUsual);
  if (setting.key == "conf-dir") return included_files(tree, from, path + (path.ends_with('/') ? "*" : "/*"), kUsual);
  return {};
}

/// dnsmasq.conf and what it includes; a lone dnsmasq.d is one server too.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  const auto includes_of = [&](const std::string& name) {
    std::vector<std::string> found;
    const Result<std::string> bytes = tree.read(name);
    if (!bytes || bytes->find("conf-") == std::string::npos) return found;
    each_setting(*bytes, SourceId{}, [&](const Setting& setting) {
      for (std::string& target : included_by(tree, name, setting)) found.push_back(std::move(target));
    });
    return found;
  };
  return parts_joined(units_by_includes(std::move(names), "dnsmasq.conf", includes_of), &is_fragment);
}

std::string server_id(const Unit& unit) {
  std::string_view folder = unit.home().kind == ScopeKind::host ? std::string_view(unit.home().folder) : folder_of(unit.source().name());
  if (unit.home().kind != ScopeKind::host && is_fragment(unit.source().name())) folder = folder_of(folder);
  return folder.empty() ? "server:dnsmasq" : fmt::format("server:{}/dnsmasq", folder);
}

/// A name whose last label is a number was meant as an address.
bool is_host(const DomainName& name) {
  return !name.is_root() && name.labels().back().find_first_not_of("0123456789") != std::string_view::npos;
}

class DnsmasqReader {
 public:
  explicit DnsmasqReader(Unit& unit) : unit_(unit) {
    server_.id = server_id(unit);
    server_.software = "dnsmasq";
    server_.scope = unit.home().id;
    server_.iterates = false;
    server_.roles.push_back(ServerRole::forwarder);
  }

  void read() {
    // Files that the first one includes follow it in the unit; where in it they are included makes no difference to dnsmasq's lists.
    for (const auto& source : unit_.sources()) {
      each_setting(source->bytes(), unit_.id_of(*source), [&](const Setting& setting) { take(setting); });
    }
    finish();
  }

 private:
  void take(const Setting& one) {
    if (server_.reasons.empty()) server_.reasons.push_back(unit_.declared(one.key_at));
    if (one.key == "port" && one.value == "0") answers_dns_ = false;
    if (one.key == "server" || one.key == "local" || one.key == "rev-server") upstream(one);
    if (one.key == "address") address(one);
    if (one.key == "listen-address") listen(one);
    if (one.key == "no-resolv") reads_resolv_conf_ = false;
    if (one.key == "strict-order") choice_ = Choice::ordered;
    if (one.key == "all-servers") choice_ = Choice::parallel;
    if (one.key == "dnssec") server_.validates = true;
    if (one.key == "min-cache-ttl") server_.cache.min_ttl = number(one);
    if (one.key == "max-cache-ttl") server_.cache.max_ttl = number(one);
    if (one.key == "use-stale-cache") server_.cache.serve_stale = stale(one);
    if ((one.key == "conf-file" || one.key == "conf-dir") &&
        included_by(unit_.tree(), unit_.source(one.key_at.source).name(), one).empty()) {
      unit_.note(one.value_at, "nothing of the scanned folder is included by this");
    }
  }

  std::optional<std::uint32_t> stale(const Setting& one) {
    if (one.value.empty()) return kStaleDay;
    const std::optional<std::uint32_t> excess = number(one);
    return excess == 0u ? std::uint32_t{Ttl::kMax} : excess;  // zero is no limit, and not off
  }

  std::optional<std::uint32_t> number(const Setting& one) {
    std::uint32_t value = 0;
    const auto [end, failure] = std::from_chars(one.value.data(), one.value.data() + one.value.size(), value);
    if (failure == std::errc{} && end == one.value.data() + one.value.size()) return value;
    unit_.error(one.value_at, fmt::format("{} is a number of seconds", one.key));
    return std::nullopt;
  }

  /// The domains in front of a value, "/a.example/b.example/192.0.2.1", and what follows them.
  std::vector<DomainName> domains(const Setting& one, std::string_view& rest) {
    std::vector<DomainName> found;
    rest = one.value;
    if (!rest.starts_with('/')) return found;
    rest.remove_prefix(1);
    for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
      const std::string_view name = rest.substr(0, slash);
      rest.remove_prefix(slash + 1);
      if (name.empty() || name == "#") continue;  // "//" are names without dots, "/#/" every name
      if (const Result<DomainName> domain = DomainName::parse(name.starts_with("*.") ? name.substr(2) : name)) {
        found.push_back(*domain);
      } else {
        unit_.error(one.value_at, fmt::format("'{}' is no domain: {}", name, domain.error()));
      }
    }
    return found;
  }

  void upstream(const Setting& one) {
    if (one.key == "rev-server") return;  // reverse names are no part of any login here
    std::string_view rest;
    std::vector<DomainName> zones = domains(one, rest);
    const bool everything = zones.empty() && !one.value.starts_with('/');
    if (everything) zones.push_back(DomainName::root());
    if (rest.empty()) {
      for (const DomainName& zone : zones) add_local(zone, "file", one);  // only /etc/hosts and DHCP leases answer
      return;
    }
    if (rest == "#") {
      for (const DomainName& zone : zones) usual_.push_back({zone, unit_.declared(one.value_at)});
      return;
    }
    if (std::optional<Upstream> server = server_at(rest, one)) {
      for (const DomainName& zone : zones) forward(zone, one).upstreams.push_back(*server);
    }
  }

  /// "192.0.2.1#5353@eth0": address, port, interface or source address.
  std::optional<Upstream> server_at(std::string_view text, const Setting& one) {
    const std::string_view host = text.substr(0, text.find_first_of("#@"));
    Upstream upstream{.reasons = {unit_.declared(one.value_at)}};
    if (const Result<IpAddress> address = IpAddress::parse(host.substr(0, host.find('%')))) {
      upstream.address = *address;
    } else if (const Result<DomainName> name = DomainName::parse(host); name && is_host(*name)) {
      upstream.host = name->host();
    } else {
      unit_.error(one.value_at, fmt::format("'{}' is no server", host));
      return std::nullopt;
    }
    if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
      const std::string_view digits = text.substr(hash + 1, text.find('@', hash) - hash - 1);
      const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), upstream.port);
      if (failure != std::errc{} || end != digits.data() + digits.size() || upstream.port == 0) {
        unit_.error(one.value_at, fmt::format("'{}' is not a port", digits));
        return std::nullopt;
      }
    }
    return upstream;
  }

  Forward& forward(const DomainName& zone, const Setting& one) {
    const auto known = std::ranges::find(server_.forwards, zone, &Forward::zone);
    if (known != server_.forwards.end()) return *known;
    return server_.forwards.emplace_back(Forward{.zone = zone, .reasons = {unit_.declared(one.key_at)}});
  }

  void address(const Setting& one) {
    std::string_view rest;
    for (const DomainName& zone : domains(one, rest)) add_local(zone, rest.empty() ? "static" : "redirect", one);
  }

  void add_local(const DomainName& zone, std::string_view source, const Setting& one) {
    server_.local_zones.push_back({.zone = zone, .source = std::string(source), .reasons = {unit_.declared(one.value_at)}});
  }

  void listen(const Setting& one) {
    for (std::string_view rest = one.value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (const Result<IpAddress> address = IpAddress::parse(rest.substr(0, comma))) {
        server_.addresses.push_back(*address);
      } else {
        unit_.error(one.value_at, fmt::format("'{}' is not an IP address", rest.substr(0, comma)));
      }
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }

  void finish() {
    if (!answers_dns_) return unit_.note({}, "port=0: this dnsmasq answers no questions");
    if (server_.reasons.empty()) server_.reasons.push_back(unit_.declared({}));
    if (server_.addresses.empty()) {
      server_.addresses = {*IpAddress::parse("127.0.0.1"), *IpAddress::parse("::1")};
      server_.reasons.push_back(Evidence::by_default("dnsmasq(8): without listen-address it listens on all, loopback among them"));
    }
    if (reads_resolv_conf_ && unit_.home().kind == ScopeKind::host) from_resolv_conf();
    for (const auto& [zone, reason] : usual_) {
      const auto root = std::ranges::find(server_.forwards, DomainName::root(), &Forward::zone);
      if (root == server_.forwards.end()) continue;
      Forward copy = *root;
      copy.zone = zone;
      copy.reasons = {reason};
      server_.forwards.push_back(std::move(copy));
    }
    for (Forward& one : server_.forwards) {
      one.choice = choice_.value_or(Choice::random);
      if (!choice_) {
        one.reasons.push_back(
            Evidence::by_default("dnsmasq(8): it prefers the server that answered last, and asks all of them when that fails"));
      }
    }
    unit_.add(std::move(server_));
  }

  /// Without no-resolv the servers of /etc/resolv.conf are asked too. When that names this dnsmasq, it is an alternative that never helps.
  void from_resolv_conf() {
    const auto known = std::ranges::find(server_.forwards, DomainName::root(), &Forward::zone);
    Forward& root = known != server_.forwards.end()
                        ? *known
                        : server_.forwards.emplace_back(Forward{.zone = DomainName::root(), .reasons = {unit_.declared({})}});
    root.upstreams.push_back(
        {.stub = unit_.home().id,
         .reasons = {Evidence::by_default("dnsmasq(8): without no-resolv the servers of /etc/resolv.conf are asked too")}});
  }

  static constexpr std::uint32_t kStaleDay = 86400;  // use-stale-cache without a number: one day

  Unit& unit_;
  Server server_;
  std::vector<std::pair<DomainName, Evidence>> usual_;  // domains that are asked of the servers for everything
  std::optional<Choice> choice_;
  bool reads_resolv_conf_ = true;
  bool answers_dns_ = true;
};

void read(Unit& unit) { DnsmasqReader(unit).read(); }

}  // namespace

constinit const Ingester dnsmasq_conf{
    .name = "dnsmasq-conf", .title = "dnsmasq forwarder", .reference = "dnsmasq(8)", .claims = &claims, .read = &read, .gather = &gather};

}  // namespace mainstay
