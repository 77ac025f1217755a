// A snapshot to bytes.
#include <zlib.h>

#include <map>
#include <unordered_map>

#include "graph/values/assert.h"
#include "ingest/snapshot/snapshot.h"
#include "ingest/snapshot/snapshot_tables.h"

namespace mainstay {
namespace {

void append_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(0x80 | (number & 0x7f));
  out += static_cast<char>(number);
}

/// Numbers go out as they come, strings as their place in a list that stands before them.
class Packer {
 public:
  template <Tabled T>
  void value(const T& object) {
    [[maybe_unused]] static const T kDefaults{};  // unused where T has no members
    std::uint64_t present = 0;
    std::uint64_t bit = 1;
    for_each_field<T>([&](const auto& field) {
      if (!(field.of(object) == field.of(kDefaults))) present |= bit;
      bit <<= 1;
    });
    value(present);
    for_each_field<T>([&](const auto& field) {
      if ((present & 1) != 0) value(field.of(object));
      present >>= 1;
    });
  }
  void value(std::string_view text) {
    const auto [at, inserted] = places_.try_emplace(std::string(text), strings_.size());
    if (inserted) strings_.push_back(&at->first);
    value(at->second);
  }
  void value(const std::string& text) { value(std::string_view(text)); }
  template <std::unsigned_integral N>
  void value(N number) {
    append_number(out_, number);
  }
  template <class T>
  void value(const std::vector<T>& list) {
    value(list.size());
    for (const T& one : list) value(one);
  }

  std::string finished() const {
    std::string out;
    append_number(out, strings_.size());
    for (const std::string* text : strings_) append_number(out, text->size());
    for (const std::string* text : strings_) out += *text;
    return out + out_;
  }

 private:
  template <Worded E>
  void value(E kind) {
    value(words(kind)[static_cast<std::size_t>(kind)]);
  }
  void value(const DomainName& name) { value(name.text()); }
  void value(const IpAddress& address) { value(address.text()); }
  void value(Ttl ttl) { value(ttl.seconds()); }
  void value(const Text& text) {
    value(text.pieces().size());
    for (const Text::Piece& piece : text.pieces()) {
      value(piece.index());
      std::visit([&](const auto& part) { value(part); }, piece);
    }
  }
  template <class T>
  void value(const std::optional<T>& one) {
    value(*one);  // an absent one equals the default and is not written
  }
  template <class T>
  void value(const std::map<std::string, T>& map) {
    value(map.size());
    for (const auto& [key, one] : map) {
      value(key);
      value(one);
    }
  }

  std::unordered_map<std::string, std::size_t> places_;
  std::vector<const std::string*> strings_;
  std::string out_;
};

template <std::size_t... kAt>
void pack_kinds(Packer& packer, std::index_sequence<kAt...>) {
  const auto kind = [&]<class T>(const T*) {
    packer.value(Table<T>::kName);
    packer.value(std::tuple_size_v<decltype(Table<T>::kFields)>);
    for_each_field<T>([&](const auto& field) { packer.value(field.name); });
  };
  packer.value(sizeof...(kAt));
  (kind(static_cast<const std::tuple_element_t<kAt, SnapshotTypes>*>(nullptr)), ...);
}

}  // namespace

bool is_snapshot(std::string_view head) { return head.starts_with(kSnapshotMark); }
std::size_t snapshot_mark_size() { return kSnapshotMark.size(); }

std::string snapshot_bytes(const Snapshot& snapshot) {
  Packer packer;
  pack_kinds(packer, std::make_index_sequence<kSnapshotTypes>());
  packer.value(snapshot);
  packer.value(snapshot.facts.size());
  for (const Fact& fact : snapshot.facts) {
    packer.value(kind_of(fact));
    std::visit([&](const auto& one) { packer.value(one); }, fact);
  }
  const std::string plain = packer.finished();
  std::string out(kSnapshotMark);
  uLongf size = compressBound(plain.size());
  out.resize(kSnapshotMark.size() + size);
  const int status = compress2(reinterpret_cast<Bytef*>(out.data() + kSnapshotMark.size()), &size,
                               reinterpret_cast<const Bytef*>(plain.data()), plain.size(), Z_DEFAULT_COMPRESSION);
  MAINSTAY_ASSERT(status == Z_OK, "compression into a buffer of the size that zlib asks for fails only without memory");
  out.resize(kSnapshotMark.size() + size);
  return out;
}

}  // namespace mainstay
