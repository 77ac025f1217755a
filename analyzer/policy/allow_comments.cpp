#include "analyzer/policy/allow_comments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "analyzer/policy/days.h"
#include "analyzer/policy/nearest.h"
#include "analyzer/policy/settings.h"
#include "analyzer/rules/rule.h"

namespace mainstay {
namespace {

constexpr std::string_view kMark = "mainstay:";
constexpr std::string_view kBlank = " \t\r\f\v";
constexpr std::size_t kMaxRules = 20;        // of one comment
constexpr std::size_t kMaxComments = 10000;  // of one file

/// How a comment begins, and what ends it before the end of its line.
struct CommentForm {
  std::string_view begin;
  std::string_view end;
};
constexpr std::array<CommentForm, 9> kForms{
    {{"<!--", "-->"}, {"/*", "*/"}, {"{#", "#}"}, {"//", ""}, {"--", ""}, {"#", ""}, {";", ""}, {"%", ""}, {"!", ""}}};

std::string_view trimmed_right(std::string_view text) {
  const std::size_t last = text.find_last_not_of(kBlank);
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  return first == std::string_view::npos ? std::string_view() : trimmed_right(text.substr(first));
}

/// A part of the source, which knows where it stands.
class Words {
 public:
  Words(std::string_view all, std::string_view rest) : all_(all), rest_(rest) {}

  /// The next word, which ends at a blank or a comma; empty at the end.
  std::string_view next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t,"), rest_.size()));
    const std::string_view found = rest_.substr(0, rest_.find_first_of(" \t\r,"));
    rest_.remove_prefix(found.size());
    return found;
  }
  std::string_view rest() const { return rest_; }
  Location where(std::string_view part) const {
    const auto begin = static_cast<std::uint32_t>(part.data() - all_.data());
    return {SourceId{}, begin, begin + static_cast<std::uint32_t>(part.size())};
  }

 private:
  std::string_view all_;
  std::string_view rest_;
};

class CommentReader {
 public:
  CommentReader(const Source& source, Diagnostics& problems) : source_(source), bytes_(source.bytes()), problems_(problems) {}

  std::vector<Allowance> read() {
    if (bytes_.find(kMark) == std::string_view::npos) return {};
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < bytes_.size();) {
      const std::size_t feed = std::min(bytes_.find('\n', at), bytes_.size());
      read_line(bytes_.substr(at, feed - at), ++number);
      at = feed + 1;
    }
    return std::move(all_);
  }

 private:
  void read_line(std::string_view line, std::uint32_t number) {
    const std::string_view text = trimmed(line);
    const bool was_inside = !closer_.empty();
    if (was_inside) {
      const std::size_t end = text.find(closer_);
      if (end == std::string_view::npos) return;
      const bool goes_on = !trimmed(text.substr(end + closer_.size())).empty();
      closer_ = {};
      if (!goes_on) return;
    } else if (waiting_ > 0 && (text.empty() || text.starts_with(form_->begin))) {
      read_comment(line, number);
      return;
    }
    for (std::size_t at = all_.size() - waiting_; at < all_.size(); ++at) {
      if (!all_[at].covers_file) all_[at].line = number;
    }
    waiting_ = 0;
    if (!was_inside) read_comment(line, number);
  }

