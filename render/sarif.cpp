#include "render/sarif.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "render/escape.h"
#include "render/json_parts.h"
#include "render/sarif_parts.h"
#include "render/version.h"

namespace mainstay {
namespace {

/// "mainstay/infra/": the same for every scan of that folder, because alerts that are not in the newest upload of their category close.
std::string category(const Report& report, const OutputContext& context) {
  std::string out = context.series + "/";
  if (!context.prefix.empty()) return out + for_uri(context.prefix);
  for (const std::string& root : report.roots) {
    std::string_view name = root;
    while (name.ends_with('/')) name.remove_suffix(1);
    name = name.substr(name.rfind('/') + 1);
    if (name.empty() || name == "." || name == "..") continue;
    out += (out.ends_with('/') ? "" : "+") + for_uri(name);
  }
  return out.ends_with('/') ? out : out + "/";
}

/// Findings that somebody decided to live with behind the others; those of one rule and one line together.
std::vector<SarifGroup> groups(const Report& report, const OutputContext& context) {
  std::vector<SarifGroup> out;
  std::map<std::tuple<bool, std::string, std::string, std::uint32_t>, std::size_t> by_line;
  for (const std::vector<Finding>* findings : {&report.findings, &report.suppressed}) {
    for (const Finding& finding : *findings) {
      const Spot spot = spot_of(finding, context);
      if (spot.hash.empty()) {
        out.push_back({&finding});
        continue;
      }
      const auto [at, inserted] = by_line.try_emplace({finding.suppression.has_value(), finding.rule, spot.path, spot.line}, out.size());
      if (inserted) {
        out.push_back({&finding});
      } else {
        out[at->second].push_back(&finding);
      }
    }
  }
  return out;
}

/// The rules of the driver, each once, with the weakest confidence among what each found.
class Rules {
 public:
  explicit Rules(const Report& report) {
    for (const RuleRow& rule : report.rules) add(rule);
    for (const std::vector<Finding>* findings : {&report.findings, &report.suppressed}) {
      for (const Finding& finding : *findings) {
        add(undescribed_rule(finding));
        auto& weakest = weakest_[position(finding.rule)];
        weakest = std::min(weakest.value_or(finding.confidence), finding.confidence);
      }
    }
  }

  std::size_t position(const std::string& name) const { return position_.at(name); }

  Json written(const SarifLimits& limits, SarifLeftOut& left_out) const {
    Json out = Json::array();
    for (std::size_t at = 0; at < rules_.size(); ++at) {
      out.push_back(sarif_rule(rules_[at], weakest_[at] ? sarif_precision(*weakest_[at]) : "", limits, left_out));
    }
    return out;
  }

 private:
  void add(RuleRow rule) {
    if (!position_.try_emplace(rule.name, rules_.size()).second) return;
    rules_.push_back(std::move(rule));
    weakest_.emplace_back();
  }

  std::map<std::string, std::size_t> position_;
  std::vector<RuleRow> rules_;
  std::vector<std::optional<Confidence>> weakest_;
};

Json driver(Json rules) {
  return {{"name", "mainstay"},
          {"fullName", fmt::format("mainstay {}", version())},
          {"version", version()},
          {"semanticVersion", version()},
          {"shortDescription", {{"text", "Maps the DNS that identity stands on."}}},
          {"rules", std::move(rules)},
          {"notifications", sarif_notification_kinds()}};
}

Json run(const SarifLimits& limits, const Report& report, const OutputContext& context, SarifLeftOut left_out) {
  SarifResults results(context, limits);
  results.left_out() = left_out;
  const Rules rules(report);
  const std::vector<SarifGroup> all = groups(report, context);
  const std::size_t count = std::min(all.size(), limits.results);
  results.left_out().results += all.size() - count;
  Json written = Json::array();
  for (std::size_t at = 0; at < count; ++at) {
    written.push_back(results.result(all[at], rules.position(all[at].front()->rule), !report.suppressed.empty()));
  }
  Json described = rules.written(limits, results.left_out());
  const Json notifications = results.notifications(report);
  return {{"tool", {{"driver", driver(std::move(described))}}},
          {"automationDetails", {{"id", category(report, context)}}},
          {"columnKind", "utf16CodeUnits"},
          {"originalUriBaseIds", {{"%SRCROOT%", {{"description", {{"text", "The root of the repository."}}}}}}},
          {"invocations", {{{"executionSuccessful", !is_incomplete(report)}, {"toolExecutionNotifications", notifications}}}},
          {"artifacts", results.files().artifacts()},
          {"results", std::move(written)}};
}

std::string document(Json the_run) {
  return printed({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", {std::move(the_run)}}});
}

std::size_t compressed_octets(const std::string& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::vector<Bytef> out(size);
  const int status =
      compress2(out.data(), &size, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()), Z_DEFAULT_COMPRESSION);
  return status == Z_OK ? size : bytes.size();
}

}  // namespace

std::string sarif_within(const SarifLimits& limits, const Report& report, const OutputContext& context) {
  std::string text = document(run(limits, report, context, {.flows = context.flows_left_out}));
  // What is small enough before it is compressed need not be.
  if (text.size() <= limits.compressed_octets || compressed_octets(text) <= limits.compressed_octets) return text;
  OutputContext without_flows = context;
  without_flows.flows.clear();
  const SarifLeftOut left_out{.flows = context.flows_left_out + context.flows.size()};
  SarifLimits tighter = limits;
  tighter.results = std::min(limits.results, report.findings.size() + report.suppressed.size());
  for (;;) {
    text = document(run(tighter, report, without_flows, left_out));
    const std::size_t octets = compressed_octets(text);
    if (octets <= limits.compressed_octets || tighter.results == 0) return text;
    // Results are alike in size, so about that share of them fits; a little less, so that the next round is the last one.
    const std::size_t share = tighter.results * limits.compressed_octets / octets;
    tighter.results = std::min(share - share / 32, tighter.results - 1);
  }
}

std::string sarif(const Report& report, const OutputContext& context) { return sarif_within({}, report, context); }

}  // namespace mainstay
