// Program: deployments made of ARM templates and Bicep files, and what their values are worth.
//
// Both notations are statements of one tree (ingest/syntax/bicep). Everything is evaluated when it is asked for, and never by asking the
// cloud. What cannot be known is a hole named as the source writes it; what is one of several known values has alternatives.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/alternatives.h"
#include "ingest/iac/value.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/bicep/tree.h"

namespace mainstay::azure {

using iac::Alternative;
using iac::Entry;
using iac::Value;
using iac::ValueKind;
using iac::When;

struct Deployment;

/// What one file declares; in `nested` the templates that stand inside an ARM template.
struct File {
  std::string name;
  std::vector<bicep::Statement> statements;
  std::vector<std::unique_ptr<File>> nested;
};

/// Names of loops that an expression sees, innermost first.
struct Names {
  std::string name;
  Value value;
  const Names* outer = nullptr;
};

/// One resource of one deployment.
struct Resource {
  Deployment* deployment = nullptr;
  std::string type;  // "Microsoft.Network/dnsZones/A", without its version
  std::string symbol;
  std::string path;  // "infra/main.bicep/zone": unique, and what its facts are named by
  bool existing = false;
  const bicep::Expression* body = nullptr;
  const Names* names = nullptr;
  Resource* parent = nullptr;
  When when;
  Location where;
  std::map<std::string, Value, std::less<>> known;  // properties evaluated so far, by their paths
  std::set<std::string, std::less<>> in_progress;
};

/// One deployment of one file.
struct Deployment {
  std::string path;
  const File* file = nullptr;
  HomeScope home;
  const Deployment* around = nullptr;  // that deploys this one; null for what is deployed by itself
  int depth = 0;
  bool is_module = false;  // what is not given is not known to be given by somebody else
  When when;
  std::map<std::string, Value, std::less<>> given;
  std::map<std::string, const bicep::Statement*, std::less<>> parameters, variables, outputs;
  std::map<std::string, std::vector<Resource*>, std::less<>> symbols;
  std::map<std::string, std::vector<Deployment*>, std::less<>> modules;
  std::set<std::string, std::less<>> loops;  // symbols that stand for a list
  std::map<std::string, Value, std::less<>> known;
  std::set<std::string, std::less<>> in_progress;
};

/// Where an expression is evaluated.
struct Bindings {
  Deployment* deployment = nullptr;
  const Names* names = nullptr;
};

class Program {
 public:
  explicit Program(Unit& unit) : unit_(unit) {}

  /// Makes a file known, for modules to be found.
  void add_file(std::unique_ptr<File> file);
  const File* file(std::string_view name) const;
  /// Adds a deployment of a file with the given parameters.
  Deployment& deploy(std::string path, const File& file, std::map<std::string, Value, std::less<>> given,
                     const Deployment* around = nullptr, When when = {});

  const std::vector<std::unique_ptr<Resource>>& resources() const { return resources_; }
  /// The resource that a value is the id or a property of, or null.
  Resource* behind(const Value& value) const;
  /// A property by its path, "properties.dnsSettings.fqdn": as written, or what is known of what the service computes; null when neither.
  Value property(Resource& resource, std::string_view path);
  /// The whole name, "zone/record"; with alternatives where a part has some.
  Value name(Resource& resource);
  /// Where the property is written; the resource when it is not.
  Location where(const Resource& resource, std::string_view path) const;

  Value evaluate(const bicep::Expression& e, const Bindings& b);
  Unit& unit() { return unit_; }
  void count_unknown(std::string what, Location where);
  void finish();

 private:
  friend struct Functions;

  // load.cpp
  void load(Deployment& deployment);
  void add_resource(Deployment& deployment, const bicep::Statement& statement, const bicep::Expression& body, Resource* inside,
                    const Names* names, When when);
  void add_instances(Deployment& deployment, const bicep::Statement& statement, Resource* inside);
  void add_module(Deployment& deployment, const bicep::Statement& statement, const bicep::Expression& body, const Names* names, When when);
  const bicep::Expression* written(const Resource& resource, std::string_view path) const;

  // evaluate.cpp
  Value dispatch(const bicep::Expression& e, const Bindings& b);
  Value interpolated(const bicep::Expression& e, const Bindings& b);
  Value binary(const bicep::Expression& e, const Bindings& b);
  Value loop(const bicep::Expression& e, const Bindings& b);
  Value member(const Value& of, const std::string& name, const bicep::Expression& e);
  Value index(const Value& of, const Value& key, const bicep::Expression& e);
  Value hole(const bicep::Expression& e) const;
  std::string text_of(const bicep::Expression& e) const;

  // references.cpp
  Value named(const bicep::Expression& e, const Bindings& b);
  Value parameter(Deployment& deployment, const std::string& name);
  Value variable(Deployment& deployment, const std::string& name);
  Value output(Deployment& deployment, const std::string& name);
  Value symbol(Deployment& deployment, const std::string& name);
  Value nested(const Value& of, const std::string& name) const;
  Value resource_id(const std::vector<Value>& arguments, const bicep::Expression& e, const Bindings& b);
  Value reference(const std::vector<Value>& arguments, const bicep::Expression& e);
  Value copy_index(const std::vector<Value>& arguments, const bicep::Expression& e, const Bindings& b);

  // also in references.cpp: calls
  Value call(const bicep::Expression& e, const Bindings& b);
  Value settled_call(const bicep::Expression& e, std::vector<Value>& arguments, const Bindings& b);

  struct Count {
    Location where;
    std::size_t count = 0;
  };

  Unit& unit_;
  std::map<std::string, std::unique_ptr<File>, std::less<>> files_;
  std::vector<std::unique_ptr<Deployment>> deployments_;
  std::vector<std::unique_ptr<Resource>> resources_;
  std::vector<std::unique_ptr<Names>> loops_;
  std::map<std::string, Resource*, std::less<>> by_path_;
  std::map<std::string, Deployment*, std::less<>> deployment_by_path_;
  std::map<std::string, Count> unknown_;
  int depth_ = 0;
  std::size_t budget_ = 400'000;
};

/// A property that follows from others, "{name}.azurewebsites.net", or a host pattern, "*.azurefd.net"; empty when nothing is known.
std::string_view computed_form(std::string_view type, std::string_view property);
std::string_view computed_pattern(std::string_view type, std::string_view property);
/// True when something is known of a property below that one.
bool has_computed_below(std::string_view type, std::string_view property);

/// An ARM template as statements; nothing when it is no template. Errors: diagnostics.
std::unique_ptr<File> read_arm(Unit& unit, const Source& source);
/// What a file of parameters sets: its own values, by name.
struct ParameterFile {
  std::string name;
  std::string file;  // that it is for; empty when it does not say
  std::map<std::string, Value, std::less<>> values;
};
std::optional<ParameterFile> read_arm_parameters(Unit& unit, const Source& source);

/// What kind of file that is, from its name and beginning.
enum class Kind : std::uint8_t { none, arm, arm_parameters, bicep, bicep_parameters };
Kind kind_of(std::string_view name, std::string_view head);

}  // namespace mainstay::azure
