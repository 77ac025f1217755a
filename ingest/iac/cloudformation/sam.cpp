// The SAM transform, as far as it makes what this program reads: functions, APIs with their authorizers and domains, roles.
// Source: AWS Serverless Application Model Developer Guide, "AWS SAM resource and property reference", "AWS SAM policy templates",
// "Globals section", "Generated CloudFormation resources".
#include <algorithm>
#include <initializer_list>
#include <utility>

#include "ingest/iac/cloudformation/program.h"

namespace mainstay::cloudformation {
namespace {

Value text_at(std::string_view text, Location where) {
  Value made = Value::of_text(Text(text));
  made.origin = where;
  return made;
}

Value map_at(std::vector<Entry> entries, Location where) {
  std::erase_if(entries, [](const Entry& entry) { return entry.value.is_null(); });
  Value made = Value::of_map(std::move(entries));
  made.origin = where;
  return made;
}

Value list_at(std::vector<Value> items, Location where) {
  Value made = Value::of_list(std::move(items));
  made.origin = where;
  return made;
}

/// A resource with the condition of the one that it is made from.
Value resource_of(std::string_view type, Value properties, const Value& from) {
  return map_at({{"Type", text_at(type, from.origin)}, {"Condition", part(from, "Condition")}, {"Properties", std::move(properties)}},
                from.origin);
}

Value attribute_of(const std::string& id, std::string_view attribute, Location where) {
  return map_at({{"Fn::GetAtt", list_at({text_at(id, where), text_at(attribute, where)}, where)}}, where);
}

/// Maps are merged, lists put behind each other, and of all else the resource's own wins.
Value merged(const Value& globals, const Value& own) {
  if (globals.is_null()) return own;
  if (own.is_null()) return globals;
  if (function_in(globals) != nullptr || function_in(own) != nullptr) return own;
  Value made = own;
  if (globals.kind == ValueKind::map && own.kind == ValueKind::map) {
    std::vector<Entry> entries = own.entries;
    for (const Entry& entry : globals.entries) {
      const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& one) { return one.key == entry.key; });
      if (at == entries.end()) {
        entries.push_back(entry);
      } else {
        at->value = merged(entry.value, at->value);
      }
    }
    made = Value::of_map(std::move(entries));
  } else if (globals.kind == ValueKind::list && own.kind == ValueKind::list) {
    std::vector<Value> items = globals.items;
    items.insert(items.end(), own.items.begin(), own.items.end());
    made = Value::of_list(std::move(items));
  }
  made.origin = own.origin;
  return made;
}

/// A policy template that is about names or identities, and the parameter that says what it is for.
struct PolicyTemplate {
  std::string_view name, action, parameter, before;
};
constexpr PolicyTemplate kPolicyTemplates[] = {
    {"AWSSecretsManagerGetSecretValuePolicy", "secretsmanager:GetSecretValue", "SecretArn", ""},
    {"KMSDecryptPolicy", "kms:Decrypt", "KeyId", "arn:aws:kms:*:*:key/"},
    {"Route53ChangeResourceRecordSetsPolicy", "route53:ChangeResourceRecordSets", "HostedZoneId", "arn:aws:route53:::hostedzone/"},
    {"SSMParameterReadPolicy", "ssm:GetParameter", "ParameterName", "arn:aws:ssm:*:*:parameter/"},
};

Value statement_of(const PolicyTemplate& row, const Value& parameters, Location where) {
  Value pieces = list_at({text_at(row.before, where), part(parameters, row.parameter)}, where);
  Value resource = map_at({{"Fn::Join", list_at({text_at("", where), std::move(pieces)}, where)}}, where);
  return map_at({{"Effect", text_at("Allow", where)}, {"Action", text_at(row.action, where)}, {"Resource", std::move(resource)}}, where);
}

class Transformer {
 public:
  explicit Transformer(Value root) : root_(std::move(root)) {}

  Value transform() {
    Value resources = part(root_, "Resources");
    for (Entry& entry : resources.entries) {
      const std::string type = plain(part(entry.value, "Type"));
      if (type == "AWS::Serverless::Function") {
        add_function(entry.key, entry.value);
      } else if (type == "AWS::Serverless::Api" || type == "AWS::Serverless::HttpApi") {
        const bool is_http = type == "AWS::Serverless::HttpApi";
        add_api(entry.key, entry.value, merged(part(part(root_, "Globals"), is_http ? "HttpApi" : "Api"), part(entry.value, "Properties")),
                is_http);
      } else {
        made_.push_back(std::move(entry));
      }
    }
    add_implicit("ServerlessHttpApi", "HttpApi", implicit_http_);
    add_implicit("ServerlessRestApi", "Api", implicit_rest_);
    std::vector<Entry> sections = root_.entries;
    std::erase_if(sections, [](const Entry& entry) { return entry.key == "Resources"; });
    sections.push_back({"Resources", map_at(std::move(made_), resources.origin)});
    return map_at(std::move(sections), root_.origin);
  }

 private:
  void add_function(const std::string& id, const Value& written) {
    Value properties = merged(part(part(root_, "Globals"), "Function"), part(written, "Properties"));
    if (properties.is_null()) properties = map_at({}, written.origin);
    for (const Entry& event : part(properties, "Events").entries) note_event(event.value);
    if (part(properties, "Role").is_null()) {
      add_role(id + "Role", written, part(properties, "Policies"));
      properties.entries.push_back({"Role", attribute_of(id + "Role", "Arn", written.origin)});
      properties = map_at(std::move(properties.entries), properties.origin);
    }
    if (const Value& url = part(properties, "FunctionUrlConfig"); !url.is_null()) {
      made_.push_back({id + "Url", resource_of("AWS::Lambda::Url", url, written)});
    }
    made_.push_back({id, resource_of("AWS::Lambda::Function", std::move(properties), written)});
  }

