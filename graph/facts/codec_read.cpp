#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "graph/facts/codec.h"
#include "graph/facts/fields.h"

namespace mainstay {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxLine = std::size_t{64} << 20;
constexpr std::size_t kMaxDepth = 16;  // a server's forward's upstream's reason is at depth 7

/// A key as a message shows it: not longer than a person reads.
std::string shown(std::string_view key) { return fmt::format("'{}'", key.substr(0, 64)); }

/// Builds the tree of one line; refuses what the library would let pass: repeated keys and any depth.
class Builder final : public json::json_sax_t {
 public:
  json root;
  std::string problem;

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& key) override {
    if (open_.back()->contains(key)) {
      problem = "the member " + shown(key) + " is written twice";
      return false;
    }
    member_ = &(*open_.back())[key];
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    problem = fmt::format("not JSON at octet {}", position);
    return false;
  }

 private:
  json* place(json value) {
    if (open_.empty()) {
      root = std::move(value);
      return &root;
    }
    if (open_.back()->is_array()) return &open_.back()->emplace_back(std::move(value));
    *member_ = std::move(value);
    return member_;
  }
  bool put(json value) {
    place(std::move(value));
    return true;
  }
  bool open(json value) {
    if (open_.size() >= kMaxDepth) {
      problem = "nested deeper than any fact";
      return false;
    }
    open_.push_back(place(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<json*> open_;
  json* member_ = nullptr;
};

/// Reads values into members; after the first failure `problem()` says what and where.
class Reader {
 public:
  /// Reads an object's members, where `besides` is a key that is no member.
  template <Tabled T>
  bool members(const json& in, T& out, std::string_view besides = {}) {
    if (!in.is_object()) return fail("an object is expected");
    std::size_t found = besides.empty() ? 0 : 1;
    bool good = true;
    for_each_field<T>([&](const auto& field) {
      if (!good) return;
      const auto at = in.find(field.name);
      if (at == in.end()) {
        good = !field.required || fail(fmt::format("the member '{}' is missing", field.name));
        return;
      }
      ++found;
      good = (value(*at, field.of(out)) && at_least(field.least, field.of(out))) || in_path(fmt::format(".{}", field.name));
    });
    if (!good || found == in.size()) return good;
    for (const auto& [key, ignored] : in.items()) {
      if (key != besides && !is_member<T>(key)) return fail("no member is called " + shown(key));
    }
    return good;
  }

  std::string problem() const { return path_.empty() ? what_ : path_.substr(path_[0] == '.' ? 1 : 0) + ": " + what_; }

 private:
  template <Tabled T>
  static bool is_member(std::string_view key) {
    bool found = false;
    for_each_field<T>([&](const auto& field) { found = found || field.name == key; });
    return found;
  }

  bool fail(std::string what) {
    what_ = std::move(what);
    return false;
  }
  bool in_path(const std::string& step) {
    path_ = step + path_;
    return false;
  }

  template <class T>
  bool at_least(std::uint64_t, const T&) {
    return true;
  }
  template <std::unsigned_integral N>
  bool at_least(std::uint64_t least, const N& number) {
    return number >= least || fail(fmt::format("a number from {} is expected", least));
  }
  template <std::unsigned_integral N>
  bool at_least(std::uint64_t least, const std::optional<N>& number) {
    return at_least(least, number.value_or(std::numeric_limits<N>::max()));
  }

  bool value(const json& in, std::string& out) {
    if (!in.is_string()) return fail("a string is expected");
    out = in.get_ref<const std::string&>();
    return true;
  }
  bool value(const json& in, bool& out) {
    if (!in.is_boolean()) return fail("true or false is expected");
    out = in.get<bool>();
    return true;
  }
  bool number(const json& in, std::uint64_t most, std::uint64_t& out) {
    if (!in.is_number_unsigned() || in.get<std::uint64_t>() > most)
      return fail(fmt::format("a whole number from 0 to {} is expected", most));
    out = in.get<std::uint64_t>();
    return true;
  }
  template <std::unsigned_integral N>
  bool value(const json& in, N& out) {
    std::uint64_t read = 0;
    if (!number(in, std::numeric_limits<N>::max(), read)) return false;
    out = static_cast<N>(read);
    return true;
  }
  bool value(const json& in, Ttl& out) {
    std::uint64_t read = 0;
    if (!number(in, Ttl::kMax, read)) return false;
    out = *Ttl::from_seconds(read);
    return true;
  }
  template <Worded E>
  bool value(const json& in, E& out) {
    std::string text;
    if (!value(in, text)) return false;
    const std::optional<E> kind = kind_of_word<E>(text);
    if (!kind) return fail(fmt::format("{} is none of {}", shown(text), fmt::join(words(out), ", ")));
    out = *kind;
    return true;
  }
  /// A value that has a parse() of its own.
  template <class T>
  bool parsed(const json& in, T& out) {
    std::string text;
    if (!value(in, text)) return false;
    Result<T> read = T::parse(text);
    if (!read) return fail(read.error());
    out = *std::move(read);
    return true;
  }
  bool value(const json& in, DomainName& out) { return parsed(in, out); }
  bool value(const json& in, IpAddress& out) { return parsed(in, out); }
  bool value(const json& in, Text& out) {
    if (in.is_string()) {
      out = Text(in.get_ref<const std::string&>());
      return true;
    }
    if (!in.is_array()) return fail("a string, or an array of strings and holes is expected");
    for (std::size_t at = 0; at < in.size(); ++at) {
      if (in[at].is_string()) {
        out.append(std::string_view(in[at].get_ref<const std::string&>()));
        continue;
      }
      Hole hole;
      if (!members(in[at], hole)) return in_path(fmt::format("[{}]", at));
      out.append(std::move(hole));
    }
    return true;
  }
  template <class T>
  bool value(const json& in, std::optional<T>& out) {
    return value(in, out.emplace());
  }
  template <class T>
  bool value(const json& in, std::vector<T>& out) {
    if (!in.is_array()) return fail("an array is expected");
    out.reserve(in.size());
    for (const json& one : in) {
      if (!value(one, out.emplace_back())) return in_path(fmt::format("[{}]", out.size() - 1));
    }
    return true;
  }
  template <class T>
  bool value(const json& in, std::map<std::string, T>& out) {
    if (!in.is_object()) return fail("an object is expected");
    for (const auto& [key, one] : in.items()) {
      if (!value(one, out[key])) return in_path(fmt::format("[{}]", shown(key)));
    }
    return true;
  }
  template <Tabled T>
  bool value(const json& in, T& out) {
    return members(in, out);
  }

  std::string what_;
  std::string path_;
};

template <class T>
Result<Fact> read_as(const json& in) {
  T fact;
  Reader reader;
  if (!reader.members(in, fact, "fact")) return Error{reader.problem()};
  return Fact(std::move(fact));
}

/// The reader of the kind of that name; null when there is none.
template <std::size_t... kIndex>
auto reader_of(std::string_view kind, std::index_sequence<kIndex...>) {
  Result<Fact> (*found)(const json&) = nullptr;
  ((Table<std::variant_alternative_t<kIndex, Fact>>::kName == kind ? void(found = &read_as<std::variant_alternative_t<kIndex, Fact>>)
                                                                   : void()),
   ...);
  return found;
}

}  // namespace

Result<Fact> fact_from_json_line(std::string_view line) {
  if (line.size() > kMaxLine) return Error{"a fact of more than 64 MiB"};
  Builder builder;
  if (!json::sax_parse(line, &builder)) return Error{builder.problem};
  const json& in = builder.root;
  if (!in.is_object()) return Error{"a fact is a JSON object"};
  const auto kind = in.find("fact");
  if (kind == in.end() || !kind->is_string()) return Error{"the member 'fact' names the kind of fact, and is missing"};
  const std::string& name = kind->get_ref<const std::string&>();
  const auto read = reader_of(name, std::make_index_sequence<std::variant_size_v<Fact>>());
  if (read == nullptr) return Error{"no kind of fact is called " + shown(name)};
  return read(in);
}

}  // namespace mainstay
