// Code that a template runs as a function is that function's, and no process of its own.
#pragma once

#include <vector>

#include "graph/facts/facts.h"

namespace mainstay {

/// A file of code says what some process asks, and the template that runs it as a function says the same of the function. Takes away what a
/// process asks at a place where a function asks it, and processes that nothing else was known of.
void give_code_to_functions(std::vector<Workload>& workloads, std::vector<Use>& uses, const std::vector<Credential>& credentials);

}  // namespace mainstay
