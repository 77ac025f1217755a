#include "ingest/logs/partial.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

#include "ingest/logs/octet_codec.h"
#include "ingest/logs/partial_head.h"
#include "ingest/logs/row_codec.h"
#include "ingest/logs/row_file.h"

namespace mainstay {
namespace {

constexpr std::string_view kFirstLine = "mainstay-partial 1\n";
constexpr std::string_view kAnyVersion = "mainstay-partial ";
constexpr std::size_t kLargestHead = std::size_t{16} << 20;
constexpr std::size_t kChecksum = 4;

std::uint32_t checksum_of(std::uint32_t before, std::string_view octets) {
  return static_cast<std::uint32_t>(crc32_z(before, reinterpret_cast<const Bytef*>(octets.data()), octets.size()));
}

std::string octets_of(std::uint32_t number) {
  std::string octets;
  for (unsigned shift = 0; shift < 32; shift += 8) octets += static_cast<char>((number >> shift) & 0xff);
  return octets;
}

Error cut_off(const std::string& path) { return Error{path + " is cut off"}; }
Error damaged(const std::string& path, std::uint64_t position) { return Error{fmt::format("{} is damaged at octet {}", path, position)}; }

}  // namespace

std::string settings_of_count(std::int64_t window, std::string_view clients) {
  return fmt::format("{}{}\n{}", kWindowMark, window, clients);
}

Result<bool> PartialWriter::put(std::string_view octets) {
  checksum_ = checksum_of(checksum_, octets);
  return sink_(octets);
}

Result<bool> PartialWriter::begin() { return sink_(kFirstLine); }

Result<bool> PartialWriter::add(const PartialSection& section, RowSource& rows) {
  checksum_ = 0;
  ++sections_;
  std::string begin = "S";
  OctetWriter(begin).text(head_of(section));
  if (Result<bool> done = put(begin); !done) return done;
  if (Result<bool> done = write_rows(rows, [this](std::string_view octets) { return put(octets); }); !done) return done;
  if (Result<bool> done = put(std::string_view("\0", 1)); !done) return done;
  return sink_(octets_of(checksum_));
}

Result<bool> PartialWriter::end() {
  std::string octets = "E";
  OctetWriter(octets).number(sections_);
  return sink_(octets);
}

/// An open file, and reading of it by position.
struct Partials::File {
  std::string path;
  int descriptor = -1;
  std::uint64_t length = 0;

  File(std::string name, int opened, std::uint64_t octets) : path(std::move(name)), descriptor(opened), length(octets) {}
  ~File() { close(descriptor); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  /// Up to `most` octets at a position; fewer at the end.
  std::string at(std::uint64_t position, std::size_t most) const {
    std::string octets(static_cast<std::size_t>(std::min<std::uint64_t>(most, length - std::min(length, position))), '\0');
    std::size_t had = 0;
    while (had < octets.size()) {
      const ssize_t got = pread(descriptor, octets.data() + had, octets.size() - had, static_cast<off_t>(position + had));
      if (got <= 0) break;
      had += static_cast<std::size_t>(got);
    }
    octets.resize(had);
    return octets;
  }

  /// A number and how many octets it takes; nothing when there is none.
  std::optional<std::pair<std::uint64_t, std::size_t>> number_at(std::uint64_t position) const {
    constexpr std::size_t kLongest = 10;
    const std::string octets = at(position, kLongest);
    const auto last = std::ranges::find_if(octets, [](char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; });
    if (last == octets.end()) return std::nullopt;
    const auto size = static_cast<std::size_t>(last - octets.begin()) + 1;
    OctetReader in(std::string_view(octets).substr(0, size));
    const std::uint64_t value = in.number();
    if (!in.is_good()) return std::nullopt;
    return std::pair(value, size);
  }
};

struct Partials::Section {
  PartialSection head;
  std::shared_ptr<File> file;
  std::uint64_t rows_begin = 0;
  std::uint64_t rows_end = 0;
};

Partials::Partials() = default;
Partials::Partials(Partials&&) noexcept = default;
Partials& Partials::operator=(Partials&&) noexcept = default;
Partials::~Partials() = default;

namespace {

/// Walks over rows in blocks; finds where they end and checks their sum.
template <class File>
Result<std::uint64_t> end_of_rows(const File& file, std::uint64_t begin, std::uint32_t checksum) {
  constexpr std::size_t kBlock = std::size_t{1} << 16;
  std::uint64_t position = begin;
  while (true) {
    const auto size = file.number_at(position);
    if (!size) return position >= file.length ? cut_off(file.path) : damaged(file.path, position);
    if (size->first > kLargestRow) return damaged(file.path, position);
    const std::uint64_t end = position + size->second + size->first;
    if (end > file.length) return cut_off(file.path);
    for (std::uint64_t at = position; at < end;) {
      const std::string block = file.at(at, static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, end - at)));
      if (block.empty()) return cut_off(file.path);
      checksum = checksum_of(checksum, block);
      at += block.size();
    }
    position = end;
    if (size->first == 0) break;
  }
  const std::string written = file.at(position, kChecksum);
  if (written.size() < kChecksum) return cut_off(file.path);
  if (written != octets_of(checksum)) return damaged(file.path, position);
  return position;
}

}  // namespace

