#include "graph/values/domain_name.h"

#include "graph/values/assert.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

void check(const DomainName& name) {
  const Result<DomainName> again = DomainName::parse(name.text());
  MAINSTAY_ASSERT(again && *again == name, "canonical text is read as the same name");
  MAINSTAY_ASSERT(name.is_within(name) && name.is_within(name.parent()) && name.is_within(DomainName::root()),
                  "a name lies within its parents");
  MAINSTAY_ASSERT(name.is_root() == name.labels().empty(), "only the root has no labels");
  MAINSTAY_ASSERT(name.is_root() || name.parent().labels().size() + 1 == name.labels().size(), "a parent has one label less");
  const Result<DomainName> joined = name.within(name);
  if (joined && !name.is_root()) MAINSTAY_ASSERT(joined->labels().size() == 2 * name.labels().size(), "joining keeps all labels");
}

void run(std::string_view bytes) {
  if (const Result<DomainName> name = DomainName::parse(bytes); name) check(*name);
  const Result<DomainName> origin = DomainName::parse("corp.example");
  if (const Result<DomainName> name = DomainName::parse_relative(bytes, *origin); name) check(*name);
}

}  // namespace

extern const FuzzTarget domain_name_target;
constinit const FuzzTarget domain_name_target{.name = "domain-name", .samples = "", .run = &run};

}  // namespace mainstay
