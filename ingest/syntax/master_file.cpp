#include "ingest/syntax/master_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "ingest/syntax/master_file_entry.h"
#include "ingest/syntax/master_file_generate.h"
#include "ingest/syntax/master_file_rdata.h"

namespace mainstay {
namespace {

constexpr std::size_t kMaxIncludeDepth = 16;
constexpr std::size_t kMaxIncludes = 1000;
constexpr std::uint64_t kMaxIncludedOctets = 512ull << 20;
constexpr std::uint64_t kMaxGenerated = 65536;
constexpr std::uint64_t kMaxGeneratedInAll = 262144;

bool equals(std::string_view word, std::string_view upper) {
  return std::ranges::equal(word, upper, [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 32 : a) == b; });
}

bool is_other_class(std::string_view word) {
  return equals(word, "CH") || equals(word, "HS") || equals(word, "CHAOS") || (word.size() > 5 && equals(word.substr(0, 5), "CLASS"));
}

/// The TTL of a record. gdnsd writes "300/10" where an answer that changes lives shorter: the longer one comes first.
std::optional<std::uint64_t> record_ttl(std::string_view word) {
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos) return ttl_seconds(word);
  return ttl_seconds(word.substr(slash + 1)) ? ttl_seconds(word.substr(0, slash)) : std::nullopt;
}

/// The words between owner and RDATA.
struct Header {
  std::optional<std::uint64_t> ttl;
  Location ttl_at;
  const MasterToken* type = nullptr;
  const MasterToken* other_class = nullptr;
  std::span<const MasterToken> data;
};

/// TTL and class come in either order, each at most once (RFC 1035 section 5.1).
Header header_of(std::span<const MasterToken> words) {
  Header header;
  bool has_class = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const MasterToken& word = words[at];
    if (!has_class && (equals(word.text, "IN") || equals(word.text, "CLASS1") || is_other_class(word.text))) {
      has_class = true;
      if (is_other_class(word.text) && !equals(word.text, "CLASS1")) header.other_class = &word;
    } else if (const auto ttl = header.ttl ? std::nullopt : record_ttl(word.text)) {
      header.ttl = ttl;
      header.ttl_at = word.where;
    } else {
      header.type = &word;
      header.data = words.subspan(at + 1);
      break;
    }
  }
  return header;
}

/// The type as facts name it: upper case, also for a TYPE<number>.
std::string written(const RecordType& type) {
  std::string name(type.name);
  for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return name;
}

class Reader {
 public:
  Reader(const MasterFileEvents& events, const DomainName& origin) : events_(events), origin_{origin, origin, origin} {}

  void read(const MasterText& text) {
    active_.push_back(text.source);
    MasterEntryReader entries(text.bytes, text.source);
    for (MasterEntry entry; entries.next(entry);) {
      if (entry.is_template && !fill_in_serial(entry)) {
        template_entry(entry);
      } else if (!entry.problem.empty()) {
        if (!entry.blank_owner) keep_owner_of(entry);
        error(entry.problem_at, std::string(entry.problem), "this entry is left out");
      } else if (!entry.blank_owner && entry.tokens[0].text.starts_with('$') && !entry.tokens[0].quoted) {
        directive(entry.tokens);
      } else {
        record(entry);
      }
    }
    active_.pop_back();
  }

 private:
  void error(Location where, std::string message, std::string hint = {}) {
    events_.problem(DiagnosticSeverity::error, where, std::move(message), std::move(hint));
  }
  void warning(Location where, std::string message, std::string hint = {}) {
    events_.problem(DiagnosticSeverity::warning, where, std::move(message), std::move(hint));
  }

  /// A zone's template nearly always lets its renderer write the serial number, which says nothing of the zone. True when that is all.
  static bool fill_in_serial(MasterEntry& entry) {
    const Header header = header_of(std::span(entry.tokens).subspan(entry.blank_owner || entry.tokens.empty() ? 0 : 1));
    if (header.type == nullptr || !equals(header.type->text, "SOA") || header.data.size() != 7) return false;
    MasterToken& serial = entry.tokens[entry.tokens.size() - 5];
    const auto is_plain = [&](const MasterToken& word) {
      return &word == &serial || word.text.find_first_of("{<") == std::string_view::npos;
    };
    if (!std::ranges::all_of(entry.tokens, is_plain)) return false;
    serial.text = "0";
    return true;
  }

