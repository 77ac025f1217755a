#include "analyzer/report/txt_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "analyzer/identities/asked_names.h"
#include "analyzer/identities/txt_binding.h"
#include "analyzer/report/txt_functions.h"
#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/txt_decision.h"
#include "graph/model/requirements.h"

namespace mainstay {
namespace {

bool is_about_identities(std::string_view rule) { return rule.starts_with("txtid-"); }

std::string_view word_of(TxtAnswer answer) {
  switch (answer) {
    case TxtAnswer::there: return "there";
    case TxtAnswer::nxdomain: return "nxdomain";
    case TxtAnswer::nodata: return "nodata";
    case TxtAnswer::unknown: break;
  }
  return "unknown";
}

class Checker {
 public:
  Checker(const Analysis& analysis, const Report& report) : analysis_(analysis), report_(report) {
    for (const TxtConvention& convention : analysis.txt_conventions()) {
      for (const TxtIdentity& one : convention.identities) {
        for (const TxtValue& value : one.values) identity_of_[value.record] = &one;
      }
    }
  }

  TxtCheckReport make(std::string stage) {
    out_.stage = std::move(stage);
    for (const Finding& one : report_.findings) {
      if (is_about_identities(one.rule)) out_.findings.push_back(one);
    }
    for (const Finding& one : report_.suppressed) {
      if (is_about_identities(one.rule)) out_.suppressed.push_back(one);
    }
    for (const Undecided& one : report_.undecided) {
      if (is_about_identities(one.what)) out_.undecided.push_back(one);
    }
    add_lookups();
    for (FunctionName& function : functions_with_names(analysis_, out_.stage)) add_function(std::move(function));
    add_conventions();
    judge();
    hide_values();
    return std::move(out_);
  }

 private:
  void add_lookups() {
    const Rule* rule = find_rule("txtid-missing");
    RuleReport unused(*rule, analysis_);  // what it counts stands among the undecided already
    for (const IdentityRecord* one : txt_decisions(analysis_, unused)) {
      TxtCheck check{.who = one->looked_up_by, .name = one->owner.display(), .decision = one->decision, .reasons = one->reasons};
      for (const std::string_view end : {"nxdomain", "nodata", "servfail", "timeout"}) {
        if (const auto at = one->fields.find(std::string(end)); at != one->fields.end()) check.ends.emplace(end, at->second);
      }
      if (const auto at = one->fields.find("time limit"); at != one->fields.end()) check.has_time_limit = at->second == "yes";
      check.reads_first_string = one->fields.contains("reads");
      add(std::move(check), one->owner);
    }
  }

  void add_function(FunctionName function) {
    add(TxtCheck{.who = std::move(function.who), .is_code = false, .name = function.name.display(), .reasons = std::move(function.reasons)},
        function.name);
  }

  void add(TxtCheck check, const Text& owner) {
    for (TxtSeen& one : seen(owner)) check.records.push_back(std::move(one));
    const std::optional<AskedIdentity> asked = asked_name(owner);
    TxtAnswer answer = check.records.empty() && asked ? answer_to(*asked, analysis_.estate()) : TxtAnswer::unknown;
    if (answer == TxtAnswer::there) answer = TxtAnswer::unknown;  // a record whose name is unknown may be it
    if (!check.records.empty()) answer = TxtAnswer::there;
    check.answer = word_of(answer);
    out_.checks.push_back(std::move(check));
  }

  /// The record sets that answer at a name; of a name with unknown parts, all that it may stand for.
  std::vector<TxtSeen> seen(const Text& asked) const {
    std::map<std::tuple<DomainName, std::string, std::string, std::string>, TxtSeen> sets;
    for (const Record& record : analysis_.estate().records()) {
      if (record.type != "TXT" && record.type != "CNAME") continue;
      const std::optional<std::string> text = record.owner.known();
      const Result<DomainName> owner = text ? DomainName::parse(*text) : Result<DomainName>(Error{""});
      if (!owner || !answers(*owner, asked)) continue;
      TxtSeen& set = sets[{*owner, record.type, record.zone, record.view}];
      if (set.records++ == 0) describe(record, *owner, set);
      if (record.ttl) set.ttl = std::max(set.ttl.value_or(0), record.ttl->seconds());
      add_evidence(record.reasons, 1, set.reasons);
    }
    std::vector<TxtSeen> found;
    for (auto& [key, set] : sets) found.push_back(std::move(set));
    return found;
  }

  static bool answers(const DomainName& owner, const Text& asked) {
    if (!owner.is_wildcard()) return may_be(asked, owner);
    const std::optional<DomainName> domain = asked.known_domain();
    return domain && !domain->is_root() && (domain->is_within(owner.parent()) || owner.is_within(*domain));
  }

  void describe(const Record& record, const DomainName& owner, TxtSeen& set) const {
    set.name = owner.host();
    set.type = record.type;
    set.is_wildcard = owner.is_wildcard();
    const Result<DomainName> apex = DomainName::parse(record.zone);
    set.zone = apex ? std::string(apex->host()) : record.zone;
    if (!record.view.empty()) set.zone += fmt::format(" (view {})", record.view);
    if (const Zone* zone = zone_of(record, analysis_.estate())) set.is_signed = zone->is_signed;
    if (const auto at = identity_of_.find(&record); at != identity_of_.end()) set.binding = in_words(binding_of(*at->second));
  }

