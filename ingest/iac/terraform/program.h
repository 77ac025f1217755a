// Program: the modules of one Terraform root, and what their expressions are worth.
//
// Everything is evaluated when it is asked for, once, and never by running anything. What cannot be known is a hole named as the source
// writes it. A module is one call of one folder: a folder that is called twice is two modules, which never see each other's inputs.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/alternatives.h"
#include "ingest/iac/terraform/planned.h"
#include "ingest/iac/terraform/value.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/hcl/tree.h"

namespace mainstay::terraform {

class Program;
struct Module;

/// Whether a file of that name holds blocks, in either syntax.
bool is_configuration(std::string_view name);

/// Names that an expression sees besides those of its module: each, count, the names of `for` and `dynamic`; innermost first.
struct Names {
  std::string name;
  Value value;
  const Names* outer = nullptr;
};

/// Where an expression is evaluated.
struct Bindings {
  Module* module = nullptr;
  const Names* names = nullptr;
  const iac::When* when = nullptr;  // what the instance exists under; null when nothing is open
};

/// A body under evaluation: of a resource, or of a block inside one. Sections of `dynamic` blocks own the names they see.
class Section {
 public:
  Section(Program& program, const hcl::Body& body, Location header, Bindings bindings)
      : program_(&program), body_(&body), header_(header), bindings_(bindings) {}

  bool has(std::string_view name) const { return body_->attribute(name) != nullptr || planned(name) != nullptr; }
  /// The value of an argument; null when it is not set. Where the configuration leaves it open and a plan does not, the plan's.
  Value value(std::string_view name) const;
  /// The argument as text; empty when it is not set or null. Lists and maps are holes.
  Text text(std::string_view name) const;
  std::optional<std::string> known(std::string_view name) const;
  std::optional<bool> truth(std::string_view name) const;
  /// The items of a list argument, of a single value as a list of one; a wholly unknown list is one unknown item. Of a list that has
  /// alternatives, every item that one of them has, null where another is taken.
  std::vector<Value> list(std::string_view name) const;
  /// Where the argument is set; the header of the block when it is not.
  Location where(std::string_view name) const;
  Location header() const { return header_; }
  /// The nested blocks of that type, `dynamic` ones expanded; a `dynamic` block over something unknown is one block with holes.
  std::vector<Section> blocks(std::string_view type) const;
  const hcl::Body& body() const { return *body_; }
  const Bindings& bindings() const { return bindings_; }
  /// The condition under which this is there; empty when it certainly is.
  const iac::When& when() const;

 private:
  friend class Program;
  void expand_dynamic(const hcl::Block& block, std::vector<Section>& out) const;
  const Value* planned(std::string_view name) const { return planned_ == nullptr ? nullptr : planned_->entry(name); }

