// A port is checked where it is made.
// error: private constructor|is private within this context
#include "graph/values/ip_address.h"

mainstay::Port listen() {
#ifdef MAINSTAY_WRONG
  return mainstay::Port(5353);
#else
  return *mainstay::Port::from_number(5353);
#endif
}
