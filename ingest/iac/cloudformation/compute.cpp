// What runs at Amazon: functions, task definitions, instances and builds, and the settings they are given.
// Source: AWS CloudFormation Template Reference Guide, AWS::Lambda::Function, AWS::ECS::*, AWS::EC2::Instance, AWS::CodeBuild::Project,
// AWS::AppRunner::Service.
#include <algorithm>
#include <utility>

#include "ingest/code/function_code.h"
#include "ingest/iac/cloudformation/reading.h"

namespace mainstay::cloudformation {
namespace {

std::string name_or_id(Reading& reading, Resource& resource, std::string_view property) {
  const Text name = reading.text(resource, property);
  return name.empty() ? resource.name : name.display();
}

/// The subnets that the map lists decide in which network the workload runs.
void place_in_network(Reading& reading, Workload& workload, const Resource& resource,
                      const std::pair<const Value*, std::string_view>& network) {
  const Value& subnets = part(*network.first, network.second);
  const std::string scope = subnet_scope(reading, resource, list_items(subnets));
  if (scope.empty()) return;
  workload.scope = scope;
  workload.reasons.push_back(reading.because(resource, subnets.origin).front());
}

/// The code of a function that lies beside its template: a folder, and the handler in it.
std::optional<code::FunctionCode> code_of(Reading& reading, Resource& resource) {
  Value folder = reading.value(resource, "CodeUri");
  if (folder.is_null()) folder = reading.value(resource, "Code");
  const std::optional<std::string> written = known_text(folder), handler = known_text(reading.value(resource, "Handler"));
  if (!written || !handler) return std::nullopt;
  const Result<std::string> path = resolve_path(reading.unit.source(folder.origin.source).name(), *written);
  if (!path) return std::nullopt;
  return code::FunctionCode{.folder = *path, .handler = *handler};
}

void read_function(Reading& reading, Resource& resource) {
  Workload workload{.id = reading.id("function", resource),
                    .kind = WorkloadKind::function,
                    .name = name_or_id(reading, resource, "FunctionName"),
                    .scope = Reading::home(resource),
                    .environment = resource.stack->deployment.label,
                    .reasons = reading.because(resource, "FunctionName")};
  for (const Value& network : maps_in(reading.value(resource, "VpcConfig"))) {
    place_in_network(reading, workload, resource, {&network, "SubnetIds"});
  }
  reading.take_purpose(workload, reading.value(resource, "Tags"));
  iac::Client client{.workload = workload.id};
  iac::limit_time(client, reading.value(resource, "Timeout"), reading.because(resource, "Timeout"),
                  resource.stack->deployment.function_timeout);
  if (const std::optional<code::FunctionCode> code = code_of(reading, resource))
    code::add_function_code(reading.unit, *code, {client.workload, client.deadline, client.deadline_reasons}, workload.reasons);
  reading.unit.add(std::move(workload));
  for (const Value& environment : maps_in(reading.value(resource, "Environment"))) {
    reading.use_settings(client, resource, part(environment, "Variables"));
  }
}

/// A list of maps with a name and a value each, as containers and builds have them.
void use_named_values(Reading& reading, const iac::Client& client, const Resource& resource, const Value& settings) {
  for (const Value& setting : maps_in(settings)) {
    const std::optional<std::string> key = known_text(part(setting, "Name"));
    const Value& value = part(setting, "Value");
    if (key && !value.is_null()) iac::use_setting(reading.unit, client, *key, value, reading.because(resource, value.origin));
  }
}

void run_as_service(Reading& reading, Workload& workload, const Resource& definition) {
  for (Resource* service : reading.all_of("AWS::ECS::Service")) {
    if (reading.program.behind(reading.value(*service, "TaskDefinition")) != &definition) continue;
    for (const Value& network : maps_in(reading.value(*service, "NetworkConfiguration"))) {
      for (const Value& inner : maps_in(part(network, "AwsvpcConfiguration")))
        place_in_network(reading, workload, *service, {&inner, "Subnets"});
    }
    const std::size_t count = known_index(reading.value(*service, "DesiredCount")).value_or(1);
    workload.instances = static_cast<std::uint32_t>(std::clamp<std::size_t>(count, 1, 10'000));
  }
}

void read_task_definition(Reading& reading, Resource& resource) {
  for (const Value& container : maps_in(reading.value(resource, "ContainerDefinitions"))) {
    const Value& name = part(container, "Name");
    const std::string label = name.is_null() ? "container" : as_text(name, "Name").display();
    Workload workload{.id = reading.id("container", resource) + "/" + label,
                      .kind = WorkloadKind::container,
                      .name = label,
                      .scope = Reading::home(resource),
                      .environment = resource.stack->deployment.label,
                      .reasons = reading.because(resource, name.is_null() ? container.origin : name.origin)};
    run_as_service(reading, workload, resource);
    reading.take_purpose(workload, reading.value(resource, "Tags"));
    const iac::Client client{.workload = workload.id};
    reading.unit.add(std::move(workload));
    use_named_values(reading, client, resource, part(container, "Environment"));
  }
}

void read_instance(Reading& reading, Resource& resource) {
  Workload workload{.id = reading.id("virtual-machine", resource),
                    .kind = WorkloadKind::virtual_machine,
                    .name = resource.name,
                    .scope = Reading::home(resource),
                    .environment = resource.stack->deployment.label,
                    .reasons = reading.because(resource)};
  const Value subnet = reading.value(resource, "SubnetId");
  if (!subnet.is_null()) {
    workload.scope = reading.id_of("subnet", subnet, resource);
    workload.failure_domains = zone_of_subnet(reading, subnet);
    workload.reasons.push_back(reading.because(resource, "SubnetId").front());
  }
  const std::vector<FailureDomain> domains = workload.failure_domains;
  reading.take_purpose(workload, reading.value(resource, "Tags"));
  reading.unit.add(std::move(workload));
  const Value address = reading.value(resource, "PrivateIpAddress");
  if (address.is_null()) return;
  reading.unit.add(Inventory{.kind = "instance",
                             .host = as_text(address, "PrivateIpAddress"),
                             .address = iac::address_of(address),
                             .owner = resource.path,
                             .failure_domains = domains,
                             .reasons = reading.because(resource, "PrivateIpAddress")});
}

void read_build(Reading& reading, Resource& resource) {
  Workload workload{.id = reading.id("ci-job", resource),
                    .kind = WorkloadKind::ci_job,
                    .name = name_or_id(reading, resource, "Name"),
                    .scope = Reading::home(resource),
                    .environment = resource.stack->deployment.label,
                    .reasons = reading.because(resource)};
  for (const Value& network : maps_in(reading.value(resource, "VpcConfig"))) {
    place_in_network(reading, workload, resource, {&network, "Subnets"});
  }
  const iac::Client client{.workload = workload.id};
  reading.unit.add(std::move(workload));
  for (const Value& environment : maps_in(reading.value(resource, "Environment"))) {
    use_named_values(reading, client, resource, part(environment, "EnvironmentVariables"));
  }
}

void read_app_runner(Reading& reading, Resource& resource) {
  Workload workload{.id = reading.id("container", resource),
                    .kind = WorkloadKind::container,
                    .name = name_or_id(reading, resource, "ServiceName"),
                    .scope = Reading::home(resource),
                    .environment = resource.stack->deployment.label,
                    .reasons = reading.because(resource)};
  reading.take_purpose(workload, reading.value(resource, "Tags"));
  const iac::Client client{.workload = workload.id};
  reading.unit.add(std::move(workload));
  for (const Value& source : maps_in(reading.value(resource, "SourceConfiguration"))) {
    for (const Value& image : maps_in(part(source, "ImageRepository"))) {
      use_named_values(reading, client, resource, part(part(image, "ImageConfiguration"), "RuntimeEnvironmentVariables"));
    }
  }
}

void read_access_key(Reading& reading, Resource& resource) {
  reading.unit.add(Credential{.kind = "aws-access-key",
                              .life = CredentialLife::long_lived,
                              .held_in = resource.path,
                              .reasons = reading.because(resource, "UserName")});
}

/// A secret that is rotated lives as long as its schedule says.
void read_secret(Reading& reading, Resource& resource) {
  bool is_rotated = false;
  for (Resource* schedule : reading.all_of("AWS::SecretsManager::RotationSchedule")) {
    is_rotated = is_rotated || reading.program.behind(reading.value(*schedule, "SecretId")) == &resource;
  }
  reading.unit.add(Credential{.kind = "secret",
                              .life = is_rotated ? CredentialLife::short_lived : CredentialLife::unknown,
                              .held_in = resource.path,
                              .reasons = reading.because(resource, "Name")});
}

constexpr ResourceType kTypes[] = {
    {"AWS::AppRunner::Service", &read_app_runner}, {"AWS::CodeBuild::Project", &read_build},
    {"AWS::EC2::Instance", &read_instance},        {"AWS::ECS::TaskDefinition", &read_task_definition},
    {"AWS::IAM::AccessKey", &read_access_key},     {"AWS::Lambda::Function", &read_function},
    {"AWS::SecretsManager::Secret", &read_secret},
};

}  // namespace

std::span<const ResourceType> compute_types() { return kTypes; }

}  // namespace mainstay::cloudformation
