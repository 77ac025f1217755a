// From an analysis to the Picture that is drawn: things only, without the steps of reasoning between them.
#pragma once

#include <string>
#include <vector>

#include "analyzer/analysis.h"
#include "graph/findings/picture.h"

namespace mainstay {

struct PictureOptions {
  std::vector<NodeId> focus;  // empty: the whole estate
  unsigned depth = 0;         // how many edges around the focus; 0: all that needs it and all that it needs
};

/// Shape: as Picture promises. Five or more workloads of one scope with the same needs are folded into one; where the whole still has more
///        than kMost nodes, workloads with the same needs are folded wherever they are, and what no finding is about is left out; `note`
///        says so.
Picture picture_of(const Analysis& analysis, const std::vector<Finding>& findings, const PictureOptions& options);

}  // namespace mainstay
