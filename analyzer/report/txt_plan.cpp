#include "analyzer/report/txt_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analyzer/identities/asked_names.h"
#include "analyzer/identities/txt_binding.h"
#include "analyzer/identities/txt_life.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kGoodTtl = 60;  // seconds

std::string place_of(const Reasons& reasons) {
  for (const Evidence& one : reasons) {
    if (one.confidence == Confidence::declared) return fmt::format("{}:{}", one.place.file, one.place.line);
  }
  return "";
}

std::string at_place(const Reasons& reasons) {
  const std::string place = place_of(reasons);
  return place.empty() ? "" : ", " + place;
}

/// What a good record says; only its owner knows the rest.
std::string text_for(const std::string& service, const std::string& environment) {
  const std::string who =
      service.empty() ? "svc=REPLACE-SERVICE; env=REPLACE-ENVIRONMENT" : fmt::format("svc={}; env={}", service, environment);
  return fmt::format("v=1; {}; kid=REPLACE-KEY-ID; sha256=REPLACE-DIGEST-OF-PUBLIC-KEY; exp=REPLACE-LAST-DAY", who);
}

class Planner {
 public:
  Planner(const Analysis& analysis, const TxtCheckReport& check) : analysis_(analysis), check_(check) {}

  TxtPlan make() {
    for (const TxtCheck& one : check_.checks) add_missing(one);
    for (const TxtConvention& convention : analysis_.txt_conventions()) {
      for (const TxtIdentity& identity : convention.identities) add_change(convention, identity);
      add_rotations(convention);
    }
    add_removals();
    add_notes();
    std::stable_sort(out_.records.begin(), out_.records.end(), [](const PlannedRecord& a, const PlannedRecord& b) {
      return std::tie(a.zone, a.owner, a.deed) < std::tie(b.zone, b.owner, b.deed);
    });
    return std::move(out_);
  }

 private:
  void add_missing(const TxtCheck& check) {
    if (check.answer != "nxdomain" && check.answer != "nodata") return;
    const Result<DomainName> owner = DomainName::parse(check.name);
    if (!owner || check.name.find("${") != std::string::npos) {
      out_.notes.push_back(
          fmt::format("{} needs records at {}, and its unknown parts say not which: give --stage, or name them", check.who, check.name));
      return;
    }
    if (!created_.insert(owner->text()).second) return;
    PlannedRecord record{.deed = PlannedDeed::create, .owner = std::string(owner->host()), .type = "TXT", .ttl = kGoodTtl};
    const auto [service, environment] = words_of(*owner);
    record.text = text_for(service, environment);
    place_in_zone(*owner, record);
    record.why = fmt::format("{} {}{}; {}", check.is_code ? "asked for by" : "the identity of", check.who, at_place(check.reasons),
                             check.answer == "nodata" ? "the name has no TXT record" : "the name does not exist");
    record.reasons = check.reasons;
    out_.records.push_back(std::move(record));
  }

  /// Service and environment of a name, where a convention says which label is which.
  std::pair<std::string, std::string> words_of(const DomainName& owner) const {
    for (const TxtConvention& one : analysis_.txt_conventions()) {
      const std::vector<std::string_view> labels = owner.labels();
      if (!owner.is_within(one.suffix) || labels.size() != one.suffix.labels().size() + 2) continue;
      const auto label = [&](std::size_t at) { return std::string(labels[at]); };
      return one.environment_first ? std::pair(label(1), label(0)) : std::pair(label(0), label(1));
    }
    return {};
  }

  void place_in_zone(const DomainName& owner, PlannedRecord& record) const {
    const std::vector<const Zone*> zones = zones_around(owner, analysis_.estate());
    record.zone_is_known = !zones.empty();
    record.zone = std::string(zones.empty() ? owner.parent().parent().host() : zones.front()->apex.host());
  }

