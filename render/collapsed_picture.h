// CollapsedPicture: a picture with many things drawn as one.
#pragma once

#include <cstdint>

#include "graph/findings/picture.h"

namespace mainstay {

/// What is drawn as one thing.
enum class Collapse : std::uint8_t {
  cluster,   // things of one cluster and layer
  provider,  // zones and servers with the one provider that they rest on
  layer      // things of one layer and kind: the smallest summary
};

/// Shape: as Picture promises; a thing that stands for others has the worst of their findings and is counted by `folded`; an edge that
///        stands for several says how many. The note says what was done.
Picture collapsed(const Picture& picture, Collapse by);

}  // namespace mainstay
