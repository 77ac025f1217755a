#include "analyzer/gate/sign_in_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "analyzer/rules/rule.h"
#include "graph/values/redaction.h"

namespace mainstay {
namespace {

std::string without_dot(std::string name) {
  if (name.size() > 1 && name.ends_with('.')) name.pop_back();
  return name;
}

/// "a, b and 3 more".
template <class Names>
std::string listed(const Names& names) {
  constexpr std::size_t kShown = 4;
  std::string out;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count++ < kShown) out += (out.empty() ? "" : ", ") + name;
  }
  return count > kShown ? fmt::format("{} and {} more", out, count - kShown) : out;
}

/// Names that sign-in paths look up, and zones that they go through.
struct Used {
  std::set<std::string, std::less<>> names;
  std::set<std::string, std::less<>> zones;

  void add(const RequirementGraph& graph) {
    for (const Node& node : graph.nodes()) {
      const std::string name = without_dot(node.name.substr(0, node.name.find_first_of("@ ")));
      switch (node.kind) {
        case NodeKind::zone: zones.insert(name); break;
        case NodeKind::lookup:
        case NodeKind::question:
        case NodeKind::iteration:
        case NodeKind::address:
        case NodeKind::name_server: names.insert(name); break;
        default: break;
      }
    }
  }

  bool has(const RecordSetChange& one) const { return names.contains(one.owner) || (zones.contains(one.owner) && is_of_zones(one.type)); }
  static bool is_of_zones(std::string_view type) { return type == "NS" || type == "SOA" || type == "DS" || type == "DNSKEY"; }
};

using RecordKey = std::tuple<std::string, std::string, std::string, std::string>;  // owner, type, zone, view

std::map<RecordKey, RecordState> record_sets(const Estate& estate) {
  std::map<RecordKey, RecordState> all;
  for (const Record& record : estate.records()) {
    RecordState& set = all[{without_dot(record.owner.display()), record.type, without_dot(record.zone), record.view}];
    set.data.insert(redacted(without_dot(record.data.display())));
    if (record.ttl) set.ttl = std::max(set.ttl.value_or(0), record.ttl->seconds());
  }
  for (const Delegation& one : estate.delegations()) {
    const auto add = [&](const char* type, const std::string& data) {
      RecordState& set = all[{std::string(one.child.host()), type, std::string(one.parent.host()), one.view}];
      set.data.insert(data);
      if (one.ttl) set.ttl = std::max(set.ttl.value_or(0), one.ttl->seconds());
    };
    for (const DomainName& server : one.name_servers) add("NS", std::string(server.host()));
    for (const std::string& ds : one.ds) add("DS", ds);
  }
  return all;
}

std::string ttl_in_words(const std::optional<std::uint32_t>& ttl) { return ttl ? fmt::format("{}", *ttl) : "not stated"; }

class Differences {
 public:
  Differences(const Analysis& base, const Analysis& head) : base_(base.estate()), head_(head.estate()) {
    used_.add(base.graph());
    used_.add(head.graph());
  }

  SignInChanges run() {
    zones();
    records();
    stubs();
    servers();
    uses();
    return std::move(out_);
  }

 private:
  void say(std::string_view verb, std::string what) { out_.words.push_back(fmt::format("{:<8} {}", verb, what)); }

  /// Compares two maps of texts: what is only in one of them, and what differs.
  template <class Key>
  void compare(const std::map<Key, std::string>& before, const std::map<Key, std::string>& after) {
    for (const auto& [key, text] : before) {
      const auto now = after.find(key);
      if (now == after.end()) {
        say("removes", fmt::format("{} {}", key, text));
      } else if (now->second != text) {
        say("changes", fmt::format("{} {} → {}", key, text, now->second));
      }
    }
    for (const auto& [key, text] : after) {
      if (!before.contains(key)) say("adds", fmt::format("{} {}", key, text));
    }
  }

  static std::map<std::string, std::string> zones_of(const Estate& estate) {
    std::map<std::string, std::string> all;
    for (const Zone& zone : estate.zones()) {
      const std::string_view is_signed = !zone.is_signed ? "" : *zone.is_signed ? ", signed" : ", not signed";
      const std::string view = zone.view.empty() ? "" : " in view " + zone.view;
      all[fmt::format("zone {}{}", zone.apex.host(), view)] =
          fmt::format("({}{})", zone.provider.empty() ? "no provider named" : zone.provider, is_signed);
    }
    return all;
  }
  void zones() { compare(zones_of(base_), zones_of(head_)); }