  void add_change(const TxtConvention& convention, const TxtIdentity& identity) {
    std::vector<std::string> why;
    const std::optional<std::uint32_t> longest = longest_ttl(identity);
    const std::optional<std::uint32_t> shortest = shortest_ttl(identity);
    if (longest && *longest > kRevocationObjective)
      why.push_back(fmt::format("TTL {} s against an objective of {} s", *longest, kRevocationObjective));
    if (shortest && *shortest < kLeastTtl) why.push_back(fmt::format("TTL {} s is hardly a cache", *shortest));
    const bool keeps_ttl = why.empty();
    const std::size_t of_ttl = why.size();
    const TxtBinding binding = binding_of(identity);
    if (binding == TxtBinding::neither || binding == TxtBinding::other_environment || binding == TxtBinding::other_service)
      why.push_back(fmt::format("the text {}", in_words(binding)));
    const auto& values = identity.values;
    const auto is_endless = [](const TxtValue& one) { return one.record->data.is_known() && !states_life(one); };
    if (std::any_of(values.begin(), values.end(), is_endless)) why.emplace_back("nothing in it says until when it holds");
    const auto is_over = [&](const TxtValue& one) {
      const std::optional<std::int64_t> end = end_of(one);
      return analysis_.now() != 0 && end && *end <= analysis_.now();
    };
    if (std::any_of(values.begin(), values.end(), is_over)) why.emplace_back("it is past the end that it states");
    if (why.empty()) return;
    PlannedRecord record{.deed = PlannedDeed::change, .owner = std::string(identity.owner.host()), .type = "TXT"};
    record.ttl = keeps_ttl && longest ? *longest : kGoodTtl;
    record.text = why.size() == of_ttl ? "REPLACE-WITH-THE-PRESENT-TEXT" : text_for(identity.service, identity.environment);
    for (const TxtValue& value : values)
      record.reasons.insert(record.reasons.end(), value.record->reasons.begin(), value.record->reasons.end());
    record.why = fmt::format("{}{}", fmt::join(why, "; "), at_place(record.reasons));
    record.zone_is_known = identity.zone != nullptr;
    record.zone = std::string(identity.zone != nullptr ? identity.zone->apex.host() : convention.suffix.host());
    out_.records.push_back(std::move(record));
  }

  void add_removals() {
    for (const Finding& one : check_.findings) {
      if (one.rule != "txtid-wildcard" || one.subjects.empty()) continue;
      const std::string& subject = one.subjects.front().name;  // "*.dev.auth.example.com TXT"
      const std::size_t blank = subject.find(' ');
      const Result<DomainName> owner = DomainName::parse(subject.substr(0, blank));
      if (!owner || !removed_.insert(subject).second) continue;
      PlannedRecord record{.deed = PlannedDeed::remove, .owner = std::string(owner->host()), .type = subject.substr(blank + 1)};
      place_in_zone(*owner, record);
      record.why = fmt::format("a wildcard makes names look registered that nobody registered{}", at_place(one.evidence));
      record.reasons = one.evidence;
      out_.records.push_back(std::move(record));
    }
  }

  void add_notes() {
    for (const Finding& one : check_.findings) {
      if (one.rule == "txtid-unauthenticated" || one.rule == "txtid-duplicate" || one.rule == "txtid-weak-check" ||
          one.rule == "txtid-fail-open")
        out_.notes.push_back(fmt::format("no record mends {}: {}", one.rule, one.message));
    }
  }

  /// The waits of one zone, from what the zone says of itself.
  struct Waits {
    std::optional<std::uint32_t> refresh;
    std::optional<std::uint32_t> negative;
    std::uint32_t ttl = 0;
    std::string soa_place;
    std::string ttl_place;
  };

  Waits waits_of(const Zone& zone, const std::vector<const TxtIdentity*>& identities) const {
    Waits waits;
    if (zone.soa) {
      waits.refresh = zone.soa->refresh;
      waits.negative = zone.soa->minimum;
      waits.soa_place = place_of(zone.reasons);
    }
    for (const Record* record : analysis_.estate().records_of(zone.apex)) {
      if (record->type != "SOA" || record->view != zone.view) continue;
      waits.soa_place = place_of(record->reasons);
      if (waits.negative && record->ttl) waits.negative = std::min(*waits.negative, record->ttl->seconds());  // RFC 2308 section 5
    }
    for (const TxtIdentity* one : identities) {
      for (const TxtValue& value : one->values) {
        if (!value.record->ttl || value.record->ttl->seconds() < waits.ttl ||
            (!waits.ttl_place.empty() && value.record->ttl->seconds() == waits.ttl))
          continue;
        waits.ttl = value.record->ttl->seconds();
        waits.ttl_place = place_of(value.record->reasons);
      }
    }
    return waits;
  }

