#include "analyzer/report/cuts_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/rule.h"
#include "render/escape.h"

namespace mainstay {
namespace {

std::string place_of(const Reasons& reasons) {
  for (const Evidence& one : reasons) {
    if (one.confidence == Confidence::declared) return fmt::format("{}:{}", one.place.file, one.place.line);
  }
  return reasons.empty() ? "" : std::string(word(strongest(reasons)));
}

std::string text_of(const Cause& cause) {
  const std::string label = cause.label.empty() || cause.label == cause.name ? "" : fmt::format(" ({})", cause.label);
  const std::string size = cause.members > 1 ? fmt::format(", {} components", cause.members) : "";
  const std::string place = place_of(cause.reasons);
  const std::string inherent = cause.is_inherent ? ", inherent" : "";
  const bool says_nothing = place.empty() || place.starts_with(cause.name + ":");  // a file is its own place
  return fmt::format("{} {}{}{}{}{}", cause.kind, cause.name, label, size, inherent, says_nothing ? "" : fmt::format("  [{}]", place));
}

std::string of_each_size(const std::vector<std::uint64_t>& counts) {
  std::string text;
  for (std::size_t size = 0; size < counts.size(); ++size) {
    if (counts[size] == 0) continue;
    const std::string count = counts[size] == kCountless ? fmt::format("{} or more", kCountless) : std::to_string(counts[size]);
    text += fmt::format("{}{} of {}", text.empty() ? "" : ", ", count, size);
  }
  return text.empty() ? "none" : text;
}

std::string up_to(unsigned order) { return order == CutOptions::kEveryOrder ? "any size" : fmt::format("up to {}", order); }

std::string names_of(const RequirementGraph& graph, const std::vector<NodeId>& nodes, std::size_t most) {
  std::string text;
  for (std::size_t at = 0; at < nodes.size() && at < most; ++at) {
    // The label of a use is the endpoint's alone.
    const bool is_use = graph.node(nodes[at]).kind == NodeKind::use;
    text += (at > 0 ? ", " : "") + (is_use ? graph.node(nodes[at]).name : label_of(graph, nodes[at]));
  }
  if (nodes.size() > most) text += fmt::format(" and {} more", nodes.size() - most);
  return text;
}

class Screen {
 public:
  Screen(const Analysis& analysis, const CommonCause& cause, const CutTable& table, const CutsShown& shown, std::ostream& out)
      : analysis_(analysis), cause_(cause), table_(table), shown_(shown), out_(out) {}

  void print() {
    out_ << (shown_.kind == SetKind::cuts ? "CUTS   what must fail together to fail a goal"
                                          : "PATHS  what is enough when all the rest has failed")
         << fmt::format("; sets of {} of one {} each\n", up_to(table_.order), word(shown_.grouping));
    if (table_.truncated) {
      out_ << fmt::format("truncated at order {}: sets of {} were asked for, and the budget was used up\n", table_.order,
                          up_to(shown_.order));
    }
    if (cause_.ungrouped > 0) {
      out_ << fmt::format("{} of {} components are in no {} and taken as working\n", cause_.ungrouped, cause_.components,
                          word(shown_.grouping));
    }
    if (table_.rows.empty()) out_ << "\nno workload here needs an identity endpoint, as far as is known\n";
    for (const CutRow& row : table_.rows) print_row(row);
  }

 private:
  void print_row(const CutRow& row) {
    constexpr std::size_t kNamed = 3;
    out_ << fmt::format("\n{}: {}\n", row.goals.size(), for_terminal(names_of(analysis_.graph(), row.goals, kNamed)));
    if (row.state == FaultState::never) {
      out_ << "    does not work even when nothing has failed\n";
      return;
    }
    if (row.state == FaultState::warm_only) out_ << "    cannot start from nothing: a bootstrap cycle\n";
    out_ << fmt::format("    {}: {}", word(shown_.kind), of_each_size(row.counts));
    if (shown_.kind == SetKind::cuts) out_ << "; " << redundancy(row);
    out_ << '\n';
    for (const std::vector<std::uint32_t>& set : row.sets) print_set(set);
    print_rest(row.counts, row.sets.size());
    print_unavailability(row);
    print_inherent(row);
  }

