#include "analyzer/cli/stop_signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <ctime>

namespace mainstay {

StopSignals::StopSignals() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  descriptor_ = signalfd(-1, &signals_, SFD_CLOEXEC | SFD_NONBLOCK);
}

StopSignals::~StopSignals() {
  if (descriptor_ >= 0) close(descriptor_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool StopSignals::came() {
  constexpr timespec kNow{};
  while (sigtimedwait(&signals_, nullptr, &kNow) > 0) came_ = true;
  return came_;
}

}  // namespace mainstay
