// Libraries that ask one server after the other: glibc, Go, c-ares. What they differ in is a plan; how a plan goes is the same for all.
#pragma once

#include <functional>
#include <string>

#include "analyzer/faults/clients/client_model.h"

namespace mainstay {

/// What a library does with a reply.
enum class Reaction : std::uint8_t {
  none,         // there is no reply
  accept,       // the answer, or the true denial of a name that does not exist
  deny,         // a denial, whether or not the name exists
  next_server,  // at once
  give_up       // an error, and no other server is asked
};

/// What a library does when one of the candidate names came to nothing.
/// `name_as_given` leaves out the rest of the search list.
enum class Then : std::uint8_t { next_name, name_as_given, stop };

/// What becomes of a reply that comes when its server is not waited for any more.
enum class LateReplies : std::uint8_t {
  lost,            // a new socket for each try
  of_same_server,  // taken when that server's turn comes again
  of_any_server    // taken at once
};

struct SequentialPlan {
  std::uint32_t attempts = 2;
  std::function<TimeRange(std::size_t server, std::uint32_t attempt)> wait;
  std::function<std::string(std::size_t server, std::uint32_t attempt)> wait_text;
  Reaction (*reaction)(ServerMode) = nullptr;
  Then (*then)(LookupOutcome outcome, ServerMode last_reply) = nullptr;
  LateReplies late_replies = LateReplies::lost;
  bool rotates = false;
  bool asks_apart = false;  // A and AAAA are lookups of their own, each with its own start in the list when it rotates
  bool one_by_one = false;  // and the second begins after the first
};

/// Cost: attempts x servers x names, times the number of servers when the plan rotates.
Failover ask_in_sequence(const SequentialPlan& plan, Servers servers, const std::vector<Candidate>& names);

/// The common reaction: SERVFAIL, REFUSED, NOTIMP and closed ports lead to the next server, denials are final.
Reaction usual_reaction(ServerMode mode);

/// "5 s" of whole or broken seconds.
std::string seconds_text(Milliseconds time);

}  // namespace mainstay
