// Program: stacks made of templates, and what their values are worth.
//
// Everything is evaluated when it is asked for, and never by asking the cloud. What cannot be known is a hole named as the template writes
// it; what is one of several known values (AllowedValues, a map by region, both sides of an open condition) is a value with alternatives.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/client_settings.h"
#include "ingest/iac/cloudformation/template.h"
#include "ingest/source/unit.h"

namespace mainstay::cloudformation {

struct Stack;

/// One resource of one stack.
struct Resource {
  Stack* stack = nullptr;
  std::string name;  // its logical id
  std::string type;
  const Value* written = nullptr;
  std::string path;                                 // "infra/dns.yaml/Zone": unique, and what its facts are named by
  Value condition;                                  // true, or alternatives of true and false
  Stack* inside = nullptr;                          // of a nested stack whose template is here
  bool asked_inside = false;                        // whether that template was looked for
  std::map<std::string, Value, std::less<>> known;  // properties evaluated so far
  std::set<std::string, std::less<>> in_progress;

  /// Where the property is written; the resource when it is not.
  Location where(std::string_view property) const;
};

/// How a template is deployed, as far as files of the tree say.
struct Deployment {
  std::string label;     // "prod"; empty when nothing is said
  bool is_said = false;  // what is not among the parameters has its default
  std::map<std::string, Value, std::less<>> parameters;
  std::optional<std::string> region;
  std::optional<std::string> stack_name;
  iac::PlatformDefault function_timeout{3, "AWS Lambda: a function without a timeout is stopped after 3 seconds"};
};

/// One deployment of one template.
struct Stack {
  std::string path;  // "infra/dns.yaml", "infra/dns.yaml@prod", "infra/root.yaml/Dns"
  std::string file;
  HomeScope home;
  Value root;  // with loops and includes in place and SAM's resources as those of CloudFormation
  Deployment deployment;
  int depth = 0;
  std::map<std::string, std::unique_ptr<Resource>, std::less<>> resources;
  std::map<std::string, Value, std::less<>> known;  // "parameter X", "condition X", "output X" evaluated so far
  std::set<std::string, std::less<>> in_progress;
};

class Program {
 public:
  explicit Program(Unit& unit) : unit_(unit) {}

  /// Adds a stack of a template. Shape: `path` names it; loops, includes and the SAM transform are taken care of here.
  Stack& add(std::string path, std::string file, const Value& root, Deployment deployment, int depth = 0);
  /// Makes template files known, for nested stacks to be found.
  void add_template(const Template& file) { templates_.emplace(file.name, &file); }
  /// The template file that a nested stack names, or null: by its path, else the only one that the end of a URL fits.
  const Template* nested_template(std::string_view from, const Text& url) const;

  /// Every resource that can exist, those of nested stacks included, in the order of stacks and logical ids.
  const std::vector<Resource*>& resources();
  /// The resource that a value is the id or an attribute of, or null.
  Resource* behind(const Value& value) const;

  Value evaluate(const Value& written, Stack& stack);
  /// A property; null when it is not set.
  Value property(Resource& resource, std::string_view name);
  /// What Fn::GetAtt gives.
  Value attribute(Resource& resource, const std::string& name);
  /// What Ref gives for a resource.
  Value reference(Resource& resource);
  Value output(Stack& stack, const std::string& name);
  Value parameter(Stack& stack, const std::string& name);
  /// True, false, or alternatives of them.
  Value condition(Stack& stack, const std::string& name);
  Text region(const Stack& stack) const;

  Unit& unit() { return unit_; }
  const std::vector<std::unique_ptr<Stack>>& stacks() const { return stacks_; }
  void count_unknown(std::string what, Location where);
  /// Says what was counted.
  void finish();

 private:
  struct Call;
  using Function = Value (Program::*)(const Call& call);
  struct FunctionRow {
    std::string_view name;
    Function function;
  };
  static const FunctionRow kFunctions[];

  // load.cpp
  void load(Stack& stack);
  Value restricted(const Resource& resource, Value value);
  Stack* inside(Resource& resource);

  // evaluate.cpp
  Value dispatch(const Value& written, Stack& stack);
  Value call(const Entry& function, const Value& written, Stack& stack);
  Value list_value(const Value& written, Stack& stack);
  Value map_value(const Value& written, Stack& stack);
  Value truth_of(const Value& written, Stack& stack);
  Value call_ref(const Call& call);
  Value call_get_att(const Call& call);
  Value call_sub(const Call& call);
  Value substituted(const Value& text, const Value& variables, Stack& stack);
  Value call_join(const Call& call);
  Value call_split(const Call& call);
  Value call_select(const Call& call);
  Value call_if(const Call& call);
  Value call_find_in_map(const Call& call);
  Value call_import_value(const Call& call);
  Value call_base64(const Call& call);
  Value call_cidr(const Call& call);
  Value call_get_azs(const Call& call);
  Value call_length(const Call& call);
  Value call_to_json(const Call& call);
  Value call_equals(const Call& call);
  Value call_and(const Call& call);
  Value call_or(const Call& call);
  Value call_not(const Call& call);
  Value map_entry(const Value& map, const std::string& where, const Value& key, const Value* fallback);

  // references.cpp
  Value named(Stack& stack, const std::string& name);
  Value pseudo_parameter(const Stack& stack, const std::string& name) const;
  Value declared_parameter(Stack& stack, const Value& declaration, const std::string& name);
  Value attribute_of(Stack& stack, const std::string& id, const std::string& name);
  void load_exports();

  struct Export {
    Stack* stack = nullptr;
    std::string output;
    Text name;
  };
  struct Count {
    Location where;
    std::size_t count = 0;
  };

  Unit& unit_;
  std::map<std::string, const Template*, std::less<>> templates_;
  std::vector<std::unique_ptr<Stack>> stacks_;
  std::vector<Resource*> all_;
  std::map<std::string, Resource*, std::less<>> by_path_;
  std::vector<Export> exports_;
  bool has_exports_ = false;
  bool is_complete_ = false;
  std::map<std::string, Count> unknown_;
  int depth_ = 0;
  std::size_t budget_ = 400'000;  // steps that evaluation may still take; each stack adds to it
};

/// A text whose dynamic references ("{{resolve:ssm:/path}}") are holes of that name.
Text without_dynamic_references(const Text& text);

/// What is known of an attribute that the service computes, `{region}` in place of the region and `{}` in place of what is not known.
std::string_view computed_form(std::string_view type, std::string_view attribute);
/// A host pattern for the same; empty when nothing is known.
std::string_view computed_pattern(std::string_view type, std::string_view attribute);
/// The property that Ref gives for a resource of that type when it is set; empty when Ref gives an id.
std::string_view named_by(std::string_view type);

/// Loops (Fn::ForEach) and included files (AWS::Include) put in place.
Value expanded(Program& program, Stack& stack, const Value& root);
/// The template that the SAM transform makes: resources of CloudFormation in place of AWS::Serverless ones.
Value transformed(Value root);
/// Reports names that nothing declares and resources that wait for each other.
void check_references(Program& program, const Stack& stack);

}  // namespace mainstay::cloudformation
