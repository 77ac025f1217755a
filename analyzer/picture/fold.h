// Making a picture small enough to be read: a part of it, and equal things as one.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "graph/findings/picture.h"

namespace mainstay {

/// More nodes than this on one drawing are not read by anybody.
constexpr std::size_t kMostPictureNodes = 200;

/// Which way to go from a focus.
enum class Direction : std::uint8_t {
  both,
  upstream,   // to what it needs
  downstream  // to what needs it
};

/// What needs the named nodes and what they need, up to `depth` edges away; 0 is without limit. The note says that it is a part.
Picture around(const Picture& picture, const std::set<std::string>& ids, unsigned depth, Direction direction = Direction::both);

/// What findings are about, and all that needs it. The note says what is left out.
Picture only_findings(const Picture& picture);

/// Folds things with the same needs that the same things need: five or more of one cluster first; when the picture is still too large, any
/// two workloads wherever they are; when that does not help, leaves out what no finding is about and what nothing single-handedly depends
/// on; and when even that is too much, collapses by cluster and then by kind. The note says what was done. Only the last step joins things
/// with findings.
Picture folded(Picture picture);

/// Leaves out edges that follow from others: a needs c when a needs b and b needs c. Alternatives stay, and nothing follows from them.
/// Cost: edges times the size of the picture, so it is meant for what is drawn.
Picture reduced(const Picture& picture);

}  // namespace mainstay
