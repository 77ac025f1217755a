#include "tests/bench/fault_graphs.h"

#include <fmt/format.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace mainstay::bench {
namespace {

using Builder = RequirementGraphBuilder;
using Draft = Builder::Draft;

std::vector<Builder::Need> needs(const std::vector<Draft>& nodes) {
  std::vector<Builder::Need> members;
  for (const Draft node : nodes) members.push_back({node, {}});
  return members;
}

/// Draws an estate site by site.
class Estate {
 public:
  Estate(std::uint32_t nodes, std::uint32_t seed) : wanted_(nodes), random_(seed) {}

  RequirementGraph build() && {
    for (int at = 0; at < 20; ++at) parents_.push_back(made(NodeKind::parent, Failure::inherent));
    while (count_ < wanted_) site();
    return std::move(builder_).freeze();
  }

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  template <typename T>
  const T& one_of(const std::vector<T>& values) {
    return values[below(static_cast<std::uint32_t>(values.size()))];
  }
  /// Most things are shared within a site or with a recent one.
  Draft recent(const std::vector<Draft>& values) {
    const auto count = static_cast<std::uint32_t>(values.size());
    return below(4) == 0 ? one_of(values) : values[count - 1 - below(std::min(count, 8u))];
  }

  Draft made(NodeKind kind, Failure failure) {
    const Draft draft = builder_.node(kind, fmt::format("{:08}", count_++));
    builder_.describe(draft).failure = failure;
    return draft;
  }

  Draft zone() {
    const Draft zone = made(NodeKind::zone, Failure::derived);
    std::vector<Draft> asked;
    if (providers_.empty() || below(50) == 0) providers_.push_back(made(NodeKind::provider, Failure::component));
    const Draft provider = recent(providers_);
    const Draft prefix = made(NodeKind::prefix, Failure::component);
    for (int at = 0; at < 3; ++at) {
      const Draft server = made(NodeKind::name_server, Failure::component);
      builder_.need_all(server, needs({below(3) == 0 ? recent(providers_) : provider}));
      const Draft address = made(NodeKind::address, Failure::derived);
      const bool has_glue = iterations_.empty() || below(10) > 0;
      builder_.need_all(address, needs({below(2) == 0 ? prefix : made(NodeKind::prefix, Failure::component)}));
      if (!has_glue) unglued_.push_back(address);
      builder_.need_all(server, needs({address}));
      asked.push_back(server);
    }
    builder_.need_any(zone, needs(asked));
    builder_.need_all(zone, needs({one_of(parents_)}));
    return zone;
  }

  struct Name {
    Draft iteration{};
    Draft endpoint{};
    std::vector<Draft> questions;  // one for each resolver of the site
  };

  Name name() {
    Name name;
    name.iteration = made(NodeKind::iteration, Failure::derived);
    builder_.need_all(name.iteration, needs({recent(zones_)}));
    name.endpoint = made(NodeKind::endpoint, Failure::component);
    iterations_.push_back(name.iteration);
    return name;
  }

  void ask(Name& name, const std::vector<Draft>& resolvers, const std::vector<Draft>& upstreams) {
    std::vector<Draft> at_upstream;
    for (const Draft upstream : upstreams) {
      at_upstream.push_back(made(NodeKind::question, Failure::derived));
      builder_.need_all(at_upstream.back(), needs({upstream, name.iteration}));
    }
    for (const Draft resolver : resolvers) {
      name.questions.push_back(made(NodeKind::question, Failure::derived));
      builder_.need_all(name.questions.back(), needs({resolver}));
      builder_.need_any(name.questions.back(), needs(at_upstream));
    }
  }

  std::vector<Draft> machines(NodeKind kind, std::uint32_t count, const std::vector<Draft>& domains) {
    std::vector<Draft> machines;
    for (std::uint32_t at = 0; at < count; ++at) {
      machines.push_back(made(kind, Failure::component));
      builder_.need_all(machines.back(), needs({one_of(domains)}));
    }
    return machines;
  }

  void site() {
    std::vector<Draft> domains;
    for (int at = 0; at < 5; ++at) domains.push_back(made(NodeKind::failure_domain, Failure::component));
    for (int at = 0; at < 3; ++at) zones_.push_back(zone());
    const std::vector<Draft> resolvers = machines(NodeKind::resolver, 4, domains);
    const std::vector<Draft> upstreams = machines(NodeKind::resolver, 2, domains);
    std::vector<Name> names;
    for (int at = 0; at < 10; ++at) {
      names.push_back(name());
      ask(names.back(), resolvers, upstreams);
    }
    for (const Draft address : unglued_) builder_.need_all(address, needs({recent(iterations_)}));
    unglued_.clear();
    for (int stub = 0; stub < 5; ++stub) stub_of(names, domains);
    // A resolver whose settings come from an endpoint that is found through that resolver.
    if (below(20) == 0) builder_.need_all(resolvers[0], needs({names[0].questions[0]}));
  }

