// Confidence and severity are scales of their own; neither counts nor compares with the other.
// error: invalid operands|no match for
#include "graph/findings/finding.h"
#include "graph/values/evidence.h"

bool weaker(mainstay::Confidence confidence, mainstay::Severity severity) {
#ifdef MAINSTAY_WRONG
  return confidence < severity;
#else
  return confidence < mainstay::Confidence::declared && severity < mainstay::Severity::high;
#endif
}
