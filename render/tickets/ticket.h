// Ticket: what a tracker is asked to hold about findings, in no tracker's own words; and what a tracker holds already.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/findings/finding.h"

namespace mainstay {

/// How the lines of a block are shown: as a paragraph each, as a heading, as items of a list, or as they are.
enum class BlockKind : std::uint8_t { text, heading, items, code };
/// "text", "heading", "items", "code".
std::string_view word(BlockKind kind);
std::optional<BlockKind> block_kind_of(std::string_view word);

/// A part of a ticket's text. Shape: the lines are plain text, whatever signs they hold; every markup escapes them.
struct TicketBlock {
  BlockKind kind = BlockKind::text;
  std::vector<std::string> lines;
  friend bool operator==(const TicketBlock&, const TicketBlock&) = default;
};

/// One ticket as it should be.
/// Shape: `id` are the 16 hexadecimal digits of the group of findings; `digest` are 12 of what it means, lines of files left out, so that
///        a moved line is no news; `sources` are the files and logs that the findings rest on, sorted.
struct Ticket {
  std::string id;
  std::string title;
  Severity severity = Severity::info;
  std::vector<TicketBlock> body;
  std::vector<std::string> findings;
  std::vector<std::string> sources;
  std::string digest;
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

/// True for 16 hexadecimal digits.
bool is_ticket_id(std::string_view text);

/// How a ticket stands in its tracker; `refused` is closed by somebody who decided that nothing will be done.
enum class TicketStanding : std::uint8_t { open, closed, refused };
/// "open", "closed", "refused".
std::string_view word(TicketStanding standing);
std::optional<TicketStanding> ticket_standing_of(std::string_view word);

/// A ticket of ours as its tracker has it.
/// Shape: `key` names it to the tracker; `seen` is a digest of its standing, title and text; `closed` in seconds since 1970, UTC, when it
///        is closed and the tracker says when.
struct ExistingTicket {
  std::string id;
  std::string digest;
  std::string key;
  std::string url;
  TicketStanding standing = TicketStanding::open;
  std::string decision;  // the tracker's word for why it is closed; empty when there is none
  std::optional<std::int64_t> closed;
  std::string seen;
  friend bool operator==(const ExistingTicket&, const ExistingTicket&) = default;
};

/// The words by which a ticket is found again: "mainstay:ID:DIGEST". They stand on a line of their own, which no text from a scanned tree
/// can do.
std::string marker_of(const Ticket& ticket);

/// What a marker says.
struct TicketMarker {
  std::string id;
  std::string digest;
};
/// The last marker of a ticket's text: a line that is nothing but one, bare or as an HTML comment.
std::optional<TicketMarker> marker_in(std::string_view text);

/// A digest of what a tracker holds, to see whether somebody changed it.
std::string seen_of(TicketStanding standing, std::string_view title, std::string_view text);

/// The first hexadecimal digits of the SHA-256 of some parts, each of which is told apart from the next.
std::string digest_of(const std::vector<std::string_view>& parts, std::size_t digits);

}  // namespace mainstay
