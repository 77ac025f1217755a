// SqliteFile: a database of SQLite that somebody else wrote, read without being trusted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "graph/values/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace mainstay {

/// What the first octets of every such file are.
inline constexpr std::string_view kSqliteMagic("SQLite format 3\0", 16);

/// An open database. Nothing is written, no journal is looked at, and views and triggers of the file are never run.
/// Limits: texts of 1 MiB; 16 operations of SQLite's machine for each octet of the file beside 100 million, for all statements together.
class SqliteFile {
 public:
  /// Opens a file of that size, as it is on the disk now.
  static Result<SqliteFile> open(const std::string& path, std::uint64_t octets);
  /// Opens octets, which must live as long as this; they are changed where they speak of a journal.
  static Result<SqliteFile> open_octets(std::string& octets);

  bool has_table(std::string_view name) const;
  /// Whether a table has a column; of a table that is not there, none.
  bool has_column(std::string_view table, std::string_view column) const;

  /// The rows of one statement.
  class Rows {
   public:
    /// False at the end and at an error.
    bool next();
    bool is_null(int column) const;
    std::int64_t whole(int column) const;
    double real(int column) const;
    /// The text of a column that holds one; empty for what does not. It lives until the next row.
    std::string_view text(int column) const;
    /// Why the rows ended early; empty at a true end.
    const std::string& error() const { return error_; }

   private:
    friend class SqliteFile;
    struct Close {
      void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Close> statement_;
    std::string error_;
  };
  /// Errors: a statement that the database refuses.
  Result<Rows> select(const std::string& statement) const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  static Result<SqliteFile> prepared(sqlite3* database, int state, std::uint64_t octets);

  std::unique_ptr<sqlite3, Close> database_;
  std::unique_ptr<std::uint64_t> steps_left_;  // in millions of operations
};

}  // namespace mainstay
