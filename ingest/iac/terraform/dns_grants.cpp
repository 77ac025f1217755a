// Grants to change DNS: who may write which records of which zone.
// Source: AWS Service Authorization Reference, "Actions, resources, and condition keys for Amazon Route 53"; Azure built-in roles, "DNS
// Zone Contributor"; Google Cloud, "IAM roles for Cloud DNS".
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "graph/values/ascii.h"
#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

constexpr std::string_view kChange = "route53:ChangeResourceRecordSets";

/// True when a pattern of IAM with `*` and `?` fits the text; without case, as actions are compared.
bool fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

/// What a statement says, whether it is a block or a part of JSON.
struct Statement {
  bool allows = true;
  std::vector<Value> actions;
  std::vector<Value> resources;
  std::string condition;
  Location where;
};

std::vector<Value> as_list(const Value& value) {
  if (value.kind == ValueKind::list) return value.items;
  return value.is_null() ? std::vector<Value>() : std::vector<Value>{value};
}

/// "names=a.example,b.example": the condition keys of record changes that narrow a grant; others are left out, because they do not.
void add_condition(std::string_view test, std::string_view variable, const std::vector<Value>& values, std::string& out) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kKeys = {
      {{"route53:changeresourcerecordsetsnormalizedrecordnames", "names"},
       {"route53:changeresourcerecordsetsrecordtypes", "types"},
       {"route53:changeresourcerecordsetsactions", "actions"}}};
  const std::string lower = ascii_lower(variable);
  const auto key = std::find_if(kKeys.begin(), kKeys.end(), [&](const auto& one) { return one.first == lower; });
  // ForAnyValue lets a change through that has one right name among wrong ones, and a negation narrows to everything else.
  const std::string how = ascii_lower(test);
  const bool narrows = how.find("foranyvalue") == std::string::npos && how.find("not") == std::string::npos;
  if (key == kKeys.end() || !narrows) return;
  std::string listed;
  for (const Value& value : values) listed += (listed.empty() ? "" : ",") + ascii_lower(as_text(value).display());
  out += fmt::format("{}{}={}", out.empty() ? "" : "; ", key->second, listed);
}

Statement statement_of(const Section& block) {
  Statement one{.allows = block.known("effect").value_or("Allow") == "Allow",
                .actions = block.list("actions"),
                .resources = block.list("resources"),
                .condition = {},
                .where = block.has("actions") ? block.where("actions") : block.header()};
  for (const Section& condition : block.blocks("condition")) {
    add_condition(condition.text("test").display(), condition.text("variable").display(), condition.list("values"), one.condition);
  }
  return one;
}

Statement statement_of(const Value& json, Location where) {
  const auto member = [&](std::string_view key) { return json.entry(key) == nullptr ? Value() : *json.entry(key); };
  Statement one{.allows = known_text(member("Effect")).value_or("Allow") == "Allow",
                .actions = as_list(member("Action")),
                .resources = as_list(member("Resource")),
                .condition = {},
                .where = where};
  for (const Entry& test : member("Condition").entries) {
    for (const Entry& variable : test.value.entries) add_condition(test.key, variable.key, as_list(variable.value), one.condition);
  }
  return one;
}

class Grants {
 public:
  explicit Grants(Reading& reading) : reading_(reading) {}

  /// Adds what the policy that an argument holds lets a role do.
  void add_policy(const Section& section, std::string_view attribute, const std::string& principal) {
    const Value policy = section.value(attribute);
    Resource* document = reading_.program.behind(policy);
    if (document != nullptr && document->type == "aws_iam_policy_document") {
      for (const Section& block : document->section.blocks("statement")) add(statement_of(block), section, principal);
    } else if (policy.kind == ValueKind::string && !policy.items.empty()) {
      const Value* statements = policy.items[0].entry("Statement");
      if (statements == nullptr) return;
      for (const Value& one : as_list(*statements)) add(statement_of(one, reading_.place(section, attribute, one)), section, principal);
    } else if (as_text(policy).display().find("route53") != std::string::npos) {
      reading_.program.count_unknown("a policy that is written as text", section.where(attribute));
    }
  }

 private:
  void add(const Statement& statement, const Section& from, const std::string& principal) {
    const auto changes = [](const Value& action) {
      const std::optional<std::string> text = known_text(action);
      return text && fits(ascii_lower(*text), ascii_lower(kChange));
    };
    if (!statement.allows || std::none_of(statement.actions.begin(), statement.actions.end(), changes)) return;
    for (const Value& resource : statement.resources) {
      const Text zone = zone_of(resource);
      if (zone.empty()) continue;
      reading_.unit.add(Grant{.principal = principal,
                              .action = std::string(kChange),
                              .resource = zone,
                              .condition = statement.condition,
                              .reasons = reading_.because(from, statement.where)});
    }
  }

