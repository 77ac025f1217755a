// What Terraform itself says of a root: plans and states as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/iac/terraform/value.h"
#include "ingest/source/unit.h"

namespace mainstay::terraform {

/// One instance of a resource or data source in a plan or a state.
/// Shape: `values` is a map of its attributes. What is known only after apply is a hole, named and referring as the configuration in the
///        plan does; what is sensitive is a hole too, and its value is kept nowhere. A text that is the id of another resource here refers
///        to that.
struct Planned {
  std::string module;  // "" for the root, else "module.edge[\"a\"]."
  std::string type;
  std::string name;
  std::string key;  // as it stands in the address: "[0]", "[\"a\"]", or empty
  bool is_data = false;
  Value values;
  Location where;

  /// The address without the key of the instance.
  std::string declaration() const { return module + (is_data ? "data." : "") + type + "." + name; }
  std::string address() const { return declaration() + key; }
};

/// An address that a plan gives back: of a resource that it destroys or replaces.
struct Released {
  std::string owner;  // the address of the resource
  std::string address;
  Location where;
};

/// One document.
struct Plan {
  std::vector<Planned> resources;
  std::vector<Released> released;
  std::vector<Entry> variables;  // of the root, those that are sensitive left out
};

/// Whether a file of that name with that beginning is such a document: the output of `terraform show -json` for a plan or a state, or a
/// state file.
bool is_plan(std::string_view name, std::string_view head);

/// Adds problems of such a document without the lines that they are about, which may hold what is sensitive.
void add_without_text(const Diagnostics& found, Diagnostics& problems);

/// Reads one document. Errors: a diagnostic for what is no JSON; what was read before is used.
/// Source: developer.hashicorp.com/terraform/internals/json-format, format version 1.
Plan read_plan(Unit& unit, const Source& source);

}  // namespace mainstay::terraform