Result<bool> Partials::add_section(const std::shared_ptr<File>& file, std::uint64_t& position) {
  const auto size = file->number_at(position + 1);
  if (!size || size->first > kLargestHead) return damaged(file->path, position + 1);
  const std::uint64_t rows_begin = position + 1 + size->second + size->first;
  const std::string begin = file->at(position, static_cast<std::size_t>(rows_begin - position));
  if (begin.size() < rows_begin - position) return cut_off(file->path);
  std::optional<PartialSection> head = section_from(std::string_view(begin).substr(1 + size->second));
  if (!head) return damaged(file->path, position + 1);
  const Result<std::uint64_t> end = end_of_rows(*file, rows_begin, checksum_of(0, begin));
  if (!end) return Error{end.error()};
  Section section{*std::move(head), file, rows_begin, *end - 1};
  const std::unique_ptr<RowSource> rows = rows_of(section);
  for (ObservedRow row; rows->next(row);) {
  }
  if (!rows->error().empty()) return Error{fmt::format("{}: {}", file->path, rows->error())};
  position = *end + kChecksum;
  sections_.push_back(std::move(section));
  return true;
}

Result<bool> Partials::add_file(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{fmt::format("{} cannot be opened: {}", path, std::strerror(errno))};
  struct stat status {};
  const bool is_file = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const auto file = std::make_shared<File>(path, descriptor, is_file ? static_cast<std::uint64_t>(status.st_size) : 0);
  if (!is_file) return Error{path + " is no file"};
  const std::string first = file->at(0, kFirstLine.size());
  if (first != kFirstLine) {
    if (first.starts_with(kAnyVersion)) return Error{path + " is a partial file of another version"};
    return Error{path + " is no partial file"};
  }
  std::uint64_t sections = 0;
  std::uint64_t position = kFirstLine.size();
  for (; position < file->length; ++sections) {
    const char mark = file->at(position, 1).front();
    if (mark == 'E') {
      const auto count = file->number_at(position + 1);
      if (!count || count->first != sections || position + 1 + count->second != file->length) return damaged(path, position);
      return true;
    }
    if (mark != 'S') return damaged(path, position);
    if (Result<bool> done = add_section(file, position); !done) return done;
  }
  return cut_off(path);
}

Result<Partials> Partials::read(std::span<const std::string> files) {
  Partials all;
  for (const std::string& path : files) {
    if (const Result<bool> done = all.add_file(path); !done) return Error{done.error()};
  }
  std::vector<Section>& sections = all.sections_;
  for (const Section& one : sections) {
    if (one.head.settings != sections.front().head.settings)
      return Error{fmt::format("{} was counted with other windows or clients than {}", one.file->path, sections.front().file->path)};
  }
  // Of equal ids the one whose head is least is kept, so that it does not matter in which order they came.
  std::ranges::sort(sections, {}, [](const Section& one) { return std::pair(one.head.part.id, head_of(one.head)); });
  const auto same = [](const Section& left, const Section& right) { return left.head.part.id == right.head.part.id; };
  const auto rest = std::unique(sections.begin(), sections.end(), same);
  all.duplicates_ = static_cast<std::size_t>(sections.end() - rest);
  sections.erase(rest, sections.end());
  return all;
}

std::vector<LogPart> Partials::parts() const {
  std::vector<LogPart> parts;
  for (const Section& one : sections_) parts.push_back(one.head.part);
  std::ranges::sort(parts, {}, [](const LogPart& part) { return std::tie(part.account.file, part.id); });
  return parts;
}

std::int64_t Partials::window() const {
  std::int64_t window = 0;
  if (!sections_.empty()) {
    const std::string_view settings = std::string_view(sections_.front().head.settings).substr(kWindowMark.size());
    std::from_chars(settings.data(), settings.data() + settings.size(), window);
  }
  return window;
}

std::unique_ptr<RowSource> Partials::rows_of(const Section& section) const {
  return rows_of_file(section.file->descriptor, section.rows_begin, section.rows_end);
}

Result<bool> Partials::write(PartialWriter& writer) const {
  if (Result<bool> done = writer.begin(); !done) return done;
  for (const Section& section : sections_) {
    if (Result<bool> done = writer.add(section.head, *rows_of(section)); !done) return done;
  }
  return writer.end();
}

std::unique_ptr<RowSource> Partials::rows() const {
  std::vector<std::unique_ptr<RowSource>> sources;
  for (const Section& section : sections_) sources.push_back(rows_of(section));
  return std::make_unique<MergedRows>(std::move(sources));
}

}  // namespace mainstay
