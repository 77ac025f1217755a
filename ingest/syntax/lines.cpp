#include "ingest/syntax/lines.h"

namespace mainstay {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

}  // namespace

LineReader::LineReader(std::string_view text, SourceId source, LineSyntax syntax) : text_(text), source_(source), syntax_(syntax) {
  if (text_.starts_with(kByteOrderMark)) position_ = kByteOrderMark.size();
}

Location LineReader::at(std::size_t begin, std::size_t end) const {
  return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool LineReader::next(Line& line) {
  while (position_ < text_.size()) {
    const std::size_t begin = position_;
    const std::size_t newline = text_.find('\n', begin);
    const std::size_t end = newline == std::string_view::npos ? text_.size() : newline;
    position_ = newline == std::string_view::npos ? text_.size() : newline + 1;
    if (begin < end && syntax_.comments.find(text_[begin]) != std::string_view::npos) continue;
    split(begin, end, line);
    if (!line.words.empty()) return true;
  }
  return false;
}

void LineReader::split(std::size_t begin, std::size_t end, Line& line) const {
  line.words.clear();
  line.open_quote = false;
  line.indented = begin < end && is_blank(text_[begin]);
  std::size_t at_octet = begin;
  while (true) {
    while (at_octet < end && is_blank(text_[at_octet])) ++at_octet;
    if (at_octet == end) break;
    const char first = text_[at_octet];
    if (syntax_.comments_after_words && syntax_.comments.find(first) != std::string_view::npos) break;
    const std::size_t word = at_octet;
    if (syntax_.quotes && (first == '"' || first == '\'')) {
      const std::size_t close = text_.substr(0, end).find(first, word + 1);
      line.open_quote = close == std::string_view::npos;
      const std::size_t inner_end = line.open_quote ? end : close;
      at_octet = line.open_quote ? end : close + 1;
      line.words.push_back({text_.substr(word + 1, inner_end - word - 1), at(word, at_octet), true});
    } else {
      while (at_octet < end && !is_blank(text_[at_octet])) ++at_octet;
      line.words.push_back({text_.substr(word, at_octet - word), at(word, at_octet), false});
    }
  }
  if (!line.words.empty()) {
    line.where = at(line.words.front().where.begin, line.words.back().where.end);
  }
}

}  // namespace mainstay
