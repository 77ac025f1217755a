#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "ingest/catalogue/endpoint_path.h"
#include "ingest/catalogue/identity.h"
#include "ingest/config/nginx.h"
#include "ingest/config/nginx_targets.h"
#include "ingest/syntax/duration.h"

namespace mainstay {
namespace nginx {
namespace {

constexpr std::string_view kAtStart =
    "nginx: a host that is written out is looked up once, when the configuration is read, and \"host not found\" then ends the start";

constexpr std::size_t kMaxGuards = 1'000;  // each is looked for among all locations of its server

std::optional<std::uint32_t> time_of(const BraceStatement* statement) {
  if (statement == nullptr || statement->words.size() < 2) return std::nullopt;
  const std::optional<std::uint32_t> time = milliseconds_of(statement->words[1].text);
  return time && *time > 0 ? time : std::nullopt;
}

bool is_on(const BraceStatement* statement) {
  return statement != nullptr && statement->words.size() > 1 && statement->words[1].text != "off";
}

bool is_inside(Location inner, Location outer) {
  return inner.source == outer.source && inner.begin >= outer.begin && inner.end <= outer.end;
}

class Uses {
 public:
  Uses(Unit& unit, const std::string& workload, const Configuration& configuration)
      : unit_(unit), workload_(workload), configuration_(configuration), targets_(configuration) {}

  void read() {
    for (const Block& block : configuration_.blocks()) {
      read_guards(block);
      read_named(block);
    }
    for (const Block& block : configuration_.blocks()) read_passes(block);
    add_stub();
  }

 private:
  /// What is common to the uses that one directive makes.
  struct Asked {
    Role role = Role::identity_host;
    std::string key;
    Location where;                  // of the directive
    std::string_view client;         // "proxy" for the directives "proxy_read_timeout" and its like
    const Block* guarded = nullptr;  // the block that asks for permission, when one does
  };

  /// Directives that ask for permission by a subrequest, which a location of the server answers.
  void read_guards(const Block& block) {
    if (const BraceStatement* guard = block.own("auth_request"); is_on(guard)) {
      follow(block, *guard, Role::api_gateway_authoriser);
    }
    if (const BraceStatement* keys = block.own("auth_jwt_key_request"); is_on(keys)) follow(block, *keys, Role::jwks);
  }

  void follow(const Block& block, const BraceStatement& guard, Role role) {
    const std::string& path = guard.words[1].text;
    const Block* server = block.within("server");
    if (!followed_.emplace(server, role, path).second || followed_.size() > kMaxGuards) return;
    std::vector<const Block*> servers;
    if (server != nullptr) servers.push_back(server);
    for (const Block& one : configuration_.blocks()) {
      if (server == nullptr && one.name() == "server") servers.push_back(&one);
    }
    bool is_found = false;
    for (const Block* one : servers) {
      const Block* location = location_for(*one, path);
      if (location == nullptr) continue;
      is_found = true;
      answering_.insert(location);
      for (const auto& [name, pass] : passes_of(*location)) {
        add(*location, *pass,
            {.role = role, .key = std::string(guard.name()), .where = guard.where, .client = client_of(name), .guarded = &block});
      }
    }
    if (is_found || path.find('$') != std::string::npos) return;
    unit_.note(guard.where, fmt::format("no location that is known here answers \"{}\"", path), "what is asked there is not counted");
  }

  /// The location that answers a path: an equal one, else the longest beginning.
  static const Block* location_for(const Block& server, std::string_view path) {
    const Block* best = nullptr;
    std::size_t longest = 0;
    for (const Block* one : server.blocks) {
      if (one->name() != "location" || one->statement->words.size() < 2) continue;
      const std::vector<BraceWord>& words = one->statement->words;
      const std::string& written = words.back().text;
      const bool is_prefix = words.size() == 2 || words[1].text == "^~";
      if (words.size() == 3 && words[1].text == "=" && written == path) return one;
      if (!is_prefix || !path.starts_with(written) || written.size() <= longest) continue;
      best = one;
      longest = written.size();
    }
    return best;
  }

  using Passes = std::vector<std::pair<std::string_view, const BraceStatement*>>;

