// Counts the minimal cut sets of a fault tree in the Open-PSA format, and says what that took, as one line of JSON.
//
// Use: fault_trees MODEL.xml [--order K | --count] [--seconds S]
//      fault_trees --make SHAPE SIZE SEED       prints a model
//      --count asks for every order.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/faults/cut_sets.h"
#include "analyzer/faults/single_faults.h"
#include "analyzer/faults/strong_components.h"
#include "tests/bench/fault_tree_models.h"
#include "tests/bench/open_psa.h"

namespace mainstay::bench {
namespace {

struct Request {
  std::string model;
  CutOptions options;
};

std::optional<Request> request(const std::vector<std::string>& arguments) {
  Request asked;
  asked.options.budget.seconds = 600;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const bool has_value = at + 1 < arguments.size();
    if (arguments[at] == "--count") {
      asked.options.order = CutOptions::kEveryOrder;
    } else if (arguments[at] == "--order" && has_value) {
      asked.options.order = static_cast<unsigned>(std::strtoul(arguments[++at].c_str(), nullptr, 10));
    } else if (arguments[at] == "--seconds" && has_value) {
      asked.options.budget.seconds = std::strtod(arguments[++at].c_str(), nullptr);
    } else if (asked.model.empty()) {
      asked.model = arguments[at];
    } else {
      return std::nullopt;
    }
  }
  if (asked.model.empty() || asked.options.order == 0) return std::nullopt;
  return asked;
}

std::uint64_t peak_octets() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

int run(const Request& asked) {
  const auto start = std::chrono::steady_clock::now();
  std::ifstream in(asked.model, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) {
    std::cerr << "fault_trees: " << asked.model << " cannot be read\n";
    return 2;
  }
  const Result<RequirementGraph> graph = read_open_psa(bytes);
  if (!graph) {
    std::cerr << "fault_trees: " << asked.model << ": " << graph.error() << '\n';
    return 2;
  }
  const FixedPoints points(*graph);
  const NodeId top = workload_goals(*graph).front();
  if (strong_components(points.gates(), std::vector<bool>(graph->size(), true)).count() < graph->size()) {
    std::cerr << "fault_trees: " << asked.model << ": a gate needs itself\n";
    return 2;
  }
  const CutSets cuts(points, FaultSources::components(*graph), {&top, 1}, asked.options);
  std::vector<std::uint64_t> counts = cuts.counts(top);
  const bool always_fails = !counts.empty() && counts.front() > 0;
  if (!counts.empty()) counts.erase(counts.begin());
  nlohmann::ordered_json line;
  line["model"] = asked.model;
  if (always_fails) line["always_fails"] = true;
  line["minimal_cut_sets_by_order"] = counts;
  line["truncated"] = cuts.is_truncated();
  line["complete_to_order"] =
      cuts.order() == CutOptions::kEveryOrder ? nlohmann::ordered_json("all") : nlohmann::ordered_json(cuts.order());
  line["diagram_nodes"] = cuts.diagram_size();
  line["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  line["peak_bytes"] = peak_octets();
  std::cout << line.dump() << '\n';
  return 0;
}

}  // namespace
}  // namespace mainstay::bench

int main(int argc, char** argv) {
  if (argc == 5 && std::string_view(argv[1]) == "--make") {
    const auto number = [&](int at) { return static_cast<std::uint32_t>(std::strtoul(argv[at], nullptr, 10)); };
    const auto model = mainstay::bench::fault_tree_model(argv[2], number(3), number(4));
    if (model) std::cout << *model;
    if (!model) std::cerr << "fault_trees: " << model.error() << '\n';
    return model ? 0 : 2;
  }
  const auto asked = mainstay::bench::request({argv + 1, argv + argc});
  if (!asked) {
    std::cerr << "use: fault_trees MODEL.xml [--order K | --count] [--seconds S]\n";
    return 2;
  }
  return mainstay::bench::run(*asked);
}
