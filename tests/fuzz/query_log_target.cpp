#include <algorithm>

#include "graph/values/assert.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/tally.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
extern const LogFormat bind_query;
extern const LogFormat unbound_reply;

namespace {

bool is_inside(std::string_view part, std::string_view whole) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

/// What is read from a line lies in the line, and what is counted adds up.
template <const LogFormat& format>
void run(std::string_view bytes) {
  Tally tally(16);
  std::uint64_t queries = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    LogLine read;
    if (format.parse_line(line, read) != LineVerdict::query) continue;
    for (const std::string_view part : {read.server, read.client, read.name, read.type, read.rcode}) {
      MAINSTAY_ASSERT(is_inside(part, line), "a line's parts are views into the line");
    }
    queries += tally.add(read) ? 1 : 0;
  }
  tally.end_file();
  std::uint64_t counted = 0;
  for (const TallyRow& row : tally.rows()) counted += row.queries;
  MAINSTAY_ASSERT(counted <= queries, "no line counts twice");
  MAINSTAY_ASSERT(tally.size() <= 16, "the number of groups is bounded");
}

}  // namespace

extern const FuzzTarget fuzz_bind_query_log;
constinit const FuzzTarget fuzz_bind_query_log{.name = "bind-query-log", .samples = "logs/bind-query", .run = &run<bind_query>};

extern const FuzzTarget fuzz_unbound_reply_log;
constinit const FuzzTarget fuzz_unbound_reply_log{.name = "unbound-reply-log", .samples = "logs/unbound-reply", .run = &run<unbound_reply>};

}  // namespace mainstay