  void add_conventions() {
    std::set<std::string> asked;
    for (const TxtCheck& check : out_.checks) {
      if (!check.is_code) continue;
      for (const TxtSeen& one : check.records) asked.insert(one.name);
    }
    for (const TxtConvention& one : analysis_.txt_conventions()) {
      TxtConventionRow row{.suffix = std::string(one.suffix.host()),
                           .order = one.environment_first ? "environment.service" : "service.environment",
                           .environments = one.environments,
                           .stated = one.stated,
                           .identities = one.identities.size()};
      std::set<std::string> strays;
      for (const TxtValue& value : one.strays) strays.insert(host_name_of(value.record->owner));
      row.strays.assign(strays.begin(), strays.end());
      for (const TxtIdentity& identity : one.identities) {
        const std::string name(identity.owner.host());
        const bool is_new = row.not_looked_up.empty() || row.not_looked_up.back() != name;
        if (is_new && !asked.contains(name)) row.not_looked_up.push_back(name);
      }
      if (!one.stated.empty()) row.without_records = functions_without_names(analysis_, one);
      out_.conventions.push_back(std::move(row));
    }
  }

  /// Findings belong to a check whose code, name or records they are about.
  bool belongs(const Finding& finding, const TxtCheck& check) const {
    for (const Subject& subject : finding.subjects) {
      if (subject.kind == "code" && check.is_code && subject.name == check.who) {
        return std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const Evidence& one) { return stands_in(one, check); });
      }
      if (finding.rule == "txtid-missing" && subject.kind == "name" && subject.name == host_of_name(check.name)) return true;
    }
    const auto is_record = [&](const Evidence& one) {
      return std::any_of(check.records.begin(), check.records.end(), [&](const TxtSeen& seen) {
        return std::find(seen.reasons.begin(), seen.reasons.end(), one) != seen.reasons.end();
      });
    };
    return std::any_of(finding.evidence.begin(), finding.evidence.end(), is_record);
  }

  static bool stands_in(const Evidence& one, const TxtCheck& check) {
    return std::find(check.reasons.begin(), check.reasons.end(), one) != check.reasons.end();
  }

  /// What txtid-missing calls a name: the whole of it, or the domain behind its unknown parts.
  static std::string host_of_name(const std::string& shown) {
    const std::size_t hole = shown.rfind('}');
    if (hole == std::string::npos) return shown.ends_with('.') ? shown.substr(0, shown.size() - 1) : shown;
    const std::size_t dot = shown.find('.', hole);
    return dot == std::string::npos ? "" : shown.substr(dot + 1);
  }

  void judge() {
    std::vector<bool> has_check(out_.findings.size());
    for (TxtCheck& check : out_.checks) {
      for (std::size_t at = 0; at < out_.findings.size(); ++at) {
        if (!belongs(out_.findings[at], check)) continue;
        has_check[at] = true;
        check.findings.push_back(at);
        check.verdict = std::max(check.verdict.value_or(Severity::info), out_.findings[at].severity);
      }
    }
    for (std::size_t at = 0; at < has_check.size(); ++at) {
      if (!has_check[at]) out_.other.push_back(at);
    }
    std::stable_sort(out_.checks.begin(), out_.checks.end(), [](const TxtCheck& a, const TxtCheck& b) {
      return std::tuple(!a.verdict, -static_cast<int>(a.verdict.value_or(Severity::info)), !a.is_code, std::tie(a.who, a.name)) <
             std::tuple(!b.verdict, -static_cast<int>(b.verdict.value_or(Severity::info)), !b.is_code, std::tie(b.who, b.name));
    });
  }

  /// Quoted lines of records have their values in them.
  void hide_values() {
    std::set<std::pair<std::string, std::uint32_t>> places;
    for (const Record& record : analysis_.estate().records()) {
      if (record.type != "TXT") continue;
      for (const Evidence& one : record.reasons) places.emplace(one.place.file, one.place.line);
    }
    const auto hide = [&](Reasons& reasons) {
      for (Evidence& one : reasons) {
        if (places.contains({one.place.file, one.place.line})) one.place.text.clear();
      }
    };
    for (TxtCheck& check : out_.checks) {
      for (TxtSeen& seen : check.records) hide(seen.reasons);
    }
    for (Finding& finding : out_.findings) hide(finding.evidence);
    for (Finding& finding : out_.suppressed) hide(finding.evidence);
  }

  const Analysis& analysis_;
  const Report& report_;
  std::map<const Record*, const TxtIdentity*> identity_of_;
  TxtCheckReport out_;
};

}  // namespace

TxtCheckReport make_txt_check(const Analysis& analysis, const Report& report, std::string stage) {
  return Checker(analysis, report).make(std::move(stage));
}

}  // namespace mainstay
