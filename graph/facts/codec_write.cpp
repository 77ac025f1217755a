#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "graph/facts/codec.h"
#include "graph/facts/fields.h"

namespace mainstay {
namespace {

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

/// A JSON string with its quotes.
std::string quoted(const std::string& text) {
  if (is_plain(text)) return '"' + text + '"';
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class Writer {
 public:
  explicit Writer(std::string_view kind) { out_ = "{\"fact\":" + quoted(std::string(kind)); }

  template <Tabled T>
  void members(const T& object) {
    [[maybe_unused]] static const T kDefaults{};  // unused where every field is required
    for_each_field<T>([&](const auto& field) {
      const auto& member = field.of(object);
      if (!field.required && member == field.of(kDefaults)) return;
      if (out_.back() != '{') out_ += ',';
      out_ += '"';
      out_ += field.name;
      out_ += "\":";
      value(member);
    });
    out_ += '}';
  }

  std::string take() && { return std::move(out_); }

 private:
  void value(const std::string& text) { out_ += quoted(text); }
  void value(bool yes) { out_ += yes ? "true" : "false"; }
  template <std::unsigned_integral N>
  void value(N number) {
    out_ += std::to_string(number);
  }
  template <Worded E>
  void value(E kind) {
    out_ += quoted(std::string(word(kind)));
  }
  void value(const DomainName& name) { out_ += quoted(name.text()); }
  void value(const IpAddress& address) { out_ += quoted(address.text()); }
  void value(Ttl ttl) { value(ttl.seconds()); }
  void value(const Text& text) {
    if (text.is_known()) {
      value(*text.known());
    } else {
      value(text.pieces());
    }
  }
  void value(const Text::Piece& piece) {
    std::visit([&](const auto& part) { value(part); }, piece);
  }
  template <class T>
  void value(const std::optional<T>& one) {
    value(*one);
  }
  template <class T>
  void value(const std::vector<T>& list) {
    char separator = '[';
    for (const T& one : list) {
      out_ += separator;
      value(one);
      separator = ',';
    }
    out_ += list.empty() ? "[]" : "]";
  }
  template <class T>
  void value(const std::map<std::string, T>& map) {
    // Keys that differ only in octets that are not UTF-8 would become one.
    std::map<std::string, const T*> by_key;
    for (const auto& [key, one] : map) {
      std::string unique = quoted(key);
      while (by_key.contains(unique)) unique.insert(unique.size() - 1, "\xef\xbf\xbd");
      by_key.emplace(std::move(unique), &one);
    }
    out_ += '{';
    for (const auto& [key, one] : by_key) {
      if (out_.back() != '{') out_ += ',';
      out_ += key + ':';
      value(*one);
    }
    out_ += '}';
  }
  template <Tabled T>
  void value(const T& object) {
    out_ += '{';
    members(object);
  }

  std::string out_;
};

}  // namespace

std::string to_json_line(const Fact& fact) {
  Writer writer(kind_of(fact));
  std::visit([&](const auto& one) { writer.members(one); }, fact);
  return std::move(writer).take();
}

}  // namespace mainstay
