// TransactionJoiner: lines about one question that are written one after the other become one question again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/logs/log_format.h"

namespace mainstay {

/// Remembers the questions of the last transactions and completes the lines that follow them.
/// Shape:  the two lowest bits of a transaction tell questions of one number apart (the types of one name); 3 stands for the latest one of
/// them that
///         has no answer yet.
/// Limits: 65,536 questions at a time; an older one in the same place is forgotten. Memory grows with the questions.
class TransactionJoiner {
 public:
  static constexpr std::uint64_t kAny = 3;

  /// Completes a line from its transaction and makes all but the first answer of a question a detail.
  /// False when the line needs a question that is not known.
  bool complete(LogLine& line);

 private:
  static constexpr std::size_t kFewest = 64;
  static constexpr std::size_t kMost = 65536;
  struct Question {
    std::uint64_t transaction = 0;  // 0: nothing here
    std::uint64_t age = 0;
    std::string client, name, type, server;
    bool is_answered = false;
  };
  Question& place_of(std::uint64_t transaction);
  Question& place_for(std::uint64_t transaction);
  Question* find(std::uint64_t transaction);

  std::vector<Question> open_;
  std::uint64_t clock_ = 0;
};

}  // namespace mainstay