  void note_event(const Value& event) {
    const std::string type = plain(part(event, "Type"));
    const Value& properties = part(event, "Properties");
    if (type == "HttpApi" && part(properties, "ApiId").is_null() && implicit_http_.is_null()) implicit_http_ = event;
    if (type == "Api" && part(properties, "RestApiId").is_null() && implicit_rest_.is_null()) implicit_rest_ = event;
  }

  void add_implicit(const std::string& id, std::string_view section, const Value& event) {
    if (event.is_null()) return;
    Value written = map_at({}, event.origin);
    add_api(id, written, part(part(root_, "Globals"), section), section == "HttpApi");
  }

  void add_role(const std::string& id, const Value& written, const Value& policies) {
    std::vector<Value> documents, managed;
    const std::vector<Value> single{policies};
    for (const Value& policy : policies.kind == ValueKind::list ? policies.items : single) {
      if (policy.kind == ValueKind::string || function_in(policy) != nullptr) managed.push_back(policy);
      if (!part(policy, "Statement").is_null()) documents.push_back(map_at({{"PolicyDocument", policy}}, policy.origin));
      for (const PolicyTemplate& row : kPolicyTemplates) {
        const Value& parameters = part(policy, row.name);
        if (parameters.is_null()) continue;
        Value document = map_at({{"Statement", list_at({statement_of(row, parameters, policy.origin)}, policy.origin)}}, policy.origin);
        documents.push_back(map_at({{"PolicyDocument", std::move(document)}}, policy.origin));
      }
    }
    Value properties = map_at(
        {{"ManagedPolicyArns", list_at(std::move(managed), policies.origin)}, {"Policies", list_at(std::move(documents), policies.origin)}},
        written.origin);
    made_.push_back({id, resource_of("AWS::IAM::Role", std::move(properties), written)});
  }

  void add_api(const std::string& id, const Value& written, Value properties, bool is_http) {
    for (const Entry& authorizer : part(part(properties, "Auth"), "Authorizers").entries) {
      add_authorizer(id + authorizer.key + "Authorizer", written, authorizer, is_http);
    }
    if (const Value& domain = part(properties, "Domain"); !domain.is_null()) add_domain(id, written, domain, is_http);
    made_.push_back({id, resource_of(is_http ? "AWS::ApiGatewayV2::Api" : "AWS::ApiGateway::RestApi", std::move(properties), written)});
  }

  void add_authorizer(const std::string& id, const Value& written, const Entry& authorizer, bool is_http) {
    const Location where = authorizer.value.origin;
    const Value& jwt = part(authorizer.value, "JwtConfiguration");
    const Value& issuer = part(jwt, "issuer").is_null() ? part(jwt, "Issuer") : part(jwt, "issuer");
    Value configuration = issuer.is_null() ? Value() : map_at({{"Issuer", issuer}}, jwt.origin);
    Value pools = part(authorizer.value, "UserPoolArn");
    if (!pools.is_null() && pools.kind != ValueKind::list) pools = list_at({std::move(pools)}, where);
    Value properties = map_at({{"Name", text_at(authorizer.key, where)},
                               {"JwtConfiguration", std::move(configuration)},
                               {"ProviderARNs", std::move(pools)},
                               {"AuthorizerUri", part(authorizer.value, "FunctionArn")}},
                              where);
    made_.push_back(
        {id, resource_of(is_http ? "AWS::ApiGatewayV2::Authorizer" : "AWS::ApiGateway::Authorizer", std::move(properties), written)});
  }

  void add_domain(const std::string& id, const Value& written, const Value& domain, bool is_http) {
    const std::string name_id = "ApiGatewayDomainName" + id;
    const Value& name = part(domain, "DomainName");
    if (name.is_null()) return;
    made_.push_back({name_id, resource_of(is_http ? "AWS::ApiGatewayV2::DomainName" : "AWS::ApiGateway::DomainName", domain, written)});
    const Value& route = part(domain, "Route53");
    if (route.is_null()) return;
    const bool is_edge = plain(part(domain, "EndpointConfiguration")) == "EDGE";
    Value target = part(route, "DistributionDomainName");
    if (target.is_null()) target = attribute_of(name_id, is_edge ? "DistributionDomainName" : "RegionalDomainName", domain.origin);
    Value alias = map_at({{"DNSName", std::move(target)}}, route.origin);
    Value properties = map_at({{"Name", name},
                               {"Type", text_at("A", route.origin)},
                               {"HostedZoneId", part(route, "HostedZoneId")},
                               {"HostedZoneName", part(route, "HostedZoneName")},
                               {"SetIdentifier", part(route, "SetIdentifier")},
                               {"Region", part(route, "Region")},
                               {"AliasTarget", std::move(alias)}},
                              route.origin);
    made_.push_back({id + "RecordSet", resource_of("AWS::Route53::RecordSet", std::move(properties), written)});
  }

  Value root_;
  std::vector<Entry> made_;
  Value implicit_http_, implicit_rest_;
};

}  // namespace

Value transformed(Value root) {
  const Value& resources = part(root, "Resources");
  const bool has_any = std::any_of(resources.entries.begin(), resources.entries.end(),
                                   [](const Entry& entry) { return plain(part(entry.value, "Type")).starts_with("AWS::Serverless::"); });
  return has_any ? Transformer(std::move(root)).transform() : root;
}

}  // namespace mainstay::cloudformation
