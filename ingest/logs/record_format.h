// RecordFormat: how a log that has no lines is recognised and read, record by record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/values/diagnostic.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/octet_window.h"

namespace mainstay {

/// Takes what the records of a file say, one after the other.
class RecordSink {
 public:
  RecordSink() = default;
  virtual ~RecordSink() = default;
  RecordSink(const RecordSink&) = delete;
  RecordSink& operator=(const RecordSink&) = delete;

  /// What the next record needs beside itself, emptied.
  virtual LineScratch& fresh() = 0;
  /// A record that is a query, a reply, or a detail of one.
  virtual void query(const LogLine& line) = 0;
  /// A record that is neither.
  virtual void other() = 0;
  /// A record that cannot be read, and why: the first ones are shown.
  virtual void not_understood(std::string_view why) = 0;
  /// A record that is longer than any true one; it is skipped.
  virtual void too_long() = 0;
  /// Something about the file as a whole.
  virtual void say(DiagnosticSeverity severity, std::string message, std::string hint) = 0;
};

/// Where records come from. `path` is "-" for standard input.
struct RecordFile {
  const std::string& path;
  OctetWindow& octets;
};

/// Constant data and functions without state.
struct RecordFormat {
  /// How the first octets of a file say that it is in this format, as a sentence; empty when they do not.
  std::string (*recognise)(std::string_view head);
  /// Reads all records.
  void (*read)(const RecordFile& file, RecordSink& sink);
};

}  // namespace mainstay
