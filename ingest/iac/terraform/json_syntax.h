// The JSON syntax of Terraform's language, as the tree of its native syntax.
#pragma once

#include "ingest/source/source.h"
#include "ingest/syntax/hcl/tree.h"

namespace mainstay::terraform {

/// Reads a .tf.json file. JSON does not say which of its members are arguments and which are blocks, so that inside a block whatever may be
/// either is both: an attribute, and a block for each object. Strings are templates.
/// Errors: a diagnostic for what is no JSON, and for each string whose template cannot be read; the rest is used.
/// Source: developer.hashicorp.com/terraform/language/syntax/json; the JSON syntax specification of HCL.
hcl::Body parse_json(const Source& source, SourceId id, Diagnostics& problems);

/// Reads a .tfvars.json file, whose strings are taken as they are.
hcl::Body parse_json_values(const Source& source, SourceId id, Diagnostics& problems);

}  // namespace mainstay::terraform