  void add_rotations(const TxtConvention& convention) {
    std::map<std::pair<DomainName, std::string>, std::vector<const TxtIdentity*>> by_zone;
    for (const TxtIdentity& one : convention.identities) {
      if (one.zone != nullptr) by_zone[{one.zone->apex, one.zone->view}].push_back(&one);
    }
    for (const auto& [key, identities] : by_zone) {
      const Zone& zone = *identities.front()->zone;
      Rotation rotation{.suffix = std::string(convention.suffix.host()), .zone = std::string(zone.apex.host()), .steps = {}};
      rotation.steps = steps_of(waits_of(zone, identities));
      out_.rotations.push_back(std::move(rotation));
    }
  }

  std::vector<RotationStep> steps_of(const Waits& waits) const {
    const std::string refresh = waits.refresh ? fmt::format("SOA refresh {} s ({})", *waits.refresh, waits.soa_place)
                                              : "what the provider needs until all its servers have it (no SOA in the tree)";
    const std::string ttl = waits.ttl_place.empty() ? "the TTL (none is stated)" : fmt::format("TTL {} s ({})", waits.ttl, waits.ttl_place);
    const auto sum = [&](std::uint64_t last) -> std::optional<std::uint64_t> {
      return waits.refresh ? std::optional(*waits.refresh + last) : std::nullopt;
    };
    const auto total = [](const std::optional<std::uint64_t>& seconds) {
      return seconds ? fmt::format(" = {} s", *seconds) : std::string();
    };
    std::vector<RotationStep> steps;
    steps.push_back({"publish the new record beside the old one, each with a kid and an exp of its own", {}});
    const std::optional<std::uint64_t> seen = sum(waits.ttl);
    steps.push_back({fmt::format("at a name that exists, wait {} + {}{}: until then a cache may hold the set without the new record",
                                 refresh, ttl, total(seen)),
                     seen});
    if (waits.negative) {
      const std::optional<std::uint64_t> known = sum(*waits.negative);
      steps.push_back(
          {fmt::format(
               "at a new name, wait {} + negative TTL {} s ({}){}: a cache may hold that it does not exist; it holds the old set or "
               "its absence, never both, so the two waits are not added",
               refresh, *waits.negative, waits.soa_place, total(known)),
           known});
    } else {
      steps.push_back({"at a new name, wait for the negative TTL too: no SOA in the tree says how long that is", {}});
    }
    steps.push_back({"switch: the workloads sign with the new key", {}});
    steps.push_back({"wait for what was signed with the old key to be over; nothing here says how long a signature counts", {}});
    steps.push_back({"withdraw the old record", {}});
    steps.push_back(last_step(refresh, ttl, sum(waits.ttl)));
    return steps;
  }

  RotationStep last_step(const std::string& refresh, const std::string& ttl, std::optional<std::uint64_t> seconds) const {
    std::string stale;
    if (const Server* server = most_stale(analysis_.estate())) {
      stale = fmt::format(" + serve-stale {} s of {} ({})", *server->cache.serve_stale, server->id, place_of(server->reasons));
      if (seconds) *seconds += *server->cache.serve_stale;
    }
    const std::string total = seconds ? fmt::format(" = {} s", *seconds) : "";
    return {fmt::format("wait {} + {}{}{}: as long the old identity may still be taken", refresh, ttl, stale, total), seconds};
  }

  const Analysis& analysis_;
  const TxtCheckReport& check_;
  TxtPlan out_;
  std::set<std::string> created_;
  std::set<std::string> removed_;
};

}  // namespace

TxtPlan make_txt_plan(const Analysis& analysis, const TxtCheckReport& check) { return Planner(analysis, check).make(); }

}  // namespace mainstay
