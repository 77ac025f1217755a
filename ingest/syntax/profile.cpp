#include "ingest/syntax/profile.h"

#include <algorithm>

namespace mainstay {
namespace {

constexpr std::size_t kMaxDepth = 32;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

class ProfileReader {
 public:
  ProfileReader(std::string_view text, SourceId source, ProfileDialect dialect, const std::function<void(ProfileProblem)>& problem)
      : text_(text), source_(source), dialect_(dialect), problem_(problem) {}

  std::vector<Section> read() {
    sections_.push_back({});
    std::size_t begin = text_.starts_with("\xef\xbb\xbf") ? 3 : 0;
    while (begin < text_.size()) {
      const std::size_t newline = std::min(text_.find('\n', begin), text_.size());
      std::size_t first = begin;
      std::size_t last = newline;
      while (first < last && is_blank(text_[first])) ++first;
      while (last > first && is_blank(text_[last - 1])) --last;
      if (first < last) read_line(first, last, first > begin);
      begin = newline + 1;
    }
    for (const Location& open : open_at_) report(open, "the block is never closed", "write a '}' on a line of its own");
    if (sections_.front().settings.empty()) sections_.erase(sections_.begin());
    return std::move(sections_);
  }

 private:
  Location at(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  void report(Location where, std::string message, std::string hint = {}) { problem_({where, std::move(message), std::move(hint)}); }

  /// Where the next setting belongs. Found anew from the top each time: the vectors on the way may have moved.
  std::vector<Setting>& here() {
    std::vector<Setting>* settings = &sections_.back().settings;
    for (std::size_t depth = 0; depth < open_at_.size(); ++depth) settings = &settings->back().block;
    return *settings;
  }

  void read_line(std::size_t first, std::size_t last, bool indented) {
    const std::string_view line = text_.substr(first, last - first);
    if (line[0] == '#' || line[0] == ';') return;
    for (const std::string_view mark : {"{%", "{#", "<%"}) {
      if (line.starts_with(mark)) return;
    }
    if (dialect_ == ProfileDialect::ini && indented && !here().empty()) {
      here().back().value += " " + std::string(line);
    } else if (line[0] == '[') {
      read_section(first, last);
    } else if (dialect_ == ProfileDialect::krb5 && line[0] == '}') {
      close(first, last);
    } else {
      read_setting(first, last);
    }
  }

  void read_section(std::size_t first, std::size_t last) {
    const std::size_t close = text_.substr(0, last).find(']', first);
    if (close == std::string_view::npos) {
      report(at(first, last), "the section's name has no closing bracket");
      return;
    }
    for (const Location& open : open_at_) report(open, "the block is not closed before the next section");
    open_at_.clear();
    skipped_ = 0;
    sections_.push_back({.name = std::string(text_.substr(first + 1, close - first - 1)), .where = at(first, close + 1), .settings = {}});
  }

  void close(std::size_t first, std::size_t last) {
    if (skipped_ > 0) {
      --skipped_;
    } else if (open_at_.empty()) {
      report(at(first, last), "nothing is open that this brace could close");
    } else {
      open_at_.pop_back();
    }
  }

  void read_setting(std::size_t first, std::size_t last) {
    const std::string_view line = text_.substr(first, last - first);
    const std::size_t equals = line.find('=');
    const bool directive = dialect_ == ProfileDialect::krb5 && (line.starts_with("include") || line.starts_with("module"));
    const std::size_t split = directive ? std::min(line.find_first_of(" \t"), line.size()) : equals;
    if (split == std::string_view::npos || split == 0) {
      report(at(first, last), "the line is no setting", "a setting is a name, '=' and a value");
      return;
    }
    std::size_t key_end = first + split;
    while (key_end > first && is_blank(text_[key_end - 1])) --key_end;
    std::size_t value = std::min(first + split + 1, last);
    while (value < last && is_blank(text_[value])) ++value;
    if (skipped_ > 0) {
      if (text_.substr(value, last - value) == "{") ++skipped_;
      return;
    }
    std::string_view key = text_.substr(first, key_end - first);
    if (dialect_ == ProfileDialect::krb5 && key.ends_with('*')) key.remove_suffix(1);
    Setting setting{.key = std::string(key), .value = {}, .key_at = at(first, key_end), .value_at = {}, .block = {}};
    setting.value_at = value < last ? at(value, last) : setting.key_at;
    const bool opens = dialect_ == ProfileDialect::krb5 && text_.substr(value, last - value) == "{";
    if (!opens) setting.value = value_of(text_.substr(value, last - value));
    here().push_back(std::move(setting));
    if (!opens) return;
    if (open_at_.size() == kMaxDepth) {
      report(at(first, last), "blocks are nested too deep; this one is not read");
      ++skipped_;
    } else {
      open_at_.push_back(at(first, last));
    }
  }

  std::string value_of(std::string_view written) const {
    if (dialect_ != ProfileDialect::krb5 || !written.starts_with('"')) return std::string(written);
    std::string value;
    for (std::size_t at_octet = 1; at_octet < written.size() && written[at_octet] != '"'; ++at_octet) {
      if (written[at_octet] != '\\' || at_octet + 1 == written.size()) {
        value += written[at_octet];
        continue;
      }
      const char escaped = written[++at_octet];
      value += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == 'b' ? '\b' : escaped;
    }
    return value;
  }

  std::string_view text_;
  SourceId source_;
  ProfileDialect dialect_;
  const std::function<void(ProfileProblem)>& problem_;
  std::vector<Section> sections_;
  std::vector<Location> open_at_;  // the lines that opened the blocks around here
  std::size_t skipped_ = 0;        // blocks too deep to be read that are open
};

}  // namespace

std::vector<Section> read_profile(std::string_view text, SourceId source, ProfileDialect dialect,
                                  const std::function<void(ProfileProblem)>& problem) {
  return ProfileReader(text, source, dialect, problem).read();
}

}  // namespace mainstay
