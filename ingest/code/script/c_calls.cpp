// Calls of C that have a value without parting ways.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "graph/values/ascii.h"
#include "ingest/code/script/c_levels.h"
#include "ingest/code/script/c_words.h"
#include "ingest/code/script/http_answers.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Value constant(int number) { return {.seen = Seen::constant, .text = fmt::format("{}", number)}; }

/// Compares without telling by its time, as only secrets need.
bool compares_secrets(std::string_view word) {
  return is_one_of(word,
                   {"CRYPTO_memcmp", "timingsafe_bcmp", "timingsafe_memcmp", "consttime_memequal", "sodium_memcmp", "crypto_verify_32",
                    "crypto_verify_16", "mbedtls_ct_memcmp", "gnutls_memcmp", "k5_bcmp", "OPENSSL_memcmp_ct", "secure_memcmp"});
}

bool compares_texts(std::string_view word) {
  return is_one_of(word,
                   {"strcmp", "strncmp", "strcasecmp", "strncasecmp", "memcmp", "bcmp", "stricmp", "_stricmp", "_strnicmp", "lstrcmpA",
                    "lstrcmpiA", "g_strcmp0", "g_ascii_strcasecmp", "g_ascii_strncasecmp", "strcoll", "wcscmp", "_wcsicmp"});
}

/// Gives back where in its first argument something stands, or nothing.
bool searches(std::string_view word) {
  return is_one_of(word, {"strstr", "strcasestr", "memmem", "strnstr", "g_strstr_len", "StrStrA", "StrStrIA"});
}

/// Gives back the text of its arguments, or a part of it.
bool keeps_text(std::string_view word) {
  return is_one_of(word, {"strdup",       "strndup",          "xstrdup",       "xstrndup", "g_strdup", "g_strndup", "apr_pstrdup",
                          "apr_pstrndup", "apr_pstrmemdup",   "strchr",        "strrchr",  "strtok",   "strtok_r",  "strsep",
                          "memchr",       "strpbrk",          "move",          "forward",  "trim",     "strtrim",   "ldns_rdf2str",
                          "ldns_rr2str",  "ldns_rr_list2str", "ldns_rdf_data", "tolower",  "strlwr",   "ref",       "cref"});
}

bool makes_text(std::string_view word) {
  return is_one_of(word, {"string", "string_view", "basic_string", "QByteArray", "QString", "fromUtf8"});
}

bool passes_number(std::string_view word) {
  return is_one_of(word, {"ntohs", "ntohl", "htons", "htonl", "int", "unsigned", "size_t", "ssize"});
}

bool passes_value(std::string_view word) {
  return is_one_of(word, {"move", "forward", "ref", "cref", "make_optional", "optional", "make_shared", "make_unique", "as_const"});
}

/// Calls that leave what they are given as it is.
bool only_looks(std::string_view word) {
  const std::string lower = ascii_lower(word);
  const auto has = [&](std::string_view part) { return lower.find(part) != std::string::npos; };
  return has("log") || has("print") || has("free") || has("destroy") || has("close") || has("perror") || has("herror") || has("debug") ||
         has("trace") || has("warn") || has("assert") || has("puts") || has("delete") || has("cleanup") || has("strlen") || has("init") ||
         has("process") || has("timeout") || has("cancel") || is_one_of(word, {"isspace", "isalnum", "ares_fds", "select", "poll"});
}

/// The functions of servers that answer a request with a status: MHD_queue_response(connection, MHD_HTTP_FORBIDDEN, response).
bool sets_status(std::string_view word) {
  return is_one_of(word,
                   {"MHD_queue_response", "mg_http_reply", "mg_send_http_error", "evhttp_send_reply", "evhttp_send_error", "http_response",
                    "soup_message_set_status", "soup_server_message_set_status", "ulfius_set_string_body_response", "h2o_send_error_403"});
}

/// The status that a value says; nothing for one that is no status.
std::optional<int> status_of(const Value& value) {
  if (const std::optional<double> number = number_of(value); number && *number >= 100 && *number < 600) return static_cast<int>(*number);
  const std::size_t http = value.name.find("HTTP_");
  const std::size_t soup = value.name.find("SOUP_STATUS_");
  if (http != std::string::npos) return http_status(std::string_view(value.name).substr(http + 5));
  return soup != std::string::npos ? http_status(std::string_view(value.name).substr(12)) : std::nullopt;
}

