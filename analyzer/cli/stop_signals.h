// StopSignals: SIGINT and SIGTERM as something that is asked for, so that a program ends where it is whole.
#pragma once

#include <csignal>

namespace mainstay {

/// As long as it lives the two signals wait to be asked for, and end nothing by themselves.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// One of them came, now or earlier.
  bool came();
  /// Can be read when one came; -1 when the kernel has no more descriptors.
  int descriptor() const { return descriptor_; }

 private:
  sigset_t signals_;
  sigset_t before_;
  int descriptor_;
  bool came_ = false;
};

}  // namespace mainstay
