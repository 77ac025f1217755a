#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "analyzer/gate/sign_in_changes.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kShortTtl = 60;  // what a TTL is lowered to before a change

/// The steps of one change, in the order of phases; numbered when they are put together.
struct Phases {
  std::vector<std::string> lower;    // TTLs, before anything else
  std::vector<std::string> prepare;  // what must be there first
  std::vector<std::string> change;
  std::vector<std::string> wait;  // before what was there before is taken away
  std::vector<std::string> after;
};

std::vector<std::string> without(const std::set<std::string>& from, const std::set<std::string>& what) {
  std::vector<std::string> out;
  std::set_difference(from.begin(), from.end(), what.begin(), what.end(), std::back_inserter(out));
  return out;
}

bool is_of(const Record& record, std::string_view owner) {
  const std::string name = record.owner.display();
  return name == owner || (name.size() == owner.size() + 1 && name.ends_with('.') && name.starts_with(owner));
}

/// How long resolvers that asked too early go on saying that a name is not there; nothing when no zone around it states it.
std::optional<std::uint32_t> negative_ttl(const Estate& estate, std::string_view zone) {
  for (const Zone& one : estate.zones()) {
    if (one.apex.host() != zone || !one.soa) continue;
    std::optional<std::uint32_t> ttl;
    for (const Record& record : estate.records()) {
      if (record.type == "SOA" && record.ttl && is_of(record, zone)) ttl = record.ttl->seconds();
    }
    return ttl ? std::min(*ttl, one.soa->minimum) : one.soa->minimum;
  }
  return std::nullopt;
}

std::string seconds(const std::optional<std::uint32_t>& ttl) {
  return ttl ? fmt::format("{} s", *ttl) : "the TTL of the record, which nothing here states,";
}

class Order {
 public:
  Order(const SignInChanges& changes, const Analysis& base, const Analysis& head) : changes_(changes), base_(base), head_(head) {}

  std::vector<std::string> run() {
    for (const RecordSetChange& one : changes_.records) {
      if (one.type == "SOA" || one.type == "DNSKEY") continue;
      if (one.type == "NS") {
        name_servers(one);
      } else if (one.type == "DS") {
        ds(one);
      } else {
        plain(one);
      }
    }
    resolvers();
    std::vector<std::string> all;
    for (std::vector<std::string>* phase : {&phases_.lower, &phases_.prepare, &phases_.change, &phases_.wait, &phases_.after}) {
      for (std::string& step : *phase) {
        if (std::find(all.begin(), all.end(), step) == all.end()) all.push_back(std::move(step));
      }
    }
    return all;
  }

 private:
  /// The longest that any cache may hold the old set of name servers: that of the parent, or of the zone itself.
  std::optional<std::uint32_t> longest_ns(const std::string& zone) const {
    std::optional<std::uint32_t> longest;
    for (const Record& record : base_.estate().records()) {
      if (record.type != "NS" || !record.ttl || !is_of(record, zone)) continue;
      longest = std::max(longest.value_or(0), record.ttl->seconds());
    }
    for (const Delegation& one : base_.estate().delegations()) {
      if (one.child.host() == zone && one.ttl) longest = std::max(longest.value_or(0), one.ttl->seconds());
    }
    return longest;
  }

  bool parent_states_ttl(const std::string& zone) const {
    const auto& all = base_.estate().delegations();
    return std::any_of(all.begin(), all.end(), [&](const Delegation& one) { return one.child.host() == zone && one.ttl; });
  }

