#include "ingest/syntax/master_file_entry.h"

#include <array>
#include <utility>

namespace mainstay {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

constexpr std::array<bool, 256> word_ends() {
  std::array<bool, 256> ends{};
  for (const char c : {' ', '\t', '\n', '\r', '(', ')', ';', '"'}) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}
constexpr std::array<bool, 256> kEndsWord = word_ends();

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

std::size_t template_end(std::string_view text, std::size_t begin) {
  constexpr std::size_t kLongest = 512;
  const std::string_view rest = text.substr(begin, kLongest);
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}, {"<%", "%>"}}) {
    if (!rest.starts_with(open)) continue;
    const std::size_t end = rest.find(close, open.size());
    return end == std::string_view::npos ? end : begin + end + close.size();
  }
  return std::string_view::npos;
}

MasterEntryReader::MasterEntryReader(std::string_view text, SourceId source) : text_(text), source_(source) {
  if (text_.starts_with(kByteOrderMark)) position_ = kByteOrderMark.size();
}

Location MasterEntryReader::at(std::size_t begin, std::size_t end) const {
  return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

void MasterEntryReader::fail(MasterEntry& entry, std::size_t begin, std::size_t end, std::string_view problem) {
  if (!entry.problem.empty()) return;
  entry.problem = problem;
  entry.problem_at = at(begin, end);
}

void MasterEntryReader::push(MasterEntry& entry, MasterToken token) {
  if (entry.tokens.size() == kMaxTokens) {
    fail(entry, token.where.begin, token.where.end, "an entry has more than 65536 words");
    return;
  }
  entry.tokens.push_back(token);
}

void MasterEntryReader::skip_line() {
  const std::size_t newline = text_.find('\n', position_);
  position_ = newline == std::string_view::npos ? text_.size() : newline;
}

bool MasterEntryReader::next(MasterEntry& entry) {
  while (position_ < text_.size()) {
    entry.tokens.clear();
    entry.problem = {};
    entry.is_template = false;
    entry.blank_owner = is_blank(text_[position_]);
    read_entry(entry);
    if (!entry.tokens.empty() || !entry.problem.empty()) return true;
  }
  return false;
}

void MasterEntryReader::read_entry(MasterEntry& entry) {
  std::size_t depth = 0;
  std::size_t opened = 0;
  while (position_ < text_.size()) {
    const char c = text_[position_];
    if (c == '\n') {
      ++position_;
      if (depth == 0) return;
    } else if (is_blank(c)) {
      ++position_;
    } else if (c == ';') {
      skip_line();
    } else if (c == '(') {
      if (unclosed_) {
        fail(entry, position_, position_ + 1, "a parenthesis is never closed");
      } else if (depth++ == 0) {
        opened = position_;
      }
      ++position_;
    } else if (c == ')') {
      if (depth == 0) fail(entry, position_, position_ + 1, "a parenthesis is closed that was not opened");
      depth -= depth > 0 ? 1 : 0;
      ++position_;
    } else if (c == '"') {
      read_quoted(entry);
    } else {
      read_word(entry);
    }
  }
  if (depth == 0) return;
  // Nothing behind closes it: what follows the line of the parenthesis is read line by line, so that one typing error costs one record.
  unclosed_ = true;
  entry.problem = {};
  fail(entry, opened, opened + 1, "a parenthesis is never closed");
  position_ = opened;
  skip_line();
}

void MasterEntryReader::read_quoted(MasterEntry& entry) {
  const std::size_t open = position_;
  std::size_t end = open + 1;
  while (end < text_.size() && text_[end] != '"' && text_[end] != '\n')
    end += text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n' ? 2 : 1;
  if (end >= text_.size() || text_[end] == '\n') {
    position_ = end < text_.size() ? end : text_.size();
    fail(entry, open, position_, "a quoted string is not closed on its line");
    return;
  }
  position_ = end + 1;
  const std::string_view inside = text_.substr(open + 1, end - open - 1);
  const std::size_t expression = inside.find("{{");
  if (expression != std::string_view::npos && template_end(inside, expression) != std::string_view::npos) entry.is_template = true;
  push(entry, {inside, at(open, position_), true});
}

void MasterEntryReader::read_word(MasterEntry& entry) {
  const std::size_t begin = position_;
  std::size_t end = begin;
  while (end < text_.size()) {
    const char c = text_[end];
    const std::size_t behind = c == '{' || c == '<' ? template_end(text_, end) : std::string_view::npos;
    if (behind != std::string_view::npos) {
      entry.is_template = true;
      end = behind;
    } else if (c == '\\') {
      if (end + 1 >= text_.size() || text_[end + 1] == '\n') {
        position_ = end + 1;
        fail(entry, end, end + 1, "a backslash stands at the end of a line");
        return;
      }
      end += 2;
    } else if (c == '"' && text_[end - 1] == '=' && end > begin) {
      // A service parameter keeps its quotes inside the word: alpn="h2,h3" (RFC 9460 section 2.1).
      const std::size_t close = text_.find_first_of("\"\n", end + 1);
      if (close == std::string_view::npos || text_[close] == '\n') break;
      end = close + 1;
    } else if (kEndsWord[static_cast<unsigned char>(c)]) {
      break;
    } else {
      ++end;
    }
  }
  position_ = end;
  push(entry, {text_.substr(begin, end - begin), at(begin, end), false});
}

}  // namespace mainstay
