// The calls of C and C++ that take names or decide about them: one row each.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "graph/facts/kinds.h"

namespace mainstay::code {

/// What a call makes of its argument.
enum class Takes : std::uint8_t {
  host,          // a host name or an address; several when blanks part them
  url,           // a URL, or host and port
  option,        // the option of a curl handle: which one is in argument 1, its value in argument 2
  region,        // nothing: an AWS client asks the endpoint of its region, unless its configuration has another one
  nothing,       // nothing: it asks the host that `host` says
  service_name,  // a buffer of GSS-API whose value is "service@host" (RFC 2743, section 4.1)
  verify         // whether the other side's certificate is checked
};

/// Shape:  `name` is the last word of what is called. `scope` is a part that the words before it must have; "" allows no words before it
///         (functions of C). For types, a scope with a capital letter may also stand anywhere in the file ("using namespace Aws;").
///         `argument` counts from 0. `host` is the host without its region for `region` ("sts"), and the whole host for `nothing`.
struct KnownCall {
  static constexpr std::string_view kAnyScope = "*";   // whatever stands before the name
  static constexpr std::string_view kSomeScope = ".";  // a member of anything

  std::string_view name;
  std::string_view scope;
  int argument = 0;
  Takes takes = Takes::host;
  std::optional<Role> role = {};  // when the call itself says what is asked
  bool is_type = false;           // a constructor: "Name(x)", "Name v(x)", "Name v{x}", "std::make_unique<Name>(x)"
  std::string_view host = {};
  int service = -1;  // the argument with the port or the name of the service
};

std::span<const KnownCall> known_calls();
/// The rows of a name; empty for other words.
std::span<const KnownCall> known_calls(std::string_view name);

/// True when one of these names, or an option that only they take, is a word of the text, comments and literals included. Cost: one pass,
/// no memory.
bool names_known_call(std::string_view text);

/// The place that the call takes a look-up's result to: `getaddrinfo(host, service, hints, &result)`; -1 for others.
int result_argument(std::string_view name);

}  // namespace mainstay::code
