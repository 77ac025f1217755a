// LiveLog: a log that is counted while it is written.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/live/followed_file.h"
#include "ingest/logs/log_counter.h"

namespace mainstay {

/// Counts what is in a log and what comes, across its rotation.
/// Shape:  what was counted is all since the beginning; a line counts when its end was written.
/// Limits: memory by CountSettings, and 64 KiB of a line that is not yet whole.
class LiveLog {
 public:
  LiveLog(std::string path, const CountSettings& settings);

  /// Counts what was written since, up to some hundred KiB; false when there was nothing.
  bool take();
  /// Decides what the log is, by as few lines as there are.
  void settle();
  /// Counts the last line of standard input, also when its end is missing; what a file has of a line is left to come.
  void finish();
  bool has_ended() const { return file_.has_ended() || !file_.error().empty(); }

  /// What became of the lines so far.
  const LogPart& part() const { return part_; }
  /// All rows so far; they live until the next take().
  std::unique_ptr<RowSource> rows();

 private:
  void join(Joint joint);
  void feed(std::string_view octets);
  void take_line(std::string_view line);
  void recognise(std::size_t least);
  void give_up(std::size_t lines);
  void count_up();
  void say(DiagnosticSeverity severity, std::string message);

  FollowedFile file_;
  CountSettings settings_;
  LogCounter counter_;
  LogPart part_;
  std::optional<LogReading> reading_;
  std::vector<std::string> unknown_;  // whole lines, while it is not known what the log is
  std::size_t unknown_octets_ = 0;
  std::vector<char> room_;
  std::string begun_;      // of a line
  bool skipping_ = false;  // inside a line that is too long
  bool has_told_ = false;  // that the log is none
};

}  // namespace mainstay
