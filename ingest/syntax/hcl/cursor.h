// Cursor: a place in an HCL text, and the smallest things that can be read there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mainstay::hcl {

class Cursor {
 public:
  /// A byte order mark in front is passed over.
  explicit Cursor(std::string_view bytes) : bytes_(bytes), at_(bytes.starts_with("\xef\xbb\xbf") ? 3 : 0) {}

  std::uint32_t offset() const { return static_cast<std::uint32_t>(at_); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }
  bool at_end() const { return at_ >= bytes_.size(); }
  /// The octet `ahead` of here; 0 behind the end.
  char peek(std::size_t ahead = 0) const { return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0'; }
  bool sees(std::string_view text) const { return bytes_.substr(at_, text.size()) == text; }
  std::string_view between(std::size_t begin, std::size_t end) const { return bytes_.substr(begin, end - begin); }
  void seek(std::size_t offset) { at_ = offset; }
  void advance(std::size_t octets = 1) { at_ += octets; }

  /// Passes over blanks and comments, and over line ends when `newlines` says so.
  void skip_blanks(bool newlines);
  bool at_newline() const { return peek() == '\n' || (peek() == '\r' && peek(1) == '\n'); }
  /// Passes over one line end.
  void take_newline() { advance(peek() == '\r' ? 2 : 1); }
  /// The offset of the line end at or behind here; the end of the text when there is none.
  std::size_t line_end() const;
  /// The identifier here, passed over; empty when there is none.
  std::string_view take_identifier();
  bool at_identifier() const { return identifier_octets(0, true) > 0; }
  /// The number here, passed over; empty when there is none.
  std::string_view take_number();

 private:
  std::size_t identifier_octets(std::size_t ahead, bool first) const;
  bool skip_comment();

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t unclosed_comment_ = std::string_view::npos;  // no "*/" from here on: looked for once only
};

/// The octet where the text stops to be UTF-8; npos when all of it is.
std::size_t first_invalid_utf8(std::string_view text);

}  // namespace mainstay::hcl
