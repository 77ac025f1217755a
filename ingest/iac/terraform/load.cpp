// Loading: which blocks a module has, and how many instances each declaration stands for.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/functions.h"
#include "ingest/iac/terraform/program.h"
#include "ingest/syntax/hcl/hcl.h"

namespace mainstay::terraform {
namespace {

constexpr std::size_t kMaxInstances = 1000;    // of one declaration
constexpr std::size_t kMaxResources = 20'000;  // of one root
constexpr std::size_t kMaxModules = 1000;
constexpr int kMaxModuleDepth = 20;

std::string folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(name.substr(0, slash));
}

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

struct Program::Parsed {
  hcl::Body body;
};

Program::Program(Unit& unit) : unit_(unit) {
  constexpr std::size_t kStepsPerOctet = 10;
  for (const std::unique_ptr<Source>& source : unit.sources()) budget_ += kStepsPerOctet * source->bytes().size();
  modules_.push_back(std::make_unique<Module>());
  Module& root = *modules_.front();
  root.folder = folder_of(unit.source().name());
  load(root);
  load_settings(root);
}

Program::~Program() = default;

const hcl::Body& Program::parsed(const Source& source) {
  std::unique_ptr<Parsed>& slot = parsed_[source.name()];
  if (slot == nullptr) {
    slot = std::make_unique<Parsed>();
    slot->body = hcl::parse(source, unit_.id_of(source), unit_.problems());
  }
  return slot->body;
}

void Program::load(Module& module) {
  for (const std::unique_ptr<Source>& source : unit_.sources()) {
    if (!source->name().ends_with(".tf") || folder_of(source->name()) != module.folder) continue;
    for (const hcl::Block& block : parsed(*source).blocks) add_block(module, block);
  }
}

void Program::add_block(Module& module, const hcl::Block& block) {
  const auto label = [&](std::size_t i) { return i < block.labels.size() ? block.labels[i].text : std::string(); };
  const auto once = [&](bool is_new) {
    if (!is_new)
      unit_.error(block.header, fmt::format("{} \"{}\" is declared twice in this module", block.type, label(block.labels.size() - 1)),
                  "the first declaration is used");
  };
  if (block.type == "locals") {
    for (const hcl::Attribute& attribute : block.body.attributes) {
      if (!module.locals.emplace(attribute.name, Local{.attribute = &attribute}).second) {
        unit_.error(attribute.name_where, fmt::format("local.{} is declared twice in this module", attribute.name),
                    "the first value is used");
      }
    }
  } else if (block.type == "variable" && block.labels.size() == 1) {
    once(module.variables.emplace(label(0), &block).second);
  } else if (block.type == "output" && block.labels.size() == 1) {
    once(module.outputs.emplace(label(0), &block).second);
  } else if (block.type == "module" && block.labels.size() == 1) {
    once(module.calls.try_emplace(label(0), Declaration{.block = &block}).second);
  } else if ((block.type == "resource" || block.type == "data") && block.labels.size() == 2) {
    const std::string address = (block.type == "data" ? "data." : "") + label(0) + "." + label(1);
    once(module.resources.try_emplace(address, Declaration{.block = &block}).second);
  } else if (block.type == "provider") {
    module.providers.push_back(&block);
  } else if (block.type == "resource" || block.type == "data" || block.type == "module" || block.type == "variable" ||
             block.type == "output") {
    unit_.error(block.header,
                fmt::format("a {} block has {} here, so it is not used", block.type,
                            block.labels.size() == 1 ? "one label" : "the wrong number of labels"),
                "a resource or data block has two labels, the others one");
  }
}

/// The values that Terraform itself takes from files beside the root: terraform.tfvars, then *.auto.tfvars by name.
void Program::load_settings(Module& root) {
  std::vector<const Source*> files;
  for (const std::unique_ptr<Source>& source : unit_.sources()) {
    if (source->name().ends_with(".tfvars") && folder_of(source->name()) == root.folder) files.push_back(source.get());
  }
  std::stable_sort(files.begin(), files.end(), [](const Source* a, const Source* b) {
    const bool a_first = base_name(a->name()) == "terraform.tfvars", b_first = base_name(b->name()) == "terraform.tfvars";
    return a_first != b_first ? a_first : a->name() < b->name();
  });
  for (const Source* file : files) {
    for (const hcl::Attribute& attribute : parsed(*file).attributes) {
      root.settings[attribute.name] = evaluate(attribute.value, {&root, nullptr});
    }
  }
}

void Program::expand(Module& module, Declaration& declaration, const std::string& address) {
  if (declaration.is_expanded || declaration.in_progress) return;
  declaration.in_progress = true;
  const Section section(*this, declaration.block->body, declaration.block->header, {&module, nullptr});
  const bool counted = section.has("count"), each = section.has("for_each");
  const Value over = counted ? section.value("count") : section.value("for_each");
  const auto instance = [&](std::string key, Value value) {
    const Value name = Value::of_text(key);
    declaration.keys.push_back(key);
    add_instance(module, declaration, fmt::format("{}{}[\"{}\"]", module.prefix, address, key),
                 {"each", Value::of_map({{"key", name}, {"value", std::move(value)}}), nullptr});
  };
  const std::optional<std::size_t> count = counted ? known_index(over) : std::nullopt;
  if (count && *count <= kMaxInstances) {
    declaration.shape = ValueKind::list;
    for (std::size_t i = 0; i < *count; ++i) {
      add_instance(module, declaration, fmt::format("{}{}[{}]", module.prefix, address, i),
                   {"count", Value::of_map({{"index", Value::of_number(static_cast<double>(i))}}), nullptr});
    }
  } else if (each && over.kind == ValueKind::map && over.entries.size() <= kMaxInstances) {
    declaration.shape = ValueKind::map;
    for (const Entry& entry : over.entries) instance(entry.key, entry.value);
  } else if (each && over.kind == ValueKind::list && over.items.size() <= kMaxInstances) {
    declaration.shape = ValueKind::map;
    for (const Value& item : as_set(over.items).items) instance(as_text(item, "each.key").display(), item);
  } else if (counted || each) {
    declaration.shape = ValueKind::unknown;
    count_unknown(counted ? "a count" : "a for_each", section.where(counted ? "count" : "for_each"));
    const Value key = Value::unknown("each.key"), value = Value::unknown("each.value");
    Names names{"each", Value::of_map({{"key", key}, {"value", value}}), nullptr};
    if (counted) names = {"count", Value::of_map({{"index", Value::unknown("count.index")}}), nullptr};
    add_instance(module, declaration, module.prefix + address, std::move(names));
  } else {
    add_instance(module, declaration, module.prefix + address, {"", Value(), nullptr});
  }
  declaration.in_progress = false;
  declaration.is_expanded = true;
}

void Program::add_instance(Module& module, Declaration& declaration, const std::string& address, Names names) {
  declaration.names.push_back(std::make_unique<Names>(std::move(names)));
  const Bindings bindings{&module, declaration.names.back().get()};
  const hcl::Block& block = *declaration.block;
  if (block.type != "module" && owned_.size() >= kMaxResources) {
    return count_unknown("a resource beyond the number that one root may have", block.header);
  }
  declaration.bindings.push_back(bindings);
  declaration.addresses.push_back(address);
  if (block.type == "module") {
    declaration.modules.push_back(nullptr);
    Module* called = call(module, declaration, declaration.addresses.size() - 1);
    declaration.modules.back() = called;
    module_by_address_[address] = called;
    return;
  }
  owned_.push_back(std::make_unique<Resource>(Resource{.type = block.labels[0].text,
                                                       .name = block.labels[1].text,
                                                       .address = address,
                                                       .is_data = block.type == "data",
                                                       .section = Section(*this, block.body, block.header, bindings),
                                                       .known = {},
                                                       .in_progress = {}}));
  declaration.resources.push_back(owned_.back().get());
  by_address_[address] = owned_.back().get();
}

/// The module that one instance of a call makes; null, with a note, when its folder is not in this tree.
Module* Program::call(Module& from, Declaration& declaration, std::size_t instance) {
  const hcl::Block& block = *declaration.block;
  calls_.push_back(std::make_unique<Section>(*this, block.body, block.header, declaration.bindings[instance]));
  const Section& section = *calls_.back();
  const std::string source = section.known("source").value_or("");
  const Location where = section.where("source");
  const auto opaque = [&](std::string_view why) -> Module* {
    if (instance == 0) {
      unit_.note(where, fmt::format("module \"{}\" is not read: {}", block.labels[0].text, why),
                 "its outputs stay unknown, and what it declares is not part of this scan");
    }
    return nullptr;
  };
  if (!source.starts_with("./") && !source.starts_with("../")) return opaque("its source is not a folder of this tree");
  const Result<std::string> folder = resolve_path(unit_.source(where.source).name(), source);
  if (!folder) return opaque(folder.error());
  const bool is_here = std::any_of(unit_.sources().begin(), unit_.sources().end(), [&](const std::unique_ptr<Source>& s) {
    return s->name().ends_with(".tf") && folder_of(s->name()) == *folder;
  });
  if (!is_here) return opaque("its folder holds no Terraform files in this tree");
  if (from.depth >= kMaxModuleDepth || modules_.size() >= kMaxModules) return opaque("modules are nested too deeply or are too many");
  modules_.push_back(std::make_unique<Module>());
  Module& made = *modules_.back();
  made.prefix = declaration.addresses[instance] + ".";
  made.folder = *folder;
  made.depth = from.depth + 1;
  made.call = &section;
  load(made);
  return &made;
}

void Program::expand_all(Module& module) {
  for (auto& [address, declaration] : module.resources) {
    expand(module, declaration, address);
    all_.insert(all_.end(), declaration.resources.begin(), declaration.resources.end());
  }
  for (auto& [name, declaration] : module.calls) expand(module, declaration, "module." + name);
}

const std::vector<Resource*>& Program::resources() {
  // Modules are found while others are expanded, so the list grows under the loop.
  for (std::size_t i = 0; !is_expanded_ && i < modules_.size(); ++i) expand_all(*modules_[i]);
  is_expanded_ = true;
  return all_;
}

Text Program::region(Module& module, std::string_view provider) {
  for (Module* scope : {&module, modules_.front().get()}) {
    for (const hcl::Block* block : scope->providers) {
      const bool is_default = block->body.attribute("alias") == nullptr;
      if (!is_default || block->labels.empty() || block->labels[0].text != provider) continue;
      const Section section(*this, block->body, block->header, {scope, nullptr});
      if (section.has("region")) return section.text("region");
    }
  }
  return Text(Hole{std::string(provider) + " region", ""});
}

void Program::count_unknown(std::string what, Location where) {
  Count& slot = unknown_[std::move(what)];
  if (slot.count++ == 0) slot.where = where;
}

void Program::finish() {
  for (const auto& [what, slot] : unknown_) {
    unit_.note(slot.where, fmt::format("{} is not evaluated here ({} {})", what, slot.count, slot.count == 1 ? "time" : "times"),
               "what depends on it stays unknown");
  }
}

}  // namespace mainstay::terraform
