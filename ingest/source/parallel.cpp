#include "ingest/source/parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace mainstay {

unsigned threads_for(unsigned jobs) { return std::clamp(jobs == 0 ? std::thread::hardware_concurrency() : jobs, 1u, 64u); }

void on_threads(unsigned jobs, const std::function<void(unsigned)>& work) {
  std::vector<std::thread> threads;
  for (unsigned number = 1; number < threads_for(jobs); ++number) {
    try {
      threads.emplace_back([&work, number] { work(number); });
    } catch (const std::system_error&) {
      break;  // the threads that there are do it all
    }
  }
  work(0);
  for (std::thread& thread : threads) thread.join();
}

void in_parallel(unsigned jobs, std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const unsigned useful = static_cast<unsigned>(std::min<std::size_t>(threads_for(jobs), std::max<std::size_t>(count, 1)));
  on_threads(useful, [&](unsigned) {
    for (std::size_t at = next++; at < count; at = next++) work(at);
  });
}

}  // namespace mainstay
