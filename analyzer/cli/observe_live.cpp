#include "analyzer/cli/observe_live.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>
#include <vector>

#include "analyzer/cli/observed_output.h"
#include "analyzer/cli/refused.h"
#include "analyzer/cli/stop_signals.h"
#include "ingest/logs/live/file_watch.h"
#include "ingest/logs/live/live_log.h"

namespace mainstay {
namespace {

// The clock that nobody sets: an interval is as long when the other one goes back.
using Clock = std::chrono::steady_clock;

/// The facts of a log that is written, written again and again.
class LiveFacts {
 public:
  LiveFacts(LiveLog& log, const ObserveCommand& command, const ObserveOptions& options, Session& session)
      : log_(log), command_(command), options_(options), session_(session) {}

  Result<bool> write() {
    log_.settle();
    Result<ObservedOutput> out = ObservedOutput::open(command_.output, session_);
    if (!out) return Error{out.error()};
    const std::vector<LogPart> parts = {log_.part()};
    const std::unique_ptr<RowSource> rows = log_.rows();
    Result<bool> written = write_facts(*out, parts, options_.logs.count.groups.window, *rows);
    if (written) written = out->finish();
    return written;
  }

  /// Tells what has not been told of the lines.
  void tell() {
    LogPart news = log_.part();
    const std::size_t before = std::exchange(told_, news.problems.size());
    news.problems.erase(news.problems.begin(), news.problems.begin() + static_cast<std::ptrdiff_t>(before));
    tell_parts({&news, 1}, {}, command_.verbose, session_);
    session_.err.flush();
  }

  /// Writes at every interval until the log ends or a signal comes.
  void follow(StopSignals& stop) {
    FileWatch watch(command_.logs.front());
    Clock::time_point next = Clock::now() + options_.every;
    bool has_news = false;
    while (true) {
      const bool came = log_.take();
      has_news = has_news || came;
      if (stop.came() || log_.has_ended()) return;
      const Clock::time_point now = Clock::now();
      if (now >= next) {
        next = now + options_.every;
        if (has_news) {
          tell();
          if (const Result<bool> written = write(); !written) refused(written.error(), session_);
          has_news = false;
        }
      }
      if (!came) watch.wait(std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()), stop.descriptor());
    }
  }

 private:
  LiveLog& log_;
  const ObserveCommand& command_;
  const ObserveOptions& options_;
  Session& session_;
  std::size_t told_ = 0;
};

}  // namespace

ExitStatus observe_live(const ObserveCommand& command, const ObserveOptions& options, Session& session) {
  tell_parts({}, options.problems, command.verbose, session);
  StopSignals stop;  // up to the end: the last write is not to be cut off
  LiveLog log(command.logs.front(), options.logs.count);
  LiveFacts facts(log, command, options, session);
  facts.follow(stop);
  log.finish();
  facts.tell();
  if (const Result<bool> written = facts.write(); !written) return refused(written.error(), session);
  return status_of({&log.part(), 1}, options.problems);
}

}  // namespace mainstay