  /// An entry that only the renderer of the template knows; a comment of its language is none.
  void template_entry(const MasterEntry& entry) {
    if (entry.tokens.empty()) return;
    const std::string_view first = entry.tokens[0].text;
    if (entry.tokens.size() == 1 && first.starts_with("{#")) return;
    const bool is_statement = first.starts_with("{%") || first.starts_with("<%");
    if (first.starts_with('$')) {
      if (equals(first, "$ORIGIN")) knows_origin_ = false;
      if (equals(first, "$TTL")) knows_ttl_ = false;
    } else if (!entry.blank_owner && !is_statement) {
      owner_.reset();
      last_owner_text_ = {};
      owner_is_template_ = first.find_first_of("{<") != std::string_view::npos;
      if (!owner_is_template_) keep_owner_of(entry);
    }
    templated(entry.tokens[0].where);
  }

  void templated(Location where) {
    if (events_.templated) events_.templated(where);
  }

  void directive(std::span<const MasterToken> words) {
    const MasterToken& name = words[0];
    if (words.size() < 2) {
      error(name.where, fmt::format("{} needs a value", name.text));
    } else if (equals(name.text, "$ORIGIN")) {
      if (!knows_origin_ && !words[1].text.ends_with('.') && !words[1].text.ends_with("@Z")) return templated(name.where);
      if (std::optional<DomainName> origin = name_of(words[1])) origin_.current = *std::move(origin);
      knows_origin_ = true;
    } else if (equals(name.text, "$TTL")) {
      const std::optional<std::uint64_t> seconds = ttl_seconds(words[1].text);
      if (!seconds) return error(words[1].where, fmt::format("'{}' is not a TTL", words[1].text), "seconds, or numbers with w, d, h, m, s");
      default_ttl_ = ttl_of(*seconds, words[1].where);
      knows_ttl_ = true;
    } else if (equals(name.text, "$INCLUDE")) {
      include(words);
    } else if (equals(name.text, "$GENERATE")) {
      generate(words);
    } else {
      error(name.where, fmt::format("{} is not a directive of master files", name.text), "$ORIGIN, $TTL, $INCLUDE and $GENERATE are");
    }
  }

  /// An entry that cannot be used still names the owner of the blank-owner entries behind it.
  void keep_owner_of(const MasterEntry& entry) {
    owner_.reset();
    last_owner_text_ = {};
    if (entry.tokens.empty() || entry.tokens[0].text.starts_with('$')) return;
    owner_at_ = entry.tokens[0].where;
    if (Result<DomainName> name = master_name(entry.tokens[0].text, origin_)) owner_ = *std::move(name);
  }

  std::optional<DomainName> name_of(const MasterToken& word) {
    Result<DomainName> name = master_name(word.text, origin_);
    if (name) return *std::move(name);
    error(word.where, name.error());
    return std::nullopt;
  }

  Ttl ttl_of(std::uint64_t seconds, Location where) {
    if (seconds <= Ttl::kMax) return *Ttl::from_seconds(seconds);
    warning(where, "a TTL of 2^31 seconds and more counts as 0", "RFC 2181 section 8");
    return {};
  }

  void include(std::span<const MasterToken> words) {
    const Location where = words[1].where;
    if (active_.size() >= kMaxIncludeDepth) return error(where, "files are included more than 16 deep");
    if (++includes_ > kMaxIncludes) return error(where, "more than 1000 files are included");
    std::optional<DomainName> origin = origin_.current;
    if (words.size() > 2) origin = name_of(words[2]);
    if (!origin) return;
    const std::optional<MasterText> text = events_.include(words[1].text, where);
    if (!text) return;
    if (std::ranges::find(active_, text->source) != active_.end()) return error(where, "the file includes itself");
    included_octets_ += text->bytes.size();
    if (included_octets_ > kMaxIncludedOctets) return error(where, "more than 512 MiB are included");
    // Origin and last owner come back afterwards; the default TTL does not, as in BIND.
    const MasterOrigin saved_origin = std::exchange(origin_, {*origin, origin_.zone, *origin});
    const std::optional<DomainName> saved_owner = owner_;
    const Location saved_at = owner_at_;
    read(*text);
    origin_ = saved_origin;
    owner_ = saved_owner;
    owner_at_ = saved_at;
  }

