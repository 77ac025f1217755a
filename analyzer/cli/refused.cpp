#include "analyzer/cli/refused.h"

#include <ostream>

#include "render/escape.h"

namespace mainstay {

ExitStatus refused(std::string_view why, Session& session) {
  session.err << "mainstay: " << for_terminal(why) << '\n';
  return ExitStatus::usage;
}

}  // namespace mainstay
