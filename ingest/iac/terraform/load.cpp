// Loading: which blocks a module has, and how many instances each declaration stands for.
#include <fmt/format.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "ingest/iac/terraform/functions.h"
#include "ingest/iac/terraform/json_syntax.h"
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

bool is_override(std::string_view name) {
  name.remove_suffix(name.ends_with(".json") ? std::string_view(".tf.json").size() : std::string_view(".tf").size());
  const std::string_view base = name.substr(name.rfind('/') + 1);
  return base == "override" || base.ends_with("_override");
}

}  // namespace

bool is_configuration(std::string_view name) { return name.ends_with(".tf") || name.ends_with(".tf.json"); }

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
  load_plan();
  load_settings(root);
}

Program::~Program() = default;

const hcl::Body& Program::parsed(const Source& source) {
  std::unique_ptr<Parsed>& slot = parsed_[source.name()];
  if (slot == nullptr) {
    slot = std::make_unique<Parsed>();
    const SourceId id = unit_.id_of(source);
    slot->body = source.name().ends_with(".tfvars.json") ? parse_json_values(source, id, unit_.problems())
                 : source.name().ends_with(".json")      ? parse_json(source, id, unit_.problems())
                                                         : hcl::parse(source, id, unit_.problems());
  }
  return slot->body;
}

/// Override files come last: what they set replaces what is declared elsewhere.
void Program::load(Module& module) {
  std::vector<const Source*> files, overriding;
  for (const std::unique_ptr<Source>& source : unit_.sources()) {
    if (!is_configuration(source->name()) || folder_of(source->name()) != module.folder) continue;
    (is_override(source->name()) ? overriding : files).push_back(source.get());
  }
  for (const Source* file : files) {
    for (const hcl::Block& block : parsed(*file).blocks) add_block(module, block);
  }
  for (const Source* file : overriding) {
    for (const hcl::Block& block : parsed(*file).blocks) {
      if (!override_block(module, block)) add_block(module, block);
    }
  }
}

namespace {

/// The declared block with what the other one sets in place: its arguments one by one, its nested blocks type by type.
hcl::Block merged(const hcl::Block& declared, const hcl::Block& over) {
  hcl::Block made = declared;
  for (const hcl::Attribute& attribute : over.body.attributes) {
    const auto at = std::find_if(made.body.attributes.begin(), made.body.attributes.end(),
                                 [&](const hcl::Attribute& one) { return one.name == attribute.name; });
    if (at != made.body.attributes.end()) {
      *at = attribute;
    } else {
      made.body.attributes.push_back(attribute);
    }
  }
  for (const hcl::Block& block : over.body.blocks)
    std::erase_if(made.body.blocks, [&](const hcl::Block& one) { return one.type == block.type; });
  made.body.blocks.insert(made.body.blocks.end(), over.body.blocks.begin(), over.body.blocks.end());
  return made;
}

}  // namespace

