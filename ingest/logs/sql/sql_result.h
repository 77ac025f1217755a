// What a database counted, as rows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/logs/byte_source.h"
#include "ingest/logs/log_counter.h"
#include "ingest/logs/log_part.h"
#include "ingest/logs/sql/row_sorter.h"
#include "ingest/logs/sql/sql_source.h"

namespace mainstay {

/// Reads the result of sql_query() and adds it to `rows`, as if the lines had been read here.
/// Shape:  columns server, client, name, type, rcode, asked, answered; and where there are any, minute, first_us, last_us (whole numbers
///         since 1970), latency_us, fastest_us, slowest_us. Their order does not matter. `part.account.lines` are the queries and replies
///         that were counted, and what is not understood are rows of the result.
/// Errors: in the problems of the part: a column is missing, a row has what cannot be, the source ended early, no room on the disk.
LogPart read_sql_result(std::unique_ptr<ByteSource> result, const std::string& title, const SqlSource& source,
                        const CountSettings& settings, RowSorter& rows);

}  // namespace mainstay
