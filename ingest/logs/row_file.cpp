#include "ingest/logs/row_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include "ingest/logs/octet_codec.h"
#include "ingest/logs/row_codec.h"

namespace mainstay {
namespace {

class FileRows : public RowSource {
 public:
  FileRows(int descriptor, std::uint64_t begin, std::uint64_t end) : descriptor_(descriptor), position_(begin), end_(end) {}

  bool next(ObservedRow& row) override {
    if (!error_.empty() || (used_ == buffer_.size() && position_ >= end_)) return false;
    const std::size_t size = take_size();
    if (!error_.empty() || size > kLargestRow || !need(size)) return fail("the rows are cut off");
    std::optional<ObservedRow> read = row_from(std::string_view(buffer_).substr(used_, size));
    used_ += size;
    if (!read) return fail("a row is damaged");
    if (is_started_ && read->key() <= before_.key()) return fail("the rows are out of order");
    before_ = *read;
    is_started_ = true;
    row = *std::move(read);
    return true;
  }
  std::string error() const override { return error_; }

 private:
  bool fail(std::string why) {
    if (error_.empty()) error_ = std::move(why);
    return false;
  }

  /// Makes at least `size` octets readable at used_.
  bool need(std::size_t size) {
    if (buffer_.size() - used_ >= size) return true;
    constexpr std::size_t kBlock = std::size_t{64} << 10;
    buffer_.erase(0, used_);
    used_ = 0;
    while (buffer_.size() < size && position_ < end_) {
      const std::size_t had = buffer_.size();
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(std::max(size - had, kBlock), end_ - position_));
      buffer_.resize(had + wanted);
      const ssize_t got = pread(descriptor_, buffer_.data() + had, wanted, static_cast<off_t>(position_));
      buffer_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      if (got <= 0) return false;
      position_ += static_cast<std::uint64_t>(got);
    }
    return buffer_.size() >= size;
  }

  std::size_t take_size() {
    std::size_t digits = 1;
    while (need(digits) && digits < 10 && (static_cast<unsigned char>(buffer_[used_ + digits - 1]) & 0x80) != 0) ++digits;
    if (buffer_.size() - used_ < digits) {
      fail("the rows are cut off");
      return 0;
    }
    OctetReader in(std::string_view(buffer_).substr(used_, digits));
    const std::uint64_t size = in.number(kLargestRow);
    used_ += digits;
    if (!in.is_good()) fail("a row is too large");
    return static_cast<std::size_t>(size);
  }

  int descriptor_;
  std::uint64_t position_;
  std::uint64_t end_;
  std::string buffer_;
  std::size_t used_ = 0;
  ObservedRow before_;
  bool is_started_ = false;
  std::string error_;
};

}  // namespace

std::unique_ptr<RowSource> rows_of_file(int descriptor, std::uint64_t begin, std::uint64_t end) {
  return std::make_unique<FileRows>(descriptor, begin, end);
}

Result<std::unique_ptr<RowFile>> RowFile::make() {
  std::error_code failure;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(failure);
  std::string pattern = ((failure ? std::filesystem::path("/tmp") : folder) / "mainstay-rows-XXXXXX").string();
  const int descriptor = mkostemp(pattern.data(), 0);
  if (descriptor < 0) return Error{fmt::format("no temporary file can be made: {}", std::strerror(errno))};
  unlink(pattern.c_str());
  return std::unique_ptr<RowFile>(new RowFile(descriptor));
}

RowFile::~RowFile() { close(descriptor_); }

Result<bool> RowFile::write(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t done = ::write(descriptor_, octets.data(), octets.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return Error{fmt::format("the temporary file cannot be written: {}", std::strerror(errno))};
    octets.remove_prefix(static_cast<std::size_t>(done));
    size_ += static_cast<std::uint64_t>(done);
  }
  return true;
}

Result<bool> RowFile::add(RowSource& rows) {
  Result<bool> written = write_rows(rows, [this](std::string_view octets) { return write(octets); });
  if (written) ends_.push_back(size_);
  return written;
}

std::vector<std::unique_ptr<RowSource>> RowFile::runs() const {
  std::vector<std::unique_ptr<RowSource>> sources;
  std::uint64_t begin = 0;
  for (const std::uint64_t end : ends_) sources.push_back(rows_of_file(descriptor_, std::exchange(begin, end), end));
  return sources;
}

Result<bool> write_rows(RowSource& rows, const std::function<Result<bool>(std::string_view)>& sink) {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  std::string block;
  std::string octets;
  for (; rows.next_octets(octets); octets.clear()) {
    OctetWriter(block).text(octets);
    if (block.size() < kBlock) continue;
    if (Result<bool> written = sink(block); !written) return written;
    block.clear();
  }
  if (!rows.error().empty()) return Error{rows.error()};
  return sink(block);
}

}  // namespace mainstay
