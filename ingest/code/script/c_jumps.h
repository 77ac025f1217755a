// The jumps of C.
#pragma once

#include <cstddef>
#include <vector>

#include "ingest/code/script/script.h"

namespace mainstay::script {

/// Puts what stands behind a label of the function in the place of every "goto" that jumps forward to it. A jump backward, or into a block,
/// makes what follows unknown. Takes from `budget` what the copies cost.
void resolve_jumps(std::vector<Statement>& body, std::size_t& budget);

}  // namespace mainstay::script