/// What a text that is sent as an authoriser's answer says.
std::optional<Seen> said_by(const std::string& text) {
  std::string plain = ascii_lower(text);
  std::erase_if(plain, [](char c) { return c == ' ' || c == '\n' || c == '\\'; });
  const auto has = [&](std::string_view part) { return plain.find(part) != std::string::npos; };
  if (has("\"isauthorized\":true") || has("\"effect\":\"allow\"") || has("\"statuscode\":200")) return Seen::allow;
  if (has("\"isauthorized\":false") || has("\"effect\":\"deny\"") || has("\"statuscode\":40")) return Seen::deny;
  return std::nullopt;
}

}  // namespace

/// A call of a member of a text, or of something that holds one.
std::optional<Value> Run::c_on_text(const Expression& one, const std::string& word, const std::vector<Value>& arguments, Way& way) {
  const Expression& callee = one.parts.front();
  if (callee.kind != Kind::attribute) return std::nullopt;
  const Value subject = load(value(callee.parts.front(), way), way);
  const auto put_in = [&](Value content) {
    bind(callee.parts.front(), content, way);
    return content;
  };
  const auto given = std::find_if(arguments.begin(), arguments.end(), [](const Value& part) { return part.seen == Seen::answer; });
  const bool is_text = subject.seen == Seen::answer;
  if (is_one_of(word, {"push_back", "emplace_back", "insert", "emplace", "push", "append", "assign"})) {
    const bool is_list = word != "append" && word != "assign";
    if (given != arguments.end()) return put_in({.seen = Seen::answer, .level = is_list ? kTexts : kText});
    const bool is_derived = std::any_of(arguments.begin(), arguments.end(), [](const Value& part) { return part.seen == Seen::derived; });
    if (is_derived) return put_in({.seen = Seen::derived});
    return is_text ? subject : put_in({});
  }
  if (word == "compare" && (is_text || given != arguments.end())) {
    Value text = is_text ? subject : *given;
    text.level = kText;
    const Value with = is_text ? (arguments.empty() ? Value{} : arguments.back()) : subject;
    const Value held = compare(std::move(text), with, "==", way);
    return held.seen == Seen::yes ? constant(0) : held.seen == Seen::no ? constant(1) : held;
  }
  if (is_one_of(word, {"find", "rfind", "find_first_of"}) && is_text) {
    Value text = subject;
    text.level = kText;
    const Value held = compare(std::move(text), arguments.empty() ? Value{} : arguments[0], "==", way);
    return held.seen == Seen::yes ? constant(0) : held.seen == Seen::no ? constant(-1) : held;
  }
  if (is_one_of(word, {"starts_with", "ends_with", "contains"}) && is_text && !arguments.empty()) {
    Value text = subject;
    text.level = kText;
    return compare(std::move(text), arguments[0], "==", way);
  }
  if (is_one_of(word, {"empty", "isEmpty"}) && (is_text || subject.seen == Seen::no)) return Value{.seen = is_text ? Seen::no : Seen::yes};
  if (is_one_of(word, {"has_value"}) && (is_text || subject.seen == Seen::no)) return Value{.seen = is_text ? Seen::yes : Seen::no};
  if (is_one_of(word, {"size", "length"}) && subject.seen == Seen::no) return constant(0);
  if (is_one_of(word, {"size", "length"}) && is_text) return Value{.seen = Seen::count};
  if (is_one_of(word, {"front", "back", "at"}) && is_text) {
    Value record = subject;
    if (word == "front" && record.level == kTexts) way.marks.first_record = true;
    record.level = kText;
    return record;
  }
  if (is_one_of(word,
                {"c_str", "data", "begin", "cbegin", "str", "value", "value_or", "get", "substr", "end", "cend", "clear", "toStdString"}))
    return subject;
  return std::nullopt;
}

