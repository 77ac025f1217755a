// Files that say how a template is deployed: parameter files of two shapes, and samconfig.
#pragma once

#include <string>
#include <vector>

#include "ingest/iac/cloudformation/program.h"

namespace mainstay::cloudformation {

/// What one file, or one environment of samconfig, says.
struct ParameterFile {
  std::string file;
  std::string template_file;  // as it is written; empty when the file does not say
  Deployment deployment;
};

/// Whether a file of that name with that beginning says how templates are deployed.
bool is_parameter_file(std::string_view name, std::string_view head);

/// Reads [{"ParameterKey": ..., "ParameterValue": ...}], {"Parameters": {...}} or samconfig.
/// Source: AWS CLI Command Reference, "create-stack"; AWS CodePipeline User Guide, "template configuration file"; AWS SAM Developer Guide,
/// "AWS SAM CLI configuration file".
std::vector<ParameterFile> read_parameter_file(Unit& unit, const Source& source);

/// The deployments that these files say of a template; a single one that says nothing when there is none.
/// A file is for the template that it names, else for those of its folder, or of the nearest one above with any, that declare all its keys.
std::vector<Deployment> deployments_of(const Template& file, const std::vector<ParameterFile>& said,
                                       const std::vector<std::string>& templates);

/// The folder with templates that a parameter file is for: its own, else the nearest above; nothing when there is none.
std::optional<std::string> folder_for(std::string_view parameter_file, const std::vector<std::string>& templates);

/// "a/b" of "a/b/c.json"; empty for a file of the root.
std::string folder_of(std::string_view name);

}  // namespace mainstay::cloudformation
