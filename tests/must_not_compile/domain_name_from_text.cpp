// Text becomes a name only through parse(), which may refuse it.
// error: no viable conversion|could not convert|calling a private constructor|is private within this context
#include <string>

#include "graph/values/domain_name.h"

mainstay::DomainName issuer() {
#ifdef MAINSTAY_WRONG
  return std::string("login.example.com");
#else
  return *mainstay::DomainName::parse("login.example.com");
#endif
}
