// Variables: what the variables of one service are worth in one stage. Nothing outside of the tree is asked, the environment of the machine
// that scans least of all.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/iac/serverless/variable_syntax.h"
#include "ingest/iac/value.h"
#include "ingest/source/unit.h"

namespace mainstay::serverless {

using iac::Alternative;
using iac::Entry;
using iac::Value;
using iac::ValueKind;

/// The files that variables name, each read once. Their values stay where they are.
class ServiceFiles {
 public:
  ServiceFiles(Unit& unit, std::string service_file) : unit_(unit), service_file_(std::move(service_file)) {}
  /// The value of a YAML or JSON file, the text of another one; a hole for a program; null when there is none.
  const Value& value_of(const std::string& written, Location where);
  const std::string& service_file() const { return service_file_; }
  /// True the first time that something is to be said; stages share what was said already.
  bool is_new(const std::string& what) { return said_.insert(what).second; }

 private:
  Unit& unit_;
  std::string service_file_;
  std::map<std::string, Value, std::less<>> read_;
  std::set<std::string> said_;
};

class Variables {
 public:
  /// Shape: `root` is the service as written and outlives this.
  Variables(Unit& unit, ServiceFiles& files, const Value& root, std::string stage);

  /// The value with all its variables replaced, as far as they are known.
  /// Errors: what is not there and has no fallback, and what depends on itself, is reported at its place and is a hole.
  Value resolve(const Value& written);
  /// The value at that path of the service ("provider.region"); null when there is none.
  Value at(const std::string& path);
  const std::string& stage() const { return stage_; }

 private:
  /// What a source gives: nothing when it has none; `is_certain` is false when nobody here can know whether it has one.
  struct Found {
    Value value;
    bool is_certain = true;
  };

  Value resolved_text(const Value& written);
  Value text_value(const VariableText& text, Location where);
  Value variable_value(const Variable& variable, Location where);
  Found source_value(const VariableSource& source, Location where);
  Found option(const std::string& name);
  Found parameter(const std::string& name);
  Found literal(const VariableSource& source, Location where);
  Found from_self(const std::string& address);
  Value walk(const Value& node, const std::vector<std::string>& path, std::size_t next, bool is_resolved);
  std::string address_of(const VariableText& text, Location where);

  Unit& unit_;
  ServiceFiles& files_;
  const Value& root_;
  std::string stage_;
  VariableMarks marks_;
  std::map<const Value*, Value> known_;
  std::set<const Value*> in_progress_;
  int depth_ = 0;
  std::size_t budget_ = 200'000;
};

/// The marks that a service of an old version defines for itself.
VariableMarks marks_of(const Value& root);

/// The stages that a service has, as far as the tree says: those of its parameters, of maps and files that a stage chooses from, and the
/// default one. Shape: sorted; at least one.
std::vector<std::string> stages_of(const Value& root, const Unit& unit, const std::string& service_file);

}  // namespace mainstay::serverless
