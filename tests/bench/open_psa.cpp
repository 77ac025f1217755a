#include "tests/bench/open_psa.h"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace mainstay::bench {
namespace {

using Builder = RequirementGraphBuilder;
using Draft = Builder::Draft;

constexpr int kDeepest = 200;

std::string_view text_of(const xmlChar* text) { return reinterpret_cast<const char*>(text); }
std::string_view tag(const xmlNode* node) { return text_of(node->name); }

std::string attribute(const xmlNode* node, const char* name) {
  const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name)), xmlFree);
  return value ? std::string(text_of(value.get())) : std::string();
}

std::vector<const xmlNode*> elements(const xmlNode* parent) {
  std::vector<const xmlNode*> found;
  for (const xmlNode* child = parent->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE && tag(child) != "label" && tag(child) != "attributes") found.push_back(child);
  }
  return found;
}

/// Builds the graph gate by gate; the first problem ends it.
class Reader {
 public:
  Result<RequirementGraph> read(const xmlNode* root) && {
    if (tag(root) != "opsa-mef") return Error{fmt::format("the document is '{}', not 'opsa-mef'", tag(root))};
    collect(root, 0);
    const std::string top = problem_.empty() ? top_gate() : "";
    if (!problem_.empty()) return Error{problem_};
    top_ = top;
    for (const auto& [name, gate] : gates_) need(of_gate(name), *gate);
    if (!problem_.empty()) return Error{problem_};
    return std::move(builder_).freeze();
  }

 private:
  void fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  void collect(const xmlNode* parent, int depth) {
    if (depth > kDeepest) return fail("more than 200 levels");
    for (const xmlNode* one : elements(parent)) {
      const std::string name = attribute(one, "name");
      if (tag(one) == "define-fault-tree" || tag(one) == "define-component" || tag(one) == "model-data") {
        collect(one, depth + 1);
      } else if (tag(one) == "define-gate") {
        if (!gates_.emplace(name, one).second) fail(fmt::format("the gate '{}' is defined twice", name));
        note_references(one, 0);
      } else if (tag(one) == "define-house-event") {
        const auto values = elements(one);
        houses_[name] = !values.empty() && attribute(values.front(), "value") == "true";
      } else if (tag(one) != "define-basic-event" && tag(one) != "define-parameter") {
        fail(fmt::format("'{}' is not known here", tag(one)));
      }
    }
  }

  void note_references(const xmlNode* formula, int depth) {
    if (depth > kDeepest) return fail("more than 200 levels");
    for (const xmlNode* one : elements(formula)) {
      if (tag(one) == "gate" || tag(one) == "event") referred_.insert(attribute(one, "name"));
      note_references(one, depth + 1);
    }
  }

  std::string top_gate() {
    std::vector<std::string> tops;
    for (const auto& [name, gate] : gates_) {
      if (!referred_.contains(name)) tops.push_back(name);
    }
    if (tops.size() == 1) return tops.front();
    fail(tops.empty() ? "no gate is the top one" : fmt::format("several gates are on top: '{}' and '{}' among them", tops[0], tops[1]));
    return {};
  }

  Draft made(NodeKind kind, const std::string& name, Failure failure) {
    const Draft draft = builder_.node(kind, name);
    builder_.describe(draft).failure = failure;
    return draft;
  }
  Draft of_gate(const std::string& name) {
    return name == top_ ? made(NodeKind::workload, name, Failure::derived) : made(NodeKind::question, name, Failure::derived);
  }
  /// A node that always works, or never.
  Draft constant(bool fails) {
    const Draft draft = made(NodeKind::stub, fails ? "true" : "false", Failure::derived);
    if (fails) builder_.need_any(draft, {});
    return draft;
  }

  Draft reference(const xmlNode* one) {
    const std::string name = attribute(one, "name");
    const std::string type = tag(one) == "event" ? attribute(one, "type") : std::string(tag(one));
    if (gates_.contains(name) && (type == "gate" || type.empty())) return of_gate(name);
    if (type == "gate") fail(fmt::format("the gate '{}' is not defined", name));
    if (const auto house = houses_.find(name); house != houses_.end() && type != "basic-event") return constant(house->second);
    if (type == "house-event") fail(fmt::format("the house event '{}' is not defined", name));
    return made(NodeKind::resolver, name, Failure::component);
  }

