#include "ingest/syntax/yaml.h"

#include <libfyaml.h>

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "ingest/syntax/utf8.h"
#include "ingest/syntax/yaml_builder.h"
#include "ingest/syntax/yaml_chunks.h"

namespace mainstay {
namespace {

constexpr std::size_t kMaxDocuments = 20'000;

struct FreeParser {
  void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};
struct FreeDiag {
  void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};

/// One libfyaml parser over one chunk. A parser is never used again after an error: its reset frees twice (0.7.12).
class Events {
 public:
  explicit Events(std::string_view chunk) {
    fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = nullptr;
    quiet.level = FYET_ERROR;
    quiet.colorize = false;
    diag_.reset(fy_diag_create(&quiet));
    fy_diag_set_collect_errors(diag_.get(), true);
    fy_parse_cfg config{};
    // Brackets that close in the column of their key are no YAML 1.2, but kubectl and Compose read them, and people write them.
    config.flags =
        static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE | FYPCF_SLOPPY_FLOW_INDENTATION);
    config.diag = diag_.get();
    parser_.reset(fy_parser_create(&config));
    if (parser_ != nullptr) fy_parser_set_string(parser_.get(), chunk.data(), chunk.size());
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  ~Events() { release(); }

  /// The next event, which lives until the one after it is asked for; null at an error.
  fy_event* next() {
    release();
    event_ = parser_ == nullptr ? nullptr : fy_parser_parse(parser_.get());
    return event_;
  }

  struct Failure {
    std::string message;
    std::size_t at = 0;
  };
  Failure failure() const {
    void* cursor = nullptr;
    const fy_diag_error* error = fy_diag_errors_iterate(diag_.get(), &cursor);
    if (error == nullptr) return {"the parser stopped", 0};
    const fy_mark* mark = error->fyt == nullptr ? nullptr : fy_token_start_mark(error->fyt);
    return {error->msg == nullptr ? "" : error->msg, mark == nullptr ? 0 : mark->input_pos};
  }

 private:
  void release() {
    if (event_ != nullptr) fy_parser_event_free(parser_.get(), event_);
    event_ = nullptr;
  }

  // The parser holds the diag: it must go first.
  std::unique_ptr<fy_diag, FreeDiag> diag_;
  std::unique_ptr<fy_parser, FreeParser> parser_;
  fy_event* event_ = nullptr;
};

YamlStyle style_of(fy_token* token) {
  switch (fy_token_scalar_style(token)) {
    case FYSS_SINGLE_QUOTED: return YamlStyle::single_quoted;
    case FYSS_DOUBLE_QUOTED: return YamlStyle::double_quoted;
    case FYSS_LITERAL: return YamlStyle::literal;
    case FYSS_FOLDED: return YamlStyle::folded;
    default: return YamlStyle::plain;
  }
}

/// Turns the events of one chunk into calls of the builder.
class ChunkReader {
 public:
  ChunkReader(std::string_view bytes, const YamlChunk& chunk, YamlBuilder& builder)
      : bytes_(bytes), chunk_(chunk), builder_(builder), events_(bytes.substr(chunk.begin, chunk.end - chunk.begin)), last_(chunk.begin) {}

  enum class Outcome : std::uint8_t { good, given_up, is_template };

  Outcome read() {
    if (must_not_be_parsed(bytes_.substr(chunk_.begin, chunk_.end - chunk_.begin))) {
      builder_.report(chunk_.begin, std::min(chunk_.begin + 3, chunk_.end), "tabs behind a colon are not read beside complex keys (`? `)",
                      "replace the tabs by spaces; this document is not read");
      return Outcome::given_up;
    }
    while (const fy_event* event = events_.next()) {
      if (event->type == FYET_STREAM_END) return Outcome::good;
      if (is_template_value(event)) return Outcome::is_template;
      if (!take(event)) {
        builder_.abandon();
        return Outcome::given_up;
      }
    }
    builder_.abandon();
    if (template_mark(bytes_.substr(chunk_.begin, chunk_.end - chunk_.begin)) != std::string_view::npos) return Outcome::is_template;
    report();
    return Outcome::given_up;
  }

 private:
  struct Range {
    std::size_t begin, end;
  };

  Range range(fy_token* token) const {
    const fy_mark* begin = token == nullptr ? nullptr : fy_token_start_mark(token);
    const fy_mark* end = token == nullptr ? nullptr : fy_token_end_mark(token);
    if (begin == nullptr || end == nullptr) return {last_, last_};
    const std::size_t from = std::min(chunk_.begin + begin->input_pos, chunk_.end);
    return {from, std::clamp(chunk_.begin + end->input_pos, from, chunk_.end)};
  }

  YamlBuilder::Properties properties(fy_token* anchor, fy_token* tag) const {
    YamlBuilder::Properties found;
    if (tag != nullptr) {
      const Range at = range(tag);
      found.tag = bytes_.substr(at.begin, at.end - at.begin);
    }
    std::size_t size = 0;
    const char* name = anchor == nullptr ? nullptr : fy_token_get_text(anchor, &size);
    if (name != nullptr) found.anchor.assign(name, size);
    return found;
  }

  /// `key: {{ .Values.x }}` is YAML, a map whose key is a map, and nobody ever means that.
  bool is_template_value(const fy_event* event) const {
    if (event->type != FYET_MAPPING_START || event->mapping_start.mapping_start == nullptr || !builder_.expects_key()) return false;
    const Range at = range(event->mapping_start.mapping_start);
    return at.begin > chunk_.begin && bytes_.substr(at.begin - 1, 2) == "{{";
  }

