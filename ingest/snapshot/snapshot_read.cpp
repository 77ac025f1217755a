// Bytes, perhaps hostile ones, to a snapshot.
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

#include "ingest/snapshot/snapshot.h"
#include "ingest/snapshot/snapshot_tables.h"

namespace mainstay {
namespace {

/// Decompresses until the end of the stream or the limit.
Result<std::string> unpacked(std::string_view bytes, std::uint64_t limit) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return Error{"out of memory"};
  std::string out;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  std::size_t left = bytes.size();
  int status = Z_OK;
  while (status == Z_OK && out.size() <= limit) {
    const std::size_t chunk = std::min<std::size_t>(left, std::size_t{1} << 30);
    if (stream.avail_in == 0) {
      stream.avail_in = static_cast<uInt>(chunk);
      left -= chunk;
    }
    const std::size_t room = std::clamp<std::size_t>(out.size(), std::size_t{1} << 16, std::size_t{1} << 24);
    const std::size_t before = out.size();
    out.resize(before + room);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(room);
    status = inflate(&stream, Z_NO_FLUSH);
    out.resize(before + room - stream.avail_out);
  }
  const bool has_more = left > 0 || stream.avail_in > 0;
  inflateEnd(&stream);
  if (out.size() > limit) return Error{fmt::format("it holds more than {} MiB", limit >> 20)};
  if (status == Z_BUF_ERROR || status == Z_OK) return Error{"the file ends too early"};
  if (status != Z_STREAM_END || has_more) return Error{"the file is damaged"};
  return out;
}

/// Reads in the order of writing; after the first failure everything is empty and `problem()` says why.
class Unpacker {
 public:
  Unpacker(std::string_view bytes, std::uint64_t memory) : in_(bytes), memory_(memory) {}

  bool strings() {
    std::uint64_t count = 0;
    if (!number(count) || !has(count) || !takes(count * (sizeof(std::string_view) + sizeof(std::size_t)))) return false;
    std::vector<std::size_t> sizes;
    sizes.reserve(count);
    for (std::uint64_t at = 0; at < count; ++at) {
      std::uint64_t size = 0;
      if (!number(size) || !has(size)) return false;
      sizes.push_back(size);
    }
    for (const std::size_t size : sizes) {
      if (!has(size)) return false;
      strings_.push_back(in_.substr(0, size));
      in_.remove_prefix(size);
    }
    return true;
  }

  /// The members of each kind as the file has them: a subsequence of ours, or the file is not for this version.
  template <std::size_t... kAt>
  bool kinds(std::index_sequence<kAt...>) {
    std::uint64_t count = 0;
    if (!number(count)) return false;
    for (std::uint64_t at = 0; at < count && problem_.empty(); ++at) {
      std::string_view name;
      if (!text(name)) return false;
      bool known = false;
      ((Table<std::tuple_element_t<kAt, SnapshotTypes>>::kName == name
            ? void(known = layout(kAt, names_of<std::tuple_element_t<kAt, SnapshotTypes>>(), name))
            : void()),
       ...);
      if (!known) return fail(fmt::format("it was written by a version of mainstay with another kind of fact, '{}'", shown(name)));
    }
    return problem_.empty();
  }

  template <Tabled T>
  bool value(T& object) {
    const std::vector<std::uint8_t>& bits = layouts_[snapshot_type_index<T>()];
    std::uint64_t present = 0;
    if (!number(present)) return false;
    std::uint64_t taken = 0;
    std::size_t at = 0;
    bool good = true;
    for_each_field<T>([&](const auto& field) {
      const std::size_t mine = at++;
      if (!good || mine >= bits.size() || bits[mine] == kAbsent || (present >> bits[mine] & 1) == 0) return;
      taken |= std::uint64_t{1} << bits[mine];
      good = value(field.of(object)) && at_least(field.least, field.of(object));
    });
    return good && (taken == present || fail(kDamaged));
  }

