// Measures the analysis of single faults: time and memory a node, and the time as a multiple of one plain linear pass over the same
// graph (the cold fixed point), which tells more than nanoseconds on a busy machine.
//
// The second table is about pairs: every cut set of one or two components of every workload at once, and of three.
//
// Use: fault_bench [largest number of nodes, default 1000000] [part of a graph's name]
#include <fmt/format.h>
#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <vector>

#include "analyzer/faults/cut_sets.h"
#include "analyzer/faults/fixed_points.h"
#include "analyzer/faults/single_faults.h"
#include "analyzer/faults/strong_components.h"
#include "tests/bench/fault_graphs.h"

namespace {

std::size_t held = 0;
std::size_t most_held = 0;

}  // namespace

// Every allocation of this program is counted, so that "octets a node" is exact and includes the passing needs of an analysis.
void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  held += malloc_usable_size(memory);
  most_held = std::max(most_held, held);
  return memory;
}
void operator delete(void* memory) noexcept {
  held -= malloc_usable_size(memory);
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace mainstay::bench {
namespace {

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Processor time of this thread, which other programs on the machine disturb less than they do the clock on the wall.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

double nanoseconds(const std::function<void()>& work) {
  const double start = now();
  work();
  return now() - start;
}

struct Figures {
  double pass = 0;
  double points = 0;
  double components = 0;
  double sweep = 0;
  double question = 0;
  std::size_t kept = 0;  // by the sweep, in octets
  std::size_t peak = 0;
  double mean_size = 0;
};

Figures measure(const RequirementGraph& graph) {
  const int runs = graph.size() > 300000 ? 5 : 11;
  std::vector<double> pass;
  std::vector<double> points_time;
  std::vector<double> components;
  std::vector<double> sweep;
  std::vector<double> question;
  Figures figures;
  for (int run = 0; run < runs; ++run) {
    points_time.push_back(nanoseconds([&] { FixedPoints made(graph); }));
    FixedPoints points(graph);
    pass.push_back(nanoseconds([&] { points.cold(); }));
    components.push_back(nanoseconds([&] { strong_components(points.gates(), std::vector<bool>(graph.size(), true)); }));
    const std::size_t before = held;
    most_held = held;
    const double start = now();
    const SingleFaults faults(graph, points);
    sweep.push_back(now() - start);
    figures.kept = held - before;
    figures.peak = most_held - before;
    std::uint32_t asked = 0;
    const double asking = nanoseconds([&] {
      const double end = now() + 1e7;
      for (; asked < 1000 && now() < end; ++asked) {
        const NodeId failed{static_cast<std::uint32_t>(std::uint64_t{asked} * 2654435761u % graph.size())};
        points.what_if({&failed, 1});
      }
    });
    question.push_back(asking / asked);
    double sizes = 0;
    for (std::uint32_t node = 0; node < graph.size(); ++node) sizes += static_cast<double>(faults.count(NodeId(node)));
    figures.mean_size = sizes / static_cast<double>(graph.size());
  }
  figures.pass = median(pass);
  figures.points = median(points_time);
  figures.components = median(components);
  figures.sweep = median(sweep);
  figures.question = median(question);
  return figures;
}

void report(const std::string& title, const RequirementGraph& graph) {
  const Figures figures = measure(graph);
  const auto nodes = static_cast<double>(graph.size());
  fmt::print("{:<14}{:>9}{:>10}{:>9.1f}{:>9.1f}{:>9.1f}{:>9.1f}{:>9.1f}{:>9.0f}{:>9.0f}{:>11.1f}{:>11.0f}\n", title, graph.size(),
             graph.member_count(), figures.pass / nodes, figures.points / nodes, figures.components / nodes, figures.sweep / nodes,
             figures.sweep / figures.pass, static_cast<double>(figures.kept) / nodes, static_cast<double>(figures.peak) / nodes,
             figures.mean_size, figures.question);
  std::fflush(stdout);
}

/// What every workload's cut sets of at most `order` components take.
void report_cuts(const RequirementGraph& graph, unsigned order) {
  const FixedPoints points(graph);
  const FaultSources sources = FaultSources::components(graph);
  const std::vector<NodeId> goals = workload_goals(graph);
  const int runs = graph.size() > 300000 ? 1 : 3;
  std::vector<double> seconds;
  std::size_t peak = 0;
  std::size_t diagrams = 0;
  std::uint64_t sets = 0;
  for (int run = 0; run < runs; ++run) {
    const std::size_t before = held;
    most_held = held;
    const double start = now();
    const CutSets cuts(points, sources, goals, {.order = order, .budget = {.seconds = 600, .octets = std::size_t{4} << 30}});
    seconds.push_back((now() - start) / 1e9);
    peak = most_held - before;
    diagrams = cuts.diagram_size();
    sets = 0;
    for (const NodeId goal : goals) {
      for (const std::uint64_t count : cuts.counts(goal)) sets += count;
    }
  }
  fmt::print("{:>9}{:>10}{:>7}{:>10.2f}{:>10.0f}{:>12}{:>14}\n", graph.size(), goals.size(), order, median(seconds),
             static_cast<double>(peak) / (1 << 20), diagrams, sets);
  std::fflush(stdout);
}

}  // namespace
}  // namespace mainstay::bench

int main(int argc, char** argv) {
  using namespace mainstay::bench;
  const std::uint32_t largest = argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 1000000;
  fmt::print("median of 11 runs (5 above 300,000 nodes); times in ns a node, memory of the result in octets a node\n");
  fmt::print("{:<14}{:>9}{:>10}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>11}{:>11}\n", "graph", "nodes", "members", "pass", "points", "scc",
             "sweep", "ratio", "kept", "peak", "mean |S|", "what-if ns");
  const std::string wanted = argc > 2 ? argv[2] : "";
  const auto grow = [&](const std::string& title, const std::function<mainstay::RequirementGraph(std::uint32_t)>& graph) {
    if (!wanted.empty() && title.find(wanted) == std::string::npos) return;
    for (std::uint32_t nodes = 1000; nodes <= largest; nodes *= 10) report(title, graph(nodes));
  };
  grow("dns estate", [](std::uint32_t nodes) { return dns_estate(nodes, 1); });
  grow("chain", chain);
  grow("ladder", ladder);
  grow("ring", ring);
  grow("random layers", [](std::uint32_t nodes) { return random_layers(nodes, 1); });
  grow("fat tree", [](std::uint32_t nodes) { return fat_tree(nodes); });
  if (!wanted.empty() && wanted != "cuts" && std::string("dns estate").find(wanted) == std::string::npos) return 0;
  fmt::print("\ncut sets of every workload of a dns estate at once\n{:>9}{:>10}{:>7}{:>10}{:>10}{:>12}{:>14}\n", "nodes", "workloads",
             "order", "seconds", "MiB", "diagrams", "sets");
  for (std::uint32_t nodes = 10000; nodes <= largest; nodes *= 10) {
    const mainstay::RequirementGraph graph = dns_estate(nodes, 1);
    for (const unsigned order : {1u, 2u, 3u}) report_cuts(graph, order);
  }
  return 0;
}
