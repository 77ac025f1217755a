#include <algorithm>
#include <array>

#include "render/html/page_column.h"
#include "render/html/page_data.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kMostSeconds = std::uint64_t{1} << 50;
constexpr std::size_t kKinds = static_cast<std::size_t>(NodeKind::parent) + 1;

/// The kinds of which somebody asks for one by name: what can be failed, and who is asked about. Steps of reasoning are shown by their
/// label; their canonical names, which are long, would be needed by nobody.
std::array<bool, kKinds> named_kinds(const FaultModel& model) {
  std::array<bool, kKinds> named{};
  for (const NodeKind kind : {NodeKind::workload, NodeKind::stub}) named[static_cast<std::size_t>(kind)] = true;
  for (const FaultModel::Modes& one : model.modes) named[static_cast<std::size_t>(one.kind)] = true;
  return named;
}

std::int64_t number(PageTexts& texts, std::string_view text) { return static_cast<std::int64_t>(texts.number(text)); }

/// Where somebody here can change it: "unbound.conf:5".
std::string owner_of(const Node& node) {
  for (const Evidence& one : node.reasons) {
    if (one.confidence == Confidence::declared) return one.place.file + ":" + std::to_string(one.place.line);
  }
  return {};
}

/// What is not known is -1.
template <class Number>
std::int64_t or_none(const std::optional<Number>& number) {
  return number ? static_cast<std::int64_t>(std::min<std::uint64_t>(*number, kMostSeconds)) : -1;
}

struct PackedHold {
  std::int64_t known = -1;
  std::int64_t most = -1;
};
PackedHold packed(const FaultModel::Hold& hold) { return {or_none(std::optional(hold.known)), or_none(hold.most)}; }

std::string key_of(const FaultModel::States& states) {
  std::string key;
  for (const std::uint32_t one : states) key += (key.empty() ? "" : ",") + std::to_string(one);
  return key;
}

Json clients_of(const FaultModel& model, PageTexts& texts) {
  Json out = Json::array();
  for (const FaultModel::Client& one : model.clients) {
    Json answers = Json::object();
    for (const auto& [states, answer] : one.answers) answers[key_of(states)] = answer;
    out.push_back({texts.number(one.word), one.most_servers ? Json(*one.most_servers) : Json(nullptr), std::move(answers)});
  }
  return out;
}

Json forwarders_of(const FaultModel& model) {
  Json out = Json::array();
  for (const FaultModel::Forwarder& one : model.forwarders) {
    Json seen = Json::object();
    for (const auto& [states, state] : one.seen) seen[key_of(states)] = state ? Json{state->first, state->later} : Json(nullptr);
    out.push_back(std::move(seen));
  }
  return out;
}

}  // namespace

Json page_graph(const PageInput& input, PageTexts& texts) {
  const RequirementGraph& graph = input.graph;
  const std::array<bool, kKinds> is_named = named_kinds(input.model);
  std::array<std::size_t, kKinds> kinds{};
  PageRows nodes(5), gates(3);
  PageColumn members;
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    const Node& node = graph.node(NodeId(at));
    ++kinds[static_cast<std::size_t>(node.kind)];
    nodes.add({is_named[static_cast<std::size_t>(node.kind)] ? number(texts, node.name) : 0,
               number(texts, node.label.empty() ? node.name : node.label), static_cast<int>(node.failure),
               node.failure == Failure::derived ? 0 : number(texts, owner_of(node)),
               static_cast<std::int64_t>(graph.groups(NodeId(at)).size())});
    for (const Group& group : graph.groups(NodeId(at))) {
      gates.add({group.count, group.needed, static_cast<int>(group.choice)});
      for (const Member& member : graph.members(group)) members.add(index(member.node));
    }
  }
  Json words = Json::array();
  for (std::size_t kind = 0; kind < kKinds; ++kind) words.push_back({texts.number(word(NodeKind(kind))), kinds[kind]});
  return {{"kinds", std::move(words)}, {"nodes", nodes.texts()}, {"gates", gates.texts()}, {"members", members.text()}};
}

Json page_model(const FaultModel& model, PageTexts& texts) {
  PageRows goals(3), uses(4), questions(6), lookups(2);
  for (const FaultModel::Goal& one : model.goals)
    goals.add({index(one.node), number(texts, word(one.purpose)), one.resolver_unknown ? 1 : 0});
  for (const FaultModel::Use& one : model.uses) {
    const PackedHold credential = one.credential ? packed(*one.credential) : PackedHold();
    uses.add({index(one.node), or_none(one.deadline), credential.known, credential.most});
  }
  for (const FaultModel::Question& one : model.questions) {
    const PackedHold answer = one.name_known ? packed(one.answer) : PackedHold();
    const PackedHold stale = one.name_known ? packed(one.stale) : PackedHold();
    questions.add({index(one.node), one.forwarder, answer.known, answer.most, stale.known, stale.most});
  }
  for (const FaultModel::Lookup& one : model.lookups) lookups.add({index(one.node), one.client});
  Json states = Json::array(), answers = Json::array();
  for (const FaultModel::State& one : model.states) states.push_back({texts.number(one.mode), one.lo, one.hi});
  for (const FaultModel::Answer& one : model.answers)
    answers.push_back({one.best, one.worst, one.lo, one.hi, texts.number(one.source), texts.number(one.arithmetic)});
  Json modes = Json::array(), worst = Json::array();
  for (const FaultModel::Modes& one : model.modes) modes.push_back({texts.number(word(one.kind)), texts.numbers(one.words)});
  for (const FaultModel::Worst& one : model.worst) worst.push_back({index(one.node), one.lost});
  return {{"cycles", model.cycles},
          {"modes", std::move(modes)},
          {"worst", std::move(worst)},
          {"goals", goals.texts()},
          {"uses", uses.texts()},
          {"questions", questions.texts()},
          {"lookups", lookups.texts()},
          {"states", std::move(states)},
          {"answers", std::move(answers)},
          {"clients", clients_of(model, texts)},
          {"forwarders", forwarders_of(model)}};
}

}  // namespace mainstay
