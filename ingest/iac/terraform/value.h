// The values of templates, under the names that Terraform's files use.
#pragma once

#include "ingest/iac/value.h"

namespace mainstay::terraform {

using iac::as_text;
using iac::Entry;
using iac::equal;
using iac::json_text;
using iac::known_index;
using iac::known_number;
using iac::known_text;
using iac::known_truth;
using iac::number_text;
using iac::Value;
using iac::ValueKind;

}  // namespace mainstay::terraform
