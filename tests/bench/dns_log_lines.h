// How each text format of query logs writes one question.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mainstay {

inline constexpr std::int64_t kFirstSecond = 1795737600;  // 2026-11-27, midnight

struct Question {
  std::uint64_t number;       // of the question
  std::int64_t milliseconds;  // since kFirstSecond
  std::string client;
  std::string name;
  std::string_view type;
  std::string_view rcode;
  unsigned microseconds;
  unsigned port;
};

/// Writes the lines of one question, with their ends.
struct LogWriter {
  std::string_view format;  // as `mainstay formats` has it
  std::string (*write)(const Question& one);
};

std::span<const LogWriter> log_writers();

}  // namespace mainstay
