// A picture of a middling estate: 44 things in eight layers, with findings, clusters, alternatives and a cycle.
#pragma once

#include "graph/findings/picture.h"

namespace mainstay {

Picture sample_picture();

}  // namespace mainstay