  Program* program_;
  const hcl::Body* body_;
  Location header_;
  Bindings bindings_;
  const Value* planned_ = nullptr;  // a map of what a plan says of the same
  std::unique_ptr<Names> own_;
};

/// One instance of a resource or data source.
struct Resource {
  std::string type;
  std::string name;
  std::string address;  // as people write it: "module.edge.aws_eip.nat[\"a\"]"; data sources begin with "data."
  bool is_data = false;
  Section section;
  std::map<std::string, Value, std::less<>> known;  // attributes evaluated so far
  std::set<std::string, std::less<>> in_progress;
};

/// A declaration that stands for no, one or several instances: a resource, a data source, or a module call.
struct Declaration {
  const hcl::Block* block = nullptr;
  bool is_expanded = false;
  bool in_progress = false;
  ValueKind shape = ValueKind::object_of;  // object_of: one instance; list: count; map: for_each; unknown: one that stands for all
  std::vector<std::string> keys;           // of a map, in order
  std::vector<iac::Alternative> choices;   // lists or maps of instances, where how many there are is one of several
  std::vector<std::unique_ptr<iac::When>> conditions;
  std::vector<std::unique_ptr<Names>> names;
  std::vector<Bindings> bindings;      // one an instance
  std::vector<std::string> addresses;  // one an instance
  std::vector<Resource*> resources;    // of a resource or data source, one an instance
  std::vector<Module*> modules;        // of a module call, one an instance; null for a module that is not here
};

struct Local {
  const hcl::Attribute* attribute = nullptr;
  bool in_progress = false;
  std::optional<Value> value;
};

/// One call of one folder.
struct Module {
  std::string prefix;  // "" for the root, else "module.edge."
  std::string folder;
  int depth = 0;
  const Section* call = nullptr;                       // where its inputs stand; null for the root
  const iac::When* when = nullptr;                     // what the call exists under
  std::map<std::string, Value, std::less<>> settings;  // of files of variables; the root only
  std::map<std::string, const hcl::Block*, std::less<>> variables;
  std::map<std::string, const hcl::Block*, std::less<>> outputs;
  std::map<std::string, Local, std::less<>> locals;
  std::map<std::string, Declaration, std::less<>> resources;  // "aws_eip.nat", "data.aws_vpc.main"
  std::map<std::string, Declaration, std::less<>> calls;
  std::vector<const hcl::Block*> providers;
  std::map<std::string, Value, std::less<>> known;  // "var.x" and "output.x" evaluated so far
  std::set<std::string, std::less<>> in_progress;
};

class Program {
 public:
  explicit Program(Unit& unit);
  ~Program();

  /// Every instance of every resource and data source, in the order of modules and addresses. Cost: evaluates only counts and for_eaches.
  const std::vector<Resource*>& resources();
  const std::vector<std::unique_ptr<Module>>& modules() const { return modules_; }
  /// The instance of that address, or null.
  Resource* resource(std::string_view address) const;
  /// The instance that computes this value, or null: of `aws_vpc.main.id` and of what was passed on from it.
  Resource* behind(const Value& value) const;
  /// An attribute of a resource as other resources see it: its argument, or a hole with what is known of its shape.
  Value attribute_of(Resource& resource, std::string_view name);

  Value evaluate(const hcl::Expression& expression, const Bindings& bindings);
  /// The region of the default `aws`, `google` or `azurerm` provider as that module sees it; a hole when it is not known.
  Text region(Module& module, std::string_view provider);

  Unit& unit() { return unit_; }
  const Plan& plan() const { return plan_; }
  /// Whether that source is a plan or a state.
  bool is_planned(SourceId source) const { return plan_source_ == source; }
  std::string_view folder() const { return modules_.front()->folder; }
  /// Says once for each `what` how often something was not evaluated.
  void count_unknown(std::string what, Location where);
  void finish();

 private:
  friend class Section;

  // load.cpp
  void load(Module& module);
  void add_block(Module& module, const hcl::Block& block);
  bool override_block(Module& module, const hcl::Block& block);
  const hcl::Body& parsed(const Source& source);
  void expand(Module& module, Declaration& declaration, const std::string& address);
  // plans.cpp
  void load_plan();
  bool expand_planned(Module& module, Declaration& declaration, const std::string& address, const Value& over);
  void add_planned();
  void expand_choices(Module& module, Declaration& declaration, const std::string& address, const Value& over);
  void add_instance(Module& module, Declaration& declaration, const std::string& address, Names names, iac::When when = {});
  Module* call(Module& from, Declaration& declaration, std::size_t instance);
  void expand_all(Module& module);

  // variables.cpp
  void load_settings(Module& root);
  Value variable_value(Module& module, const std::string& name);
  Value allowed_values(Module& module, const std::string& name, const hcl::Block& declared);
  Value converted(Value value, const hcl::Expression& type, Module& module);