  bool number(std::uint64_t& out) {
    out = 0;
    for (unsigned shift = 0; shift < 64 && !in_.empty(); shift += 7) {
      const auto octet = static_cast<std::uint8_t>(in_.front());
      in_.remove_prefix(1);
      out |= static_cast<std::uint64_t>(octet & 0x7f) << shift;
      if ((octet & 0x80) == 0) return true;
    }
    return fail(kDamaged);
  }
  bool text(std::string_view& out) {
    std::uint64_t at = 0;
    if (!number(at)) return false;
    if (at >= strings_.size()) return fail(kDamaged);
    out = strings_[at];
    return true;
  }
  template <std::size_t... kAt>
  bool fact(std::vector<Fact>& facts, std::index_sequence<kAt...>) {
    std::string_view kind;
    if (!takes(sizeof(Fact)) || !text(kind)) return false;
    bool known = false;
    bool good = true;
    const auto read = [&]<class T>(const T*) {
      if (known || Table<T>::kName != kind) return;
      known = true;
      good = value(std::get<T>(facts.emplace_back(std::in_place_type<T>)));
    };
    (read(static_cast<const std::variant_alternative_t<kAt, Fact>*>(nullptr)), ...);
    return good && (known || fail(kDamaged));
  }
  bool at_end() { return in_.empty() || fail(kDamaged); }
  /// True when that many things, each of at least one octet, may still be in the file.
  bool has(std::uint64_t count) { return count <= in_.size() || fail(kDamaged); }
  const std::string& problem() const { return problem_; }

 private:
  static constexpr std::uint8_t kAbsent = 0xff;
  static constexpr std::uint64_t kMaxMembers = 64;  // one bit each says which are present
  static constexpr const char* kDamaged = "the file is damaged";

  static std::string shown(std::string_view name) { return std::string(name.substr(0, 64)); }
  bool fail(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
    return false;
  }
  bool takes(std::uint64_t octets) {
    if (octets > memory_) return fail("what it holds takes more memory than a snapshot may");
    memory_ -= octets;
    return true;
  }

  template <class T>
  static std::vector<std::string_view> names_of() {
    std::vector<std::string_view> names;
    for_each_field<T>([&](const auto& field) { names.push_back(field.name); });
    return names;
  }
  bool layout(std::size_t kind, const std::vector<std::string_view>& ours, std::string_view kind_name) {
    std::vector<std::uint8_t>& bits = layouts_[kind];
    bits.assign(ours.size(), kAbsent);
    std::uint64_t count = 0;
    if (!number(count) || (count > kMaxMembers && !fail(kDamaged))) return true;
    std::size_t mine = 0;
    for (std::uint64_t at = 0; at < count; ++at) {
      std::string_view name;
      if (!text(name)) return true;
      while (mine < ours.size() && ours[mine] != name) ++mine;
      if (mine == ours.size()) {
        fail(fmt::format("it was written by a version of mainstay with another member, '{}' of '{}'", shown(name), shown(kind_name)));
        return true;
      }
      bits[mine++] = static_cast<std::uint8_t>(at);
    }
    return true;
  }

  template <class T>
  bool at_least(std::uint64_t, const T&) {
    return true;
  }
  template <std::unsigned_integral N>
  bool at_least(std::uint64_t least, const N& number) {
    return number >= least || fail(kDamaged);
  }
  template <std::unsigned_integral N>
  bool at_least(std::uint64_t least, const std::optional<N>& number) {
    return !number || at_least(least, *number);
  }

