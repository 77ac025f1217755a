#include "ingest/config/stub_options.h"

namespace mainstay {

void set_stub_flag(std::string_view flag, Stub& stub) {
  if (flag == "rotate") stub.rotate = true;
  // -reopen differs in the socket, not in the order of the questions.
  if (flag == "single-request" || flag == "single-request-reopen") stub.single_request = true;
  if (flag == "use-vc") stub.use_vc = true;
}

}  // namespace mainstay
