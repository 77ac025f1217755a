// Use facts from the names that calls are given: one decision, whatever language the calls are written in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/catalogue/identity.h"
#include "ingest/code/value.h"
#include "ingest/source/unit.h"

namespace mainstay::code {

/// A call, or a member that is set, that a name is given to.
struct NamingCall {
  std::string key;                    // what says so: "ldap_initialize", "jwksUri"
  bool takes_host = false;            // else a URL, or host and port
  std::optional<Role> role;           // when the call itself says what is asked
  std::optional<std::uint16_t> port;  // when the call has it in another argument
  Location where;
  std::string seen_by = {};  // what saw it, when a file is read in more than one way
};

/// A workload that a template says more of: what its code asks is its own.
struct RunsAs {
  std::string workload;
  std::optional<std::uint32_t> deadline = {};  // milliseconds in which a run of it ends
  Reasons deadline_reasons = {};
};

/// Collects what one file asks. The workload is added with the first use, unless it is known whose code the file is.
class NamedUses {
 public:
  explicit NamedUses(Unit& unit, std::optional<RunsAs> runs_as = {}) : unit_(unit), runs_as_(std::move(runs_as)) {}

  /// Adds a use for each identity endpoint that the value names, and counts what it names else. `complete` may say more of each.
  void add(const NamingCall& call, const Value& value, const std::function<void(Use&)>& complete = {});
  /// Adds what is known to be a use.
  void add(Use use) { uses_.push_back(std::move(use)); }
  /// A client of Amazon's asks the endpoint of its region, as its documentation says: "sts" in "eu-west-1".
  void add_of_region(const NamingCall& call, std::string_view service, const Text& region, std::string reason,
                     const std::function<void(Use&)>& complete = {});
  /// A client asks a host that its library knows.
  void add_fixed(const NamingCall& call, std::string_view host);
  /// A URL that is kept under a name of the source's own (ingest/code/kept_names.h), which no call that is known is seen to get. It counts
  /// where nothing else of the file asks that host; that it is asked at all is a reason of kind assumed.
  void add_kept(const NamingCall& call, const Value& value);
  /// Any URL of the source. It counts where the file signs in at another host of the same registrable domain: who asks it for a token asks
  /// it for the profile and the groups behind it.
  void add_beside(const Value& value);
  void add_unknown() { ++unknown_; }
  /// Adds the uses to the unit, with their workload, and a note with the number of names that are none.
  void finish(bool is_cut_off);

 private:
  std::optional<Role> role_of(const NamingCall& call, const Value& value, const KnownKey* key, const NamedEndpoint& endpoint) const;

  void give_to(const RunsAs& function);
  void add_what_is_kept();
  void add_what_is_beside();

  Unit& unit_;
  std::optional<RunsAs> runs_as_;
  std::vector<Use> uses_, kept_, beside_;
  std::size_t others_ = 0, unknown_ = 0;
};

}  // namespace mainstay::code
