#include "tests/bench/open_psa.h"

#include <catch2/catch.hpp>

#include "analyzer/faults/cut_sets.h"
#include "analyzer/faults/single_faults.h"
#include "tests/bench/fault_tree_models.h"

namespace mainstay::bench {
namespace {

/// A model of these gates.
std::string model(const std::string& gates) {
  return "<?xml version=\"1.0\"?><opsa-mef><define-fault-tree name=\"t\">" + gates + "</define-fault-tree></opsa-mef>";
}

std::string nested(int depth, const std::string& inside) {
  std::string text;
  for (int at = 0; at < depth; ++at) text += "<or>";
  text += inside;
  for (int at = 0; at < depth; ++at) text += "</or>";
  return text;
}

std::vector<std::uint64_t> counts(const RequirementGraph& graph) {
  const NodeId top = workload_goals(graph).at(0);
  return CutSets(FixedPoints(graph), FaultSources::components(graph), {&top, 1}, {.order = CutOptions::kEveryOrder}).counts(top);
}

}  // namespace

TEST_CASE("fault trees: what a model says is what is counted", "[bench][open-psa]") {
  struct Row {
    const char* title;
    std::string gates;
    std::vector<std::uint64_t> counts;
  };
  const std::string a = "<basic-event name=\"a\"/>";
  const std::string b = "<basic-event name=\"b\"/>";
  const std::string c = "<event name=\"c\"/>";
  const auto top = [](const std::string& formula) { return "<define-gate name=\"top\">" + formula + "</define-gate>"; };
  const Row rows[] = {
      {"or", top("<or>" + a + b + "</or>"), {0, 2}},
      {"and", top("<and>" + a + b + "</and>"), {0, 0, 1}},
      {"atleast", top("<atleast min=\"2\">" + a + b + c + "</atleast>"), {0, 0, 3}},
      {"nested formulas", top("<or>" + a + "<and>" + b + c + "</and></or>"), {0, 1, 1}},
      {"a gate that is another one", top("<gate name=\"g\"/>") + "<define-gate name=\"g\"><or>" + a + b + "</or></define-gate>", {0, 2}},
      {"one event", top(a), {0, 1}},
      {"a house event that is on",
       top("<and>" + a + "<house-event name=\"h\"/></and>") +
           "<define-house-event name=\"h\"><constant value=\"true\"/></define-house-event>",
       {0, 1}},
      {"a house event that is off",
       top("<or>" + a + "<event name=\"h\"/></or>") + "<define-house-event name=\"h\"><constant value=\"false\"/></define-house-event>",
       {0, 1}},
      {"always true", top("<or>" + a + "<constant value=\"true\"/></or>"), {1}},
      {"labels say nothing", top("<label>the top</label><or>" + a + b + "</or>"), {0, 2}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<RequirementGraph> graph = read_open_psa(model(row.gates));
      REQUIRE(graph);
      CHECK(counts(*graph) == row.counts);
    }
}

TEST_CASE("fault trees: what cannot be answered is refused with a reason", "[bench][open-psa]") {
  struct Row {
    const char* title;
    std::string bytes;
    const char* reason;
  };
  const std::string a = "<basic-event name=\"a\"/>";
  const auto top = [](const std::string& formula) { return model("<define-gate name=\"top\">" + formula + "</define-gate>"); };
  const Row rows[] = {
      {"nothing", "", "empty"},
      {"no XML", "hello", "line 1"},
      {"cut off", "<opsa-mef><define-gate", "line 1"},
      {"another document", "<html/>", "'html'"},
      {"not", top("<not>" + a + "</not>"), "'not' is not monotone"},
      {"xor within", top("<or>" + a + "<xor>" + a + a + "</xor></or>"), "'xor' is not monotone"},
      {"an unknown word", top("<maybe>" + a + "</maybe>"), "'maybe' is not known"},
      {"a gate that is not defined", top("<or>" + a + "<gate name=\"g\"/></or>"), "'g' is not defined"},
      {"no inputs", top("<or/>"), "no inputs"},
      {"atleast without a number", top("<atleast>" + a + "</atleast>"), "min ''"},
      {"atleast of more than there are", top("<atleast min=\"5\">" + a + "</atleast>"), "min '5'"},
      {"two gates on top", model("<define-gate name=\"x\">" + a + "</define-gate><define-gate name=\"y\">" + a + "</define-gate>"),
       "several"},
      {"no gate on top", model("<define-gate name=\"x\"><gate name=\"x\"/></define-gate>"), "no gate"},
      {"too deep", top(nested(400, a)), ""},
      {"a document type", "<!DOCTYPE opsa-mef [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><opsa-mef>&b;</opsa-mef>", "document type"},
      {"a file as an entity", "<!DOCTYPE opsa-mef [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><opsa-mef>&f;</opsa-mef>", "document type"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Result<RequirementGraph> graph = read_open_psa(row.bytes);
      REQUIRE_FALSE(graph);
      CHECK_THAT(graph.error(), Catch::Contains(row.reason));
    }
}

TEST_CASE("fault trees: a model that we make can be read", "[bench][open-psa]") {
  for (const char* shape : {"mixed", "estate", "ladder", "layers", "fat-tree"}) DYNAMIC_SECTION(shape) {
      const Result<std::string> text = fault_tree_model(shape, 300, 1);
      REQUIRE(text);
      const Result<RequirementGraph> graph = read_open_psa(*text);
      REQUIRE(graph);
      CHECK(graph->size() > 10);
    }
  CHECK_FALSE(fault_tree_model("round", 10, 1));
}

}  // namespace mainstay::bench
