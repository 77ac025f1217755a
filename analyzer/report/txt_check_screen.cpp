#include "analyzer/report/txt_check_screen.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "analyzer/rules/rule.h"
#include "render/pen.h"

namespace mainstay {
namespace {

constexpr std::size_t kShownRecords = 8;
constexpr std::size_t kShownNames = 6;

std::string place_of(const Reasons& reasons) {
  for (const Evidence& one : reasons) {
    if (one.confidence == Confidence::declared) return fmt::format("{}:{}", one.place.file, one.place.line);
  }
  return reasons.empty() ? "" : std::string(word(strongest(reasons)));
}

std::string places_of(const Reasons& reasons) {
  constexpr std::size_t kShown = 3;
  std::string out;
  for (std::size_t at = 0; at < std::min(kShown, reasons.size()); ++at) {
    out += (at == 0 ? "" : ", ") + place_of({reasons[at]});
  }
  return reasons.size() > kShown ? fmt::format("{} and {} more", out, reasons.size() - kShown) : out;
}

std::string in_words(const std::string& decision) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kWords = {
      {{"existence", "none: any TXT record will do"},
       {"constant", "compares the record with a text that stands in the source"},
       {"unproved", "compares the record with what the caller sends, and nothing proves that it is the caller's"},
       {"proved", "a signature, a digest or a token is verified on the way"}}};
  const auto at = std::find_if(kWords.begin(), kWords.end(), [&](const auto& one) { return one.first == decision; });
  return at == kWords.end() ? "not followed: how the code decides is not known" : std::string(at->second);
}

std::string some_of(const std::vector<std::string>& names) {
  const std::vector<std::string> shown(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(kShownNames, names.size())));
  const std::string more = names.size() > shown.size() ? fmt::format(" and {} more", names.size() - shown.size()) : "";
  return fmt::format("{}{}", fmt::join(shown, ", "), more);
}

class Screen {
 public:
  Screen(const TxtCheckReport& report, const TerminalStyle& style) : report_(report), pen_(style) {}

  std::string draw() {
    head();
    for (const TxtCheck& one : report_.checks) check(one);
    other();
    conventions();
    undecided();
    sums();
    return joined(lines_);
  }

 private:
  void line(std::string_view text) { lines_.push_back(pen_.cut(pen_.text(text))); }
  void row(std::string_view key, std::string_view text) { line(fmt::format("     {:<10} {}", key, text)); }

  std::string severities() const {
    std::string out;
    for (int at = static_cast<int>(Severity::critical); at >= 0; --at) {
      const auto count = std::count_if(report_.findings.begin(), report_.findings.end(),
                                       [&](const Finding& one) { return one.severity == static_cast<Severity>(at); });
      if (count > 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, word(static_cast<Severity>(at)));
    }
    return out;
  }

