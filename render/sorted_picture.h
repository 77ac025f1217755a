// SortedPicture: a picture in one order, whatever order it came in.
#pragma once

#include "graph/findings/picture.h"

namespace mainstay {

/// Nodes sorted by (layer, id), edges by (from, to), with the indices put right; edges that are there twice once.
Picture sorted(const Picture& picture);

}  // namespace mainstay
