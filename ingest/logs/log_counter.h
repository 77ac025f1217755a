// LogCounter: reads logs, one after the other, and counts their lines within a bound of memory.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/group_table.h"
#include "ingest/logs/log_part.h"
#include "ingest/logs/log_reader.h"
#include "ingest/logs/log_reading.h"
#include "ingest/logs/recognition.h"
#include "ingest/logs/row_file.h"

namespace mainstay {

struct CountSettings {
  std::string server;                 // of lines that do not say
  const LogFormat* format = nullptr;  // none: each file's own, by its first lines
  GroupSettings groups;
  std::size_t memory = std::size_t{1} << 30;  // octets; beyond it rows go to a temporary file
};

/// One reading of one file.
struct CountTask {
  std::string file;
  std::optional<OctetRange> range;
};

class LogCounter {
 public:
  explicit LogCounter(const CountSettings& settings) : settings_(settings), table_(settings.groups) {}

  /// Reads a log and counts it. Places in the problems have lines of the file, or of the range when there is one.
  LogPart read(const CountTask& task);

  /// The same in steps, for lines that come as they are written: account and problems go into `part`.
  LogReading begin(const LogRecognition& found, LogPart& part);
  void count(std::string_view line, LogReading& reading);
  void finish(const LogReading& reading);

  /// All rows, in sorted runs; they live as long as this and as nothing is read or counted. Errors: rows that could not be kept on the
  /// disk.
  std::vector<std::unique_ptr<RowSource>> rows();

 private:
  class Records;

  void read_records(LogReader& reader, LogReading& reading);
  LineVerdict verdict_of(std::string_view line, LogReading& reading);
  void spill();
  Result<bool> write_down();

  const CountSettings& settings_;
  GroupTable table_;
  LineScratch scratch_;
  std::unique_ptr<RowFile> spilled_;
  std::string error_;
};

}  // namespace mainstay
