#include <array>

#include "render/html/page_data.h"

namespace mainstay {
namespace {

constexpr std::size_t kKinds = static_cast<std::size_t>(NodeKind::parent) + 1;

/// The kinds of which somebody asks for one by name: what can be failed, and who is asked about. Steps of reasoning are shown by their
/// label; their canonical names, which are long, would be needed by nobody.
std::array<bool, kKinds> named_kinds(const FaultModel& model) {
  std::array<bool, kKinds> named{};
  for (const NodeKind kind : {NodeKind::workload, NodeKind::stub}) named[static_cast<std::size_t>(kind)] = true;
  for (const FaultModel::Modes& one : model.modes) named[static_cast<std::size_t>(one.kind)] = true;
  return named;
}

/// Where somebody here can change it: "unbound.conf:5".
std::string owner_of(const Node& node) {
  for (const Evidence& one : node.reasons) {
    if (one.confidence == Confidence::declared) return one.place.file + ":" + std::to_string(one.place.line);
  }
  return {};
}

Json written(const FaultModel::Hold& hold) {
  Json out = Json::array({hold.known});
  out.push_back(hold.most ? Json(*hold.most) : Json(nullptr));
  return out;
}

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
  Json names = Json::array(), labels = Json::array(), failure = Json::array(), owners = Json::array();
  Json gates = Json::array(), counts = Json::array(), needed = Json::array(), choices = Json::array(), members = Json::array();
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    const Node& node = graph.node(NodeId(at));
    ++kinds[static_cast<std::size_t>(node.kind)];
    names.push_back(is_named[static_cast<std::size_t>(node.kind)] ? texts.number(node.name) : 0);
    labels.push_back(texts.number(node.label.empty() ? node.name : node.label));
    failure.push_back(static_cast<int>(node.failure));
    owners.push_back(node.failure == Failure::derived ? 0 : texts.number(owner_of(node)));
    gates.push_back(graph.groups(NodeId(at)).size());
    for (const Group& group : graph.groups(NodeId(at))) {
      counts.push_back(group.count);
      needed.push_back(group.needed);
      choices.push_back(static_cast<int>(group.choice));
      for (const Member& member : graph.members(group)) members.push_back(index(member.node));
    }
  }
  Json words = Json::array();
  for (std::size_t kind = 0; kind < kKinds; ++kind) words.push_back({texts.number(word(NodeKind(kind))), kinds[kind]});
  return {{"kinds", std::move(words)},     {"names", std::move(names)},    {"labels", std::move(labels)}, {"failure", std::move(failure)},
          {"owners", std::move(owners)},   {"gates", std::move(gates)},    {"counts", std::move(counts)}, {"needed", std::move(needed)},
          {"choices", std::move(choices)}, {"members", std::move(members)}};
}

Json page_model(const FaultModel& model, PageTexts& texts) {
  Json goals = Json::array(), uses = Json::array(), questions = Json::array(), lookups = Json::array();
  for (const FaultModel::Goal& one : model.goals)
    goals.push_back({index(one.node), texts.number(word(one.purpose)), one.resolver_unknown ? 1 : 0});
  for (const FaultModel::Use& one : model.uses) {
    uses.push_back(
        {index(one.node), one.deadline ? Json(*one.deadline) : Json(nullptr), one.credential ? written(*one.credential) : Json(nullptr)});
  }
  for (const FaultModel::Question& one : model.questions) {
    Json row = {index(one.node), one.forwarder};
    if (one.name_known) {
      row.push_back(written(one.answer));
      row.push_back(written(one.stale));
    }
    questions.push_back(std::move(row));
  }
  for (const FaultModel::Lookup& one : model.lookups) lookups.push_back({index(one.node), one.client});
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
          {"goals", std::move(goals)},
          {"uses", std::move(uses)},
          {"questions", std::move(questions)},
          {"lookups", std::move(lookups)},
          {"states", std::move(states)},
          {"answers", std::move(answers)},
          {"clients", clients_of(model, texts)},
          {"forwarders", forwarders_of(model)}};
}

}  // namespace mainstay
