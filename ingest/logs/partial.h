// Partial files: what was counted in some logs, to be merged with what was counted in others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/result.h"
#include "ingest/logs/log_part.h"
#include "ingest/logs/row_source.h"

namespace mainstay {

/// One log in a partial file.
/// Shape: `settings` says how it was counted; only equal ones can be merged.
struct PartialSection {
  LogPart part;
  std::string settings;
};

/// How every text of settings begins.
inline constexpr std::string_view kWindowMark = "window ";

/// The text that is equal for counts that can be merged.
std::string settings_of_count(std::int64_t window, std::string_view clients);

/// Writes a partial file: what it begins with, its sections, what it ends with.
/// Shape: "mainstay-partial 1\n"; sections, sorted by id: 'S', a head (id, settings, account, problems), rows behind their sizes with a
///        0 behind them, and the CRC-32 of all that; 'E' and how many sections there were. Equal sections have equal octets.
class PartialWriter {
 public:
  using Sink = std::function<Result<bool>(std::string_view octets)>;
  explicit PartialWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<bool> begin();
  Result<bool> add(const PartialSection& section, RowSource& rows);
  Result<bool> end();

 private:
  Result<bool> put(std::string_view octets);

  Sink sink_;
  std::uint32_t checksum_ = 0;
  std::uint64_t sections_ = 0;
};

/// Partial files that were read and found whole.
/// Shape: each section once, by its id, sorted by it.
class Partials {
 public:
  /// Errors: a file that cannot be opened, is no partial file, is of a later version, is cut off, damaged or says what cannot be; counts
  ///         that were made with different settings.
  static Result<Partials> read(std::span<const std::string> files);
  Partials(Partials&&) noexcept;
  Partials& operator=(Partials&&) noexcept;
  ~Partials();

  std::vector<LogPart> parts() const;
  /// How many sections were there before.
  std::size_t duplicates() const { return duplicates_; }
  std::int64_t window() const;
  /// Writes all of them into one.
  Result<bool> write(PartialWriter& writer) const;
  /// Every row once, in the order of their keys; they live as long as this.
  std::unique_ptr<RowSource> rows() const;

 private:
  struct File;
  struct Section;
  Partials();
  Result<bool> add_file(const std::string& path);
  Result<bool> add_section(const std::shared_ptr<File>& file, std::uint64_t& position);
  std::unique_ptr<RowSource> rows_of(const Section& section) const;

  std::vector<Section> sections_;
  std::size_t duplicates_ = 0;
};

}  // namespace mainstay
