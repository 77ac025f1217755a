#include "ingest/code/ast/wire.h"

#include <utility>
#include <variant>

#include "ingest/code/known_calls.h"

namespace mainstay::code::ast {
namespace {

constexpr std::size_t kMaxItems = 100'000;  // of one list

class Writer {
 public:
  void add(std::uint32_t number) { octets_ += written(number); }
  void add(bool flag) { octets_ += flag ? '\1' : '\0'; }
  void add(std::string_view text) {
    add(static_cast<std::uint32_t>(text.size()));
    octets_ += text;
  }
  void add(const std::string& text) { add(std::string_view(text)); }
  void add(const Location& where) {
    add(static_cast<std::uint32_t>(where.source));
    add(where.begin);
    add(where.end);
  }
  template <class T>
  void add(const std::vector<T>& items) {
    add(static_cast<std::uint32_t>(items.size()));
    for (const T& item : items) add(item);
  }
  void add(const TreeFile& file) {
    add(file.name);
    add(file.bytes);
  }
  void add(const Text::Piece& piece) {
    const Hole* hole = std::get_if<Hole>(&piece);
    add(hole != nullptr);
    add(hole != nullptr ? hole->name : std::get<std::string>(piece));
  }
  void add(const SeenValue& seen) {
    add(seen.value.text.pieces());
    add(seen.value.where);
    add(seen.value.variable);
    add(seen.value.is_environment);
    add(seen.value.has_literal);
    add(seen.is_settled);
    add(seen.considered);
  }
  void add(const SeenCall& call) {
    add(call.row);
    add(call.where);
    add(call.is_other);
    add(call.is_unverified);
    add(call.is_once);
    add(call.option);
    add(call.service);
    add(call.values);
    add(static_cast<std::uint32_t>(call.time));
    add(call.milliseconds);
    add(call.time_where);
  }
  std::string take() { return std::move(octets_); }

 private:
  std::string octets_;
};

class Reader {
 public:
  Reader(std::string_view octets, const std::vector<std::size_t>* files) : octets_(octets), files_(files) {}

  /// True when all was well and nothing is left.
  bool is_done() const { return is_good_ && octets_.empty(); }

  void get(std::uint32_t& number) { number = read_number(taken(4)); }
  void get(bool& flag) {
    const std::string_view one = taken(1);
    flag = !one.empty() && one[0] != '\0';
  }
  void get(std::string& text) {
    std::uint32_t size = 0;
    get(size);
    text = taken(size);
  }
  void get(Location& where) {
    std::uint32_t source = 0;
    get(source);
    get(where.begin);
    get(where.end);
    where.source = SourceId{source};
    const bool is_inside = source < files_->size() && where.begin <= where.end && where.end <= (*files_)[source];
    if (source != kNone && !is_inside) is_good_ = false;
  }
  template <class T>
  void get(std::vector<T>& items) {
    std::uint32_t count = 0;
    get(count);
    if (count > kMaxItems) is_good_ = false;
    for (std::uint32_t at = 0; at < count && is_good_; ++at) get(items.emplace_back());
  }
  void get(TreeFile& file) {
    get(file.name);
    get(file.bytes);
  }
  void get(Text::Piece& piece) {
    bool is_hole = false;
    std::string text;
    get(is_hole);
    get(text);
    if (is_hole) {
      piece = Hole{.name = std::move(text)};
    } else {
      piece = std::move(text);
    }
  }
  void get(SeenValue& seen) {
    std::vector<Text::Piece> pieces;
    get(pieces);
    for (Text::Piece& piece : pieces) {
      if (Hole* hole = std::get_if<Hole>(&piece)) {
        seen.value.text.append(std::move(*hole));
      } else {
        seen.value.text.append(std::get<std::string>(piece));
      }
    }
    get(seen.value.where);
    get(seen.value.variable);
    get(seen.value.is_environment);
    get(seen.value.has_literal);
    get(seen.is_settled);
    get(seen.considered);
  }
  void get(SeenCall& call) {
    std::uint32_t time = 0;
    get(call.row);
    get(call.where);
    get(call.is_other);
    get(call.is_unverified);
    get(call.is_once);
    get(call.option);
    get(call.service);
    get(call.values);
    get(time);
    get(call.milliseconds);
    get(call.time_where);
    if (call.row >= known_calls().size() || time > static_cast<std::uint32_t>(SeenTime::set) || call.where.source != SourceId{0})
      is_good_ = false;
    call.time = static_cast<SeenTime>(time);
  }

 private:
  std::string_view taken(std::size_t count) {
    if (count > octets_.size()) is_good_ = false;
    if (!is_good_) return {};
    const std::string_view got = octets_.substr(0, count);
    octets_.remove_prefix(count);
    return got;
  }

  std::string_view octets_;
  const std::vector<std::size_t>* files_;
  bool is_good_ = true;
};

}  // namespace

std::string written(std::uint32_t number) {
  std::string octets;
  for (int shift = 0; shift < 32; shift += 8) octets += static_cast<char>((number >> shift) & 0xff);
  return octets;
}

std::uint32_t read_number(std::string_view octets) {
  std::uint32_t number = 0;
  for (std::size_t at = octets.size(); at > 0; --at) number = number << 8 | static_cast<unsigned char>(octets[at - 1]);
  return number;
}

std::string written(const TreeInput& input) {
  Writer writer;
  writer.add(input.files);
  writer.add(input.flags);
  return writer.take();
}

std::optional<TreeInput> read_input(std::string_view octets) {
  TreeInput input;
  const std::vector<std::size_t> no_files;
  Reader reader(octets, &no_files);
  reader.get(input.files);
  reader.get(input.flags);
  return reader.is_done() ? std::optional(std::move(input)) : std::nullopt;
}

std::string written(const Result<std::vector<SeenCall>>& calls) {
  Writer writer;
  writer.add(static_cast<bool>(calls));
  if (calls) {
    writer.add(*calls);
  } else {
    writer.add(calls.error());
  }
  return writer.take();
}

std::optional<Result<std::vector<SeenCall>>> read_calls(std::string_view octets, const std::vector<std::size_t>& files) {
  Reader reader(octets, &files);
  bool is_good = false;
  std::vector<SeenCall> calls;
  std::string error;
  reader.get(is_good);
  if (is_good) {
    reader.get(calls);
  } else {
    reader.get(error);
  }
  if (!reader.is_done()) return std::nullopt;
  return is_good ? Result<std::vector<SeenCall>>(std::move(calls)) : Error{std::move(error)};
}

}  // namespace mainstay::code::ast