  void read_comment(std::string_view line, std::uint32_t number) {
    const std::size_t mark = line.find(kMark);
    if (mark == std::string_view::npos) return;
    const std::string_view before = trimmed_right(line.substr(0, mark));
    const auto form = std::find_if(kForms.begin(), kForms.end(), [&](const CommentForm& one) { return before.ends_with(one.begin); });
    if (form == kForms.end()) return;
    std::string_view said = line.substr(mark + kMark.size());
    const std::size_t end = form->end.empty() ? std::string_view::npos : said.find(form->end);
    const std::string_view behind = end == std::string_view::npos ? std::string_view() : trimmed(said.substr(end + form->end.size()));
    said = trimmed_right(said.substr(0, end));
    const bool stands_alone = behind.empty() && before.find_first_not_of(" \t" + std::string(form->begin)) == std::string_view::npos;
    const std::size_t before_it = all_.size();
    read_allowance(said, number);
    if (!stands_alone) return;
    // Those for the whole file wait for nothing, but may stand among some that do.
    const bool is_for_file = all_.size() > before_it && all_.back().covers_file;
    if (waiting_ > 0 || !is_for_file) waiting_ += all_.size() - before_it;
    for (std::size_t at = before_it; at < all_.size(); ++at) all_[at].line = 0;
    if (waiting_ == 0) return;
    form_ = form;
    if (!form->end.empty() && end == std::string_view::npos) closer_ = form->end;
  }

  void read_allowance(std::string_view said, std::uint32_t number) {
    Words words(bytes_, said);
    const std::string_view verb = words.next();
    covers_file_ = verb == "allow-file";
    if (verb != "allow" && !covers_file_) {
      const std::string meant_verb = verb.empty() ? std::string() : nearest(verb, {"allow", "allow-file"});
      if (meant_verb.empty()) return;
      return problems_.warning(source_, words.where(verb), fmt::format("'{}' is nothing that mainstay knows", verb),
                               fmt::format("did you mean '{}'?", meant_verb));
    }
    std::vector<std::string_view> rules;
    std::string_view until;
    std::string_view word = words.next();
    for (; !word.empty() && word != "until" && word != "--" && word != "—" && rules.size() < kMaxRules; word = words.next())
      rules.push_back(word);
    if (word == "until") {
      until = words.next();
      if (!is_day(until)) return complain(words, until.empty() ? verb : until, "what stands behind 'until' is no day", "as 2027-01-31");
      word = words.next();
    }
    const std::string_view reason = word == "--" || word == "—" ? trimmed(words.rest()) : std::string_view();
    if (rules.empty()) return complain(words, verb, "the comment names no rule", "allow RULE -- why");
    if (reason.empty()) return complain(words, rules.front(), "the comment gives no reason", "add: -- why");
    for (const std::string_view rule : rules)
      add(words, rule, {SuppressionKind::in_place, std::string(reason), std::string(until), {}}, number);
  }

  void complain(const Words& words, std::string_view at, std::string_view what, std::string hint) {
    problems_.warning(source_, words.where(at), fmt::format("{}, and covers nothing", what), std::move(hint));
  }

  void add(const Words& words, std::string_view rule, Suppression suppression, std::uint32_t number) {
    if (find_rule(rule) == nullptr) {
      const std::string shown(rule.substr(0, 64));
      return complain(words, rule, fmt::format("no rule is called '{}'", shown),
                      meant(shown, words_of(SettingKind::rule), "`mainstay rules` lists them"));
    }
    if (all_.size() >= kMaxComments) {
      if (!std::exchange(is_full_, true)) complain(words, rule, "the file has more allowances than are read; this one is left out", "");
      return;
    }
    const Location where = words.where(rule);
    const Source::Quoted quoted = source_.quoted(where.begin, where.end);
    suppression.place = quoted.place;
    Allowance one;
    one.suppression = std::move(suppression);
    one.caret = quoted.caret;
    one.rule = rule;
    one.file = source_.name();
    one.line = number;
    one.covers_file = covers_file_;
    all_.push_back(std::move(one));
  }

  const Source& source_;
  std::string_view bytes_;
  Diagnostics& problems_;
  std::vector<Allowance> all_;
  std::size_t waiting_ = 0;  // how many at the end of all_ stand alone and cover what comes next
  const CommentForm* form_ = nullptr;
  std::string_view closer_;   // of a comment that goes on behind its first line
  bool covers_file_ = false;  // the comment that is read
  bool is_full_ = false;
};

}  // namespace

std::vector<Allowance> read_allow_comments(const Source& source, Diagnostics& problems) { return CommentReader(source, problems).read(); }

}  // namespace mainstay
