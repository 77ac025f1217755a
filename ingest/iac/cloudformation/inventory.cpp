// Addresses and host names that are owned at Amazon: what a record may point at without dangling.
// Source: AWS CloudFormation Template Reference Guide, "Return values" of each type.
#include <utility>

#include "ingest/iac/cloudformation/reading.h"

namespace mainstay::cloudformation {
namespace {

void add_host(Reading& reading, Resource& resource, std::string_view kind, const std::string& attribute) {
  const Value host = reading.program.attribute(resource, attribute);
  Text text = as_text(host, attribute);
  if (const std::optional<UrlParts> parts = split_url(text); parts && !parts->scheme.empty()) text = parts->host;
  reading.unit.add(Inventory{.kind = std::string(kind),
                             .host = iac::without_dot(std::move(text)),
                             .address = iac::address_of(host),
                             .owner = resource.path,
                             .reasons = reading.because(resource)});
}

void read_address(Reading& reading, Resource& resource) { add_host(reading, resource, "elastic-ip", "PublicIp"); }

void read_load_balancer(Reading& reading, Resource& resource) {
  // Network load balancers have another form of name than the others: name.elb.region against name.region.elb.
  if (reading.known(resource, "Type") == "network") {
    Value host = Value::unknown(resource.name + ".DNSName", "*.elb.*.amazonaws.com");
    host.reference = resource.path;
    resource.known["DNSName"] = std::move(host);
  }
  add_host(reading, resource, "load-balancer", "DNSName");
}

void read_distribution(Reading& reading, Resource& resource) { add_host(reading, resource, "app", "DomainName"); }

void read_bucket(Reading& reading, Resource& resource) {
  if (!reading.value(resource, "BucketName").is_null()) add_host(reading, resource, "bucket", "DomainName");
}

void read_api(Reading& reading, Resource& resource) { add_host(reading, resource, "app", "ApiEndpoint"); }

void read_function_url(Reading& reading, Resource& resource) { add_host(reading, resource, "app", "FunctionUrl"); }

void read_api_domain(Reading& reading, Resource& resource) {
  const Text name = reading.text(resource, "DomainName");
  if (name.empty()) return;
  reading.unit.add(Inventory{.kind = "app", .host = name, .owner = resource.path, .reasons = reading.because(resource, "DomainName")});
  add_host(reading, resource, "app", "RegionalDomainName");
}

constexpr ResourceType kTypes[] = {
    {"AWS::ApiGateway::DomainName", &read_api_domain},
    {"AWS::ApiGatewayV2::Api", &read_api},
    {"AWS::ApiGatewayV2::DomainName", &read_api_domain},
    {"AWS::CloudFront::Distribution", &read_distribution},
    {"AWS::EC2::EIP", &read_address},
    {"AWS::ElasticLoadBalancing::LoadBalancer", &read_load_balancer},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", &read_load_balancer},
    {"AWS::Lambda::Url", &read_function_url},
    {"AWS::S3::Bucket", &read_bucket},
};

}  // namespace

std::span<const ResourceType> inventory_types() { return kTypes; }

}  // namespace mainstay::cloudformation
