#include "ingest/iac/serverless/service.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mainstay::serverless {
namespace {

using cloudformation::part;
using cloudformation::plain;

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

Value resource(std::string_view type, Value properties) {
  const Location where = properties.origin;
  return map_at({{"Type", text_at(type, where)}, {"Properties", std::move(properties)}}, where);
}

/// Entries of both; those of `own` win.
Value joined(const Value& around, const Value& own) {
  if (around.kind != ValueKind::map) return own;
  if (own.kind != ValueKind::map) return own.is_null() ? around : own;
  std::vector<Entry> entries = around.entries;
  entries.insert(entries.end(), own.entries.begin(), own.entries.end());
  return map_at(std::move(entries), own.origin);
}

const Value& first_of(const Value& a, const Value& b) { return a.is_null() ? b : a; }

/// "my-function_a" becomes "MyDashfunctionUnderscorea", as the framework names its resources.
std::string normalized(const std::string& name) {
  std::string out;
  for (const char c : name) {
    if (c == '-') {
      out += "Dash";
    } else if (c == '_') {
      out += "Underscore";
    } else {
      out += c;
    }
  }
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

class Maker {
 public:
  Maker(Variables& variables, const Value& root)
      : variables_(variables), root_(root), provider_(variables.resolve(part(root, "provider"))), where_(root.origin) {}

  DeployedService make() {
    DeployedService made;
    const Value service = variables_.resolve(part(root_, "service"));
    name_ = as_text(service.kind == ValueKind::map ? part(service, "name") : service, "service").display();
    add_provider();
    const Value functions = variables_.resolve(part(root_, "functions"));
    if (functions.kind == ValueKind::list) {
      for (const Value& map : functions.items) add_functions(map);
    } else {
      add_functions(functions);
    }
    add_domains();
    made.root = template_of();
    made.deployment = {.is_said = true};
    const Value region = variables_.at("provider.region");
    if (const std::optional<std::string> known = known_text(region)) made.deployment.region = *known;
    made.deployment.stack_name = name_ + "-" + variables_.stage();
    made.deployment.function_timeout = {6, "Serverless Framework: a function without a timeout is stopped after 6 seconds"};
    return made;
  }

 private:
  void add(std::string id, Value made) { made_.push_back({std::move(id), std::move(made)}); }

  void add_provider() {
    const Value& role = part(part(provider_, "iam"), "role");
    const Value& statements = first_of(part(role, "statements"), part(provider_, "iamRoleStatements"));
    add_role("IamRoleLambdaExecution", statements);
    for (const Entry& authorizer : part(part(provider_, "httpApi"), "authorizers").entries) {
      const Value& issuer = part(authorizer.value, "issuerUrl");
      if (issuer.is_null()) continue;
      Value configuration = map_at({{"Issuer", issuer}}, authorizer.value.origin);
      add("HttpApiAuthorizer" + normalized(authorizer.key),
          resource("AWS::ApiGatewayV2::Authorizer",
                   map_at({{"Name", text_at(authorizer.key, authorizer.value.origin)}, {"JwtConfiguration", std::move(configuration)}},
                          authorizer.value.origin)));
    }
    for (const Entry& authorizer : part(part(provider_, "alb"), "authorizers").entries) {
      const Value& from = authorizer.value;
      Value configuration = map_at({{"Issuer", part(from, "issuer")},
                                    {"AuthorizationEndpoint", part(from, "authorizationEndpoint")},
                                    {"TokenEndpoint", part(from, "tokenEndpoint")}},
                                   from.origin);
      if (configuration.entries.empty()) continue;
      Value action = map_at({{"AuthenticateOidcConfig", std::move(configuration)}}, from.origin);
      add("AlbAuthorizer" + normalized(authorizer.key),
          resource("AWS::ElasticLoadBalancingV2::ListenerRule",
                   map_at({{"Actions", list_at({std::move(action)}, from.origin)}}, from.origin)));
    }
  }

  void add_role(const std::string& id, const Value& statements) {
    if (statements.is_null()) return;
    Value document = map_at({{"PolicyDocument", map_at({{"Statement", statements}}, statements.origin)}}, statements.origin);
    add(id, resource("AWS::IAM::Role", map_at({{"Policies", list_at({std::move(document)}, statements.origin)}}, statements.origin)));
  }

  void add_functions(const Value& functions) {
    for (const Entry& entry : functions.entries) {
      if (entry.value.kind == ValueKind::map) add_function(entry.key, entry.value);
    }
  }

  void add_function(const std::string& key, const Value& function) {
    const Value environment = joined(part(provider_, "environment"), part(function, "environment"));
    const Value& network = first_of(part(function, "vpc"), part(provider_, "vpc"));
    Value subnets = network.kind == ValueKind::map ? map_at({{"SubnetIds", part(network, "subnetIds")}}, network.origin) : Value();
    Value name = part(function, "name");
    if (name.is_null()) name = text_at(name_ + "-" + variables_.stage() + "-" + key, function.origin);
    Value variables = environment.is_null() ? Value() : map_at({{"Variables", environment}}, environment.origin);
    add(normalized(key) + "LambdaFunction",
        resource("AWS::Lambda::Function", map_at({{"FunctionName", std::move(name)},
                                                  {"CodeUri", text_at(".", function.origin)},
                                                  {"Handler", part(function, "handler")},
                                                  {"Timeout", first_of(part(function, "timeout"), part(provider_, "timeout"))},
                                                  {"Environment", std::move(variables)},
                                                  {"VpcConfig", std::move(subnets)},
                                                  {"Tags", joined(part(provider_, "tags"), part(function, "tags"))}},
                                                 function.origin)));
    add_role(normalized(key) + "IamRoleLambdaExecution", part(function, "iamRoleStatements"));
    for (const Value& event : part(function, "events").items) add_event(event);
  }

  void add_event(const Value& event) {
    if (!part(event, "httpApi").is_null()) add_once("HttpApi", "AWS::ApiGatewayV2::Api", event.origin);
    const Value& http = part(event, "http");
    if (http.is_null()) return;
    add_once("ApiGatewayRestApi", "AWS::ApiGateway::RestApi", event.origin);
    const Value& authorizer = part(http, "authorizer");
    const Value& arn = first_of(part(authorizer, "arn"), authorizer);
    const bool is_pool = plain(part(authorizer, "type")) == "COGNITO_USER_POOLS" ||
                         as_text(arn).skeleton().find(":userpool/") != std::string::npos || is_pool_here(arn);
    if (!is_pool) return;
    std::string name = plain(part(authorizer, "name"));
    if (name.empty()) name = "Pool";
    add(normalized(name) + "ApiGatewayAuthorizer",
        resource("AWS::ApiGateway::Authorizer",
                 map_at({{"Name", text_at(name, authorizer.origin)}, {"ProviderARNs", list_at({arn}, arn.origin)}}, authorizer.origin)));
  }

  /// Whether {"Fn::GetAtt": [id, "Arn"]} means a user pool of the service's own resources.
  bool is_pool_here(const Value& arn) {
    const Value& names = part(arn, "Fn::GetAtt");
    const std::string id = names.items.empty() ? plain(names).substr(0, plain(names).find('.')) : plain(names.items[0]);
    return !id.empty() && plain(variables_.at("resources.Resources." + id + ".Type")) == "AWS::Cognito::UserPool";
  }

  void add_once(const std::string& id, std::string_view type, Location where) {
    const bool is_there = std::any_of(made_.begin(), made_.end(), [&](const Entry& entry) { return entry.key == id; });
    if (!is_there) add(id, resource(type, map_at({}, where)));
  }

  /// serverless-domain-manager: one domain, several of them, each plain or for a kind of API.
  void add_domains() {
    const Value one = variables_.at("custom.customDomain"), several = variables_.at("custom.customDomains");
    for (const Value* domains : {&one, &several}) {
      const std::vector<Value> single{*domains};
      for (const Value& domain : domains->kind == ValueKind::list ? domains->items : single) {
        if (domain.kind != ValueKind::map) continue;
        add_domain(domain);
        for (const std::string_view kind : {"http", "rest", "websocket"}) add_domain(part(domain, kind));
      }
    }
  }

  void add_domain(const Value& domain) {
    const Value& name = part(domain, "domainName");
    if (name.is_null() || known_truth(part(domain, "enabled")) == false) return;
    const std::string id = "CustomDomain" + std::to_string(++domains_);
    add(id, resource("AWS::ApiGateway::DomainName", map_at({{"DomainName", name}}, domain.origin)));
    if (known_truth(part(domain, "createRoute53Record")) == false) return;
    const std::string kind = plain(part(domain, "endpointType"));
    const bool is_edge = kind.empty() || kind == "edge" || kind == "EDGE";
    Value attribute = list_at(
        {text_at(id, domain.origin), text_at(is_edge ? "DistributionDomainName" : "RegionalDomainName", domain.origin)}, domain.origin);
    Value target = map_at({{"DNSName", map_at({{"Fn::GetAtt", std::move(attribute)}}, domain.origin)}}, domain.origin);
    const Value& routing = part(domain, "route53Params");
    const std::string policy = plain(part(routing, "routingPolicy"));
    Value weight = policy == "weighted" ? text_at("200", routing.origin) : Value();
    Value region = policy == "latency" ? map_at({{"Ref", text_at("AWS::Region", routing.origin)}}, routing.origin) : Value();
    add(id + "RecordSet", resource("AWS::Route53::RecordSet", map_at({{"Name", name},
                                                                      {"Type", text_at("A", domain.origin)},
                                                                      {"HostedZoneId", part(domain, "hostedZoneId")},
                                                                      {"Weight", std::move(weight)},
                                                                      {"Region", std::move(region)},
                                                                      {"AliasTarget", std::move(target)}},
                                                                     domain.origin)));
  }

  /// The service's own resources, of one map or several, with those that the framework makes.
  Value template_of() {
    constexpr std::array<std::string_view, 4> kSections = {"Conditions", "Mappings", "Outputs", "Parameters"};
    const Value own = variables_.resolve(part(root_, "resources"));
    const std::vector<Value> single{own};
    std::vector<std::pair<std::string, Value>> sections;
    Value resources = map_at({}, where_);
    for (const std::string_view name : kSections) sections.emplace_back(std::string(name), Value());
    for (const Value& map : own.kind == ValueKind::list ? own.items : single) {
      for (auto& [name, section] : sections) section = joined(section, part(map, name));
      resources = joined(resources, part(map, "Resources"));
    }
    std::vector<Entry> entries;
    for (auto& [name, section] : sections) entries.push_back({std::move(name), std::move(section)});
    entries.push_back({"Resources", joined(map_at(std::move(made_), where_), resources)});
    return map_at(std::move(entries), where_);
  }

  Variables& variables_;
  const Value& root_;
  Value provider_;
  Location where_;
  std::string name_;
  std::vector<Entry> made_;
  int domains_ = 0;
};

}  // namespace

DeployedService deployed(Variables& variables, const Value& root) { return Maker(variables, root).make(); }

}  // namespace mainstay::serverless