/// Calls that read a reply apart; each writer of a library has its own.
std::optional<Value> Run::c_replied(const Expression& one, const std::string& word, const std::vector<Value>& arguments, Way& way) {
  const auto of = [&](std::size_t at) { return at < arguments.size() ? arguments[at] : Value{}; };
  const Value none{.seen = Seen::no};
  const auto is_reply = [](const Value& value) { return value.seen == Seen::reply; };
  const auto is_zero = [&](std::size_t at) {
    return number_of(of(at)) == std::optional(0.0) && at + 1 < one.parts.size() && one.parts[at + 1].kind == Kind::number;
  };
  const auto records = [this](int level) { return Value{.seen = Seen::answer, .level = level, .place = loops_}; };
  const auto counted = [&](const Value& value) {
    if (value.seen == Seen::no || (is_reply(value) && fails())) return constant(0);
    return value.seen == Seen::reply || value.seen == Seen::answer ? Value{.seen = Seen::count} : Value{};
  };
  if (word == "ns_initparse") {
    put(one, 2, is_reply(of(0)) ? c_reply() : of(0).seen == Seen::no ? none : Value{}, way);
    return is_reply(of(0)) ? constant(0) : of(0).seen == Seen::no ? constant(-1) : Value{};
  }
  if (is_one_of(word, {"ns_msg_count", "ldns_pkt_ancount", "ldns_rr_list_rr_count", "ares_dns_record_rr_cnt", "ldns_rr_rd_count"}))
    return counted(of(0));
  if (is_one_of(word, {"ldns_pkt_get_rcode", "ns_msg_getflag", "ares_dns_record_get_rcode"})) return is_reply(of(0)) ? c_code() : Value{};
  if (is_one_of(word, {"ns_rr_type", "ldns_rr_get_type", "ares_dns_rr_get_type"}) && of(0).seen == Seen::answer) return constant(16);
  if (is_one_of(word, {"ns_rr_rdlen", "ldns_rdf_size", "ns_rr_ttl"}) && of(0).seen == Seen::answer) return Value{.seen = Seen::count};
  if (is_one_of(word, {"dn_expand", "dn_skipname", "ns_name_uncompress", "ns_name_skip"}) && is_reply(of(0)))
    return Value{.seen = Seen::count};
  if (word == "ns_rr_class" && of(0).seen == Seen::answer) return constant(1);
  if (word == "ns_parserr") {
    const bool has_none = of(0).seen == Seen::no || (is_reply(of(0)) && fails());
    if (is_zero(2)) way.marks.first_record = true;
    put(one, 3, is_reply(of(0)) && !fails() ? records(kRdata) : has_none ? none : Value{}, way);
    return is_reply(of(0)) && !fails() ? constant(0) : has_none ? constant(-1) : Value{};
  }
  if (word == "ns_rr_rdata" && of(0).seen == Seen::answer) return records(kRdata);
  if (is_one_of(word, {"ares_parse_txt_reply", "ares_parse_txt_reply_ext"})) {
    const bool has_none = of(0).seen == Seen::no || (is_reply(of(0)) && fails());
    put(one, 2, is_reply(of(0)) && !fails() ? records(kRawText) : has_none ? none : Value{}, way);
    return is_reply(of(0)) && !fails() ? constant(0) : has_none ? constant(10) : Value{};
  }
  if (is_one_of(word, {"ldns_pkt_rr_list_by_type", "ldns_pkt_answer"}) && is_reply(of(0))) {
    if (!fails()) return records(kRecords);
    return word == "ldns_pkt_answer" ? c_reply() : none;
  }
  if (is_one_of(word, {"ldns_rr_list_rr", "ares_dns_record_rr_get", "ares_dns_record_rr_get_const"})) {
    if (is_zero(word == "ldns_rr_list_rr" ? 1 : 2)) way.marks.first_record = true;
    return counted(of(0)).seen == Seen::count ? records(kRecords) : counted(of(0)).seen == Seen::constant ? none : Value{};
  }
  if (word == "ldns_rr_rdf" && of(0).seen == Seen::answer) {
    if (is_zero(1)) way.marks.first_string = true;
    return records(kRawText);
  }
  if (is_one_of(word, {"ares_dns_rr_get_abin", "ares_dns_rr_get_bin", "ares_dns_rr_get_str"}) && of(0).seen == Seen::answer) {
    if (word == "ares_dns_rr_get_abin" && is_zero(2)) way.marks.first_string = true;
    return records(kRawText);
  }
  if (word == "getdns_dict_get_int" && is_reply(of(0))) {
    put(one, 2, of(1).text == "status" ? c_code() : Value{}, way);
    return constant(0);
  }
  if (is_one_of(word, {"getdns_dict_get_list", "getdns_list_get_dict", "getdns_dict_get_dict", "getdns_dict_get_bindata",
                       "getdns_list_get_bindata"}) &&
      (is_reply(of(0)) || of(0).seen == Seen::answer || of(0).seen == Seen::no)) {
    const bool has_none = of(0).seen == Seen::no || (is_reply(of(0)) && fails());
    const bool is_text = word.ends_with("bindata");
    if (of(1).text.find("answer/0/") != std::string::npos) way.marks.first_record = true;
    if (of(1).text.ends_with("txt_strings/0")) way.marks.first_string = true;
    put(one, 2, has_none ? none : is_text ? records(kRawText) : of(0), way);
    return constant(has_none ? 305 : 0);
  }
  if (word == "getdns_list_get_length" && (is_reply(of(0)) || of(0).seen == Seen::answer || of(0).seen == Seen::no)) {
    put(one, 1, counted(of(0)), way);
    return constant(0);
  }
  return std::nullopt;
}

