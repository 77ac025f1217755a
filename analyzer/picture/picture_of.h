// From an analysis to the Picture that is drawn: things only, without the steps of reasoning between them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/picture/fold.h"
#include "graph/findings/picture.h"
#include "render/collapsed_picture.h"

namespace mainstay {

struct PictureOptions {
  std::vector<NodeId> focus;  // empty: the whole estate
  unsigned depth = 0;         // how many edges around the focus; 0: all that needs it and all that it needs
  Direction direction = Direction::both;
  bool only_findings = false;
  std::optional<Collapse> collapse;
  bool reduces = true;  // leaves out edges that follow from others
};

/// Shape: as Picture promises. First the part that is asked for, then what is to be collapsed; then equal things are folded, and where the
///        whole still has more than kMostPictureNodes nodes it is summed up (see fold.h); `note` says what was done.
Picture picture_of(const Analysis& analysis, const std::vector<Finding>& findings, const PictureOptions& options);

/// The same before anything is left out, collapsed, folded or reduced.
Picture whole_picture(const Analysis& analysis, const std::vector<Finding>& findings);

/// What picture_of() makes of a whole picture when nothing else is asked for.
Picture summed_up(Picture whole);

}  // namespace mainstay
