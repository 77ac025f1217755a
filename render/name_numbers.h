// NameNumbers: how Graphviz numbers the parts of our graphs: in the order in which they are named.
// Its own numbers are the addresses of the names, and it goes through subgraphs by number: what lies where in the heap would decide about
// the drawing.
#pragma once

struct Agdisc_s;

namespace mainstay {

/// For agopen.
Agdisc_s* numbered_by_order();

}  // namespace mainstay
