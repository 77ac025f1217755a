// A failure that nobody looks at is a compile error.
// error: ignoring return value|ignoring returned value
#include "graph/values/domain_name.h"

bool check() {
#ifdef MAINSTAY_WRONG
  mainstay::DomainName::parse("login..example");
  return true;
#else
  return static_cast<bool>(mainstay::DomainName::parse("login..example"));
#endif
}
