// dns_log_generator FORMAT LINES [SEED]: writes a query log of that many questions to standard output, the same for the same seed.
// "formats" lists them. Names are drawn by Zipf's law from 200,000 beside 2 % that come once, from 5,000 clients, over a day.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/dns_log_lines.h"

namespace mainstay {
namespace {

constexpr std::size_t kNames = 200000;
constexpr std::size_t kClients = 5000;

/// Draws questions. The distributions of the standard library differ between its makers, so numbers are taken as they come.
class Questions {
 public:
  Questions(std::uint64_t seed, std::uint64_t lines) : random_(seed), step_(std::max<std::uint64_t>(1, 86400000 / lines)) {
    double sum = 0;
    for (std::size_t rank = 1; rank <= kNames; ++rank) {
      sum += 1.0 / static_cast<double>(rank);
      shares_.push_back(sum);
    }
  }

  Question next() {
    constexpr std::string_view kTypes[] = {"A", "A", "A", "A", "AAAA", "AAAA", "AAAA", "HTTPS", "TXT", "SRV"};
    constexpr std::string_view kCodes[] = {"NOERROR", "NOERROR", "NOERROR", "NOERROR", "NOERROR", "NOERROR", "NXDOMAIN", "SERVFAIL"};
    time_ += static_cast<std::int64_t>(random_() % (2 * step_));
    const std::uint64_t client = random_() % kClients;
    return {.number = number_++,
            .milliseconds = time_ % 86400000,
            .client = fmt::format("10.{}.{}.7", client / 250, client % 250),
            .name = name(),
            .type = kTypes[random_() % std::size(kTypes)],
            .rcode = kCodes[random_() % std::size(kCodes)],
            .microseconds = static_cast<unsigned>(random_() % 4000 + (random_() % 50 == 0 ? 2000000 : 0)),
            .port = static_cast<unsigned>(1024 + random_() % 60000)};
  }

 private:
  std::string name() {
    if (random_() % 50 == 0) return fmt::format("x{:x}.once.example.net", random_());
    const double at = static_cast<double>(random_() >> 11) / 9007199254740992.0 * shares_.back();
    const auto rank = static_cast<std::uint64_t>(std::ranges::lower_bound(shares_, at) - shares_.begin());
    constexpr std::string_view kHosts[] = {"login", "vault", "sso", "api", "www", "mail", "db", "cache"};
    constexpr std::string_view kPlaces[] = {"prod", "stage", "eu1", "us2", "corp"};
    return fmt::format("{}-{}.{}.z{:x}.example.net", kHosts[rank % 8], rank % 977, kPlaces[rank % 5], rank * 2654435761u % 65536);
  }

  std::mt19937_64 random_;
  std::uint64_t step_;
  std::uint64_t number_ = 0;
  std::int64_t time_ = 0;
  std::vector<double> shares_;
};

}  // namespace
}  // namespace mainstay

int main(int count, char** words) {
  using namespace mainstay;
  const std::span<const LogWriter> writers = log_writers();
  if (count == 2 && std::string_view(words[1]) == "formats") {
    for (const LogWriter& one : writers) fmt::print("{}\n", one.format);
    return 0;
  }
  const auto writer = count < 3 ? writers.end() : std::ranges::find(writers, std::string_view(words[1]), &LogWriter::format);
  const std::uint64_t lines = count < 3 ? 0 : std::strtoull(words[2], nullptr, 10);
  if (writer == writers.end() || lines == 0) {
    std::fputs("usage: dns_log_generator formats | FORMAT QUESTIONS [SEED]\n", stderr);
    return 2;
  }
  Questions questions(count > 3 ? std::strtoull(words[3], nullptr, 10) : 7, lines);
  for (std::uint64_t line = 0; line < lines; ++line) {
    const std::string text = writer->write(questions.next());
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) return 1;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
