// What runs at Amazon: functions, task definitions and instances, and the settings they are given.
// Source: documentation of the Terraform provider aws, aws_lambda_function, aws_ecs_task_definition, aws_instance.
#include <algorithm>
#include <utility>

#include "ingest/code/function_code.h"
#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

std::string name_or_address(const Resource& resource, std::string_view attribute) {
  const Text name = resource.section.text(attribute);
  return name.empty() ? resource.address : name.display();
}

/// What the archive of a function is made of, when the same program makes it.
std::optional<code::FunctionCode> code_of(Reading& reading, const Section& section) {
  Resource* archive = reading.program.behind(section.value("filename"));
  if (archive == nullptr || archive->type != "archive_file") return std::nullopt;
  const std::optional<std::string> folder = archive->section.known("source_dir"), file = archive->section.known("source_file");
  const std::optional<std::string> handler = section.known("handler");
  if ((!folder && !file) || !handler) return std::nullopt;
  const std::string here(reading.program.folder());
  const Result<std::string> path = resolve_path(here.empty() ? "x" : here + "/x", folder ? *folder : *file);
  if (!path) return std::nullopt;
  return code::FunctionCode{.folder = *path, .handler = *handler};
}

void read_function(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  Workload workload{.id = reading.id("function", resource),
                    .kind = WorkloadKind::function,
                    .name = name_or_address(resource, "function_name"),
                    .scope = reading.unit.home().id,
                    .reasons = reading.because(section, "function_name")};
  for (const Section& network : section.blocks("vpc_config")) {
    const std::string scope = subnet_scope(reading, network, "subnet_ids");
    if (!scope.empty()) workload.scope = scope;
    workload.reasons.push_back(reading.declared(network.where("subnet_ids")));
  }
  reading.take_purpose(workload, section, "tags");
  Client client{.workload = workload.id};
  limit_time(reading, client, section, "timeout", {3, "AWS Lambda: a function without a timeout is stopped after 3 seconds"});
  if (const std::optional<code::FunctionCode> code = code_of(reading, section))
    code::add_function_code(reading.unit, *code, {client.workload, client.deadline, client.deadline_reasons}, workload.reasons);
  reading.unit.add(std::move(workload));
  for (const Section& environment : section.blocks("environment")) reading.use_settings(client, environment, "variables");
}

/// The containers of a task definition: what jsonencode() was given. JSON that is written as text is not read.
std::vector<Value> containers_of(Reading& reading, const Section& section) {
  const Value definitions = section.value("container_definitions");
  if (definitions.kind == ValueKind::string && !definitions.items.empty() && definitions.items[0].kind == ValueKind::list) {
    return definitions.items[0].items;
  }
  if (section.has("container_definitions")) {
    reading.program.count_unknown("a list of containers that jsonencode() does not make", section.where("container_definitions"));
  }
  return {};
}

void read_task_definition(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  for (const Value& container : containers_of(reading, section)) {
    const Value* name = container.entry("name");
    const std::string label = name != nullptr ? as_text(*name, "name").display() : "container";
    Workload workload{.id = reading.id("container", resource) + "/" + label,
                      .kind = WorkloadKind::container,
                      .name = label,
                      .scope = reading.unit.home().id,
                      .reasons = reading.because(section, name != nullptr ? reading.place(section, "container_definitions", *name)
                                                                          : section.where("container_definitions"))};
    for (Resource* service : reading.all_of("aws_ecs_service")) {
      if (reading.program.behind(service->section.value("task_definition")) != &resource) continue;
      for (const Section& network : service->section.blocks("network_configuration")) {
        const std::string scope = subnet_scope(reading, network, "subnets");
        if (!scope.empty()) workload.scope = scope;
        workload.reasons.push_back(reading.declared(network.where("subnets")));
      }
      workload.instances =
          static_cast<std::uint32_t>(std::clamp<std::size_t>(known_index(service->section.value("desired_count")).value_or(1), 1, 10'000));
    }
    reading.take_purpose(workload, section, "tags");
    const std::string id = workload.id;
    reading.unit.add(std::move(workload));
    const Value* environment = container.entry("environment");
    if (environment == nullptr || environment->kind != ValueKind::list) continue;
    for (const Value& setting : environment->items) {
      const Value *key = setting.entry("name"), *value = setting.entry("value");
      const std::optional<std::string> known = key != nullptr ? known_text(*key) : std::nullopt;
      if (known && value != nullptr) reading.use_setting({id}, *known, *value, reading.because(section, "container_definitions", *value));
    }
  }
}

void read_instance(Reading& reading, Resource& resource) {
  const Section& section = resource.section;
  Workload workload{.id = reading.id("virtual-machine", resource),
                    .kind = WorkloadKind::virtual_machine,
                    .name = resource.address,
                    .scope = reading.unit.home().id,
                    .reasons = reading.because(section)};
  if (section.has("subnet_id")) {
    workload.scope = reading.id_of("subnet", section.value("subnet_id"));
    workload.failure_domains = zone_of_subnet(reading, section.value("subnet_id"));
    workload.reasons.push_back(reading.declared(section.where("subnet_id")));
  }
  const std::vector<FailureDomain> domains = workload.failure_domains;
  reading.take_purpose(workload, section, "tags");
  reading.unit.add(std::move(workload));
  if (!section.has("private_ip")) return;
  const Value address = section.value("private_ip");
  reading.unit.add(Inventory{.kind = "instance",
                             .host = as_text(address, "private_ip"),
                             .address = address_of(address),
                             .owner = resource.address,
                             .failure_domains = domains,
                             .reasons = reading.because(section, "private_ip")});
}

void read_access_key(Reading& reading, Resource& resource) {
  reading.unit.add(Credential{.workload = "",
                              .kind = "aws-access-key",
                              .life = CredentialLife::long_lived,
                              .held_in = resource.address,
                              .reasons = reading.because(resource.section, "user")});
}

constexpr ResourceType kTypes[] = {
    {"aws_ecs_task_definition", &read_task_definition},
    {"aws_iam_access_key", &read_access_key},
    {"aws_instance", &read_instance},
    {"aws_lambda_function", &read_function},
};

}  // namespace

std::span<const ResourceType> aws_compute_types() { return kTypes; }

}  // namespace mainstay::terraform