  /// The directives that hand a request on, of a location and of the conditions in it.
  static Passes passes_of(const Block& block) {
    Passes found;
    for (const std::string_view name : {"proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass"}) {
      if (const BraceStatement* pass = block.own(name); pass != nullptr && pass->words.size() > 1) found.emplace_back(name, pass);
    }
    for (const Block* inner : block.blocks) {
      if (inner->name() != "if" && inner->name() != "limit_except") continue;
      for (const auto& one : passes_of(*inner)) found.push_back(one);
    }
    return found;
  }

  static std::string_view client_of(std::string_view pass) { return pass.substr(0, pass.find('_')); }

  /// Directives that name an endpoint themselves.
  void read_named(const Block& block) {
    const auto add_if = [&](std::string_view directive, const Asked& asked) {
      const BraceStatement* named = block.own(directive);
      if (named == nullptr || named->words.size() < 2) return;
      Asked one = asked;
      one.key = directive;
      one.where = named->where;
      add(block, *named, one);
    };
    if (block.name() == "oidc_provider") {
      add_if(block.own("config_url") != nullptr ? "config_url" : "issuer",
             {.role = Role::oidc_issuer, .key = {}, .where = {}, .client = "oidc"});
    }
    if (block.name() == "ldap_server") add_if("url", {.role = Role::ldap, .key = {}, .where = {}, .client = "ldap"});
    add_if("auth_http", {.role = Role::api_gateway_authoriser, .key = {}, .where = {}, .client = "auth_http"});
    if (is_on(block.in_force("ssl_ocsp"))) add_if("ssl_ocsp_responder", {.role = Role::ocsp, .key = {}, .where = {}, .client = "ocsp"});
  }

  /// What is handed on to a host, or under a path, that is known to be of an identity endpoint.
  void read_passes(const Block& block) {
    if (answering_.contains(&block) || block.name() == "if" || block.name() == "limit_except") return;
    for (const auto& [name, pass] : passes_of(block)) {
      for (const Target& target : targets_.of(block, pass->words[1])) {
        const std::optional<Role> role = role_of(block, target);
        if (!role) continue;
        add_target(block, target, {.role = *role, .key = std::string(name), .where = pass->where, .client = client_of(name)});
      }
    }
  }

  std::optional<Role> role_of(const Block& block, const Target& target) const {
    const bool is_in_stream = block.within("stream") != nullptr;
    if (is_in_stream && role_of_port(target.port)) return role_of_port(target.port);
    std::string path = target.path;
    if (block.name() == "location" && path.size() < 2) path = block.statement->words.back().text;
    if (const std::optional<Role> role = role_of_path(path)) return role;
    const std::vector<NamedEndpoint> named = identity_endpoints(unit_.catalogue(), "proxy_pass", target.host);
    return named.empty() ? std::nullopt : std::optional(named.front().role);
  }

  void add(const Block& block, const BraceStatement& pass, const Asked& asked) {
    for (const Target& target : targets_.of(block, pass.words[1])) add_target(block, target, asked);
  }

  void add_target(const Block& block, const Target& target, const Asked& asked) {
    // Directives of their own modules ask `resolver` whatever they are given.
    const bool is_at_run = !target.is_address && (target.is_at_run || asked.client == "oidc" || asked.client == "ocsp");
    const bool is_at_start = !target.is_address && !is_at_run && asked.client != "ldap";  // for that module nothing says when
    if (!said_.emplace(target.host, asked.role, target.group).second) return;
    Use use{.workload = workload_,
            .host = target.host,
            .port = target.port,
            .role = asked.role,
            .key = asked.key,
            .alternative = target.group.empty() ? std::string() : "upstream " + target.group,
            .on_failure = OnFailure::deny,
            .resolves = is_at_start ? Resolves::once : Resolves::each_time,
            .bypasses_dns = target.is_address,
            .reasons = {unit_.declared(target.where)}};
    if (!is_inside(target.where, asked.where)) use.reasons.push_back(unit_.declared(asked.where));
    if (is_at_start) {
      use.starts_without = false;
      use.start_reasons = {Evidence::by_default(std::string(kAtStart))};
      starts_ = true;
    }
    if (is_at_run) limit_lookup(block, use);
    limit_answer(block, asked.client, use);
    if (asked.role == Role::jwks && asked.guarded != nullptr) limit_hold(*asked.guarded, block, use);
    unit_.add(std::move(use));
  }

