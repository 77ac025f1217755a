#include <fmt/format.h>

#include <algorithm>

#include "analyzer/identities/txt_life.h"
#include "analyzer/policy/days.h"
#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kPeriod = 90 * kDay;  // after which a record is due to be renewed

/// A text that is only partly known may have an end in what is not known.
bool lasts_for_ever(const TxtIdentity& identity) {
  return std::any_of(identity.values.begin(), identity.values.end(),
                     [](const TxtValue& one) { return one.record->data.is_known() && !states_life(one); });
}

/// The last change of the records of a name: that of the line that was changed last. Null when one of them has no history.
const LineChange* last_change(const Analysis& analysis, const TxtIdentity& identity) {
  const LineChange* last = nullptr;
  for (const TxtValue& value : identity.values) {
    const auto place = std::find_if(value.record->reasons.begin(), value.record->reasons.end(),
                                    [](const Evidence& one) { return one.confidence == Confidence::declared; });
    const LineChange* change = place == value.record->reasons.end() ? nullptr : analysis.changed(place->place);
    if (change == nullptr) return nullptr;
    if (last == nullptr || change->time > last->time) last = change;
  }
  return last;
}

/// True when a record ends by its own word within a period of its last change: nothing was due before.
bool ends_in_time(const TxtIdentity& identity, const LineChange& change) {
  return std::all_of(identity.values.begin(), identity.values.end(), [&](const TxtValue& one) {
    const std::optional<std::int64_t> end = end_of(one);
    return end && *end - change.time <= kPeriod;
  });
}

/// What the history says of the identity that has been left alone for longest.
struct Stale {
  const TxtIdentity* identity = nullptr;
  const LineChange* change = nullptr;
};

void check(const Analysis& analysis, RuleReport& report) {
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    const std::vector<const TxtIdentity*> endless = identities_that(convention, lasts_for_ever);
    Stale oldest;
    const std::vector<const TxtIdentity*> stale = identities_that(convention, [&](const TxtIdentity& identity) {
      const LineChange* change = last_change(analysis, identity);
      if (change == nullptr || analysis.now() - change->time <= kPeriod || ends_in_time(identity, *change)) return false;
      if (oldest.change == nullptr || change->time < oldest.change->time) oldest = {&identity, change};
      return true;
    });
    const std::vector<const TxtIdentity*> named = identities_that(convention, [&](const TxtIdentity& identity) {
      return lasts_for_ever(identity) || std::find(stale.begin(), stale.end(), &identity) != stale.end();
    });
    if (named.empty()) continue;
    Finding finding = finding_about(convention, named);
    if (!endless.empty()) finding.message = fmt::format("nothing in the record says until when it holds: {}", names_of(endless));
    if (oldest.change != nullptr) {
      const std::int64_t age = analysis.now() - oldest.change->time;
      const std::string since = fmt::format("since {} (commit {}, {} ago)", day_of(oldest.change->time), oldest.change->commit,
                                            how_many(static_cast<std::size_t>(age / kDay), "day"));
      if (!endless.empty()) finding.message += "; ";
      finding.message += stale.size() == 1 ? fmt::format("{} has not been changed {}", names_of(stale), since)
                                           : fmt::format("{} have not been changed for {}, {} {}", names_of(stale),
                                                         how_many(kPeriod / kDay, "day"), oldest.identity->owner.host(), since);
      if (age > 2 * kPeriod) finding.severity = Severity::high;
    }
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_no_rotation;
constinit const Rule txtid_no_rotation{
    .name = "txtid-no-rotation",
    .summary = "identity records hold without end, or are not renewed",
    .why =
        "A record that never ends is a long-lived secret by another name: nothing breaks when nobody renews it, so nobody does. Where the "
        "tree is part of a git repository, its history says how long a record has been left alone.",
    .fix =
        "put exp= into the record, have the checking code refuse what is past it, and renew it from a schedule, with a kid for the overlap",
    .reference = "NIST SP 800-57 part 1 section 5.3",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
