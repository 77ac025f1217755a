// A server's own log, its dnstap and a capture of its network hold the same questions; what is observed in them is the same.
#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <tuple>

#include "ingest/logs/observe.h"
#include "tests/places.h"

namespace mainstay {
namespace {

using Key = std::tuple<std::string, std::string, std::string, std::string>;  // client, server, name, type

std::map<Key, Observation> observations_of(const std::string& sample) {
  const std::string path = std::string(source_dir()) + "/samples/logs/" + sample;
  std::map<Key, Observation> all;
  for (Fact& fact : observe_logs(std::vector<std::string>{path}, {}).facts) {
    Observation& seen = std::get<Observation>(fact);
    const Key key(seen.client, seen.server, seen.name.text(), seen.type);
    all.emplace(key, std::move(seen));
  }
  return all;
}

std::map<Key, std::uint64_t> queries_of(const std::map<Key, Observation>& all) {
  std::map<Key, std::uint64_t> queries;
  for (const auto& [key, seen] : all) queries[key] = seen.queries;
  return queries;
}

}  // namespace

TEST_CASE("logs: query log, dnstap and capture of the same questions give the same observations", "[ingest][logs][same]") {
  const auto log = observations_of("bind-query/09-matched/queries.log");
  const auto tap = observations_of("dnstap/01-bind-authoritative/bind.dnstap");
  const auto capture = observations_of("pcap/01-loopback/lo5377.pcap");
  CHECK(log.size() > 15);
  CHECK(queries_of(tap) == queries_of(log));
  CHECK(queries_of(capture) == queries_of(log));
  for (const auto& [key, seen] : tap) {
    INFO(std::get<2>(key) << " " << std::get<3>(key));
    const Observation& wire = capture.at(key);
    if (std::get<3>(key) == "AXFR") {  // named writes no answer of a transfer to dnstap
      CHECK(seen.rcodes.empty());
      continue;
    }
    CHECK(wire.rcodes == seen.rcodes);
    CHECK(wire.answers == seen.answers);
    CHECK(wire.ttl == seen.ttl);
    // What the server logs of failures is what it answered.
    for (const auto& [code, count] : log.at(key).rcodes) CHECK(seen.rcodes.at(code) == count);
    // A server is done before its answer is on the wire, and the question was there before it got it.
    if (!seen.latency.empty() && !wire.latency.empty()) CHECK(seen.latency.at("max") <= wire.latency.at("max") + 4000);
  }
}

}  // namespace mainstay