  // evaluate.cpp, access.cpp
  Value dispatch(const hcl::Expression& e, const Bindings& b);
  Value template_value(const hcl::Expression& e, const Bindings& b);
  void append_piece(const hcl::Expression& piece, const Bindings& b, std::vector<Value>& parts);
  Value object_value(const hcl::Expression& e, const Bindings& b);
  Value call_value(const hcl::Expression& e, const Bindings& b);
  Value settled_call(const hcl::Expression& e, std::vector<Value> arguments, const Bindings& b);
  Value unary_value(const hcl::Expression& e, const Bindings& b);
  Value binary_value(const hcl::Expression& e, const Bindings& b);
  Value for_value(const hcl::Expression& e, const Bindings& b);
  Value settled_for(const hcl::Expression& e, const Value& over, const Bindings& b);
  // choices.cpp
  std::string decider(const hcl::Expression& e, const Bindings& b) const;
  bool is_computed(const Value& value) const;
  Value conditional_value(const hcl::Expression& e, const Bindings& b);
  Value try_value(const hcl::Expression& e, const Bindings& b);
  Value can_value(const hcl::Expression& e, const Bindings& b);
  Value coalesced(const hcl::Expression& e, const std::vector<Value>& arguments, const Bindings& b);
  Value entry_by_open_key(const Value& from, const Value& key, const Value* otherwise, const Bindings& b);
  Value access_value(const hcl::Expression& e, const Bindings& b);
  Value root_value(const hcl::Expression& e, const Bindings& b, std::size_t& next);
  Value steps_value(Value value, const hcl::Expression& e, std::pair<std::size_t, std::size_t> range, const Bindings& b);
  Value attribute_value(const Value& value, const std::string& name, const hcl::Expression& e);
  Value index_value(const Value& value, const Value& key, const hcl::Expression& e, const Bindings& b);
  Value local_value(Module& module, const std::string& name);
  Value output_value(Module& module, const std::string& name);
  Value instances_value(Module& module, Declaration& declaration, const std::string& address);
  // file_functions.cpp
  static bool is_file_function(std::string_view name);
  Value module_path(const Module& module) const;
  std::optional<std::string> file_name(const Value& path) const;
  const Source* file_at(const std::string& name, Location asked_from);
  Value file_value(const hcl::Expression& e, const std::vector<Value>& arguments, const Bindings& b);
  Value files_below(const std::string& folder, const std::string& glob, const hcl::Expression& e);
  Value filled_template(const Source& source, const Value& values, const Bindings& b);

  Value bounded(Value value, const hcl::Expression& e);
  Value hole(const hcl::Expression& e) const;
  std::string written(const hcl::Expression& e) const;

  struct Parsed;
  struct Count {
    Location where;
    std::size_t count = 0;
  };

  Unit& unit_;
  std::map<std::string, std::unique_ptr<Parsed>, std::less<>> parsed_;
  std::map<std::string, const Source*, std::less<>> files_;  // that functions asked for; null for one that cannot be had
  std::map<std::string, std::unique_ptr<hcl::Expression>, std::less<>> templates_;
  std::vector<std::unique_ptr<Module>> modules_;
  std::vector<std::unique_ptr<Resource>> owned_;
  std::vector<std::unique_ptr<Section>> calls_;
  std::vector<Resource*> all_;
  std::map<std::string, Resource*, std::less<>> by_address_;
  std::map<std::string, Module*, std::less<>> module_by_address_;
  std::map<std::string, Count> unknown_;
  std::map<std::string, Location> valueless_;  // variables of the root without a value that were asked for
  std::vector<std::unique_ptr<hcl::Block>> merged_;
  Plan plan_;
  std::optional<SourceId> plan_source_;
  std::map<std::string, const Planned*, std::less<>> planned_;                 // by address
  std::map<std::string, std::vector<std::string>, std::less<>> planned_keys_;  // "[0]", "[\"a\"]" of what has instances, modules too
  bool is_expanded_ = false;
  int depth_ = 0;
  std::size_t budget_ = 200'000;  // steps that evaluation may still take; what is written adds to it
};

/// What is known of an attribute that the provider computes: a host pattern, or nothing.
std::string_view computed_pattern(std::string_view type, std::string_view attribute);
/// The attribute's text when it follows from an argument: "{name}.azurewebsites.net"; empty when it does not.
std::string_view computed_form(std::string_view type, std::string_view attribute);

}  // namespace mainstay::terraform