/// What the call says to whoever waits for an answer: statuses of servers, results of Lambda, the end of the program.
std::optional<Value> Run::c_told(const Expression& one, const std::string& word, const std::vector<Value>& arguments, Way& way) {
  if (word == kUnknownCall) {
    way.marks.guessed = true;
    return Value{.seen = Seen::derived};
  }
  if (word == kEmptyCall) return Value{.seen = Seen::no};
  if (is_one_of(word, {"exit", "_exit", "abort", "terminate", "pthread_exit", "quick_exit"})) {
    way.flow = Flow::raised;
    way.raised_at = nullptr;
    way.result = {.seen = Seen::failure, .text = word, .is_end = fails()};
    return Value{};
  }
  const std::string path = path_of(one.parts.front());
  if (path.ends_with("invocation_response.success") || path.ends_with("invocation_response.failure")) {
    const Value payload = arguments.empty() ? Value{} : arguments.front();
    const std::optional<Seen> said = word == "failure" ? Seen::deny : payload.seen == Seen::constant ? said_by(payload.text) : std::nullopt;
    return said ? Value{.seen = *said} : Value{.seen = payload.seen == Seen::derived ? Seen::derived : Seen::unknown};
  }
  if (!sets_status(word)) return std::nullopt;
  for (const Value& argument : arguments) {
    const std::optional<int> status = status_of(argument);
    if (!status) continue;
    if (!way.given[0]) way.given[0] = Given{.value = {.seen = *status < 300 ? Seen::allow : Seen::deny}, .raises = false};
    break;
  }
  return Value{};
}

/// A call that is not known: what it gets from the answer goes wherever it can write.
Value Run::c_left(const Expression& one, const std::vector<Value>& arguments, Way& way) {
  const std::string word = last_word(one.parts.front());
  const auto rests = [](const Value& value) {
    return value.seen == Seen::answer || value.seen == Seen::derived || value.seen == Seen::reply;
  };
  const bool is_derived = std::any_of(arguments.begin(), arguments.end(), rests);
  if (only_looks(word)) return {};
  for (std::size_t at = 1; at < one.parts.size(); ++at) {
    const Value to = value(one.parts[at], way);
    if (to.seen != Seen::place || to.place >= way.frames.size() || rests(load(to, way))) continue;
    way.frames[to.place].values[to.text] = {.seen = is_derived ? Seen::derived : Seen::unknown};
  }
  return {.seen = is_derived ? Seen::derived : Seen::unknown};
}

/// Whether an argument of a call has to do with the lookup.
bool Run::c_rests(const Expression& call, Way& way) {
  for (std::size_t at = 1; at < call.parts.size(); ++at) {
    const Seen seen = load(value(call.parts[at], way), way).seen;
    if (seen != Seen::unknown && seen != Seen::constant && seen != Seen::setting) return true;
  }
  return false;
}

