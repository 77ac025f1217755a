// dns_log_generator FORMAT LINES [SEED]: writes a query log of that many questions to standard output, the same for the same seed.
// Names are drawn by Zipf's law from 200,000 beside 2 % that come once, from 5,000 clients, over a day.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kNames = 200000;
constexpr std::size_t kClients = 5000;
constexpr std::int64_t kStart = 1795737600;  // 2026-11-27, midnight

struct Question {
  std::int64_t milliseconds;  // since kStart
  std::string client;
  std::string name;
  std::string_view type;
  std::string_view rcode;
  unsigned microseconds;
  unsigned port;
};

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
    return {.milliseconds = time_ % 86400000,
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
  std::int64_t time_ = 0;
  std::vector<double> shares_;
};

std::string clock_of(const Question& one) {
  const std::int64_t seconds = one.milliseconds / 1000;
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string bind(const Question& one) {
  return fmt::format("27-Nov-2026 {}.{:03} client @0x7f3519c78098 {}#{} ({}): view _default2: query: {} IN {} +E(0)K (10.9.1.53)\n",
                     clock_of(one), one.milliseconds % 1000, one.client, one.port, one.name, one.name, one.type);
}

std::string unbound(const Question& one) {
  return fmt::format("[{}] unbound[812:0] info: {} {}. {} IN {} {}.{:06} 0 57\n", kStart + one.milliseconds / 1000, one.client, one.name,
                     one.type, one.rcode, one.microseconds / 1000000, one.microseconds % 1000000);
}

std::string coredns(const Question& one) {
  return fmt::format("2026-11-27T{}.{:03}Z stdout F [INFO] {}:{} - 29008 \"{} IN {}. udp 43 false 512\" {} qr,aa,rd,ra 84 {}.{:06}s\n",
                     clock_of(one), one.milliseconds % 1000, one.client, one.port, one.type, one.name, one.rcode,
                     one.microseconds / 1000000, one.microseconds % 1000000);
}

std::string route53(const Question& one) {
  return fmt::format(
      "{{\"version\":\"1.100000\",\"account_id\":\"111122223333\",\"region\":\"eu-central-1\",\"vpc_id\":\"vpc-1a2b3c4d\",\"query_"
      "timestamp\":"
      "\"2026-11-27T{}Z\",\"query_name\":\"{}.\",\"query_type\":\"{}\",\"query_class\":\"IN\",\"rcode\":\"{}\",\"answers\":[{{\"Rdata\":"
      "\"192.0.2."
      "20\",\"Type\":\"A\",\"Class\":\"IN\"}}],\"srcaddr\":\"{}\",\"srcport\":\"{}\",\"transport\":\"UDP\",\"srcids\":{{\"instance\":\"i-"
      "0d15cd0d3adcd0d3a\"}}}}\n",
      clock_of(one), one.name, one.type, one.rcode, one.client, one.port);
}

}  // namespace

int main(int count, char** words) {
  using Writer = std::string (*)(const Question&);
  const std::pair<std::string_view, Writer> writers[] = {
      {"bind-query", &bind}, {"unbound-reply", &unbound}, {"coredns-query", &coredns}, {"route53-resolver", &route53}};
  const auto* const writer =
      count < 3 ? std::end(writers) : std::ranges::find(writers, std::string_view(words[1]), [](const auto& one) { return one.first; });
  const std::uint64_t lines = count < 3 ? 0 : std::strtoull(words[2], nullptr, 10);
  if (writer == std::end(writers) || lines == 0) {
    std::fputs("usage: dns_log_generator bind-query|unbound-reply|coredns-query|route53-resolver LINES [SEED]\n", stderr);
    return 2;
  }
  Questions questions(count > 3 ? std::strtoull(words[3], nullptr, 10) : 7, lines);
  for (std::uint64_t line = 0; line < lines; ++line) {
    const std::string text = writer->second(questions.next());
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) return 1;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