  static std::size_t wrong_of(const std::vector<TxtCheck>& all, bool is_code) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const TxtCheck& one) { return one.is_code == is_code && one.verdict; }));
  }

  void head() {
    const auto count = [&](bool is_code) {
      return static_cast<std::size_t>(
          std::count_if(report_.checks.begin(), report_.checks.end(), [&](const TxtCheck& one) { return one.is_code == is_code; }));
    };
    std::string text = fmt::format("{} of {} {} wrong", wrong_of(report_.checks, true), how_many(count(true), "lookup"),
                                   wrong_of(report_.checks, true) == 1 ? "is" : "are");
    if (count(false) > 0)
      text += fmt::format(", {} of {} with an identity", wrong_of(report_.checks, false), how_many(count(false), "function"));
    text += report_.findings.empty() ? "; no findings" : fmt::format("; {}", severities());
    if (!report_.stage.empty()) text += fmt::format("   stage {}", report_.stage);
    lines_.push_back(pen_.bold(pen_.text(text)));
    line(kTxtIsPublic);
  }

  /// A severity; "ok" where nothing is wrong with what is there; "?" where too little is known; "-" where nothing is there.
  static std::string mark_of(const TxtCheck& one) {
    if (one.verdict) return std::string(1, letter(*one.verdict));
    if (one.answer == "unknown" || (one.is_code && one.decision == "unknown")) return "?";
    return one.answer == "there" ? "ok" : "-";
  }

  void check(const TxtCheck& one) {
    lines_.emplace_back();
    const std::string title = fmt::format("{:<2} {}   {}", mark_of(one), one.who, place_of(one.reasons));
    lines_.push_back(one.verdict ? pen_.in_colour_of(*one.verdict, pen_.cut(pen_.text(title))) : pen_.bold(pen_.cut(pen_.text(title))));
    row(one.is_code ? "asks for" : "stands at", one.name + " TXT");
    records(one);
    if (one.is_code) {
      row("check", in_words(one.decision));
      ends(one);
    }
    for (const std::size_t at : one.findings) finding(report_.findings[at]);
  }

  void records(const TxtCheck& one) {
    if (one.answer == "nxdomain") row("record", "none: the name does not exist (NXDOMAIN)");
    if (one.answer == "nodata") row("record", "none: the name has no TXT record (NODATA)");
    if (one.answer == "unknown") row("record", "not known: no zone of the tree has the whole answer; give its file with --zone");
    for (std::size_t at = 0; at < std::min(kShownRecords, one.records.size()); ++at) {
      const TxtSeen& seen = one.records[at];
      const bool is_named = one.records.size() > 1 || seen.name != one.name || seen.is_wildcard;
      std::string text = is_named ? seen.name + (seen.type == "TXT" ? "" : " " + seen.type) + "   " : "";
      if (seen.is_wildcard) text += "a wildcard answers: ";
      text += seen.records == 1 ? "1 record" : fmt::format("{} records", seen.records);
      text += seen.ttl ? fmt::format(", TTL {} s", *seen.ttl) : ", TTL not known";
      text += fmt::format(", zone {} {}", seen.zone,
                          !seen.is_signed   ? "(whether it is signed is not known)"
                          : *seen.is_signed ? "signed"
                                            : "not signed");
      row(at == 0 ? "record" : "", fmt::format("{}   {}", text, places_of(seen.reasons)));
      if (!seen.binding.empty()) row("binding", seen.binding);
    }
    if (one.records.size() > kShownRecords) row("", fmt::format("{} more", one.records.size() - kShownRecords));
  }

  void ends(const TxtCheck& one) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kEnds = {
        {{"nxdomain", "NXDOMAIN"}, {"nodata", "NODATA"}, {"servfail", "SERVFAIL"}, {"timeout", "time-out"}}};
    std::string text;
    for (const auto& [end, name] : kEnds) {
      const auto at = one.ends.find(std::string(end));
      const std::string what = at == one.ends.end() || at->second.empty() ? "unknown" : at->second;
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, what);
    }
    if (one.has_time_limit) text += *one.has_time_limit ? "; a time limit is set" : "; no time limit is set";
    if (one.reads_first_string) text += "; only the first string of a record is read";
    row("on error", text);
  }

  void finding(const Finding& one) {
    pen_.paragraph(
        {.text = fmt::format("{}  {}   {}", letter(one.severity), one.rule, one.message),
         .head = std::string(1, letter(one.severity)),
         .right = one.id.substr(0, 8),
         .indent = 5,
         .hanging = 8},
        [&](std::string_view head) { return pen_.in_colour_of(one.severity, head); }, lines_);
    if (!shown_.insert(one.id).second) return;
    pen_.paragraph(
        {.text = "fix: " + one.fix, .head = "fix:", .right = "", .indent = 8, .hanging = 13},
        [&](std::string_view head) { return pen_.faint(head); }, lines_);
  }

  void title(std::string_view text) {
    lines_.emplace_back();
    lines_.push_back(pen_.bold(pen_.text(text)));
  }

  void other() {
    if (report_.other.empty()) return;
    title("OF RECORDS AND ZONES   no lookup of the tree meets them");
    for (const std::size_t at : report_.other) {
      const Finding& one = report_.findings[at];
      finding(one);
      if (!one.evidence.empty()) line(fmt::format("        {}", places_of(one.evidence)));
    }
  }

  void conventions() {
    if (report_.conventions.empty()) return;
    title("CONVENTIONS");
    for (const TxtConventionRow& one : report_.conventions) {
      const std::string source = one.stated.empty() ? "learned from the records" : "stated at " + place_of(one.stated);
      line(fmt::format("  {}.{}   {}   {}", one.order, one.suffix, how_many(one.identities, "name"), source));
      if (!one.environments.empty()) line(fmt::format("       environments: {}", fmt::join(one.environments, ", ")));
      const auto names = [&](const std::vector<std::string>& all, std::string_view what) {
        if (!all.empty()) line(fmt::format("       {}: {}", what, some_of(all)));
      };
      names(one.not_looked_up, fmt::format("{} that no code here looks up", one.not_looked_up.size()));
      names(one.strays, fmt::format("{} of another form", one.strays.size()));
      names(one.without_records, fmt::format("{} without a name here", how_many(one.without_records.size(), "function")));
    }
  }

  void undecided() {
    if (report_.undecided.empty()) return;
    title("NOT UNDERSTOOD");
    for (const Undecided& one : report_.undecided)
      line(fmt::format("  {:>3}  {}: {}   {}", one.count, one.what, one.why, some_of(one.examples)));
  }

  void sums() {
    lines_.emplace_back();
    std::map<std::string, std::size_t> marks;
    for (const TxtCheck& one : report_.checks) ++marks[one.verdict ? "wrong" : mark_of(one)];
    line(fmt::format("{} wrong, {} ok, {} of which too little is known, {} without a record; {} suppressed", marks["wrong"], marks["ok"],
                     marks["?"], marks["-"], how_many(report_.suppressed.size(), "finding")));
    if (!report_.findings.empty()) line(fmt::format("next: mainstay explain {}    mainstay txt plan PATH", report_.findings.front().rule));
  }

  const TxtCheckReport& report_;
  Pen pen_;
  std::vector<std::string> lines_;
  std::set<std::string> shown_;  // findings whose fix was said
};

}  // namespace

std::string txt_check_screen(const TxtCheckReport& report, const TerminalStyle& style) { return Screen(report, style).draw(); }

}  // namespace mainstay