  void name_servers(const RecordSetChange& one) {
    const std::vector<std::string> gone = without(one.before.data, one.after.data);
    const std::vector<std::string> more = without(one.after.data, one.before.data);
    if (!more.empty() && !one.before.data.empty())
      phases_.prepare.push_back(
          fmt::format("let {} answer for {} and compare serial and answers before any NS names them", fmt::join(more, ", "), one.owner));
    if (gone.empty() || one.after.data.empty()) return;
    const std::string what =
        parent_states_ttl(one.owner) ? "the longer NS TTL of parent and zone" : "the NS TTL here; the parent's may be longer";
    phases_.change.push_back(fmt::format("change the NS set of {} in the zone and at its parent", one.owner));
    phases_.wait.push_back(fmt::format("wait {} ({}) before {} stops answering for {}", seconds(longest_ns(one.owner)), what,
                                       fmt::join(gone, ", "), one.owner));
  }

  void ds(const RecordSetChange& one) {
    if (!one.before.data.empty() && one.after.data.empty()) {
      phases_.change.push_back(fmt::format("take the DS of {} away at the parent first, while the zone stays signed", one.owner));
      phases_.wait.push_back(fmt::format("wait {} (DS TTL) before the zone is unsigned", seconds(one.before.ttl)));
    } else if (one.before.data.empty()) {
      phases_.prepare.push_back(
          fmt::format("sign {} and see every name server answer with signatures before the DS is published", one.owner));
    } else {
      phases_.prepare.push_back(fmt::format("publish the new key of {} and wait its DNSKEY TTL before the DS names it", one.owner));
      phases_.wait.push_back(fmt::format("wait {} (DS TTL) before the old key goes", seconds(one.before.ttl)));
    }
  }

  void plain(const RecordSetChange& one) {
    const std::string what = one.owner + " " + one.type;
    if (one.before.data.empty()) return published(one, what);
    if (one.before.data == one.after.data) return;
    const std::optional<std::uint32_t> old = one.before.ttl;
    const bool is_gone = one.after.data.empty();
    if (!is_gone && old && *old > kShortTtl) {
      phases_.lower.push_back(fmt::format("lower the TTL of {} from {} to {}, and wait {} s: then caches follow within {} s", what, *old,
                                          kShortTtl, *old, kShortTtl));
    }
    const std::optional<std::uint32_t> held = is_gone || !old ? old : std::min(*old, kShortTtl);
    if (is_gone) phases_.change.push_back(fmt::format("see that nobody needs {} any more, then take it away", what));
    phases_.wait.push_back(fmt::format("keep {} working for {} behind the change: caches still give it out",
                                       fmt::join(without(one.before.data, one.after.data), ", "), seconds(held)));
    if (!is_gone && old && one.after.ttl && *one.after.ttl > *old)
      phases_.after.push_back(fmt::format("raise the TTL of {} to {} only then: a mistake would live that long", what, *one.after.ttl));
  }

  void published(const RecordSetChange& one, const std::string& what) {
    const std::optional<std::uint32_t> negative = negative_ttl(head_.estate(), one.zone);
    const std::string until = negative ? fmt::format("{} s", *negative) : "the negative TTL of its zone, which nothing here states,";
    phases_.prepare.push_back(
        fmt::format("publish {} and wait {} before anybody needs it: who asked too early is told that it is not there", what, until));
  }

  /// A server that somebody asks and that is gone, or listens elsewhere.
  void resolvers() {
    std::set<std::string> gone;
    for (const Server& server : base_.estate().servers()) {
      for (const IpAddress& address : server.addresses) {
        if (head_.estate().servers_at(address).empty()) gone.insert(address.text());
      }
    }
    for (const Stub& stub : base_.estate().stubs()) {
      for (const Upstream& one : stub.servers) {
        if (one.address && one.asked && gone.contains(one.address->text()))
          phases_.wait.push_back(fmt::format("let {} answer until no stub lists it: {} does, and programs read the list when they start",
                                             one.address->text(), stub.scope));
      }
    }
  }

  const SignInChanges& changes_;
  const Analysis& base_;
  const Analysis& head_;
  Phases phases_;
};

}  // namespace

std::vector<std::string> safe_order(const SignInChanges& changes, const Analysis& base, const Analysis& head) {
  return Order(changes, base, head).run();
}

}  // namespace mainstay
