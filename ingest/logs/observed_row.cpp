#include "ingest/logs/observed_row.h"

#include <algorithm>
#include <utility>

namespace mainstay {
namespace {

bool is_less_by_hash(const std::string& left, const std::string& right) {
  return std::pair(ClientSketch::hash_of(left), std::string_view(left)) < std::pair(ClientSketch::hash_of(right), std::string_view(right));
}

std::int64_t earlier(std::int64_t left, std::int64_t right) {
  if (left == ObservedRow::kNoTime || right == ObservedRow::kNoTime) return std::max(left, right);
  return std::min(left, right);
}

std::uint32_t sum_of(std::uint32_t left, std::uint32_t right) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{left} + right, 0xffffffffu));
}

}  // namespace

void settle(std::vector<MinuteCount>& minutes) {
  std::sort(minutes.begin(), minutes.end());
  std::size_t kept = 0;
  for (std::size_t at = 0; at < minutes.size(); ++at) {
    if (kept > 0 && minutes[kept - 1].minute == minutes[at].minute) {
      minutes[kept - 1].asked = sum_of(minutes[kept - 1].asked, minutes[at].asked);
      minutes[kept - 1].answered = sum_of(minutes[kept - 1].answered, minutes[at].answered);
    } else {
      minutes[kept++] = minutes[at];
    }
  }
  minutes.resize(kept);
}

void AnswerSet::add(std::string_view text) {
  const auto at = std::lower_bound(texts_.begin(), texts_.end(), text);
  if (at != texts_.end() && *at == text) return;
  texts_.emplace(at, text);
  if (texts_.size() <= kMost) return;
  texts_.erase(std::max_element(texts_.begin(), texts_.end(), &is_less_by_hash));
  has_more_ = true;
}

void AnswerSet::merge(const AnswerSet& other) {
  for (const std::string& text : other.texts_) add(text);
  has_more_ = has_more_ || other.has_more_;
}

bool AnswerSet::restore(std::vector<std::string> texts, bool has_more, AnswerSet& out) {
  if (texts.size() > kMost || (has_more && texts.size() < kMost)) return false;
  if (std::adjacent_find(texts.begin(), texts.end(), std::greater_equal<>()) != texts.end()) return false;
  out.texts_ = std::move(texts);
  out.has_more_ = has_more;
  return true;
}

void merge(ObservedRow& into, const ObservedRow& other) {
  into.asked += other.asked;
  into.answered += other.answered;
  for (const auto& [code, count] : other.rcodes) into.rcodes[code] += count;
  into.latency.merge(other.latency);
  into.clients.merge(other.clients);
  into.answers.merge(other.answers);
  if (other.ttl_low >= 0) into.ttl_low = into.ttl_low < 0 ? other.ttl_low : std::min(into.ttl_low, other.ttl_low);
  into.ttl_high = std::max(into.ttl_high, other.ttl_high);
  into.first = earlier(into.first, other.first);
  into.last = std::max(into.last, other.last);
  into.minutes.insert(into.minutes.end(), other.minutes.begin(), other.minutes.end());
  settle(into.minutes);
}

}  // namespace mainstay
