// OpenQuestions: when questions were put that have no answer yet.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mainstay {

/// What tells one exchange of messages from all others. Views of 4 or 16 octets each.
struct ExchangeKey {
  std::string_view client;
  std::string_view server;
  std::uint16_t client_port = 0;
  std::uint16_t server_port = 0;
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  bool is_stream = false;
};

/// Finds the question of an answer.
/// Limits: 262,144 questions at a time, in 4 MiB; beyond that the oldest of its place is given up, as is a question that is put again.
class OpenQuestions {
 public:
  OpenQuestions() : places_(kFewestPlaces) {}

  /// A question was put. Units: microseconds.
  void ask(const ExchangeKey& key, std::int64_t time);
  /// When the question of an answer was put, which is closed by that; nothing when it is not known.
  std::optional<std::int64_t> answer(const ExchangeKey& key);
  /// Questions that were put and found no answer so far.
  std::uint64_t unanswered() const { return asked_ - answered_; }

 private:
  static constexpr std::size_t kFewestPlaces = 256;
  static constexpr std::size_t kMostPlaces = 65536;
  struct Question {
    std::uint64_t hash = 0;  // 0: nothing here
    std::int64_t time = 0;
  };
  using Place = std::array<Question, 4>;  // what one line of the processor's cache holds

  Place& place_of(std::uint64_t hash) { return places_[hash >> 32 & (places_.size() - 1)]; }
  void grow();

  std::vector<Place> places_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;
};

}  // namespace mainstay
