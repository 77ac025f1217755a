#include <algorithm>
#include <map>

#include "render/durations.h"
#include "render/escape.h"
#include "render/finding_text.h"
#include "render/html/page_column.h"
#include "render/html/page_data.h"

namespace mainstay {
namespace {

constexpr std::size_t kMostGaps = 500;

/// Confidence, file, line, words; the line is 0 where there is none.
Json written(const Evidence& one, PageTexts& texts) {
  const bool is_place = one.confidence == Confidence::declared;
  return {static_cast<int>(one.confidence), texts.number(one.place.file), is_place ? one.place.line : 0u, texts.number(words_of(one))};
}

Json written(const std::vector<Evidence>& evidence, PageTexts& texts) {
  Json out = Json::array();
  for (const Evidence& one : evidence) out.push_back(written(one, texts));
  return out;
}

Json written(const std::vector<Subject>& subjects, PageTexts& texts) {
  Json out = Json::array();
  for (const Subject& one : subjects) out.push_back({texts.number(one.kind), texts.number(one.name)});
  return out;
}

/// Texts of a list that may be long.
std::string packed(const std::vector<std::string>& list, PageTexts& texts) {
  PageColumn numbers;
  for (const std::string& one : list) numbers.add(static_cast<std::int64_t>(texts.number(one)));
  return numbers.text();
}

Json written(const Finding& one, PageTexts& texts) {
  Json out = {{"rule", texts.number(one.rule)},
              {"id", one.id},
              {"severity", static_cast<int>(one.severity)},
              {"confidence", static_cast<int>(one.confidence)},
              {"message", texts.number(one.message)},
              {"fix", texts.number(one.fix)},
              {"subjects", written(one.subjects, texts)},
              {"affected", packed(one.affected, texts)},
              {"evidence", written(one.evidence, texts)},
              {"blast", written(one.same_blast, texts)},
              {"arithmetic", texts.number(one.arithmetic)},
              {"owners", texts.numbers(one.owners)}};
  if (one.suppression) {
    const Suppression& why = *one.suppression;
    out["suppression"] = {texts.number(word(why.kind)), texts.number(why.reason), texts.number(why.until), texts.number(why.place.file),
                          why.place.line};
  }
  return out;
}

Json written(const std::vector<Finding>& findings, PageTexts& texts) {
  Json out = Json::array();
  for (const Finding& one : findings) out.push_back(written(one, texts));
  return out;
}

Json written(const EndpointRow& one, PageTexts& texts) {
  const std::string lockout = one.lockout ? lockout_in_words({0, one.lockout->most}, one.lockout->complete) : "";
  return {{"name", texts.number(one.name)},
          {"role", texts.number(word(one.role))},
          {"provider", texts.number(one.provider)},
          {"workloads", one.workloads.size()},
          {"faults", texts.numbers(one.single_faults)},
          {"inherent", one.inherent_faults},
          {"lockout", texts.number(lockout)},
          {"worst", texts.number(one.lockout ? one.lockout->fault : "")},
          {"weakest", static_cast<int>(one.weakest)}};
}

Json written(const RuleRow& one, PageTexts& texts) {
  Json controls = Json::array();
  for (const Control& control : one.controls)
    controls.push_back({texts.number(control.framework), texts.number(control.id), texts.number(control.title)});
  return {{"name", texts.number(one.name)}, {"summary", texts.number(one.summary)},     {"why", texts.number(one.why)},
          {"fix", texts.number(one.fix)},   {"reference", texts.number(one.reference)}, {"severity", static_cast<int>(one.severity)},
          {"controls", std::move(controls)}};
}

/// How many files each format has, most first.
Json formats_of(const Report& report, PageTexts& texts) {
  std::map<std::string, int> counts;
  for (const SourceEntry& one : report.sources) {
    if (!one.format.empty()) --counts[one.format];
  }
  std::vector<std::pair<int, std::string>> rows;
  for (const auto& [format, count] : counts) rows.emplace_back(count, format);
  std::sort(rows.begin(), rows.end());
  Json out = Json::array();
  for (const auto& [count, format] : rows) out.push_back({texts.number(format), -count});
  return out;
}

/// Files that were not read, or not wholly, by the kind of the reason and by the reason: how many, and some of them.
Json unread_of(const Report& report, PageTexts& texts) {
  constexpr std::size_t kMostNamed = 20;
  std::map<std::pair<SourceCause, std::string>, std::pair<std::size_t, std::vector<std::string>>> by_reason;
  for (const SourceEntry& one : report.sources) {
    if (one.cause == SourceCause::none || one.state == SourceState::not_ours) continue;
    auto& [count, some] = by_reason[{one.cause, one.reason}];
    if (count++ < kMostNamed) some.push_back(one.file);
  }
  Json out = Json::array();
  for (const auto& [why, files] : by_reason)
    out.push_back({texts.number(word(why.first)), texts.number(why.second), files.first, texts.numbers(files.second)});
  return out;
}

Json undecided_of(const Report& report, PageTexts& texts) {
  Json out = Json::array();
  for (const Undecided& one : report.undecided)
    out.push_back({texts.number(one.what), texts.number(one.why), one.count, texts.numbers(one.examples)});
  return out;
}

Json snapshots_of(const Report& report, PageTexts& texts) {
  Json out = Json::array();
  for (const SnapshotSource& one : report.snapshots)
    out.push_back({texts.number(one.file), texts.number(one.version), texts.number(one.created)});
  return out;
}

Json read_of(const Report& report, PageTexts& texts) {
  Json states = Json::array({0, 0, 0, 0});
  std::uint64_t octets = 0;
  for (const SourceEntry& one : report.sources) {
    Json& count = states[static_cast<std::size_t>(one.state)];
    count = count.get<int>() + 1;
    if (one.state == SourceState::read) octets += one.octets;
  }
  std::vector<std::string> gaps = gaps_of(report);
  const std::size_t all = gaps.size();
  if (all > kMostGaps) gaps.resize(kMostGaps);
  return {{"roots", texts.numbers(report.roots)},
          {"logs", texts.numbers(report.logs)},
          {"snapshots", snapshots_of(report, texts)},
          {"states", std::move(states)},
          {"octets", octets},
          {"formats", formats_of(report, texts)},
          {"incomplete", is_incomplete(report)},
          {"gaps", texts.numbers(gaps)},
          {"gapCount", all},
          {"unread", unread_of(report, texts)},
          {"undecided", undecided_of(report, texts)}};
}

}  // namespace

std::size_t PageTexts::number(std::string_view text) {
  std::string shown = for_terminal(text);
  const auto [at, is_new] = known_.try_emplace(std::move(shown), all_.size());
  if (is_new) all_.push_back(at->first);
  return at->second;
}

Json PageTexts::numbers(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& one : texts) out.push_back(number(one));
  return out;
}

Json page_scan(const Report& report, PageTexts& texts) {
  Json out = {{"read", read_of(report, texts)}};
  Json& endpoints = out["endpoints"] = Json::array();
  for (const EndpointRow& one : report.endpoints) endpoints.push_back(written(one, texts));
  Json& rules = out["rules"] = Json::array();
  for (const RuleRow& one : report.rules) rules.push_back(written(one, texts));
  out["findings"] = written(report.findings, texts);
  out["suppressed"] = written(report.suppressed, texts);
  return out;
}

}  // namespace mainstay