  void records() {
    const std::map<RecordKey, RecordState> before = record_sets(base_);
    const std::map<RecordKey, RecordState> after = record_sets(head_);
    std::set<RecordKey> keys;
    for (const auto& [key, set] : before) keys.insert(key);
    for (const auto& [key, set] : after) keys.insert(key);
    for (const RecordKey& key : keys) {
      RecordSetChange one{std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), {}, {}, false};
      if (const auto at = before.find(key); at != before.end()) one.before = at->second;
      if (const auto at = after.find(key); at != after.end()) one.after = at->second;
      if (one.before.data == one.after.data && one.before.ttl == one.after.ttl) continue;
      one.is_used = used_.has(one);
      if (!one.is_used) {
        ++out_.other_records;
        continue;
      }
      describe(one);
      out_.records.push_back(std::move(one));
    }
    if (out_.other_records > 0)
      say("besides", fmt::format("{} that no sign-in path uses", how_many(out_.other_records, "changed record set")));
  }

  void describe(const RecordSetChange& one) {
    const std::string what = one.owner + " " + one.type;
    if (one.type == "SOA") return;  // its serial changes with everything else
    if (one.before.data.empty()) {
      say("adds", fmt::format("{} {}   TTL {}", what, listed(one.after.data), ttl_in_words(one.after.ttl)));
    } else if (one.after.data.empty()) {
      say("removes", fmt::format("{} {}", what, listed(one.before.data)));
    } else {
      if (one.before.data != one.after.data)
        say("changes", fmt::format("{} {} → {}", what, listed(one.before.data), listed(one.after.data)));
      if (one.before.ttl != one.after.ttl)
        say("changes", fmt::format("{} TTL {} → {}", what, ttl_in_words(one.before.ttl), ttl_in_words(one.after.ttl)));
    }
  }

  static std::string in_words(const Upstream& one) {
    if (one.address) return one.address->text();
    if (!one.host.empty()) return one.host;
    return one.server.empty() ? "the resolvers of " + one.stub : one.server;
  }

  static std::string in_words(const std::vector<Upstream>& upstreams) {
    std::vector<std::string> names;
    for (const Upstream& one : upstreams) {
      if (one.asked) names.push_back(in_words(one));
    }
    return names.empty() ? "nobody" : fmt::format("{}", fmt::join(names, ", "));
  }

  static std::map<std::string, std::string> stubs_of(const Estate& estate) {
    std::map<std::string, std::string> all;
    for (const Stub& stub : estate.stubs()) {
      std::string text = in_words(stub.servers);
      if (stub.timeout) text += fmt::format(" timeout {} s", *stub.timeout);
      if (stub.attempts) text += fmt::format(" attempts {}", *stub.attempts);
      if (stub.rotate) text += " rotate";
      all[stub.scope + " asks"] = std::move(text);
    }
    return all;
  }
  void stubs() { compare(stubs_of(base_), stubs_of(head_)); }

  static std::map<std::string, std::string> servers_of(const Estate& estate) {
    std::map<std::string, std::string> all;
    for (const Server& server : estate.servers()) {
      std::vector<std::string> addresses;
      for (const IpAddress& address : server.addresses) addresses.push_back(address.text());
      all[server.id + " listens on"] = addresses.empty() ? "no known address" : fmt::format("{}", fmt::join(addresses, ", "));
      for (const Forward& forward : server.forwards)
        all[fmt::format("{} forwards {} to", server.id, forward.zone.text())] = in_words(forward.upstreams);
      if (server.cache.serve_stale) all[server.id + " serves stale answers for"] = fmt::format("{} s", *server.cache.serve_stale);
    }
    return all;
  }
  void servers() { compare(servers_of(base_), servers_of(head_)); }

  /// Who needs an endpoint, by host and role, with the deadlines.
  static std::map<std::string, std::set<std::string>> uses_of(const Estate& estate) {
    std::map<std::string, std::set<std::string>> all;
    for (const Use& use : estate.uses()) {
      const std::string deadline = use.deadline ? fmt::format(" within {} ms", *use.deadline) : "";
      all[fmt::format("{} ({})", without_dot(use.host.display()), word(use.role))].insert(use.workload + deadline);
    }
    return all;
  }

  void uses() {
    const auto before = uses_of(base_);
    const auto after = uses_of(head_);
    const std::set<std::string> none;
    const auto say_more = [&](const auto& from, const auto& to, const char* verb, const char* how) {
      for (const auto& [host, workloads] : to) {
        const auto at = from.find(host);
        const std::set<std::string>& old = at == from.end() ? none : at->second;
        std::vector<std::string> more;
        std::set_difference(workloads.begin(), workloads.end(), old.begin(), old.end(), std::back_inserter(more));
        if (!more.empty()) say(verb, fmt::format("{} {}: {}", host, how, listed(more)));
      }
    };
    say_more(before, after, "needs", "is needed by");
    say_more(after, before, "frees", "is no longer needed by");
  }

  const Estate& base_;
  const Estate& head_;
  Used used_;
  SignInChanges out_;
};

}  // namespace

SignInChanges sign_in_changes(const Analysis& base, const Analysis& head) { return Differences(base, head).run(); }

}  // namespace mainstay
