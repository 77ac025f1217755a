#include "ingest/syntax/cxx_tokens.h"

#include <clang-c/Index.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <string>

#include "ingest/syntax/clang_library.h"

namespace mainstay {
namespace {

/// The functions of libclang that cut texts.
struct Clang {
  decltype(&clang_createIndex) create_index = nullptr;
  decltype(&clang_disposeIndex) dispose_index = nullptr;
  decltype(&clang_toggleCrashRecovery) toggle_crash_recovery = nullptr;
  decltype(&clang_parseTranslationUnit2) parse = nullptr;
  decltype(&clang_disposeTranslationUnit) dispose_unit = nullptr;
  decltype(&clang_getFile) file = nullptr;
  decltype(&clang_getLocationForOffset) location = nullptr;
  decltype(&clang_getRange) range = nullptr;
  decltype(&clang_tokenize) tokenize = nullptr;
  decltype(&clang_disposeTokens) dispose_tokens = nullptr;
  decltype(&clang_getTokenKind) kind = nullptr;
  decltype(&clang_getTokenExtent) extent = nullptr;
  decltype(&clang_getRangeStart) begin = nullptr;
  decltype(&clang_getRangeEnd) end = nullptr;
  decltype(&clang_getFileLocation) offset = nullptr;
  bool is_complete = false;
};

Clang load() {
  Clang clang;
  clang.is_complete = find_in_clang("clang_createIndex", clang.create_index) && find_in_clang("clang_disposeIndex", clang.dispose_index) &&
                      find_in_clang("clang_toggleCrashRecovery", clang.toggle_crash_recovery) &&
                      find_in_clang("clang_parseTranslationUnit2", clang.parse) &&
                      find_in_clang("clang_disposeTranslationUnit", clang.dispose_unit) && find_in_clang("clang_getFile", clang.file) &&
                      find_in_clang("clang_getLocationForOffset", clang.location) && find_in_clang("clang_getRange", clang.range) &&
                      find_in_clang("clang_tokenize", clang.tokenize) && find_in_clang("clang_disposeTokens", clang.dispose_tokens) &&
                      find_in_clang("clang_getTokenKind", clang.kind) && find_in_clang("clang_getTokenExtent", clang.extent) &&
                      find_in_clang("clang_getRangeStart", clang.begin) && find_in_clang("clang_getRangeEnd", clang.end) &&
                      find_in_clang("clang_getFileLocation", clang.offset);
  return clang;
}

const Clang& clang() {
  static const Clang loaded = load();
  return loaded;
}

CXIndex index_of(const Clang& clang) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const CXIndex index = clang.create_index(0, 0);
  // Each new index installs signal handlers of its own again. They are for the parser, which has nothing to do here.
  clang.toggle_crash_recovery(0);
  return index;
}

/// A delimiter of raw strings that the text does not hold.
std::string delimiter_for(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  std::string delimiter;
  do {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    delimiter = fmt::format("{:016x}", hash++);
  } while (text.find(delimiter) != std::string_view::npos);
  return delimiter;
}

CxxTokenKind kind_of(CXTokenKind kind, std::string_view text) {
  if (kind == CXToken_Keyword || kind == CXToken_Identifier) return CxxTokenKind::word;
  if (kind != CXToken_Literal) return CxxTokenKind::mark;
  const char first = text.front();
  if ((first >= '0' && first <= '9') || first == '.') return CxxTokenKind::number;
  return text.find('"') < text.find('\'') ? CxxTokenKind::string : CxxTokenKind::character;
}

/// True when a line ends in [begin, end) that no backslash continues.
bool breaks_line(std::string_view text, std::size_t begin, std::size_t end) {
  text = text.substr(0, end);
  for (std::size_t at = text.find('\n', begin); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    std::size_t before = at;
    if (before > begin && text[before - 1] == '\r') --before;
    if (before == 0 || text[before - 1] != '\\') return true;
  }
  return false;
}

/// One translation unit whose only file is one raw string with the text in it. The parser sees a single token, so there is nothing for it
/// to look up, to recurse into or to include; the lexer then starts inside of the string.
class Lexed {
 public:
  Lexed(const Clang& clang, std::string_view text) : clang_(clang), index_(index_of(clang)), size_(text.size()) {
    constexpr const char* kName = "/text.cpp";
    const std::string delimiter = delimiter_for(text);
    std::string wrapped = "R\"" + delimiter + "(";
    prefix_ = wrapped.size();
    wrapped.append(text).append(")").append(delimiter).append("\"");
    CXUnsavedFile file{kName, wrapped.data(), wrapped.size()};
    // Of a machine without a file system no tool chain is looked for.
    constexpr std::array<const char*, 5> kArguments = {"-xc++", "-std=c++17", "-w", "-ffreestanding", "--target=x86_64-unknown-none-elf"};
    const CXErrorCode error =
        clang_.parse(index_, kName, kArguments.data(), static_cast<int>(kArguments.size()), &file, 1,
                     CXTranslationUnit_SingleFileParse | CXTranslationUnit_Incomplete | CXTranslationUnit_KeepGoing, &unit_);
    if (error != CXError_Success) unit_ = nullptr;
    if (unit_ == nullptr) return;
    const CXFile name = clang_.file(unit_, kName);
    const auto place = [&](std::size_t at) { return clang_.location(unit_, name, static_cast<unsigned>(prefix_ + at)); };
    clang_.tokenize(unit_, clang_.range(place(0), place(size_)), &tokens_, &count_);
  }
  ~Lexed() {
    if (tokens_ != nullptr) clang_.dispose_tokens(unit_, tokens_, count_);
    if (unit_ != nullptr) clang_.dispose_unit(unit_);
    clang_.dispose_index(index_);
  }
  Lexed(const Lexed&) = delete;
  Lexed& operator=(const Lexed&) = delete;