  Draft input(const xmlNode* one) {
    const std::string_view word = tag(one);
    if (word == "gate" || word == "basic-event" || word == "house-event" || word == "event") return reference(one);
    if (word == "constant") return constant(attribute(one, "value") == "true");
    const Draft inner = made(NodeKind::lookup, fmt::format("{:08}", nested_++), Failure::derived);
    connect(inner, one);
    return inner;
  }

  /// What a gate's definition says: a reference or a formula.
  void need(Draft owner, const xmlNode& definition) {
    const auto formulas = elements(&definition);
    if (formulas.size() != 1) return fail(fmt::format("the gate '{}' has {} formulas", attribute(&definition, "name"), formulas.size()));
    const std::string_view word = tag(formulas.front());
    if (word == "and" || word == "or" || word == "atleast") return connect(owner, formulas.front());
    builder_.need_all(owner, {{input(formulas.front()), {}}});
  }

  void connect(Draft owner, const xmlNode* formula) {
    const std::string_view word = tag(formula);
    if (word != "and" && word != "or" && word != "atleast") {
      constexpr std::array<std::string_view, 8> kNotMonotone{"not", "xor", "nand", "nor", "iff", "imply", "cardinality", "ite"};
      const bool known = std::find(kNotMonotone.begin(), kNotMonotone.end(), word) != kNotMonotone.end();
      return fail(known ? fmt::format("'{}' is not monotone: it has no cut sets", word) : fmt::format("'{}' is not known here", word));
    }
    std::vector<Builder::Need> members;
    std::set<Draft> once;
    for (const xmlNode* one : elements(formula)) {
      const Draft draft = input(one);
      if (!problem_.empty()) return;
      if (!once.insert(draft).second && word == "atleast") return fail("an input of 'atleast' is listed twice");
      members.push_back({draft, {}});
    }
    if (members.empty()) return fail(fmt::format("'{}' has no inputs", word));
    if (word == "or") return builder_.need_all(owner, std::move(members));
    if (word == "and") return builder_.need_any(owner, std::move(members));
    const std::string min = attribute(formula, "min");
    const auto count = static_cast<std::uint32_t>(members.size());
    const unsigned long fails =
        min.empty() || min.size() > 9 || min.find_first_not_of("0123456789") != std::string::npos ? 0 : std::stoul(min);
    if (fails == 0 || fails > count) return fail(fmt::format("'atleast' of {} inputs with min '{}'", count, min));
    builder_.need(owner, std::move(members), count - static_cast<std::uint32_t>(fails) + 1, Choice::ordered, 0);
  }

  Builder builder_;
  std::map<std::string, const xmlNode*> gates_;
  std::map<std::string, bool> houses_;
  std::set<std::string> referred_;
  std::string top_;
  std::string problem_;
  std::uint32_t nested_ = 0;
};

}  // namespace

Result<RequirementGraph> read_open_psa(std::string_view bytes) {
  if (bytes.empty()) return Error{"it is empty"};
  // Before any of it is parsed: without declarations there are no entities to expand and no files to fetch.
  if (bytes.find("<!DOCTYPE") != std::string_view::npos || bytes.find("<!ENTITY") != std::string_view::npos) {
    return Error{"a document type declaration is not accepted"};
  }
  if (bytes.size() > std::size_t{std::numeric_limits<int>::max()}) return Error{"more than 2 GiB"};
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), "model.xml", nullptr, kOptions), &xmlFreeDoc);
  if (!document) {
    const xmlError* error = xmlGetLastError();
    std::string message = error != nullptr && error->message != nullptr ? error->message : "it cannot be parsed";
    while (!message.empty() && message.back() == '\n') message.pop_back();
    return Error{error != nullptr ? fmt::format("line {}: {}", error->line, message) : message};
  }
  const xmlNode* root = xmlDocGetRootElement(document.get());
  if (root == nullptr) return Error{"there is no element"};
  return Reader().read(root);
}

}  // namespace mainstay::bench
