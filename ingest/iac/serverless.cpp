// Services of the Serverless Framework at Amazon.
#include <algorithm>
#include <array>
#include <utility>

#include "ingest/iac/cloudformation/program.h"
#include "ingest/iac/cloudformation/reading.h"
#include "ingest/iac/serverless/service.h"
#include "ingest/iac/serverless/variables.h"
#include "ingest/ingester.h"

namespace mainstay {
namespace {

namespace cfn = cloudformation;

bool has_line(std::string_view head, std::string_view begin) {
  return head.starts_with(begin) || head.find("\n" + std::string(begin)) != std::string_view::npos;
}

bool is_program(std::string_view name) { return name.ends_with(".ts") || name.ends_with(".js"); }

/// A service says what it is called and who provides for it; the file's name decides about the rest.
Claim claims(std::string_view name, std::string_view head) {
  const std::string_view base = name.substr(name.rfind('/') + 1);
  const bool has_name = base.starts_with("serverless");
  if (is_program(base)) {
    const bool is_service = base == "serverless.ts" || base == "serverless.js";
    return is_service && head.find("provider") != std::string_view::npos ? Claim::by_content : Claim::no;
  }
  if (base.ends_with(".json")) {
    const bool is_service =
        has_name && head.find("\"service\"") != std::string_view::npos && head.find("\"provider\"") != std::string_view::npos;
    return is_service ? Claim::by_content : Claim::no;
  }
  if (!base.ends_with(".yml") && !base.ends_with(".yaml")) return Claim::no;
  if (!has_line(head, "service:") || !has_line(head, "provider:")) return Claim::no;
  constexpr std::array<std::string_view, 5> kSections = {"functions:", "resources:", "custom:", "plugins:", "frameworkVersion:"};
  const bool is_service =
      has_name || std::any_of(kSections.begin(), kSections.end(), [&](std::string_view one) { return has_line(head, one); });
  return is_service ? Claim::by_content : Claim::no;
}

/// Errors: a note for services of other clouds, whose functions have other resources.
bool is_at_amazon(Unit& unit, const cfn::Value& root) {
  const cfn::Value& provider = cfn::part(root, "provider");
  const cfn::Value& written = provider.kind == cfn::ValueKind::map ? cfn::part(provider, "name") : provider;
  const std::string name = cfn::plain(written);
  if (name.empty() || name == "aws" || name.find("${") != std::string::npos) return true;
  unit.note(written.origin, "only services at Amazon are read", "what this one sets up is not part of this scan");
  return false;
}

void read(Unit& unit) {
  const Source& source = unit.source();
  if (is_program(source.name())) {
    unit.note({SourceId{}, 0, 0}, "a service that is written as a program is not run",
              "the output of `serverless print` as serverless.yml can be read");
    return;
  }
  std::optional<cfn::Value> root = cfn::read_tree(unit, source);
  if (!root || root->kind != cfn::ValueKind::map || !is_at_amazon(unit, *root)) return;
  serverless::ServiceFiles files(unit, source.name());
  const std::vector<std::string> stages = serverless::stages_of(*root, unit, source.name());
  cfn::Program program(unit);
  for (const std::string& stage : stages) {
    serverless::Variables variables(unit, files, *root, stage);
    serverless::DeployedService service = serverless::deployed(variables, *root);
    const bool is_only_one = stages.size() == 1;
    if (!is_only_one) service.deployment.label = stage;
    program.add(is_only_one ? source.name() : source.name() + "@" + stage, source.name(), service.root, std::move(service.deployment));
  }
  cfn::read_resources(program);
  program.finish();
}

}  // namespace

extern const Ingester serverless_services;
constinit const Ingester serverless_services{
    .name = "serverless",
    .title = "Serverless Framework services",
    .reference = "serverless.com/framework/docs",
    .claims = &claims,
    .read = &read,
};

}  // namespace mainstay
