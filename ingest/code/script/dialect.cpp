// Tables of constants. Sources: dnspython 2.6, dns.resolver; Node.js 20, "DNS",
// and c-ares; Go 1.21, package net, and github.com/miekg/dns; Java 17, "DNS
// Service Provider for JNDI", and dnsjava 3; DnsClient.NET 1.7; resolver(3), ares_query(3), ldns_resolver_query(3), libgetdns(3),
// libunbound(3), and "DnsQuery_A" of Windows.
#include "ingest/code/script/dialect.h"

#include <algorithm>

#include "graph/values/ascii.h"
#include "ingest/code/script/script_calls.h"

namespace mainstay::script {
namespace {

using Words = std::string_view;

constexpr unsigned bit(LookupEnd end) { return 1U << static_cast<unsigned>(end); }

// Python
constexpr LookupCall kPythonLookups[] = {
    {.word = "resolve", .name = 0, .type = 1, .type_name = "rdtype"},
    {.word = "query", .name = 0, .type = 1, .type_name = "rdtype"},
    {.word = "resolve_at", .name = 1, .type = 2, .type_name = "rdtype"},
};
constexpr Words kPythonNxdomain[] = {"NXDOMAIN", "DNSException"};
constexpr Words kPythonNodata[] = {"NoAnswer", "DNSException"};
constexpr Words kPythonServfail[] = {"NoNameservers", "DNSException"};
constexpr Words kPythonTimeout[] = {"Timeout", "LifetimeTimeout", "DNSException"};
constexpr Words kPythonAll[] = {"Exception", "BaseException"};
constexpr Words kPythonUnrelated[] = {"KeyError", "ValueError", "TypeError", "IndexError",  "AttributeError",
                                      "OSError",  "IOError",    "YXDOMAIN",  "NotAbsolute", "NoRootSOA"};
constexpr Words kPythonLimits[] = {"lifetime", "timeout"};

// JavaScript
constexpr LookupCall kJavascriptLookups[] = {
    {.word = "resolveTxt", .name = 0},
    {.word = "resolve", .name = 0, .type = 1},
};
constexpr Words kError[] = {"Error"};
constexpr Words kJavascriptAll[] = {"Error"};
constexpr Words kJavascriptUnrelated[] = {"TypeError", "RangeError", "SyntaxError", "ReferenceError"};
constexpr Words kJavascriptLimits[] = {"timeout", "setTimeout", "race", "withTimeout", "pTimeout"};

// Go
constexpr LookupCall kGoLookups[] = {
    {.word = "LookupTXT", .name = LookupCall::kLast, .style = Style::pair},
    {.word = "Exchange", .name = LookupCall::kNone, .style = Style::replies, .asks = "SetQuestion"},
    {.word = "ExchangeContext", .name = LookupCall::kNone, .style = Style::replies, .asks = "SetQuestion"},
};
constexpr Words kGoError[] = {"DNSError", "Error"};
constexpr ErrorMember kGoMembers[] = {
    {"IsNotFound", bit(LookupEnd::nxdomain) | bit(LookupEnd::nodata)},
    {"IsTimeout", bit(LookupEnd::timed_out)},
    {"Timeout", bit(LookupEnd::timed_out)},
    {"IsTemporary", bit(LookupEnd::servfail) | bit(LookupEnd::timed_out)},
    {"Temporary", bit(LookupEnd::servfail) | bit(LookupEnd::timed_out)},
};
constexpr Words kGoLimits[] = {"WithTimeout", "WithDeadline", "Timeout", "WithTimeoutCause"};

// Java
constexpr LookupCall kJavaLookups[] = {
    {.word = "getAttributes", .name = 0, .type = 1, .style = Style::emptied},
    {.word = "Lookup", .name = 0, .type = 1, .style = Style::reply},
};
constexpr Words kJavaNxdomain[] = {"NameNotFoundException", "NamingException"};
constexpr Words kJavaServfail[] = {"ServiceUnavailableException", "NamingException"};
constexpr Words kJavaTimeout[] = {"CommunicationException", "NamingException"};
constexpr Words kJavaNodata[] = {"NullPointerException", "RuntimeException"};
constexpr Words kJavaAll[] = {"Exception", "Throwable"};
constexpr Words kJavaUnrelated[] = {
    "IOException",           "InvalidNameException", "NoInitialContextException", "IllegalArgumentException",
    "IllegalStateException", "InterruptedException", "AuthenticationException",   "NoSuchElementException"};
constexpr Words kJavaLimits[] = {"com.sun.jndi.dns.timeout.initial", "setTimeout", "com.sun.jndi.dns.timeout.retries"};

// C#
constexpr LookupCall kCsharpLookups[] = {
    {.word = "QueryAsync", .name = 0, .type = 1, .style = Style::reply},
    {.word = "Query", .name = 0, .type = 1, .style = Style::reply},
};
constexpr Words kCsharpTimeout[] = {"DnsResponseException"};
constexpr Words kCsharpAll[] = {"Exception"};
constexpr Words kCsharpUnrelated[] = {"ArgumentException", "InvalidOperationException", "HttpRequestException", "IOException",
                                      "SocketException",   "NullReferenceException",    "FormatException"};
constexpr Words kCsharpLimits[] = {"Timeout", "CancellationTokenSource", "CancelAfter"};

// C and C++
constexpr LookupCall kCLookups[] = {
    {.word = "res_query", .name = 0, .type = 2, .style = Style::length, .result = 3},
    {.word = "res_search", .name = 0, .type = 2, .style = Style::length, .result = 3},
    {.word = "res_nquery", .name = 1, .type = 3, .style = Style::length, .result = 4},
    {.word = "res_nsearch", .name = 1, .type = 3, .style = Style::length, .result = 4},
    {.word = "ares_query", .name = 1, .type = 3, .style = Style::handed, .callback = 4},
    {.word = "ares_search", .name = 1, .type = 3, .style = Style::handed, .callback = 4},
    {.word = "ares_query_dnsrec", .name = 1, .type = 3, .style = Style::handed, .callback = 4},
    {.word = "ldns_resolver_query", .name = 1, .type = 2, .style = Style::packet},
    {.word = "ldns_resolver_search", .name = 1, .type = 2, .style = Style::packet},
    {.word = "ldns_resolver_query_status", .name = 2, .type = 3, .style = Style::packet, .result = 0},
    {.word = "getdns_general_sync", .name = 1, .type = 2, .style = Style::outcome, .result = 4},
    {.word = "ub_resolve", .name = 1, .type = 2, .style = Style::outcome, .result = 4},
    {.word = "ub_resolve_async", .name = 1, .type = 2, .style = Style::handed, .callback = 5},
    {.word = "DnsQuery_A", .name = 0, .type = 1, .style = Style::listed, .result = 4},
    {.word = "DnsQuery_W", .name = 0, .type = 1, .style = Style::listed, .result = 4},
    {.word = "DnsQuery_UTF8", .name = 0, .type = 1, .style = Style::listed, .result = 4},
    {.word = "DnsQuery", .name = 0, .type = 1, .style = Style::listed, .result = 4},
};
constexpr Words kCAll[] = {"exception"};
constexpr Words kCLimits[] = {
    "retrans", "ARES_OPT_TIMEOUT", "ARES_OPT_TIMEOUTMS", "ldns_resolver_set_timeout", "getdns_context_set_timeout", "alarm"};

constexpr Dialect kPython{
    .lookups = kPythonLookups,
    .ends = {{{}, {}, {kPythonNxdomain, {}, {}}, {kPythonNodata, {}, {}}, {kPythonServfail, {}, {}}, {kPythonTimeout, {}, {}}}},
    .catch_all = kPythonAll,
    .unrelated = kPythonUnrelated,
    .members = {},
    .limits = kPythonLimits};

constexpr Dialect kJavascript{.lookups = kJavascriptLookups,
                              .ends = {{{},
                                        {},
                                        {kError, "ENOTFOUND", "queryTxt ENOTFOUND"},
                                        {kError, "ENODATA", "queryTxt ENODATA"},
                                        {kError, "ESERVFAIL", "queryTxt ESERVFAIL"},
                                        {kError, "ETIMEOUT", "queryTxt ETIMEOUT"}}},
                              .catch_all = kJavascriptAll,
                              .unrelated = kJavascriptUnrelated,
                              .members = {},
                              .limits = kJavascriptLimits,
                              .strings = 2};

constexpr Dialect kGo{.lookups = kGoLookups,
                      .ends = {{{{}, "RcodeSuccess", {}},
                                {{}, "RcodeSuccess", {}},
                                {kGoError, "RcodeNameError", "no such host"},
                                {kGoError, "RcodeSuccess", "no such host"},
                                {kGoError, "RcodeServerFailure", "server misbehaving"},
                                {kGoError, {}, "i/o timeout"}}},
                      .catch_all = {},
                      .unrelated = {},
                      .members = kGoMembers,
                      .limits = kGoLimits,
                      .errors_beside = true,
                      .strings = 1,
                      .strings_member = "Txt"};

constexpr Dialect kJava{.lookups = kJavaLookups,
                        .ends = {{{{}, "SUCCESSFUL", {}},
                                  {{}, "SUCCESSFUL", {}},
                                  {kJavaNxdomain, "HOST_NOT_FOUND", {}},
                                  {kJavaNodata, "TYPE_NOT_FOUND", {}},
                                  {kJavaServfail, "TRY_AGAIN", {}},
                                  {kJavaTimeout, "TRY_AGAIN", {}}}},
                        .catch_all = kJavaAll,
                        .unrelated = kJavaUnrelated,
                        .members = {},
                        .limits = kJavaLimits,
                        .strings = 1,
                        .strings_member = "getStrings"};

constexpr Dialect kCsharp{.lookups = kCsharpLookups,
                          .ends = {{{{}, "NoError", {}},
                                    {{}, "NoError", {}},
                                    {kCsharpTimeout, "NotExistentDomain", {}},
                                    {kCsharpTimeout, "NoError", {}},
                                    {kCsharpTimeout, "ServerFailure", {}},
                                    {kCsharpTimeout, "ConnectionTimeout", {}}}},
                          .catch_all = kCsharpAll,
                          .unrelated = kCsharpUnrelated,
                          .members = {},
                          .limits = kCsharpLimits,
                          .strings = 1,
                          .strings_member = "Text"};

/// What tells an end is not a word of it but of the library (c_outcomes.cpp).
constexpr Dialect kC{.lookups = kCLookups,
                     .ends = {},
                     .catch_all = kCAll,
                     .unrelated = {},
                     .members = {},
                     .limits = kCLimits,
                     .strings = -1,
                     .has_cells = true};

/// "TXT", Type.TXT, QueryType.TXT, dns.TypeTXT, new String[]{"TXT"}.
bool is_txt(const Expression* one) {
  if (one == nullptr) return false;
  if (one->kind == ExpressionKind::text) return ascii_lower(one->text.known().value_or("")) == "txt";
  if (one->kind == ExpressionKind::list || one->kind == ExpressionKind::call)
    return !one->parts.empty() && std::any_of(one->parts.begin(), one->parts.end(), [](const Expression& part) { return is_txt(&part); });
  if (one->kind == ExpressionKind::number) return one->number == 16;  // RFC 1035 section 3.2.2
  const std::string word = last_word(*one);
  return word == "TXT" || word == "TypeTXT" || word == "Txt" || word.ends_with("_TXT") || word.ends_with("_txt") || word == "DNS_TYPE_TEXT";
}

}  // namespace

std::string_view word(LookupEnd end) {
  constexpr std::array<std::string_view, kLookupEnds> kWords = {"expected", "other", "nxdomain", "nodata", "servfail", "timeout"};
  return kWords[static_cast<std::size_t>(end)];
}

const Dialect& python_dialect() { return kPython; }
const Dialect& javascript_dialect() { return kJavascript; }
const Dialect& go_dialect() { return kGo; }
const Dialect& java_dialect() { return kJava; }
const Dialect& csharp_dialect() { return kCsharp; }
const Dialect& c_dialect() { return kC; }

const LookupCall* lookup_call(const Dialect& dialect, const Expression& call) {
  if (call.kind != ExpressionKind::call) return nullptr;
  const Expression& callee = call.parts.front();
  const std::string called = last_word(callee);
  for (const LookupCall& row : dialect.lookups) {
    if (row.word != called) continue;
    if (row.name != LookupCall::kNone && call.parts.size() < 2) continue;
    if (row.type == LookupCall::kNone) return &row;
    // `resolve(name, rdatatype)` may have the type one further.
    const Expression* type = argument(call, static_cast<std::size_t>(row.type), row.type_name);
    if (is_txt(type) || (!row.type_name.empty() && is_txt(argument(call, static_cast<std::size_t>(row.type) + 1, row.type_name))))
      return &row;
  }
  return nullptr;
}

bool is_code(const Dialect& dialect, std::string_view word) {
  return std::any_of(dialect.ends.begin(), dialect.ends.end(), [&](const EndWords& one) { return !one.code.empty() && one.code == word; });
}

}  // namespace mainstay::script
