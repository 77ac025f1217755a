#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "ingest/logs/client_sketch.h"
#include "ingest/logs/latency_sketch.h"
#include "ingest/logs/observed_row.h"

namespace mainstay {

TEST_CASE("latency sketch: quantiles are at most 1 % off the exact ones", "[ingest][logs][sketch]") {
  std::mt19937_64 random(7);
  for (const double spread : {1.0, 3.0, 6.0}) {
    std::lognormal_distribution<double> draw(8, spread);
    std::vector<std::uint64_t> exact;
    LatencySketch sketch;
    for (int n = 0; n < 20000; ++n) {
      const auto value = static_cast<std::uint64_t>(std::min(draw(random), 1e15));
      exact.push_back(value);
      sketch.add(value);
    }
    std::ranges::sort(exact);
    CHECK(sketch.count() == exact.size());
    CHECK(sketch.smallest() == exact.front());
    CHECK(sketch.largest() == exact.back());
    for (const unsigned percent : {1u, 25u, 50u, 75u, 90u, 95u, 99u, 100u}) {
      const auto truth = static_cast<double>(exact[(exact.size() * percent + 99) / 100 - 1]);
      INFO(spread << " " << percent);
      CHECK(static_cast<double>(sketch.quantile(percent)) >= truth * 0.99 - 1);
      CHECK(static_cast<double>(sketch.quantile(percent)) <= truth * 1.01 + 1);
    }
  }
  LatencySketch ends;
  ends.add(0);
  ends.add(UINT64_MAX);
  CHECK(ends.quantile(50) == 0);
  CHECK(ends.quantile(100) >= UINT64_MAX / 128 * 127);
  CHECK(LatencySketch().quantile(50) == 0);
}

TEST_CASE("latency sketch: merging in any order and grouping gives the same sketch", "[ingest][logs][sketch]") {
  std::mt19937_64 random(11);
  LatencySketch whole;
  std::vector<LatencySketch> parts(9);
  for (int n = 0; n < 3000; ++n) {
    const std::uint64_t value = random() >> (random() % 60);
    whole.add(value);
    parts[random() % parts.size()].add(value);
  }
  for (int trial = 0; trial < 20; ++trial) {
    std::vector<LatencySketch> left = parts;
    while (left.size() > 1) {
      const std::size_t at = random() % (left.size() - 1);
      left[at].merge(left[at + 1]);
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(at) + 1);
      std::ranges::shuffle(left, random);
    }
    CHECK((left[0] == whole));
  }
}

TEST_CASE("client sketch: exact while there are few, and close to the truth beyond", "[ingest][logs][sketch]") {
  for (const std::size_t clients : {1u, 2u, 100u, 128u, 129u, 1000u, 20000u, 300000u}) {
    ClientSketch sketch;
    for (int again = 0; again < 2; ++again) {
      for (std::size_t n = 0; n < clients; ++n) sketch.add(ClientSketch::hash_of("10." + std::to_string(n)));
    }
    INFO(clients << " " << sketch.estimate());
    if (clients <= ClientSketch::kExact) CHECK(sketch.estimate() == clients);
    CHECK(sketch.is_exact() == (clients <= ClientSketch::kExact));
    // Four standard errors of 1.04 / 64.
    CHECK(static_cast<double>(sketch.estimate()) >= static_cast<double>(clients) * 0.935);
    CHECK(static_cast<double>(sketch.estimate()) <= static_cast<double>(clients) * 1.065);
  }
}

TEST_CASE("client sketch: it depends on the set of clients alone", "[ingest][logs][sketch]") {
  std::mt19937_64 random(13);
  for (const std::size_t clients : {40u, 127u, 130u, 500u}) {
    ClientSketch whole;
    std::vector<ClientSketch> parts(7);
    for (std::size_t n = 0; n < clients; ++n) {
      const std::uint64_t hash = ClientSketch::hash_of(std::to_string(n));
      whole.add(hash);
      for (int copy = 0; copy < 2; ++copy) parts[random() % parts.size()].add(hash);
    }
    for (int trial = 0; trial < 20; ++trial) {
      std::ranges::shuffle(parts, random);
      ClientSketch sum;
      for (const ClientSketch& part : parts) sum.merge(part);
      CHECK((sum == whole));
    }
    std::vector<std::uint64_t> many;
    for (std::size_t n = 0; n < clients; ++n) many.push_back(ClientSketch::hash_of(std::to_string(n)));
    ClientSketch at_once;
    at_once.add(many);
    CHECK((at_once == whole));
  }
}

TEST_CASE("sketches: what no sketch can be is refused", "[ingest][logs][sketch]") {
  LatencySketch latency;
  CHECK(LatencySketch::restore({{5, 1}, {200, 2}}, 5, 300, latency) == false);  // 300 lies in another step
  CHECK(LatencySketch::restore({{5, 1}, {5, 2}}, 5, 5, latency) == false);
  CHECK(LatencySketch::restore({{5, 0}}, 5, 5, latency) == false);
  CHECK(LatencySketch::restore({{LatencySketch::kSteps, 1}}, 5, 5, latency) == false);
  CHECK(LatencySketch::restore({{5, UINT64_MAX}, {6, 1}}, 5, 6, latency) == false);
  CHECK(LatencySketch::restore({{5, 1}}, 5, 5, latency));
  ClientSketch clients;
  CHECK(ClientSketch::restore({2, 1}, {}, clients) == false);
  CHECK(ClientSketch::restore({1}, std::vector<std::uint8_t>(ClientSketch::kRegisters), clients) == false);
  CHECK(ClientSketch::restore({}, std::vector<std::uint8_t>(7), clients) == false);
  CHECK(ClientSketch::restore({}, std::vector<std::uint8_t>(ClientSketch::kRegisters, 54), clients) == false);
  CHECK(ClientSketch::restore({}, std::vector<std::uint8_t>(ClientSketch::kRegisters, 53), clients));
}

TEST_CASE("answers: which are kept does not depend on the order in which they came", "[ingest][logs][sketch]") {
  std::mt19937_64 random(17);
  std::vector<std::string> texts;
  for (int n = 0; n < 60; ++n) texts.push_back("192.0.2." + std::to_string(n));
  AnswerSet first;
  for (const std::string& text : texts) first.add(text);
  CHECK(first.texts().size() == AnswerSet::kMost);
  CHECK(first.has_more());
  for (int trial = 0; trial < 20; ++trial) {
    std::ranges::shuffle(texts, random);
    std::vector<AnswerSet> parts(4);
    for (const std::string& text : texts) parts[random() % parts.size()].add(text);
    AnswerSet sum;
    for (const AnswerSet& part : parts) sum.merge(part);
    CHECK((sum == first));
  }
}

}  // namespace mainstay