  void limit_lookup(const Block& block, Use& use) {
    at_run_.insert(block.in_force("resolver"));
    const BraceStatement* timeout = block.in_force("resolver_timeout");
    use.deadline = time_of(timeout);
    if (use.deadline) {
      use.deadline_reasons = {unit_.declared(timeout->where)};
    } else if (timeout == nullptr) {
      use.deadline = 30'000;
      use.deadline_reasons = {Evidence::by_default("nginx: resolver_timeout is 30 s when it is not set")};
    }
  }

  void limit_answer(const Block& block, std::string_view client, Use& use) const {
    constexpr std::array<std::string_view, 6> kWithTimeout = {"proxy", "grpc", "fastcgi", "uwsgi", "scgi", "auth_http"};
    // In a stream the clock only runs while nobody says anything, and what is said is not nginx's.
    const bool has_timeout = std::find(kWithTimeout.begin(), kWithTimeout.end(), client) != kWithTimeout.end();
    if (!has_timeout || block.within("stream") != nullptr) return;
    const std::string directive = std::string(client) + (client == "auth_http" ? "_timeout" : "_read_timeout");
    const BraceStatement* timeout = block.in_force(directive);
    use.answer_within = time_of(timeout);
    if (use.answer_within) {
      use.answer_reasons = {unit_.declared(timeout->where)};
    } else if (timeout == nullptr) {
      use.answer_within = 60'000;
      use.answer_reasons = {Evidence::by_default(fmt::format("nginx: {} is 60 s when it is not set", directive))};
    }
  }

  /// Keys are fetched again for each request unless they are cached here.
  void limit_hold(const Block& guarded, const Block& answering, Use& use) const {
    if (is_on(answering.in_force("proxy_cache"))) return;
    const BraceStatement* cache = guarded.in_force("auth_jwt_key_cache");
    const std::optional<std::uint32_t> time = time_of(cache);
    use.hold = time ? *time / 1000 : 0;
    use.hold_reasons = {cache != nullptr ? unit_.declared(cache->where)
                                         : Evidence::by_default("nginx: auth_jwt_key_request fetches the keys for each request")};
  }

  /// The servers of `resolver` are the workload's stub when every name goes to them, and to the same ones.
  void add_stub() {
    if (at_run_.empty()) return;
    const BraceStatement* resolver = *at_run_.begin();
    if (starts_ || at_run_.size() > 1 || resolver == nullptr) {
      if (resolver != nullptr) {
        unit_.note(resolver->where, "only some of the names go to these servers",
                   "all of them are taken as asked of the machine's resolvers");
      }
      return;
    }
    Stub stub{.scope = workload_, .rotate = true, .reasons = {unit_.declared(resolver->where)}};
    for (std::size_t at = 1; at < resolver->words.size(); ++at) {
      const BraceWord& word = resolver->words[at];
      if (word.text.find('=') != std::string::npos) continue;
      const std::optional<UrlParts> parts = split_url(targets_.text_of(configuration_.root(), word.text));
      if (!parts) continue;
      const std::optional<std::string> known = parts->host.known();
      const Result<IpAddress> address = known ? IpAddress::parse(*known) : Result<IpAddress>(Error{"not known"});
      Upstream upstream{.host = address ? std::string() : parts->host.display(), .reasons = {unit_.declared(word.where)}};
      if (address) upstream.address = *address;
      if (parts->port) upstream.port = *parts->port;
      stub.servers.push_back(std::move(upstream));
    }
    if (!stub.servers.empty()) unit_.add(std::move(stub));
  }

  Unit& unit_;
  const std::string& workload_;
  const Configuration& configuration_;
  Targets targets_;
  std::set<const Block*> answering_;
  std::set<std::tuple<const Block*, Role, std::string>> followed_;
  std::set<const BraceStatement*> at_run_;  // the `resolver` directives that names go to; null where none is set
  std::set<std::tuple<Text, Role, std::string>> said_;
  bool starts_ = false;
};

}  // namespace
}  // namespace nginx

void read_nginx(Unit& unit, const std::string& workload, const std::vector<BraceInput>& inputs, const nginx::Include& include) {
  const nginx::Configuration configuration(unit, inputs, include);
  nginx::Uses(unit, workload, configuration).read();
}

}  // namespace mainstay
