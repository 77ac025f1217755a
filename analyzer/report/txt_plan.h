// TXT plan: the identity records that should exist, and in which order a rotation of them is safe. Plain values; nothing is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/report/txt_check.h"

namespace mainstay {

enum class PlannedDeed : std::uint8_t { create, change, remove };

/// One record set. Shape: `text` has placeholders for what only the owner knows, and nothing that was read; empty for what is removed.
struct PlannedRecord {
  PlannedDeed deed = PlannedDeed::create;
  std::string owner;  // without its final dot
  std::string type;   // "TXT"; of what is removed also "CNAME"
  std::string zone;   // the apex; the convention's suffix when no zone is known
  bool zone_is_known = false;
  std::uint32_t ttl = 0;  // seconds
  std::string text;
  std::string why;
  Reasons reasons;
};

/// One step of a rotation: what to do, or how long to wait, with the sum that says so.
struct RotationStep {
  std::string text;
  std::optional<std::uint64_t> wait;  // seconds
};

/// How the identities of one zone are rotated without anybody noticing.
struct Rotation {
  std::string suffix;
  std::string zone;
  std::vector<RotationStep> steps;
};

struct TxtPlan {
  std::vector<PlannedRecord> records;  // by zone, then by name
  std::vector<Rotation> rotations;
  std::vector<std::string> notes;  // what a record cannot mend, or of which too little is known
};

TxtPlan make_txt_plan(const Analysis& analysis, const TxtCheckReport& check);

/// How a plan is written.
enum class PlanForm : std::uint8_t { zone, terraform, cloudformation };

/// The plan as a file: records in the form's own notation, all else as comments.
/// Shape:  names of variables and resources are made from the names of zones and records; octets that could end a comment or a text are
///         escaped.
std::string written(const TxtPlan& plan, PlanForm form);

}  // namespace mainstay
