// Stage: names that a template leaves open for the environment, with one environment filled in.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/identities/txt_identities.h"
#include "graph/facts/facts.h"

namespace mainstay {

/// Fills the environment into the unknown part of names of records and of lookups that stands for it: a part that is called like one
/// (`var.stage`, `ENV`), or a whole label where a convention, or a suffix that speaks of identity, has the environment.
/// Shape: what it says is how many names it changed.
std::size_t fill_stage(std::vector<Fact>& facts, const std::string& stage, const std::vector<TxtConvention>& conventions);

}  // namespace mainstay
