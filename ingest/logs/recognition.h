// Which format the first lines of a log are in, and in which envelope.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/logs/envelope.h"
#include "ingest/logs/log_format.h"

namespace mainstay {

/// Shape: `understood` of `lines` first lines are the format's, and `queries` of them are queries; of a log of records only `records` says
///        why it is one, and its envelope is none.
struct LogRecognition {
  const LogFormat* format = nullptr;
  const Envelope* envelope = nullptr;
  std::size_t lines = 0;
  std::size_t understood = 0;
  std::size_t queries = 0;
  std::string records;

  /// "53 of the first 64 lines are BIND query log, 40 of them queries".
  std::string reason() const;
};

/// The format and the envelope that understand most of the first lines; nothing when none understands half of them and finds a query.
/// Among equals one that gives times is preferred, then the first one. With `only` no other format is tried, and no query has to be found.
std::optional<LogRecognition> recognise_log(std::string_view head, const LogFormat* only = nullptr);

/// The name of the format when a file's first octets look like a query log; how the walk of a tree tells logs from configuration.
std::optional<std::string_view> looks_like_query_log(std::string_view head);

}  // namespace mainstay
