// LogCounter: reads logs, one after the other, and counts their lines within a bound of memory.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ingest/logs/group_table.h"
#include "ingest/logs/log_part.h"
#include "ingest/logs/log_reader.h"
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
  /// All rows, in sorted runs; they live as long as this and as nothing is read. Errors: rows that could not be kept on the disk.
  std::vector<std::unique_ptr<RowSource>> rows();

 private:
  struct Reading;
  class Records;

  void read_records(LogReader& reader, Reading& reading);
  void read_lines(LogReader& reader, Reading& reading);
  LineVerdict count_line(std::string_view line, Reading& reading);
  void finish_account(const Reading& reading);
  void spill();

  const CountSettings& settings_;
  GroupTable table_;
  LineScratch scratch_;
  std::unique_ptr<RowFile> spilled_;
  std::string error_;
};

}  // namespace mainstay