std::optional<Value> Run::c_called(const Expression& one, Way& way) {
  if (way.calls.contains(&one)) return std::nullopt;
  if (&one == &lookup_) return row_ == nullptr ? Value{} : c_looked_up(way);
  const std::string word = last_word(one.parts.front());
  std::vector<Value> arguments;
  for (std::size_t at = 1; at < one.parts.size(); ++at) arguments.push_back(load(value(one.parts[at], way), way));
  if (way.flow == Flow::raised) return Value{};
  if (std::optional<Value> got = c_told(one, word, arguments, way)) return got;
  if (std::optional<Value> got = c_replied(one, word, arguments, way)) return got;
  const bool is_secret = compares_secrets(word);
  way.marks.proved = way.marks.proved || is_secret;
  if (is_secret || compares_texts(word) || searches(word) || makes_text(word) || keeps_text(word)) {
    for (Value& part : arguments) {
      if (part.seen == Seen::reply) part = fails() ? Value{} : Value{.seen = Seen::answer, .level = kRawText};  // octets of the reply
    }
  }
  const auto given = std::find_if(arguments.begin(), arguments.end(), [](const Value& part) { return part.seen == Seen::answer; });
  if (is_secret && given == arguments.end()) return Value{};
  if ((is_secret || compares_texts(word)) && arguments.size() >= 2) {
    Value left = arguments[0], right = arguments[1];
    if (left.seen == Seen::answer) left.level = kText;
    if (right.seen == Seen::answer) right.level = kText;
    if (left.text == "(digest)" || right.text == "(digest)") {
      way.marks.proved = true;
      return Value{};
    }
    if (left.seen == Seen::no || right.seen == Seen::no) return constant(1);  // a text that nothing was written to
    const Value held = compare(std::move(left), std::move(right), "==", way);
    return held.seen == Seen::yes ? constant(0) : held.seen == Seen::no ? constant(1) : held;
  }
  if (searches(word) && arguments.size() >= 2 && arguments[0].seen == Seen::answer) {
    Value text = arguments[0];
    text.level = kText;
    const Value held = compare(std::move(text), arguments[word == "memmem" || word == "g_strstr_len" ? 2 : 1], "==", way);
    return held.seen == Seen::yes ? arguments[0] : held;
  }
  if (is_one_of(word, {"HMAC", "EVP_Q_mac", "crypto_auth"}) && given != arguments.end()) {
    for (std::size_t at = 1; at < one.parts.size(); ++at) {
      if (arguments[at - 1].seen != Seen::answer) put(one, at - 1, {.seen = Seen::unknown, .text = "(digest)"}, way);
    }
    return Value{.seen = Seen::unknown, .text = "(digest)"};
  }
  if (is_one_of(word,
                {"snprintf", "sprintf", "asprintf", "strcpy", "strncpy", "strlcpy", "memcpy", "memmove", "strcat", "strncat", "strlcat"})) {
    if (word == "sprintf" && given != arguments.end()) return *given;  // the value of a copy
    return Value{};
  }
  if (word == "memset" && arguments.size() == 3) {
    put(one, 0, {.seen = Seen::no}, way);
    return Value{};
  }
  if (std::optional<Value> got = c_on_text(one, word, arguments, way)) return got;
  if (is_one_of(word, {"strlen", "strnlen"}) && !arguments.empty()) {
    if (arguments[0].seen == Seen::answer) return Value{.seen = Seen::count};
    return arguments[0].seen == Seen::no ? constant(0) : Value{};
  }
  if (makes_text(word) && given != arguments.end()) return Value{.seen = Seen::answer, .level = kText};
  if (makes_text(word) && arguments.size() == 1) return arguments[0];
  if (keeps_text(word) && given != arguments.end()) return *given;
  if (is_one_of(word, {"unique_ptr", "shared_ptr", "span"}) && !arguments.empty()) return arguments[0];
  if ((passes_value(word) || passes_number(word)) && arguments.size() == 1) return arguments[0];
  if (is_one_of(word, {"make_pair", "pair", "make_tuple", "tie"})) {
    Value all;
    all.items = arguments;
    return all;
  }
  const bool is_generic = word.find("verify") != std::string::npos || word.find("Verify") != std::string::npos || word == "getenv" ||
                          http_answer(path_of(one.parts.front())) != HttpAnswer::none;
  if (is_generic) return std::nullopt;
  return c_left(one, arguments, way);
}

}  // namespace mainstay::script
