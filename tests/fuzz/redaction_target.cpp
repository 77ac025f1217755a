#include "graph/values/redaction.h"

#include "graph/values/assert.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

/// Of any line something at most as long is shown, mask for mask; the value of a key that is known to be secret never is.
void run(std::string_view bytes) {
  const std::string shown = redacted(bytes);
  MAINSTAY_ASSERT(shown.size() <= 4 * bytes.size() + 3, "a mask stands for at least one octet");
  MAINSTAY_ASSERT(redacted(bytes) == shown, "redaction is a function of the line");
  constexpr std::string_view kSecret = "hunter2hunter2";
  const std::string line = "password=" + std::string(kSecret) + std::string(bytes);
  MAINSTAY_ASSERT(redacted(line).find(kSecret) == std::string::npos || bytes.find(kSecret) != std::string_view::npos,
                  "the value of a password is masked whatever follows it");
}

}  // namespace

extern const FuzzTarget redaction_target;
constinit const FuzzTarget redaction_target{.name = "redaction", .samples = "", .run = &run};

}  // namespace mainstay
