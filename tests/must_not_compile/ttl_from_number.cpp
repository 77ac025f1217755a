// A bare number is no TTL: its unit must be said.
// error: no viable conversion|conversion from .*int.* to non-scalar type
#include "graph/values/ttl.h"

mainstay::Ttl keep() {
#ifdef MAINSTAY_WRONG
  mainstay::Ttl ttl = 300;
  return ttl;
#else
  return *mainstay::Ttl::from_seconds(300);
#endif
}
