// Making a picture small enough to be read: a part of it, and equal things as one.
#pragma once

#include <set>
#include <string>

#include "graph/findings/picture.h"

namespace mainstay {

/// More nodes than this on one drawing are not read by anybody.
constexpr std::size_t kMostPictureNodes = 200;

/// What needs the named nodes and what they need, up to `depth` edges away; 0 is without limit. The note says that it is a part.
Picture around(const Picture& picture, const std::set<std::string>& ids, unsigned depth);

/// Folds workloads with the same needs: five or more of one cluster first; when the picture is still too large, any two wherever they are;
/// when that does not help, leaves out what no finding is about and what nothing single-handedly depends on. The note says what was done.
Picture folded(Picture picture);

}  // namespace mainstay