  void record(const MasterEntry& entry) {
    std::span<const MasterToken> words = entry.tokens;
    if (!knows_origin_ || (entry.blank_owner && owner_is_template_)) return templated(words[0].where);
    if (!entry.blank_owner) {
      owner_is_template_ = false;
      owner_at_ = words[0].where;
      if (words[0].text != last_owner_text_ || !owner_ || last_origin_ != origin_.current) {
        owner_ = name_of(words[0]);
        last_owner_text_ = words[0].text;
        last_origin_ = origin_.current;
      }
      if (!owner_) return;
      words = words.subspan(1);
    } else if (!owner_) {
      error(words[0].where, "the record has no owner", "it starts with white space, and no entry before it has a usable owner");
      return;
    }
    const Header header = header_of(words);
    if (header.type == nullptr) return error(entry.tokens.back().where, "the record has no type");
    const std::optional<RecordType> type = type_of(header);
    if (!type) return;
    RdataProblem problem;
    std::optional<std::string> data = presentation(*type, header.data, origin_, problem);
    if (!data) return data_error(header, *type, problem);
    if (!problem.message.empty()) {
      warning(header.data[problem.token].where, fmt::format("{}: {}", type->name, problem.message),
              "BIND and NSD refuse the zone; servers that cut long strings themselves take it");
    }
    const std::optional<Ttl> ttl = ttl_for(header, *type, *data);
    const Location data_at = header.data.empty()
                                 ? header.type->where
                                 : Location{header.type->where.source, header.data.front().where.begin, header.data.back().where.end};
    events_.record({*owner_, written(*type), ttl, *std::move(data), owner_at_, header.type->where, data_at});
  }

  std::optional<RecordType> type_of(const Header& header) {
    if (header.other_class != nullptr) {
      warning(header.other_class->where, fmt::format("class {} is not looked at", header.other_class->text),
              "only records of class IN are");
      return std::nullopt;
    }
    std::optional<RecordType> type = record_type(header.type->text);
    if (!type || header.type->quoted) {
      error(header.type->where, fmt::format("'{}' is not a record type", header.type->text.substr(0, 32)),
            "a type without a name is written TYPE<number> (RFC 3597)");
      return std::nullopt;
    }
    return type;
  }

  void data_error(const Header& header, const RecordType& type, const RdataProblem& problem) {
    const Location where = problem.token < header.data.size() ? header.data[problem.token].where : header.type->where;
    error(where, fmt::format("{}: {}", type.name, problem.message), "this record is left out");
  }

  /// The TTL of a record: its own, $TTL, the last one written (RFC 1035), or the minimum of the SOA record as in BIND.
  std::optional<Ttl> ttl_for(const Header& header, const RecordType& type, const std::string& data) {
    if (header.ttl) last_ttl_ = ttl_of(*header.ttl, header.ttl_at);
    if (header.ttl) return last_ttl_;
    if (default_ttl_) return default_ttl_;
    if (last_ttl_) return last_ttl_;
    if (!knows_ttl_) return std::nullopt;
    if (type.name == "SOA") {
      const std::optional<std::uint64_t> minimum = ttl_seconds(std::string_view(data).substr(data.rfind(' ') + 1));
      default_ttl_ = ttl_of(minimum.value_or(0), header.type->where);
      warning(header.type->where, "neither $TTL nor the SOA record says a TTL; its last number is used", "add a $TTL line");
      return default_ttl_;
    }
    warning(header.type->where, "the record has no TTL, and no $TTL comes before it", "add a $TTL line");
    return std::nullopt;
  }

  void generate(std::span<const MasterToken> words) {
    if (!knows_origin_) return templated(words[0].where);
    const std::optional<GenerateRange> range = generate_range(words[1].text);
    if (!range) return error(words[1].where, fmt::format("'{}' is not a range", words[1].text), "start-stop or start-stop/step");
    const Header header = header_of(words.size() > 3 ? words.subspan(3) : words.subspan(words.size()));
    if (header.type == nullptr || header.data.empty()) return error(words[0].where, "$GENERATE needs a range, an owner, a type and data");
    if (header.data.size() > 1) return error(header.data[1].where, "$GENERATE takes one word of data", "quote data of several words");
    const std::optional<RecordType> type = type_of(header);
    if (!type) return;
    const std::optional<Ttl> ttl = ttl_for(header, *type, "0");
    for (std::uint64_t at = 0; at < range->count(); ++at) {
      if (at >= kMaxGenerated || ++generated_ > kMaxGeneratedInAll) {
        return error(words[1].where, fmt::format("only the first {} records of this $GENERATE are made", at));
      }
      if (!generate_one(words[2], header, *type, {ttl, static_cast<std::uint32_t>(range->start + at * range->step)})) return;
    }
  }

  struct Generated {
    std::optional<Ttl> ttl;
    std::uint32_t number;
  };

