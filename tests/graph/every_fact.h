// One fact of every kind with every member set to something that is not its default.
#pragma once

#include <vector>

#include "graph/facts/facts.h"

namespace mainstay {

std::vector<Fact> every_fact();

}  // namespace mainstay
