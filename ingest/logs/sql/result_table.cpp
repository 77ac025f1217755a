#include "ingest/logs/sql/result_table.h"

#include <algorithm>
#include <span>
#include <utility>

#include "ingest/logs/json_line.h"

namespace mainstay {
namespace {

constexpr std::size_t kBlock = std::size_t{256} << 10;
constexpr std::size_t kHead = std::size_t{64} << 10;
constexpr int kEnd = -1;

bool is_equal_name(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(left, right, {}, lower, lower);
}

void settle_null(std::string& value) {
  if (value == "\\N" || value == "NULL" || value == "null") value.clear();
}

}  // namespace

ResultTable::ResultTable(std::unique_ptr<ByteSource> source, std::vector<std::string_view> columns)
    : source_(std::move(source)), columns_(std::move(columns)), present_(columns_.size()) {}

ResultTable::~ResultTable() = default;

int ResultTable::take() {
  if (at_ == buffer_.size()) {
    buffer_.resize(kBlock);
    buffer_.resize(source_->read(std::span(buffer_)));
    at_ = 0;
    octets_ += buffer_.size();
    if (head_.size() < kHead) head_ += buffer_.substr(0, kHead - head_.size());
    if (buffer_.empty()) return kEnd;
  }
  return static_cast<unsigned char>(buffer_[at_++]);
}

std::size_t ResultTable::column_of(std::string_view name) const {
  const auto found = std::ranges::find_if(columns_, [&](std::string_view one) { return is_equal_name(one, name); });
  return static_cast<std::size_t>(found - columns_.begin());
}

/// One record of RFC 4180; false at the end. A record that is too long comes without fields.
bool ResultTable::take_record(std::vector<std::string>& fields) {
  fields.clear();
  std::string field;
  std::size_t size = 0;
  bool is_quoted = false, was_quoted = false, has_any = false;
  for (int c = take();; c = take()) {
    if (c == kEnd && !has_any) return false;
    has_any = true;
    if (is_quoted && c != kEnd) {
      if (c == '"') {
        is_quoted = false;
      } else if (++size <= kLongestRow) {
        field += static_cast<char>(c);
      }
      continue;
    }
    if (c == '"') {
      if (was_quoted) field += '"';  // two of them are one
      is_quoted = was_quoted = true;
      continue;
    }
    if (c == ',' || c == '\n' || c == kEnd) {
      if (!was_quoted) settle_null(field);
      fields.push_back(std::exchange(field, {}));
      was_quoted = false;
      if (c == ',') continue;
      if (size > kLongestRow) fields.clear();
      return true;
    }
    if (c != '\r' && ++size <= kLongestRow) field += static_cast<char>(c);
  }
}

bool ResultTable::next_of_csv(std::vector<std::string>& values) {
  std::vector<std::string> fields;
  while (take_record(fields)) {
    if (fields.size() == 1 && fields[0].empty()) continue;
    if (places_.empty()) {
      for (const std::string& name : fields) {
        places_.push_back(column_of(name));
        if (places_.back() < columns_.size()) present_[places_.back()] = true;
      }
      continue;
    }
    if (fields.size() != places_.size()) {
      ++bad_;
      continue;
    }
    values.assign(columns_.size(), {});
    for (std::size_t at = 0; at < fields.size(); ++at) {
      if (places_[at] < columns_.size()) values[places_[at]] = std::move(fields[at]);
    }
    return true;
  }
  return false;
}

/// The next object that stands in no other one, whatever lists and commas stand around it; false at the end.
bool ResultTable::take_object(std::string& object) {
  object.clear();
  std::size_t depth = 0;
  bool is_text = false, is_escaped = false, is_too_long = false;
  for (int c = take(); c != kEnd; c = take()) {
    if (depth == 0 && c != '{') continue;
    if (object.size() < kLongestRow) {
      object += c == '\n' || c == '\r' ? ' ' : static_cast<char>(c);
    } else {
      is_too_long = true;
    }
    if (is_text) {
      is_text = is_escaped || c != '"';
      is_escaped = !is_escaped && c == '\\';
    } else if (c == '"') {
      is_text = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      if (!is_too_long) return true;
      ++bad_;
      object.clear();
      is_too_long = false;
    }
  }
  bad_ += depth > 0 ? 1 : 0;
  return false;
}

bool ResultTable::next_of_json(std::vector<std::string>& values) {
  for (std::string object; take_object(object);) {
    scratch_.clear();
    values.assign(columns_.size(), {});
    JsonWalk walk(object);
    std::string_view key;
    for (JsonValue value; walk.next(key, value);) {
      const std::size_t column = column_of(key);
      if (column == columns_.size()) continue;
      present_[column] = true;
      values[column] = value.text(scratch_);
    }
    if (walk.is_good()) return true;
    ++bad_;
  }
  return false;
}

bool ResultTable::next(std::vector<std::string>& values) {
  if (!std::exchange(is_begun_, true)) {
    const int first = take();
    is_json_ = first == '{' || first == '[';
    if (first != kEnd) --at_;
    if (buffer_.starts_with("\xef\xbb\xbf")) at_ = 3;  // the mark of UTF-8 that some engines write
  }
  return is_json_ ? next_of_json(values) : next_of_csv(values);
}

}  // namespace mainstay
