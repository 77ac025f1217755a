#include "ingest/logs/sqlite_file.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <utility>

namespace mainstay {
namespace {

constexpr int kOpen = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
constexpr int kOperationsInStep = 1000000;

/// "file:///var/lib/ftl.db?immutable=1": nothing locks, nothing looks for a journal.
std::string uri_of(const std::string& path) {
  std::string uri = "file://";
  for (const char c : std::filesystem::absolute(path).string()) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
    uri += is_plain ? std::string(1, c) : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  }
  return uri + "?immutable=1";
}

void set_limits(sqlite3* database) {
  struct Limit {
    int what;
    int most;
  };
  constexpr Limit kLimits[] = {{SQLITE_LIMIT_LENGTH, 1 << 20},        {SQLITE_LIMIT_SQL_LENGTH, 65536},  {SQLITE_LIMIT_COLUMN, 100},
                               {SQLITE_LIMIT_EXPR_DEPTH, 20},         {SQLITE_LIMIT_COMPOUND_SELECT, 2}, {SQLITE_LIMIT_VDBE_OP, 25000},
                               {SQLITE_LIMIT_FUNCTION_ARG, 8},        {SQLITE_LIMIT_ATTACHED, 0},        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
                               {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50}};
  for (const Limit& limit : kLimits) sqlite3_limit(database, limit.what, limit.most);
  struct Switch {
    int what;
    int value;
  };
  constexpr Switch kSwitches[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                  {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                  {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                  {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}};
  for (const Switch& one : kSwitches) sqlite3_db_config(database, one.what, one.value, nullptr);
}

/// Called by the library behind each step; anything but 0 stops the statement.
int is_used_up(void* steps_left) {
  auto& left = *static_cast<std::uint64_t*>(steps_left);
  if (left == 0) return 1;
  --left;
  return 0;
}

}  // namespace

void SqliteFile::Close::operator()(sqlite3* database) const { sqlite3_close(database); }
void SqliteFile::Rows::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<SqliteFile> SqliteFile::prepared(sqlite3* database, int state, std::uint64_t octets) {
  constexpr std::uint64_t kLeastSteps = 100, kOctetsForStep = 65536;
  SqliteFile file;
  file.database_.reset(database);
  if (state != SQLITE_OK || database == nullptr) return Error{fmt::format("the database cannot be opened: {}", sqlite3_errstr(state))};
  file.steps_left_ = std::make_unique<std::uint64_t>(kLeastSteps + octets / kOctetsForStep);
  set_limits(database);
  sqlite3_progress_handler(database, kOperationsInStep, &is_used_up, file.steps_left_.get());
  sqlite3_exec(database, "PRAGMA cell_size_check=ON", nullptr, nullptr, nullptr);
  return file;
}

Result<SqliteFile> SqliteFile::open(const std::string& path, std::uint64_t octets) {
  sqlite3* database = nullptr;
  const int state = sqlite3_open_v2(uri_of(path).c_str(), &database, kOpen | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  return prepared(database, state, octets);
}

Result<SqliteFile> SqliteFile::open_octets(std::string& octets) {
  constexpr std::size_t kWriteVersion = 18, kReadVersion = 19;  // 2 for a journal beside the file
  sqlite3* database = nullptr;
  int state = sqlite3_open_v2(":memory:", &database, kOpen | SQLITE_OPEN_READWRITE, nullptr);
  if (state == SQLITE_OK && octets.size() > kReadVersion) {
    octets[kWriteVersion] = octets[kReadVersion] = 1;
    const auto size = static_cast<sqlite3_int64>(octets.size());
    state = sqlite3_deserialize(database, "main", reinterpret_cast<unsigned char*>(octets.data()), size, size, SQLITE_DESERIALIZE_READONLY);
  }
  return prepared(database, state, octets.size());
}

bool SqliteFile::has_table(std::string_view name) const {
  Result<Rows> rows = select(fmt::format("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '{}'", name));
  return rows && rows->next();
}

bool SqliteFile::has_column(std::string_view table, std::string_view column) const {
  Result<Rows> rows = select(fmt::format("PRAGMA table_info({})", table));
  while (rows && rows->next()) {
    if (rows->text(1) == column) return true;
  }
  return false;
}

Result<SqliteFile::Rows> SqliteFile::select(const std::string& statement) const {
  sqlite3_stmt* made = nullptr;
  const int state = sqlite3_prepare_v2(database_.get(), statement.c_str(), static_cast<int>(statement.size()), &made, nullptr);
  Rows rows;
  rows.statement_.reset(made);
  if (state != SQLITE_OK) return Error{sqlite3_errmsg(database_.get())};
  return rows;
}

bool SqliteFile::Rows::next() {
  const int state = sqlite3_step(statement_.get());
  if (state == SQLITE_ROW) return true;
  if (state == SQLITE_INTERRUPT)
    error_ = "reading the database takes longer than one of its size can";
  else if (state != SQLITE_DONE)
    error_ = sqlite3_errmsg(sqlite3_db_handle(statement_.get()));
  return false;
}

bool SqliteFile::Rows::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
std::int64_t SqliteFile::Rows::whole(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double SqliteFile::Rows::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string_view SqliteFile::Rows::text(int column) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_TEXT) return {};
  const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

}  // namespace mainstay
