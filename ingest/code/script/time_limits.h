// How long a lookup may take in a source of Python: limits whose clock runs while a name is looked up.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/code/script/known_script_calls.h"
#include "ingest/code/script/script_texts.h"
#include "ingest/source/unit.h"

namespace mainstay::script {

/// A timeout of requests, urllib and the clients of Amazon begins when there is an address, and is none.
/// Source: asyncio, "Timeouts"; aiohttp 3.9, ClientTimeout; HTTPX 0.27, "Timeouts"; dnspython 2.6, Resolver.resolve.
class TimeLimits {
 public:
  TimeLimits(const std::vector<Statement>& file, Texts& texts);

  /// Adds the smallest limit around a call to what it asks.
  void complete(const Unit& unit, const Site& site, const ScriptCall& row, Use& use);

 private:
  enum class Client : std::uint8_t { others, aiohttp, httpx };
  struct Limit {
    std::uint32_t milliseconds = 0;
    Location where;
  };

  void collect(const std::vector<Statement>& all);
  void enclose(const Expression& one, const Limit& limit);
  void enclose(const std::vector<Statement>& all, const Limit& limit);
  void find_client();
  std::optional<Limit> seconds(const Expression* one, ScopeId scope);
  std::optional<Limit> of_client(const Site& site);
  std::optional<Limit> of_lookup(const Site& site);
  std::optional<Limit> set(std::string_view member);

  Texts& texts_;
  std::map<const Expression*, Limit> around_;  // calls
  Client client_ = Client::others;             // of the file, when it has one kind
  const Site* made_ = nullptr;                 // where that is made
};

}  // namespace mainstay::script