  /// The apex of the zone, "*" for all zones, or how the source names it; empty for what is no zone.
  Text zone_of(const Value& resource) {
    if (Text apex = apex_behind(resource); !apex.empty()) return apex;
    Text text = as_text(resource);
    const std::string shown = text.skeleton('*');
    if (shown == "*" && text.is_known()) return text;
    const std::string_view known = text.known_prefix();
    if (text.is_known() && fits(shown, "arn:aws:route53:::hostedzone/z") && shown.ends_with('*')) return Text("*");
    for (const Text::Piece& piece : text.pieces()) {
      const Hole* hole = std::get_if<Hole>(&piece);
      if (hole == nullptr) continue;
      const std::size_t dot = hole->name.rfind('.');
      Resource* zone = dot == std::string::npos ? nullptr : reading_.program.resource(hole->name.substr(0, dot));
      if (zone != nullptr && zone->type == "aws_route53_zone") return without_dot(zone->section.text("name"));
    }
    const bool is_zone = known.find("hostedzone") != std::string_view::npos || !text.is_known();
    return is_zone ? Text(Hole{text.display(), {}}) : Text();
  }

  Text apex_behind(const Value& value) {
    Resource* zone = reading_.program.behind(value);
    return zone == nullptr || zone->type != "aws_route53_zone" ? Text() : without_dot(zone->section.text("name"));
  }

  Reading& reading_;
};

/// The functions that run as a role; the role itself when none of the tree does.
std::vector<std::string> principals_of(Reading& reading, const Value& role) {
  Resource* resource = reading.program.behind(role);
  std::vector<std::string> found;
  if (resource != nullptr) {
    for (Resource* function : reading.all_of("aws_lambda_function")) {
      if (reading.program.behind(function->section.value("role")) == resource) found.push_back(reading.id("function", *function));
    }
  }
  if (found.empty()) found.push_back(reading.id_of("role", role));
  return found;
}

void read_role_policy(Reading& reading, Resource& resource) {
  for (const std::string& principal : principals_of(reading, resource.section.value("role"))) {
    Grants(reading).add_policy(resource.section, "policy", principal);
  }
}

void read_attachment(Reading& reading, Resource& resource) {
  Resource* policy = reading.program.behind(resource.section.value("policy_arn"));
  if (policy == nullptr || policy->type != "aws_iam_policy") return;
  for (const std::string& principal : principals_of(reading, resource.section.value("role"))) {
    Grants(reading).add_policy(policy->section, "policy", principal);
  }
}

void read_role(Reading& reading, Resource& resource) {
  for (const Section& inline_policy : resource.section.blocks("inline_policy")) {
    for (const std::string& principal : principals_of(reading, Value::object(resource.address))) {
      Grants(reading).add_policy(inline_policy, "policy", principal);
    }
  }
}

/// Roles of other clouds that let write every record of a zone, or of all zones.
void read_assignment(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  const bool is_azure = resource.type == "azurerm_role_assignment";
  const std::optional<std::string> role = section.known(is_azure ? "role_definition_name" : "role");
  if (!role || (*role != "DNS Zone Contributor" && *role != "Private DNS Zone Contributor" && *role != "roles/dns.admin")) return;
  const std::string_view of = is_azure ? "scope" : "managed_zone";
  Text zone("*");
  if (section.has(of)) {
    Resource* named = reading.program.behind(section.value(of));
    const std::string_view attribute = is_azure ? "name" : "dns_name";
    if (named != nullptr && named->section.has(attribute)) zone = without_dot(named->section.text(attribute));
    if (named == nullptr) zone = Text(Hole{section.text(of).display(), {}});
  }
  const std::string_view who = is_azure ? "principal_id" : "member";
  reading.unit.add(Grant{.principal = "role:" + section.text(who).display(),
                         .action = *role,
                         .resource = std::move(zone),
                         .condition = {},
                         .reasons = reading.because(section, is_azure ? "role_definition_name" : "role")});
}

constexpr ResourceType kTypes[] = {
    {"aws_iam_role", &read_role},
    {"aws_iam_role_policy", &read_role_policy},
    {"aws_iam_role_policy_attachment", &read_attachment},
    {"azurerm_role_assignment", &read_assignment},
    {"google_dns_managed_zone_iam_member", &read_assignment},
    {"google_project_iam_member", &read_assignment},
};

}  // namespace

std::span<const ResourceType> dns_grant_types() { return kTypes; }

}  // namespace mainstay::terraform
