#include <fmt/format.h>

#include <algorithm>

#include "render/escape.h"
#include "render/sarif_parts.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostLinks = 8;      // in the text of a message; the others are listed beside it
constexpr std::size_t kMostAffected = 10;  // workloads by name

Severity worst(const SarifGroup& group) {
  Severity severity = Severity::info;
  for (const Finding* one : group) severity = std::max(severity, one->severity);
  return severity;
}

/// The first sentence is what lists of alerts show.
std::string message(const SarifGroup& group, const std::string& links) {
  std::string out;
  for (const Finding* one : group) {
    out += (out.empty() ? "" : "\n") + for_sarif(sentence(one->message));
    if (!one->fix.empty()) out += " Fix: " + for_sarif(sentence(one->fix));
    if (!one->arithmetic.empty()) out += " Arithmetic: " + for_sarif(sentence(one->arithmetic));
    if (const std::string affected = affected_of(*one, kMostAffected); !affected.empty()) out += "\n" + for_sarif(sentence(affected));
  }
  return out + (links.empty() ? "" : "\nEvidence: " + links + ".");
}

Json properties(const SarifGroup& group) {
  const Finding& first = *group.front();
  Json ids = Json::array();
  for (const Finding* one : group) ids.push_back(one->id);
  Json about = Json::array();
  for (const Subject& subject : first.subjects) about.push_back(for_terminal(subject.kind + " " + subject.name));
  Json owners = Json::array();
  for (const std::string& owner : first.owners) owners.push_back(for_terminal(owner));
  return {{"findings", ids}, {"severity", word(worst(group))},     {"confidence", word(first.confidence)},
          {"about", about},  {"workloads", first.affected.size()}, {"owners", owners}};
}

}  // namespace

Json SarifFiles::location(const std::string& path) {
  if (path.starts_with('/')) return {{"uri", "file://" + for_uri(path)}};
  const std::string uri = for_uri(path);
  if (path.starts_with("../")) return {{"uri", uri}};  // a log beside the repository: no base may be left upwards
  const auto [found, inserted] = position_.try_emplace(uri, uris_.size());
  if (inserted) uris_.push_back(uri);
  return {{"uri", uri}, {"uriBaseId", "%SRCROOT%"}, {"index", found->second}};
}

Json SarifFiles::artifacts() const {
  Json out = Json::array();
  for (const std::string& uri : uris_)
    out.push_back({{"location", {{"uri", uri}, {"uriBaseId", "%SRCROOT%"}}}, {"roles", {"analysisTarget"}}});
  return out;
}

Json SarifResults::physical_location(const Spot& spot) {
  Json region = {{"startLine", spot.line},
                 {"startColumn", spot.column},
                 {"endLine", spot.line},
                 {"endColumn", std::max(spot.end_column, spot.column)}};
  if (!spot.text.empty()) region["snippet"] = {{"text", for_terminal(spot.text)}};
  return {{"artifactLocation", files_.location(spot.path)}, {"region", region}};
}

/// Every reason that is written somewhere; the first few are linked from the message.
Json SarifResults::related_locations(const SarifGroup& group, std::string& links) {
  Json out = Json::array();
  for (const Finding* finding : group) {
    for (const Evidence& one : finding->evidence) {
      const std::optional<Spot> spot = spot_of(one, context_);
      if (!spot) continue;
      if (out.size() + 1 >= limits_.places) {
        ++left_out_.places;
        continue;
      }
      const std::size_t id = out.size() + 1;
      out.push_back({{"id", id},
                     {"physicalLocation", physical_location(*spot)},
                     {"message", {{"text", for_sarif(words_of(one).empty() ? "here" : words_of(one))}}}});
      if (id <= kMostLinks)
        links += fmt::format("{}[{}]({})", links.empty() ? "" : ", ", for_sarif(fmt::format("{}:{}", spot->path, spot->line)), id);
    }
  }
  return out;
}

/// The way from a workload to what fails. A step that no line states is shown at the line of the step before it.
Json SarifResults::code_flow(const Finding& finding) {
  const auto flow = context_.flows.find(finding.id);
  if (flow == context_.flows.end() || flow->second.empty()) return nullptr;
  Spot last = spot_of(finding, context_);
  Json steps = Json::array();
  for (const FlowStep& step : flow->second) {
    if (steps.size() == limits_.steps) {
      left_out_.steps += flow->second.size() - steps.size();
      break;
    }
    for (const Evidence& one : step.evidence) {
      if (const std::optional<Spot> spot = spot_of(one, context_)) {
        last = *spot;
        break;
      }
    }
    steps.push_back({{"location", {{"physicalLocation", physical_location(last)}, {"message", {{"text", for_sarif(step.text)}}}}}});
  }
  return {{{"threadFlows", {{{"locations", steps}}}}}};
}

Json SarifResults::suppression(const Suppression& one) {
  Json out = {{"kind", one.kind == SuppressionKind::in_place ? "inSource" : "external"},
              {"status", "accepted"},
              {"justification", for_terminal(std::string(word(one.kind)) + " " + words_of(one))}};
  if (!one.place.file.empty()) {
    out["location"] = {{"physicalLocation", physical_location(*spot_of(Evidence::declared(one.place), context_))}};
  }
  return out;
}

Json SarifResults::result(const SarifGroup& group, std::size_t rule, bool with_suppressions) {
  const Finding& first = *group.front();
  const Spot spot = spot_of(first, context_);
  std::string links;
  const Json related = related_locations(group, links);
  Json out = {{"ruleId", for_terminal(first.rule)},
              {"ruleIndex", rule},
              {"level", sarif_level(worst(group))},
              {"message", {{"text", message(group, links)}}},
              {"locations", {{{"physicalLocation", physical_location(spot)}}}}};
  if (!related.empty()) out["relatedLocations"] = related;
  if (const Json flow = code_flow(first); !flow.is_null()) out["codeFlows"] = flow;
  out["fingerprints"] = {{"mainstay/v1", first.id}};
  // A file that is not in the repository gives GitHub nothing to compare with; the stable id then keeps alerts apart.
  out["partialFingerprints"] = {{"primaryLocationLineHash", spot.hash.empty() ? first.id + ":1" : spot.hash}, {"mainstay/v1", first.id}};
  if (with_suppressions) {
    out["suppressions"] = Json::array();
    if (first.suppression) out["suppressions"].push_back(suppression(*first.suppression));
  }
  out["properties"] = properties(group);
  return out;
}

}  // namespace mainstay