  bool value(std::string& out) {
    std::string_view read;
    if (!text(read) || !takes(read.size())) return false;
    out = read;
    return true;
  }
  bool value(bool& out) {
    std::uint64_t read = 0;
    if (!number(read)) return false;
    if (read > 1) return fail(kDamaged);
    out = read == 1;
    return true;
  }
  template <std::unsigned_integral N>
  bool value(N& out) {
    std::uint64_t read = 0;
    if (!number(read)) return false;
    out = static_cast<N>(read);
    return out == read || fail(kDamaged);
  }
  bool value(Ttl& out) {
    std::uint64_t read = 0;
    if (!number(read)) return false;
    const Result<Ttl> ttl = Ttl::from_seconds(read);
    if (!ttl) return fail(kDamaged);
    out = *ttl;
    return true;
  }
  template <Worded E>
  bool value(E& out) {
    std::string_view read;
    if (!text(read)) return false;
    const std::span<const std::string_view> all = words(out);
    const auto at = std::find(all.begin(), all.end(), read);
    if (at == all.end()) return fail(fmt::format("it was written by a version of mainstay with another word, '{}'", shown(read)));
    out = static_cast<E>(at - all.begin());
    return true;
  }
  template <class T>
  bool parsed(T& out) {
    std::string_view read;
    if (!text(read) || !takes(read.size())) return false;
    Result<T> made = T::parse(read);
    if (!made) return fail(kDamaged);
    out = *std::move(made);
    return true;
  }
  bool value(DomainName& out) { return parsed(out); }
  bool value(IpAddress& out) { return parsed(out); }
  bool value(Text& out) {
    std::uint64_t count = 0;
    if (!number(count) || !has(count) || !takes(count * sizeof(Text::Piece))) return false;
    for (std::uint64_t at = 0; at < count; ++at) {
      std::uint64_t is_hole = 0;
      if (!number(is_hole)) return false;
      std::string known;
      Hole hole;
      if (is_hole > 1) return fail(kDamaged);
      if (!(is_hole == 1 ? value(hole) : value(known))) return false;
      if (is_hole == 1) {
        out.append(std::move(hole));
      } else {
        out.append(known);
      }
    }
    return true;
  }
  template <class T>
  bool value(std::optional<T>& out) {
    return value(out.emplace());
  }
  template <class T>
  bool value(std::vector<T>& out) {
    std::uint64_t count = 0;
    if (!number(count) || !has(count) || !takes(count * sizeof(T))) return false;
    out.reserve(count);
    for (std::uint64_t at = 0; at < count; ++at) {
      if (!value(out.emplace_back())) return false;
    }
    return true;
  }
  template <class T>
  bool value(std::map<std::string, T>& out) {
    std::uint64_t count = 0;
    if (!number(count)) return false;
    for (std::uint64_t at = 0; at < count; ++at) {
      std::string key;
      constexpr std::uint64_t kNode = 32 + sizeof(std::pair<const std::string, T>);
      if (!takes(kNode) || !value(key) || !value(out[key])) return false;
    }
    return true;
  }

  std::string_view in_;
  std::uint64_t memory_;
  std::vector<std::string_view> strings_;
  std::array<std::vector<std::uint8_t>, kSnapshotTypes> layouts_;
  std::string problem_;
};

}  // namespace

Result<Snapshot> read_snapshot(std::string_view bytes, const SnapshotLimits& limits) {
  if (!is_snapshot(bytes)) return Error{"it is no snapshot of mainstay"};
  const Result<std::string> plain = unpacked(bytes.substr(kSnapshotMark.size()), limits.unpacked);
  if (!plain) return Error{plain.error()};
  Unpacker in(*plain, limits.memory);
  Snapshot snapshot;
  constexpr auto kFacts = std::make_index_sequence<std::variant_size_v<Fact>>();
  std::uint64_t count = 0;
  bool good =
      in.strings() && in.kinds(std::make_index_sequence<kSnapshotTypes>()) && in.value(snapshot) && in.number(count) && in.has(count);
  for (std::uint64_t at = 0; good && at < count; ++at) good = in.fact(snapshot.facts, kFacts);
  if (!good || !in.at_end()) return Error{in.problem()};
  return snapshot;
}

}  // namespace mainstay
