// Pi-hole's database of queries, pihole-FTL.db: of FTL 4 and 5 with its texts in one table, and of later ones with numbers for them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>

#include "ingest/logs/dns_codes.h"
#include "ingest/logs/record_format.h"
#include "ingest/logs/sqlite_file.h"

namespace mainstay {
extern const LogFormat pihole_ftl;

namespace {

/// A database that is no plain file (compressed, or from a pipe) is read into memory.
constexpr std::size_t kMostOctets = std::size_t{256} << 20;

/// A row is longer than this, so that a file of a size has room for so many of them.
constexpr std::uint64_t kShortestRow = 8;

enum Column : int { kTime, kType, kReply, kReplyTime, kName, kOwnName, kClient, kOwnClient };

/// The tables and columns differ from version to version: what is not there is NULL.
std::optional<std::string> statement_for(const SqliteFile& database) {
  const bool is_split = database.has_table("query_storage");
  if (!is_split && !database.has_table("queries")) return std::nullopt;
  const std::string table = is_split ? "query_storage" : "queries";
  const auto column = [&](std::string_view name) { return database.has_column(table, name) ? fmt::format("q.{}", name) : "NULL"; };
  std::string statement =
      fmt::format("SELECT {}, {}, {}, {}", column("timestamp"), column("type"), column("reply_type"), column("reply_time"));
  std::string joins;
  const auto add_text = [&](std::string_view name, std::string_view list, std::string_view text) {
    const bool is_listed = is_split && database.has_table(list);
    statement += is_listed ? fmt::format(", {}.{}, {}", list, text, column(name)) : fmt::format(", NULL, {}", column(name));
    if (is_listed) joins += fmt::format(" LEFT JOIN {0} ON {0}.id = {1}", list, column(name));
  };
  add_text("domain", "domain_by_id", "domain");
  add_text("client", "client_by_id", "ip");
  return statement + " FROM " + table + " q" + joins;
}

/// A type as FTL numbers them; those that it has no number for are 100 and the number of the type itself.
std::string_view type_of(std::int64_t number, LineScratch& scratch) {
  constexpr std::string_view kTypes[] = {"",   "A",  "AAAA",  "ANY",    "SRV", "SOA", "PTR",  "TXT",  "NAPTR",
                                         "MX", "DS", "RRSIG", "DNSKEY", "NS",  "",    "SVCB", "HTTPS"};
  constexpr std::int64_t kOwnNumbers = 100;
  if (number > kOwnNumbers && number <= kOwnNumbers + 65535) return type_name(static_cast<std::uint64_t>(number - kOwnNumbers), scratch);
  return number > 0 && number < static_cast<std::int64_t>(std::size(kTypes)) ? kTypes[number] : std::string_view();
}

/// The response code behind a kind of reply; empty where there was no reply, or one that says nothing of its code.
std::string_view rcode_of(std::int64_t reply) {
  // NODATA, NXDOMAIN, CNAME, IP, DOMAIN, RRNAME, SERVFAIL, REFUSED, NOTIMP, OTHER, DNSSEC, NONE, BLOB.
  constexpr std::string_view kCodes[] = {"",         "NOERROR", "NXDOMAIN", "NOERROR", "NOERROR", "NOERROR", "NOERROR",
                                         "SERVFAIL", "REFUSED", "NOTIMP",   "",        "NOERROR", "",        "NOERROR"};
  return reply > 0 && reply < static_cast<std::int64_t>(std::size(kCodes)) ? kCodes[reply] : std::string_view();
}

std::int64_t microseconds(double seconds, double most) {
  if (!(seconds >= 0 && seconds <= most)) return -1;
  return std::llround(seconds * 1e6);
}

void read_row(const SqliteFile::Rows& row, RecordSink& sink) {
  constexpr double kLastSecond = 253402300799.0;
  constexpr double kLongestReply = 86400;
  LineScratch& scratch = sink.fresh();
  LogLine line{.step = LineStep::answered};
  line.name = row.is_null(kName) ? row.text(kOwnName) : row.text(kName);
  line.client = row.is_null(kClient) ? row.text(kOwnClient) : row.text(kClient);
  line.type = type_of(row.whole(kType), scratch);
  if (line.name.empty()) return sink.not_understood("the name is not in the table of names");
  if (line.type.empty() || line.name == "hidden") return sink.other();  // a type without a name; what Pi-hole was told to keep secret
  if (const std::int64_t time = microseconds(row.real(kTime), kLastSecond); time > 0) line.time = time;
  line.rcode = rcode_of(row.whole(kReply));
  if (!line.rcode.empty() && !row.is_null(kReplyTime)) line.latency = microseconds(row.real(kReplyTime), kLongestReply);
  sink.query(line);
}

void read_rows(const SqliteFile& database, std::uint64_t octets, RecordSink& sink) {
  constexpr std::string_view kUsed = "what was read before is used";
  const auto stop = [&](const std::string& why) {
    sink.say(DiagnosticSeverity::error, "reading stopped early: " + why, std::string(kUsed));
  };
  const std::optional<std::string> statement = statement_for(database);
  if (!statement) return stop("the database has no table of Pi-hole's queries");
  Result<SqliteFile::Rows> rows = database.select(*statement);
  if (!rows) return stop(rows.error());
  for (std::uint64_t number = 0; rows->next(); ++number) {
    if (number > octets / kShortestRow) return stop("the database has more rows than a file of its size has room for");
    read_row(*rows, sink);
  }
  if (!rows->error().empty()) stop(rows->error());
}

/// All that lies ahead; nothing when it is too much.
std::optional<std::string> all_of(OctetWindow& octets) {
  std::string all;
  for (std::string_view some = octets.peek(1); !some.empty(); some = octets.peek(1)) {
    if (all.size() + some.size() > kMostOctets) return std::nullopt;
    all += some;
    octets.skip(some.size());
  }
  return all;
}

void read(const RecordFile& file, RecordSink& sink) {
  const auto refuse = [&](const std::string& why, const char* hint) { sink.say(DiagnosticSeverity::error, why, hint); };
  if (open_bytes_at(file.path, 0)) {
    while (file.octets.skip(OctetWindow::kMost)) {
    }
    std::error_code failure;
    const std::string journal = file.path + "-wal";
    if (std::filesystem::is_regular_file(journal, failure) && std::filesystem::file_size(journal, failure) > 0)
      sink.say(DiagnosticSeverity::note, "the latest queries may stand in " + journal + ", which is not read",
               "stop pihole-FTL, or copy with .backup");
    const Result<SqliteFile> database = SqliteFile::open(file.path, file.octets.position());
    if (!database) return refuse(database.error(), "");
    return read_rows(*database, file.octets.position(), sink);
  }
  std::optional<std::string> all = all_of(file.octets);
  if (!all) return refuse("a database that is compressed or comes through a pipe may have 256 MiB", "unpack it into a file");
  const Result<SqliteFile> database = SqliteFile::open_octets(*all);
  if (!database) return refuse(database.error(), "");
  read_rows(*database, all->size(), sink);
}

std::string recognise(std::string_view head) {
  if (!head.starts_with(kSqliteMagic)) return {};
  for (const std::string_view table : {"CREATE TABLE query_storage", "CREATE TABLE queries", "domain_by_id"}) {
    if (head.find(table) != std::string_view::npos) return fmt::format("the file is a database of SQLite that speaks of \"{}\"", table);
  }
  return {};
}

constexpr RecordFormat kRecords{.recognise = &recognise, .read = &read};

}  // namespace

constinit const LogFormat pihole_ftl{.name = "pihole-ftl",
                                     .title = "Pi-hole database of queries",
                                     .reference = "docs.pi-hole.net, \"Query database\"",
                                     .parse_line = nullptr,
                                     .records = &kRecords};

}  // namespace mainstay
