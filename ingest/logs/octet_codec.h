// Numbers and texts as octets: what partial files are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mainstay {

/// Appends numbers seven bits an octet, the lowest first, and texts behind their size.
class OctetWriter {
 public:
  explicit OctetWriter(std::string& out) : out_(out) {}
  void number(std::uint64_t value) {
    char octets[10];
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7) octets[size++] = static_cast<char>((value & 0x7f) | 0x80);
    octets[size++] = static_cast<char>(value);
    out_.append(octets, size);
  }
  void text(std::string_view value) {
    number(value.size());
    out_ += value;
  }

 private:
  std::string& out_;
};

/// Reads what OctetWriter wrote. Errors: after the first thing that cannot be read everything is 0 and empty, and is_good() is false.
class OctetReader {
 public:
  explicit OctetReader(std::string_view octets) : rest_(octets) {}
  std::uint64_t number();
  /// A number of at most `most`.
  std::uint64_t number(std::uint64_t most);
  /// A text of at most `most` octets.
  std::string_view text(std::size_t most);
  bool is_good() const { return is_good_; }
  bool is_done() const { return is_good_ && rest_.empty(); }
  void fail() { is_good_ = false; }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

}  // namespace mainstay
