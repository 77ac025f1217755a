// TicketState: what was filed where, kept beside the scanned tree, so that nothing is filed twice and only what is known is closed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/result.h"
#include "render/tickets/ticket.h"

namespace mainstay {

/// One ticket that was filed, or is about to be.
/// Shape: `key` is empty while nobody knows whether the tracker has made it; `pending` names the deed that was begun and not finished, with
///        ":commented" behind it once its comment is there.
struct TicketRow {
  std::string key;
  std::string url;
  std::string digest;
  TicketStanding standing = TicketStanding::open;
  std::optional<std::int64_t> closed;
  std::vector<std::string> findings;
  std::vector<std::string> sources;
  std::vector<std::string> roots;  // of the scan that found it last
  std::string pending;
  friend bool operator==(const TicketRow&, const TicketRow&) = default;
};

/// Everything about one project of one tracker.
/// Shape: rows by the id of the ticket; `group_by` is that of the plan that was carried out last, `applied` when it was made.
struct TicketState {
  std::string system;
  std::string url;
  std::string project;
  std::string group_by;
  std::int64_t applied = 0;
  std::map<std::string, TicketRow> rows;
  friend bool operator==(const TicketState&, const TicketState&) = default;
};

/// The state as JSON, and back. Errors: no state file, or one of another version, said in one sentence.
std::string state_json(const TicketState& state);
Result<TicketState> state_from_json(std::string_view text);

}  // namespace mainstay