  bool take(const fy_event* event) {
    switch (event->type) {
      case FYET_DOCUMENT_END: builder_.end_document(); return true;
      case FYET_ALIAS: return take_alias(event->alias.anchor);
      case FYET_SCALAR: return take_scalar(event->scalar);
      case FYET_SEQUENCE_START: {
        const auto& start = event->sequence_start;
        return open(YamlKind::list, start.sequence_start, properties(start.anchor, start.tag));
      }
      case FYET_MAPPING_START: {
        const auto& start = event->mapping_start;
        return open(YamlKind::map, start.mapping_start, properties(start.anchor, start.tag));
      }
      case FYET_SEQUENCE_END: return close(event->sequence_end.sequence_end);
      case FYET_MAPPING_END: return close(event->mapping_end.mapping_end);
      default: return true;
    }
  }

  bool take_alias(fy_token* anchor) {
    std::size_t size = 0;
    const char* name = fy_token_get_text(anchor, &size);
    const Range at = range(anchor);
    last_ = at.end;
    return builder_.alias({name == nullptr ? "" : name, size}, at.begin, at.end);
  }

  bool take_scalar(const fy_event_scalar_data& data) {
    YamlBuilder::Scalar scalar;
    const Range at = range(data.value);
    scalar.begin = at.begin;
    scalar.end = at.end;
    last_ = at.end;
    scalar.raw = bytes_.substr(at.begin, at.end - at.begin);
    std::size_t size = 0;
    const char* text = data.value == nullptr ? nullptr : fy_token_get_text(data.value, &size);
    if (data.value != nullptr) scalar.style = style_of(data.value);
    const std::string_view decoded = text == nullptr ? std::string_view() : std::string_view(text, size);
    scalar.text = decoded == scalar.raw ? scalar.raw : builder_.keep(std::string(decoded));
    return builder_.scalar(scalar, properties(data.anchor, data.tag));
  }

  bool open(YamlKind kind, fy_token* token, const YamlBuilder::Properties& properties) {
    const Range at = range(token);
    return builder_.open(kind, at.begin, at.end, properties);
  }

  bool close(fy_token* token) {
    const Range at = range(token);
    const bool is_flow = at.end == at.begin + 1 && (bytes_[at.begin] == ']' || bytes_[at.begin] == '}');
    return builder_.close(is_flow ? at.end : 0);
  }

  /// The tab in the indentation of the line of `at` or of the one behind it, where the parser names the value it runs into; or npos.
  std::size_t indenting_tab(std::size_t at) const {
    std::size_t line = at == 0 ? 0 : bytes_.rfind('\n', at - 1) + 1;
    for (int lines = 0; lines < 2 && line < chunk_.end; ++lines) {
      const std::size_t first = bytes_.find_first_not_of(' ', line);
      if (first != std::string_view::npos && bytes_[first] == '\t') return first;
      line = std::min(bytes_.find('\n', line), chunk_.end - 1) + 1;
    }
    return std::string_view::npos;
  }

  void report() {
    const Events::Failure failure = events_.failure();
    const std::size_t at = std::min(chunk_.begin + failure.at, chunk_.end);
    if (const std::size_t tab = indenting_tab(at); tab != std::string_view::npos) {
      builder_.report(tab, tab + 1, "this is not YAML: a tab is used for indentation", "indent with spaces; this document is not read");
      return;
    }
    builder_.report(at, std::min(at + 1, chunk_.end), fmt::format("this is not YAML: {}", failure.message),
                    "this document is not read; the others of the file are");
  }

  std::string_view bytes_;
  YamlChunk chunk_;
  YamlBuilder& builder_;
  Events events_;
  std::size_t last_;
};

}  // namespace

YamlStream read_yaml(const YamlInput& input, Diagnostics& problems) {
  YamlBuilder builder(input, problems);
  YamlInput clean = input;
  if (const std::optional<Utf8Repair> repair = repaired_utf8(input.bytes)) {
    problems.warning(input.source, input.map.where(repair->first_bad, repair->first_bad + 1),
                     fmt::format("{} octets of this text are not UTF-8", repair->bad), "each is read as a question mark");
    clean.bytes = builder.keep(repair->text);
  }
  const std::vector<YamlChunk> chunks = split_documents(clean.bytes, kMaxDocuments);
  for (const YamlChunk& chunk : chunks) {
    ChunkReader reader(clean.bytes, chunk, builder);
    if (reader.read() != ChunkReader::Outcome::is_template) continue;
    builder.abandon();
    builder.mark_template();
    const std::size_t mark = chunk.begin + template_mark(clean.bytes.substr(chunk.begin, chunk.end - chunk.begin));
    builder.remark(mark, mark + 2, "a template with {{ }}, not rendered",
                   "scan what the template renders to, as `helm template` prints it");
    break;
  }
  if (chunks.size() == kMaxDocuments) {
    builder.report(chunks.back().begin, chunks.back().begin, fmt::format("more than {} documents in one stream", kMaxDocuments - 1),
                   "split the file; the rest is read as one document");
  }
  return builder.take();
}

YamlStream read_yaml(const Source& source, SourceId id, Diagnostics& problems) {
  return read_yaml({.bytes = source.bytes(), .map = TextMap(id), .source = source}, problems);
}

}  // namespace mainstay
