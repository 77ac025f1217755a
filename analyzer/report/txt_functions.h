// TXT functions: which functions of the templates have an identity in DNS, and under which name.
#pragma once

#include <string>
#include <vector>

#include "analyzer/analysis.h"

namespace mainstay {

/// A function, and the name at which its identity is to stand.
struct FunctionName {
  std::string who;
  Text name;  // with a hole where its environment is not known
  Reasons reasons;
};

/// The functions that are called like a service of a convention: by its name alone, or by its name and an environment ("billing",
/// "billing-prod", "prod-billing"). Of a function whose environment nothing says, `stage` is it when it is not empty.
std::vector<FunctionName> functions_with_names(const Analysis& analysis, const std::string& stage);

/// The other functions of the tree, by name: those that no identity below this suffix fits.
std::vector<std::string> functions_without_names(const Analysis& analysis, const TxtConvention& convention);

}  // namespace mainstay
