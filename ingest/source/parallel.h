// in_parallel: the same work for many items, on a bounded number of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace mainstay {

/// `jobs`, or the number of processors when it is 0; at least 1 and at most 64.
unsigned threads_for(unsigned jobs);

/// Calls `work` with a number from 0 to `jobs` - 1 once on each of that many threads, the calling one among them, and waits for all.
/// `work` does not throw. Where the system gives fewer threads, fewer calls are made.
void on_threads(unsigned jobs, const std::function<void(unsigned)>& work);

/// Calls `work(i)` once for every i below `count`, in that order of starting. `work` does not throw.
void in_parallel(unsigned jobs, std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace mainstay
