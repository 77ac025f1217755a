#include "ingest/logs/live/live_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mainstay {
namespace {

constexpr std::size_t kLinesToSee = 8;    // before the log is taken for something
constexpr std::size_t kMostUnknown = 64;  // lines; as many as a log is recognised by

}  // namespace

LiveLog::LiveLog(std::string path, const CountSettings& settings)
    : file_(path), settings_(settings), counter_(settings_), part_{.account = {.file = std::move(path)}}, room_(LogReader::kChunk) {}

void LiveLog::say(DiagnosticSeverity severity, std::string message) {
  part_.problems.push_back({{.file = part_.account.file}, severity, std::move(message), ""});
}

bool LiveLog::take() {
  const std::size_t got = file_.read(room_);
  if (!file_.error().empty()) say(DiagnosticSeverity::error, file_.error());
  if (got == 0) return false;
  join(file_.joint());
  feed({room_.data(), got});
  count_up();
  return true;
}

/// Ends the line that was begun: at the end of a file it is a line, and where a file was cut off nobody knows what it would have become.
void LiveLog::join(Joint joint) {
  if (joint == Joint::none) return;
  skipping_ = false;
  const std::string begun = std::exchange(begun_, {});
  if (begun.empty()) return;
  if (joint == Joint::next_file) return take_line(begun);
  ++part_.account.not_understood;
  say(DiagnosticSeverity::warning, "the log was cut off inside a line, which is not counted");
}

void LiveLog::feed(std::string_view octets) {
  part_.account.octets += octets.size();
  while (!octets.empty()) {
    const std::size_t end = octets.find('\n');
    const std::string_view piece = octets.substr(0, end);
    octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 1);
    const bool is_whole = end != std::string_view::npos;
    if (skipping_) {
      skipping_ = !is_whole;
    } else if (begun_.size() + piece.size() > LogReader::kMaxLine) {
      ++part_.account.too_long;
      begun_ = {};
      skipping_ = !is_whole;
    } else if (!is_whole) {
      begun_ += piece;
    } else if (begun_.empty()) {
      take_line(piece);
    } else {
      begun_ += piece;
      take_line(begun_);
      begun_.clear();
    }
  }
}

void LiveLog::take_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (reading_) return counter_.count(line, *reading_);
  unknown_.emplace_back(line);
  unknown_octets_ += line.size() + 1;
  recognise(kLinesToSee);
  if (!reading_ && (unknown_.size() >= kMostUnknown || unknown_octets_ > LogReader::kMaxLine)) give_up((unknown_.size() + 1) / 2);
}

void LiveLog::recognise(std::size_t least) {
  if (reading_ || unknown_.empty() || unknown_.size() < least) return;
  std::string head;
  for (const std::string& line : unknown_) head += line + '\n';
  const std::optional<LogRecognition> found = recognise_log(head, settings_.format);
  if (!found || found->format->records != nullptr) return;  // what has no lines is not followed
  reading_.emplace(counter_.begin(*found, part_));
  for (const std::string& line : unknown_) counter_.count(line, *reading_);
  unknown_ = {};
}

/// What a server says before its first query is forgotten, the older half of it at a time; the log may still become one.
void LiveLog::give_up(std::size_t lines) {
  const auto end = unknown_.begin() + static_cast<std::ptrdiff_t>(lines);
  for (auto line = unknown_.begin(); line != end; ++line) unknown_octets_ -= line->size() + 1;
  unknown_.erase(unknown_.begin(), end);
  part_.account.not_understood += lines;
  if (!std::exchange(has_told_, true)) say(DiagnosticSeverity::warning, "the log is no query log that is known, so far");
}

void LiveLog::count_up() {
  LogAccount& account = part_.account;
  account.lines = account.queries + account.other + account.not_understood + account.too_long;
}

void LiveLog::settle() {
  recognise(1);
  count_up();
}

void LiveLog::finish() {
  if (file_.has_ended() && !begun_.empty()) take_line(std::exchange(begun_, {}));
  recognise(1);
  if (!reading_ && !unknown_.empty()) give_up(unknown_.size());
  if (reading_) counter_.finish(*reading_);
  count_up();
}

std::unique_ptr<RowSource> LiveLog::rows() {
  std::vector<std::unique_ptr<RowSource>> sources = counter_.rows();
  return std::make_unique<MergedRows>(std::move(sources));
}

}  // namespace mainstay