/// True when the module declares what this block of an override file is about.
bool Program::override_block(Module& module, const hcl::Block& block) {
  const auto replace = [&](const hcl::Block*& declared) {
    merged_.push_back(std::make_unique<hcl::Block>(merged(*declared, block)));
    declared = merged_.back().get();
    return true;
  };
  const auto replace_in = [&](auto& all, const std::string& name) {
    const auto at = all.find(name);
    if (at == all.end()) return false;
    if constexpr (std::is_same_v<std::decay_t<decltype(at->second)>, Declaration>) {
      return replace(at->second.block);
    } else {
      return replace(at->second);
    }
  };
  if (block.type == "locals") {
    for (const hcl::Attribute& attribute : block.body.attributes) module.locals[attribute.name] = Local{.attribute = &attribute};
    return true;
  }
  const bool has_two = block.type == "resource" || block.type == "data";
  if (block.labels.size() != (has_two ? 2U : 1U)) return false;
  const std::string& name = block.labels.back().text;
  if (block.type == "variable") return replace_in(module.variables, name);
  if (block.type == "output") return replace_in(module.outputs, name);
  if (block.type == "module") return replace_in(module.calls, name);
  if (has_two) return replace_in(module.resources, (block.type == "data" ? "data." : "") + block.labels[0].text + "." + name);
  return false;
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

void Program::expand(Module& module, Declaration& declaration, const std::string& address) {
  if (declaration.is_expanded || declaration.in_progress) return;
  declaration.in_progress = true;
  const Section section(*this, declaration.block->body, declaration.block->header, {&module, nullptr, module.when});
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
  } else if ((counted || each) && expand_planned(module, declaration, address, over)) {
  } else if (over.kind == ValueKind::one_of) {
    expand_choices(module, declaration, address, over);
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

namespace {

/// The keys of the instances that a count or a for_each makes; nothing when they are not known, or are too many.
std::optional<std::vector<Entry>> keys_of(const Value& over) {
  std::vector<Entry> keys;
  if (over.kind == ValueKind::map) keys = over.entries;
  if (over.kind == ValueKind::list) {
    for (const Value& item : as_set(over.items).items) keys.push_back({as_text(item, "each.key").display(), item});
  }
  const bool is_count = over.kind != ValueKind::map && over.kind != ValueKind::list;
  const std::optional<std::size_t> count = is_count ? known_index(over) : std::nullopt;
  if (is_count && (!count || *count > kMaxInstances)) return std::nullopt;
  for (std::size_t i = 0; is_count && i < *count; ++i) keys.push_back({std::to_string(i), Value::of_number(static_cast<double>(i))});
  return keys.size() > kMaxInstances ? std::nullopt : std::optional(std::move(keys));
}

}  // namespace

/// Instances of a count or a for_each that has alternatives: every one that one of them makes, with what it takes for it to be there.
void Program::expand_choices(Module& module, Declaration& declaration, const std::string& address, const Value& over) {
  const Section section(*this, declaration.block->body, declaration.block->header, {&module, nullptr, module.when});
  const bool counted = section.has("count");
  std::map<std::string, std::vector<iac::Alternative>, std::less<>> sides;  // what each instance's value is, where it is there
  std::vector<std::string> order;
  for (const iac::Alternative& alternative : over.alternatives) {
    const std::optional<std::vector<Entry>> keys = keys_of(alternative.value);
    declaration.choices.push_back({alternative.when, Value::unknown(address)});
    for (const Entry& entry : keys ? *keys : std::vector<Entry>{}) {
      if (!sides.contains(entry.key)) order.push_back(entry.key);
      sides[entry.key].push_back({alternative.when, entry.value});
    }
    if (!keys) continue;
    std::vector<Entry> made;
    std::vector<Value> listed;
    for (const Entry& entry : *keys) {
      Value object = Value::object(counted ? fmt::format("{}{}[{}]", module.prefix, address, entry.key)
                                           : fmt::format("{}{}[\"{}\"]", module.prefix, address, entry.key));
      if (counted) {
        listed.push_back(std::move(object));
      } else {
        made.push_back({entry.key, std::move(object)});
      }
    }
    declaration.choices.back().value = counted ? Value::of_list(std::move(listed)) : Value::of_map(std::move(made));
  }
  for (const std::string& key : order) {
    std::vector<iac::Alternative>& there = sides[key];
    iac::When taken = there.front().when;
    // Where several of the alternatives make the instance, no list of facts says so; then the argument itself is what decides.
    if (there.size() > 1 && there.size() < over.alternatives.size()) {
      const hcl::Attribute* argument = declaration.block->body.attribute(counted ? "count" : "for_each");
      taken = iac::when(decider(argument->value, {&module, nullptr}), "enough for \"" + key + "\"");
    } else if (there.size() == over.alternatives.size()) {
      taken.clear();
    }
    Value value = iac::one_of(std::move(there));
    Names names = counted ? Names{"count", Value::of_map({{"index", std::move(value)}}), nullptr}
                          : Names{"each", Value::of_map({{"key", Value::of_text(key)}, {"value", std::move(value)}}), nullptr};
    const std::string instance =
        counted ? fmt::format("{}{}[{}]", module.prefix, address, key) : fmt::format("{}{}[\"{}\"]", module.prefix, address, key);
    add_instance(module, declaration, instance, std::move(names), std::move(taken));
  }
}

void Program::add_instance(Module& module, Declaration& declaration, const std::string& address, Names names, iac::When when) {
  declaration.names.push_back(std::make_unique<Names>(std::move(names)));
  const iac::When* condition = module.when;
  if (!when.empty()) {
    if (condition != nullptr) when = iac::both(*condition, when).value_or(when);
    declaration.conditions.push_back(std::make_unique<iac::When>(std::move(when)));
    condition = declaration.conditions.back().get();
  }
  const Bindings bindings{&module, declaration.names.back().get(), condition};
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
  if (const auto at = planned_.find(address); at != planned_.end()) owned_.back()->section.planned_ = &at->second->values;
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
    return is_configuration(s->name()) && folder_of(s->name()) == *folder;
  });
  if (!is_here) return opaque("its folder holds no Terraform files in this tree");
  if (from.depth >= kMaxModuleDepth || modules_.size() >= kMaxModules) return opaque("modules are nested too deeply or are too many");
  modules_.push_back(std::make_unique<Module>());
  Module& made = *modules_.back();
  made.prefix = declaration.addresses[instance] + ".";
  made.folder = *folder;
  made.depth = from.depth + 1;
  made.call = &section;
  made.when = declaration.bindings[instance].when;
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
  if (!std::exchange(is_expanded_, true)) add_planned();
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
  if (!valueless_.empty()) {
    std::string names;
    std::size_t shown = 0;
    constexpr std::size_t kMaxShown = 5;
    for (const auto& [name, where] : valueless_) {
      if (shown++ < kMaxShown) names += (names.empty() ? "" : ", ") + name;
    }
    if (shown > kMaxShown) names += fmt::format(" and {} more", shown - kMaxShown);
    unit_.note(valueless_.begin()->second, "no value is given here for " + names,
               "a terraform.tfvars, *.auto.tfvars or other *.tfvars file beside the root decides them; until then what depends on them has "
               "unknown parts or alternatives");
  }
  for (const auto& [what, slot] : unknown_) {
    std::string message = fmt::format("{} is not evaluated here ({} {})", what, slot.count, slot.count == 1 ? "time" : "times");
    constexpr std::string_view kHint = "what depends on it stays unknown";
    if (!is_planned(slot.where.source)) {
      unit_.note(slot.where, std::move(message), std::string(kHint));
      continue;
    }
    Diagnostics found;
    found.note(unit_.source(slot.where.source), slot.where, std::move(message), std::string(kHint));
    add_without_text(found, unit_.problems());
  }
}

}  // namespace mainstay::terraform
