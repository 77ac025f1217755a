#include "ingest/syntax/dotenv.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::size_t kMaxValue = 65536;
constexpr std::size_t kMaxCopied = 16u << 20;
constexpr int kMaxNesting = 8;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_key_start(char c) { return c == '_' || is_ascii_letter(c); }
bool is_variable(char c) { return is_key_start(c) || is_ascii_digit(c); }
bool is_key(char c) { return is_variable(c) || c == '.' || c == '-'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

class Reader {
 public:
  Reader(std::string_view text, SourceId source, const std::function<void(DotenvProblem)>& problem)
      : text_(text), source_(source), problem_(problem) {
    if (text_.starts_with(kByteOrderMark)) position_ = kByteOrderMark.size();
  }

  std::vector<Assignment> read() {
    while (position_ < text_.size()) statement();
    return std::move(found_);
  }

 private:
  std::size_t line_end() const { return std::min(text_.find('\n', position_), text_.size()); }
  Location at(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(std::max(begin, end))};
  }
  void skip_blanks(std::size_t end) {
    while (position_ < end && is_blank(text_[position_])) ++position_;
  }
  void leave_line(std::size_t end) { position_ = std::min(end + 1, text_.size()); }

  void statement() {
    const std::size_t end = line_end();
    skip_blanks(end);
    if (position_ == end || text_[position_] == '#') return leave_line(end);
    if (text_.substr(position_, end - position_).starts_with("export") && position_ + 6 < end && is_blank(text_[position_ + 6])) {
      position_ += 6;
      skip_blanks(end);
    }
    const std::size_t key = position_;
    if (position_ < end && is_key_start(text_[position_])) {
      while (position_ < end && is_key(text_[position_])) ++position_;
    }
    const std::size_t key_end = position_;
    skip_blanks(end);
    if (key == key_end || position_ == end || text_[position_] != '=') return no_assignment(key, key_end, end);
    ++position_;
    skip_blanks(end);
    Assignment assignment{.key = std::string(text_.substr(key, key_end - key)), .key_at = at(key, key_end)};
    assignment.value = value(assignment.key_at, end);
    assignment.where = at(key, std::max(key_end, std::min(end, position_)));
    leave_line(line_end());
    known_[assignment.key] = found_.size();
    found_.push_back(std::move(assignment));
  }

  void no_assignment(std::size_t key, std::size_t key_end, std::size_t end) {
    // `export NAME` and a bare NAME take the value from outside: there is nothing to read.
    if (key != key_end && position_ == end) return leave_line(end);
    problem_(
        {at(key, std::max(key_end, std::min(key + 1, end))), "the line is no assignment", "KEY=value, or a comment that starts with #"});
    leave_line(end);
  }

  Text value(Location key, std::size_t end) {
    const char quote = position_ < end ? text_[position_] : '\0';
    if (quote == '\'' || quote == '"' || quote == '`') {
      std::size_t close = position_ + 1;
      while (close < text_.size() && text_[close] != quote) close += quote == '"' && text_[close] == '\\' ? 2 : 1;
      if (close < text_.size()) {
        const std::string_view inner = text_.substr(position_ + 1, close - position_ - 1);
        position_ = close + 1;
        return quote == '"' ? filled_in(unescaped_quotes(inner), 0) : Text(inner);
      }
      problem_({key, "the value's quote is never closed", "the rest of the line is taken as the value"});
      ++position_;
    }
    std::string_view raw = text_.substr(position_, end - position_);
    for (std::size_t mark = raw.find('#'); mark != std::string_view::npos; mark = raw.find('#', mark + 1)) {
      if (mark == 0 || is_blank(raw[mark - 1])) {
        raw = raw.substr(0, mark);
        break;
      }
    }
    raw = trimmed(raw);
    position_ += raw.size();
    return filled_in(raw, 0);
  }

  /// Escapes of a double-quoted value. A dollar that was escaped is marked with a NUL, which filled_in() takes off again.
  static std::string unescaped_quotes(std::string_view inner) {
    std::string out;
    for (std::size_t at = 0; at < inner.size(); ++at) {
      if (inner[at] != '\\' || at + 1 == inner.size()) {
        out += inner[at];
        continue;
      }
      switch (const char c = inner[++at]; c) {
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case '"':
        case '\\': out += c; break;
        case '$': out += std::string_view("\0$", 2); break;
        default: out += '\\'; out += c;
      }
    }
    return out;
  }

  Text filled_in(std::string_view raw, int depth) {
    Text out;
    std::size_t size = 0;
    while (!raw.empty() && size <= kMaxValue) {
      const std::size_t dollar = std::min(raw.find_first_of(std::string_view("$\0", 2)), raw.size());
      append(out, size, Text(raw.substr(0, dollar)));
      raw.remove_prefix(dollar);
      if (raw.empty()) break;
      if (raw.starts_with(std::string_view("\0$", 2)) || raw.starts_with("$$")) {
        append(out, size, Text("$"));
        raw.remove_prefix(2);
      } else if (raw.starts_with("${")) {
        const std::size_t close = matching_brace(raw);
        if (close == std::string_view::npos) return whole_hole(raw.substr(0, 64));
        append(out, size, braced(raw.substr(2, close - 2), depth));
        raw.remove_prefix(close + 1);
      } else if (raw.size() > 1 && raw[0] == '$' && is_key_start(raw[1])) {
        std::size_t end = 1;
        while (end < raw.size() && is_variable(raw[end])) ++end;
        append(out, size, variable(raw.substr(1, end - 1)));
        raw.remove_prefix(end);
      } else {
        append(out, size, Text(raw.substr(0, raw[0] == '$' ? 1 : 0)));
        raw.remove_prefix(1);
      }
    }
    return size > kMaxValue ? whole_hole("a value of more than 65536 octets") : out;
  }

  static void append(Text& out, std::size_t& size, const Text& more) {
    for (const Text::Piece& piece : more.pieces()) {
      const auto* known = std::get_if<std::string>(&piece);
      size += known != nullptr ? known->size() : 16;
    }
    if (size <= kMaxValue) out.append(more);
  }

  static Text whole_hole(std::string_view name) { return Text(Hole{.name = std::string(name)}); }

  static std::size_t matching_brace(std::string_view raw) {
    int depth = 0;
    for (std::size_t at = 0; at < raw.size(); ++at) {
      if (raw[at] == '{') ++depth;
      if (raw[at] == '}' && --depth == 0) return at;
    }
    return std::string_view::npos;
  }

  Text braced(std::string_view inside, int depth) {
    std::size_t end = 0;
    while (end < inside.size() && is_variable(inside[end])) ++end;
    const std::string_view name = inside.substr(0, end);
    std::string_view rest = inside.substr(end);
    if (name.empty() || depth >= kMaxNesting) return whole_hole(inside.substr(0, 64));
    if (rest.empty()) return variable(name);
    const bool empty_counts = rest.starts_with(':');
    rest.remove_prefix(empty_counts ? 1 : 0);
    const char kind = rest.empty() ? '\0' : rest[0];
    const auto known = known_.find(std::string(name));
    const bool is_set = known != known_.end() && !(empty_counts && found_[known->second].value.empty());
    // A variable that the file does not set may be set outside it, but its default is what the file says.
    if (kind == '-') return is_set ? variable(name) : filled_in(rest.substr(1), depth + 1);
    if (kind == '+') return is_set ? filled_in(rest.substr(1), depth + 1) : known == known_.end() ? whole_hole(name) : Text();
    return variable(name);
  }

  Text variable(std::string_view name) {
    const auto known = known_.find(std::string(name));
    if (known == known_.end() || copied_ > kMaxCopied) return whole_hole(name);
    const Text& value = found_[known->second].value;
    std::size_t size = 0;
    Text copy;
    append(copy, size, value);
    copied_ += size;
    return copy;
  }

  std::string_view text_;
  SourceId source_;
  const std::function<void(DotenvProblem)>& problem_;
  std::size_t position_ = 0;
  std::size_t copied_ = 0;  // octets that variables stood for, so that a short file cannot fill the memory
  std::vector<Assignment> found_;
  std::unordered_map<std::string, std::size_t> known_;
};

}  // namespace

std::vector<Assignment> read_dotenv(std::string_view text, SourceId source, const std::function<void(DotenvProblem)>& problem) {
  return Reader(text, source, problem).read();
}

}  // namespace mainstay
