#include "analyzer/faults/fault_modes.h"

#include <algorithm>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

using enum FaultMode;

constexpr std::array<std::string_view, 8> kWords = {"silent",         "closed",       "servfail", "refused",
                                                    "wrong-negative", "wrong-answer", "stale",    "slow"};
constexpr std::array<FaultMode, 8> kServer = {silent, closed, servfail, refused, wrong_negative, wrong_answer, stale, slow};
// A zone, or all servers of an operator: no port to close, but everything that an answer can be.
constexpr std::array<FaultMode, 7> kData = {silent, servfail, refused, wrong_negative, wrong_answer, stale, slow};
constexpr std::array<FaultMode, 3> kService = {silent, closed, slow};
constexpr std::array<FaultMode, 2> kAddress = {silent, closed};
constexpr std::array<FaultMode, 1> kPlace = {silent};
// A registration that lapses is a name that does not exist, until somebody else takes it.
constexpr std::array<FaultMode, 2> kRegistration = {wrong_negative, wrong_answer};

}  // namespace

std::span<const std::string_view> words(FaultMode) { return kWords; }
std::string_view word(FaultMode mode) { return kWords[static_cast<std::size_t>(mode)]; }

std::optional<FaultMode> fault_mode_of(std::string_view word) {
  if (word == "nxdomain") return wrong_negative;
  const auto at = std::find(kWords.begin(), kWords.end(), word);
  if (at == kWords.end()) return std::nullopt;
  return static_cast<FaultMode>(at - kWords.begin());
}

std::span<const FaultMode> modes_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::resolver:
    case NodeKind::name_server: return kServer;
    case NodeKind::zone:
    case NodeKind::provider:
    case NodeKind::parent: return kData;
    case NodeKind::endpoint:
    case NodeKind::runs: return kService;
    case NodeKind::address: return kAddress;
    case NodeKind::failure_domain:
    case NodeKind::prefix: return kPlace;
    case NodeKind::registrable_domain: return kRegistration;
    case NodeKind::workload:
    case NodeKind::use:
    case NodeKind::lookup:
    case NodeKind::stub:
    case NodeKind::question:
    case NodeKind::iteration: return {};
  }
  return {};
}

FaultMode usual_mode(NodeKind kind) {
  const std::span<const FaultMode> modes = modes_of(kind);
  MAINSTAY_ASSERT(!modes.empty(), "only what can fail has a usual mode");
  return modes.front();
}

}  // namespace mainstay