  bool generate_one(const MasterToken& left, const Header& header, const RecordType& type, const Generated& one) {
    const MasterToken& right = header.data.front();
    const std::optional<std::string> owner = generated(left.text, one.number);
    const std::optional<std::string> data = generated(right.text, one.number);
    if (!owner || !data) {
      error((owner ? right : left).where, fmt::format("the template cannot be filled in for {}", one.number),
            "$ or ${offset,width,base} with base d, o, x, X, n or N");
      return false;
    }
    Result<DomainName> name = master_name(*owner, origin_);
    if (!name) {
      error(left.where, fmt::format("for {}: {}", one.number, name.error()));
      return false;
    }
    MasterEntry entry;
    MasterEntryReader(*data, left.where.source).next(entry);
    RdataProblem problem;
    std::optional<std::string> shown = entry.problem.empty() ? presentation(type, entry.tokens, origin_, problem) : std::nullopt;
    if (!shown) {
      error(right.where,
            fmt::format("for {}: {}: {}", one.number, type.name, entry.problem.empty() ? problem.message : std::string(entry.problem)));
      return false;
    }
    events_.record({*std::move(name), written(type), one.ttl, *std::move(shown), left.where, header.type->where, right.where});
    return true;
  }

  const MasterFileEvents& events_;
  MasterOrigin origin_;
  bool knows_origin_ = true;        // false behind an $ORIGIN that a template writes
  bool knows_ttl_ = true;           // the same of $TTL
  bool owner_is_template_ = false;  // of the last entry that wrote one
  std::optional<DomainName> owner_;
  Location owner_at_;
  std::string_view last_owner_text_;
  DomainName last_origin_;
  std::optional<Ttl> default_ttl_;
  std::optional<Ttl> last_ttl_;
  std::vector<SourceId> active_;
  std::size_t includes_ = 0;
  std::uint64_t included_octets_ = 0;
  std::uint64_t generated_ = 0;
};

}  // namespace

void read_master_file(const MasterText& text, const DomainName& origin, const MasterFileEvents& events) {
  Reader(events, origin).read(text);
}

std::optional<DomainName> apex_of_soa(std::string_view text) {
  constexpr int kLookedAt = 32;
  std::optional<DomainName> origin;
  MasterEntryReader entries(text, SourceId{});
  MasterEntry entry;
  for (int count = 0; count < kLookedAt && entries.next(entry); ++count) {
    if (!entry.problem.empty() || entry.blank_owner || entry.tokens.size() < 2) continue;
    const std::span<const MasterToken> words = entry.tokens;
    const auto absolute = [&](std::string_view name) -> std::optional<DomainName> {
      if (!origin && !name.ends_with('.')) return std::nullopt;
      Result<DomainName> read = DomainName::parse_relative(name, origin.value_or(DomainName::root()));
      if (!read) return std::nullopt;
      return *std::move(read);
    };
    if (equals(words[0].text, "$ORIGIN")) {
      origin = absolute(words[1].text);
    } else if (!words[0].text.starts_with('$')) {
      const Header header = header_of(words.subspan(1));
      if (header.type != nullptr && equals(header.type->text, "SOA")) return absolute(words[0].text);
    }
  }
  return std::nullopt;
}

std::optional<MasterRecord> read_master_line(std::string_view line, std::string& problem) {
  MasterEntry entry;
  MasterEntryReader entries(line, SourceId{});
  if (!entries.next(entry) || !entry.problem.empty() || entry.blank_owner) {
    problem = entry.problem.empty() ? "a record starts with its owner" : std::string(entry.problem);
    return std::nullopt;
  }
  const std::span<const MasterToken> words = entry.tokens;
  const Header header = header_of(words.subspan(1));
  const std::optional<RecordType> type = header.type == nullptr ? std::nullopt : record_type(header.type->text);
  Result<DomainName> owner = DomainName::parse(words[0].text);
  RdataProblem wrong;
  std::optional<std::string> data = type && owner ? presentation(*type, header.data, {}, wrong) : std::nullopt;
  if (data) {
    const std::optional<Ttl> ttl = header.ttl && *header.ttl <= Ttl::kMax ? std::optional(*Ttl::from_seconds(*header.ttl)) : std::nullopt;
    return MasterRecord{*std::move(owner), written(*type), ttl, *std::move(data), words[0].where, header.type->where, {}};
  }
  problem = !owner ? owner.error() : !type ? "the record has no known type" : wrong.message;
  return std::nullopt;
}

}  // namespace mainstay