  void stub_of(const std::vector<Name>& names, const std::vector<Draft>& domains) {
    const Draft stub = made(NodeKind::stub, Failure::derived);
    builder_.need_all(stub, needs({one_of(domains)}));
    const std::uint32_t first = below(4);
    const std::uint32_t second = below(4);
    std::vector<Draft> uses;
    for (const Name& name : names) {
      const Draft lookup = made(NodeKind::lookup, Failure::derived);
      builder_.need_any(lookup, needs({name.questions[first], name.questions[second]}));
      builder_.need_all(lookup, needs({stub}));
      uses.push_back(made(NodeKind::use, Failure::derived));
      builder_.need_all(uses.back(), needs({lookup, name.endpoint}));
    }
    for (int at = 0; at < 20; ++at) {
      const Draft workload = made(NodeKind::workload, Failure::derived);
      builder_.need_all(workload, needs({one_of(uses), one_of(uses)}));
      if (below(3) == 0) builder_.need_any(workload, needs({one_of(uses), one_of(uses)}));
    }
  }

  std::uint32_t wanted_;
  std::uint32_t count_ = 0;
  std::mt19937 random_;
  Builder builder_;
  std::vector<Draft> parents_;
  std::vector<Draft> providers_;
  std::vector<Draft> zones_;
  std::vector<Draft> iterations_;
  std::vector<Draft> unglued_;
};

/// `count` components in a builder, named so that they keep their order.
std::vector<Draft> row(Builder& builder, const char* prefix, std::uint32_t count) {
  std::vector<Draft> nodes;
  for (std::uint32_t at = 0; at < count; ++at) {
    nodes.push_back(builder.node(NodeKind::resolver, fmt::format("{}{:08}", prefix, at)));
    builder.describe(nodes.back()).failure = Failure::component;
  }
  return nodes;
}

}  // namespace

RequirementGraph dns_estate(std::uint32_t nodes, std::uint32_t seed) { return Estate(nodes, seed).build(); }

RequirementGraph chain(std::uint32_t nodes) {
  Builder builder;
  const std::vector<Draft> made = row(builder, "", nodes);
  for (std::uint32_t at = 0; at + 1 < nodes; ++at) builder.need_all(made[at], needs({made[at + 1]}));
  return std::move(builder).freeze();
}

RequirementGraph ladder(std::uint32_t nodes) {
  Builder builder;
  const std::vector<Draft> made = row(builder, "", nodes - nodes % 3);
  for (std::uint32_t at = 0; at < made.size(); at += 3) {
    builder.need_any(made[at], needs({made[at + 1], made[at + 2]}));
    if (at + 3 == made.size()) break;
    builder.need_all(made[at + 1], needs({made[at + 3]}));
    builder.need_all(made[at + 2], needs({made[at + 3]}));
  }
  return std::move(builder).freeze();
}

RequirementGraph fat_tree(std::uint32_t nodes) {
  Builder builder;
  std::uint32_t ports = 4;
  while (ports * ports * ports / 4 + ports * ports * 5 / 4 < nodes) ports += 2;
  const std::uint32_t half = ports / 2;
  const std::vector<Draft> core = row(builder, "core", half * half);
  const std::vector<Draft> aggregation = row(builder, "aggregation", ports * half);
  const std::vector<Draft> edge = row(builder, "edge", ports * half);
  const std::vector<Draft> host = row(builder, "host", ports * half * half);
  for (std::uint32_t pod = 0; pod < ports; ++pod) {
    for (std::uint32_t at = 0; at < half; ++at) {
      const std::vector<Draft> up(core.begin() + at * half, core.begin() + (at + 1) * half);
      builder.need_any(aggregation[pod * half + at], needs(up));
      const std::vector<Draft> across(aggregation.begin() + pod * half, aggregation.begin() + (pod + 1) * half);
      builder.need_any(edge[pod * half + at], needs(across));
      for (std::uint32_t port = 0; port < half; ++port) {
        builder.need_all(host[(pod * half + at) * half + port], needs({edge[pod * half + at]}));
      }
    }
  }
  return std::move(builder).freeze();
}

RequirementGraph ring(std::uint32_t nodes) {
  Builder builder;
  const std::vector<Draft> made = row(builder, "", nodes);
  for (std::uint32_t at = 1; at < nodes; ++at) {
    builder.need_any(made[at], needs({made[at - 1], made[(at + 1) % nodes]}));
  }
  return std::move(builder).freeze();
}

RequirementGraph random_layers(std::uint32_t nodes, std::uint32_t seed) {
  Builder builder;
  std::mt19937 random(seed);
  const std::vector<Draft> made = row(builder, "", nodes);
  for (std::uint32_t at = 0; at + 1 < nodes; ++at) {
    if (random() % 2 == 0) builder.describe(made[at]).failure = Failure::derived;
    const std::uint32_t window = std::min(nodes - at - 1, 1000u);
    std::vector<Draft> members;
    for (int member = 0; member < 3; ++member) members.push_back(made[at + 1 + static_cast<std::uint32_t>(random() % window)]);
    if (random() % 2 == 0) {
      builder.need_all(made[at], needs(members));
    } else {
      builder.need_any(made[at], needs(members));
    }
  }
  return std::move(builder).freeze();
}

}  // namespace mainstay::bench
