// Addresses and host names that are owned at Amazon: what a record may point at without dangling.
// Source: documentation of the Terraform provider aws, the attribute reference of each type.
#include <utility>

#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

void add_host(Reading& reading, Resource& resource, std::string_view kind, std::string_view attribute) {
  const Value host = reading.program.attribute_of(resource, attribute);
  reading.unit.add(Inventory{.kind = std::string(kind),
                             .host = without_dot(as_text(host, attribute)),
                             .address = address_of(host),
                             .owner = resource.address,
                             .reasons = reading.because(resource.section)});
}

void read_address(Reading& reading, Resource& resource) { add_host(reading, resource, "elastic-ip", "public_ip"); }

void read_load_balancer(Reading& reading, Resource& resource) {
  // Network load balancers have another form of name than the others: name.elb.region against name.region.elb.
  const bool is_network = resource.section.known("load_balancer_type") == "network";
  if (is_network) {
    Value host = Value::unknown(resource.address + ".dns_name", "*.elb.*.amazonaws.com");
    host.reference = resource.address;
    resource.known["dns_name"] = std::move(host);
  }
  add_host(reading, resource, "load-balancer", "dns_name");
}

void read_distribution(Reading& reading, Resource& resource) { add_host(reading, resource, "app", "domain_name"); }

void read_bucket(Reading& reading, Resource& resource) {
  if (!resource.section.has("bucket")) return;
  add_host(reading, resource, "bucket", "bucket_domain_name");
}

void read_website(Reading& reading, Resource& resource) {
  Resource* bucket = reading.program.behind(resource.section.value("bucket"));
  Text host = bucket != nullptr && bucket->section.has("bucket") ? bucket->section.text("bucket") : resource.section.text("bucket");
  host.append(std::string_view(".s3-website"));  // a dash or a dot follows, by region
  host.append(reading.program.region(*resource.section.bindings().module, "aws"));
  host.append(std::string_view(".amazonaws.com"));
  reading.unit.add(Inventory{
      .kind = "bucket", .host = std::move(host), .owner = resource.address, .reasons = reading.because(resource.section, "bucket")});
}

void read_api_domain(Reading& reading, Resource& resource) {
  if (!resource.section.has("domain_name")) return;
  reading.unit.add(Inventory{.kind = "app",
                             .host = resource.section.text("domain_name"),
                             .owner = resource.address,
                             .reasons = reading.because(resource.section, "domain_name")});
}

void read_api(Reading& reading, Resource& resource) { add_host(reading, resource, "app", "api_endpoint"); }

constexpr ResourceType kTypes[] = {
    {"aws_alb", &read_load_balancer},
    {"aws_api_gateway_domain_name", &read_api_domain},
    {"aws_apigatewayv2_api", &read_api},
    {"aws_apigatewayv2_domain_name", &read_api_domain},
    {"aws_cloudfront_distribution", &read_distribution},
    {"aws_eip", &read_address},
    {"aws_elb", &read_load_balancer},
    {"aws_lb", &read_load_balancer},
    {"aws_s3_bucket", &read_bucket},
    {"aws_s3_bucket_website_configuration", &read_website},
};

}  // namespace

std::span<const ResourceType> aws_inventory_types() { return kTypes; }

}  // namespace mainstay::terraform