  bool is_done() const { return unit_ != nullptr; }
  std::size_t count() const { return count_; }
  CXTokenKind kind(std::size_t at) const { return clang_.kind(tokens_[at]); }
  /// An unclosed literal runs on to the end of what the text was wrapped in.
  std::pair<std::size_t, std::size_t> extent(std::size_t at) const {
    const CXSourceRange range = clang_.extent(unit_, tokens_[at]);
    return {offset(clang_.begin(range)), offset(clang_.end(range))};
  }

 private:
  std::size_t offset(CXSourceLocation location) const {
    unsigned offset = 0;
    clang_.offset(location, nullptr, nullptr, nullptr, &offset);
    return std::min(offset < prefix_ ? 0 : offset - prefix_, size_);
  }

  const Clang& clang_;
  CXIndex index_;
  CXTranslationUnit unit_ = nullptr;
  CXToken* tokens_ = nullptr;
  unsigned count_ = 0;
  std::size_t prefix_ = 0;
  std::size_t size_ = 0;
};

}  // namespace

Result<std::vector<CxxToken>> cxx_tokens(std::string_view text, SourceId source) {
  if (text.size() > kMaxCxxText) return Error{fmt::format("it has more than {} octets", kMaxCxxText)};
  if (!clang().is_complete) return Error{"libclang is not on this machine"};
  const Lexed lexed(clang(), text);
  if (!lexed.is_done()) return Error{"libclang does not take it"};
  std::vector<CxxToken> tokens;
  std::size_t seen = 0;
  bool starts_line = true;
  for (std::size_t at = 0; at < lexed.count(); ++at) {
    const auto [begin, end] = lexed.extent(at);
    if (begin < seen || begin >= end) continue;
    starts_line = starts_line || breaks_line(text, seen, begin);
    seen = end;
    if (lexed.kind(at) == CXToken_Comment) continue;  // also one of several lines is as good as a blank
    const std::string_view written = text.substr(begin, end - begin);
    tokens.push_back({.kind = kind_of(lexed.kind(at), written),
                      .starts_line = starts_line,
                      .where = {source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                      .text = written});
    starts_line = false;
  }
  return tokens;
}

}  // namespace mainstay
