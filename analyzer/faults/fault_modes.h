// Fault modes: the ways in which one thing can be faulty. They differ in what a client sees, and so in what it does next.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "graph/model/requirement_graph.h"

namespace mainstay {

/// The first four give no answer that a client could use, so it turns to the next alternative; they differ in time only.
/// The next three give an answer that is taken for the truth, so nobody asks further. The last one gives the right answer late.
enum class FaultMode : std::uint8_t { silent, closed, servfail, refused, wrong_negative, wrong_answer, stale, slow };

/// All words of fault modes, in the order of the enumerators: "silent", "closed", "servfail", "refused", "wrong-negative", ...
std::span<const std::string_view> words(FaultMode);
std::string_view word(FaultMode mode);
/// The mode of that word; nothing for other words. "nxdomain" is another word for wrong-negative.
std::optional<FaultMode> fault_mode_of(std::string_view word);

/// True when a client gets nothing that it could use and turns to the next alternative.
constexpr bool gives_no_answer(FaultMode mode) { return mode <= FaultMode::refused; }
/// True when a client gets an answer that is wrong, or may be, and takes it.
constexpr bool gives_wrong_answer(FaultMode mode) {
  return mode == FaultMode::wrong_negative || mode == FaultMode::wrong_answer || mode == FaultMode::stale;
}

/// The modes that make sense for a kind of node: a host cannot answer NXDOMAIN, a step of reasoning cannot fail at all.
std::span<const FaultMode> modes_of(NodeKind kind);
/// The mode that is meant when none is named: the first that makes sense.
FaultMode usual_mode(NodeKind kind);

/// One thing that is faulty, and how.
struct Fault {
  NodeId node{};
  FaultMode mode = FaultMode::silent;
  friend auto operator<=>(const Fault&, const Fault&) = default;
};

}  // namespace mainstay