  /// What nobody here can add an alternative to: alone, and together with other things.
  void print_inherent(const CutRow& row) {
    constexpr std::size_t kShown = 8;
    if (!row.inherent.empty())
      out_ << "    inherent, each alone, not counted above: " << for_terminal(names_of(analysis_.graph(), row.inherent, kShown)) << '\n';
    if (row.mixed_counts.empty()) return;
    out_ << fmt::format("    with something inherent, not counted above: {}\n", of_each_size(row.mixed_counts));
    for (const std::vector<std::uint32_t>& set : row.mixed_sets) print_set(set);
    print_rest(row.mixed_counts, row.mixed_sets.size());
  }

  std::string redundancy(const CutRow& row) const {
    std::string text =
        row.smallest ? fmt::format("redundancy degree {}", *row.smallest) : fmt::format("nothing known of up to {} fails it", table_.order);
    text += row.listed == 0 ? std::string(", no resolver is known") : fmt::format(", resolvers listed {}", row.listed);
    if (const auto lost = row.false_redundancy()) text += fmt::format(", false redundancy {}", *lost);
    return text;
  }

  void print_set(const std::vector<std::uint32_t>& set) {
    if (set.empty()) out_ << "    0 nothing\n";
    for (const std::uint32_t number : set) {
      out_ << (number == set.front() ? fmt::format("    {} ", set.size()) : std::string("      + "))
           << for_terminal(text_of(cause_.causes[number])) << '\n';
    }
  }

  void print_rest(const std::vector<std::uint64_t>& counts, std::size_t shown) {
    std::uint64_t all = 0;
    for (const std::uint64_t count : counts) all = count > kCountless - all ? kCountless : all + count;
    if (all == shown) return;
    const std::string rest = all == kCountless ? "many" : std::to_string(all - shown);
    out_ << fmt::format("    {} more: --limit shows them\n", rest);
  }

  void print_unavailability(const CutRow& row) {
    if (!row.unavailability) return;
    const std::string_view kind = row.unavailability->is_rare_event
                                      ? "the sum over the sets counted above: too much for them, and what is larger is missing"
                                  : table_.order == CutOptions::kEveryOrder ? "of all sets"
                                                                            : "at least: larger sets are missing";
    out_ << fmt::format("    unavailability {:.3g} ({})\n", row.unavailability->probability, kind);
    constexpr std::size_t kShown = 5;
    const auto& faults = row.unavailability->faults;
    for (std::size_t at = 0; at < faults.size() && at < kShown; ++at) {
      if (faults[at].fussell_vesely == 0) break;  // taken as working
      out_ << fmt::format("      {:>5.1f} %  Birnbaum {:<9.3g} {}\n", faults[at].fussell_vesely * 100, faults[at].birnbaum,
                          for_terminal(text_of(cause_.causes[faults[at].fault])));
    }
  }

  const Analysis& analysis_;
  const CommonCause& cause_;
  const CutTable& table_;
  const CutsShown& shown_;
  std::ostream& out_;
};

}  // namespace

void print_cuts(const Analysis& analysis, const CommonCause& cause, const CutTable& table, const CutsShown& shown, std::ostream& out) {
  Screen(analysis, cause, table, shown, out).print();
}

void print_plan(const Analysis& analysis, const FixPlan& plan, std::ostream& out) {
  const RequirementGraph& graph = analysis.graph();
  constexpr std::size_t kShown = 6;
  if (plan.steps.empty()) {
    out << "PLAN   no component is a single point of failure, as far as is known\n";
  } else {
    out << fmt::format("PLAN   {}, and no component is a single point of failure any more ({})\n",
                       how_many(plan.steps.size(), "more alternative"),
                       plan.is_smallest ? "no fewer do" : "chosen greedily: fewer might do");
  }
  for (std::size_t at = 0; at < plan.steps.size(); ++at) {
    const FixStep& step = plan.steps[at];
    const Node& node = graph.node(step.node);
    const std::string place = place_of(owner_of(analysis, step.node));
    out << for_terminal(fmt::format("  {} an alternative to {} {}{}", at + 1, word(node.kind), label_of(graph, step.node),
                                    place.empty() ? "" : fmt::format("  [{}]", place)))
        << '\n';
    if (!step.removes.empty()) out << "      removes: " << for_terminal(names_of(graph, step.removes, kShown)) << '\n';
  }
  if (!plan.inherent.empty())
    out << "  stay, because nobody here can add one: " << for_terminal(names_of(graph, plan.inherent, kShown)) << '\n';
}

}  // namespace mainstay
