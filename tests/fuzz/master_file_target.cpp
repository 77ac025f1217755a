#include <string>
#include <vector>

#include "graph/values/assert.h"
#include "ingest/syntax/master_file.h"
#include "ingest/syntax/master_file_entry.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

struct Read {
  std::vector<std::string> records;
  std::size_t problems = 0;
};

Read read_all(std::string_view bytes) {
  Read read;
  const auto check = [&](Location where) {
    MAINSTAY_ASSERT(where.begin <= where.end && where.end <= bytes.size(), "a location lies inside its source");
  };
  const MasterFileEvents events{.record =
                                    [&](MasterRecord&& record) {
                                      check(record.owner_at);
                                      check(record.type_at);
                                      check(record.data_at);
                                      const std::string ttl = record.ttl ? std::to_string(record.ttl->seconds()) + " " : "";
                                      if (read.records.size() < 1000)
                                        read.records.push_back(record.owner.text() + " " + ttl + record.type + " " + record.data);
                                    },
                                .problem =
                                    [&](DiagnosticSeverity, Location where, const std::string&, const std::string&) {
                                      check(where);
                                      ++read.problems;
                                    },
                                .include =
                                    [&](std::string_view, Location) {
                                      return std::optional(MasterText{SourceId{1}, bytes});
                                    }};
  read_master_file({SourceId{}, bytes}, *DomainName::parse("corp.example"), events);
  return read;
}

/// Locations lie inside, and a record that was read and printed reads as itself again.
void run(std::string_view bytes) {
  if (bytes.size() > 65536) return;
  apex_of_soa(bytes);
  for (const std::string& line : read_all(bytes).records) {
    const std::size_t type = line.find(" TXT ");
    if (type != std::string::npos || line.find(" SPF ") != std::string::npos || line.find("O ") != std::string::npos || line.size() > 2000)
      continue;
    std::string problem;
    const std::optional<MasterRecord> again = read_master_line(line, problem);
    MAINSTAY_ASSERT(again.has_value(), "a printed record can be read");
    const std::string ttl = again->ttl ? std::to_string(again->ttl->seconds()) + " " : "";
    MAINSTAY_ASSERT(again->owner.text() + " " + ttl + again->type + " " + again->data == line, "a printed record reads as itself");
  }
}

}  // namespace

extern const FuzzTarget fuzz_master_file;
constinit const FuzzTarget fuzz_master_file{.name = "master-file-syntax", .samples = "ingest/master-file", .run = &run};

}  // namespace mainstay
