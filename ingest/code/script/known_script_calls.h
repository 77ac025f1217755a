// The calls of each language that take names, and the members
// that hold them: one row each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "graph/facts/kinds.h"

namespace mainstay::script {

enum class Language : std::uint8_t { javascript, go, java, csharp, python };

enum class Names : std::uint8_t {
  url,      // a URL, or host and port
  web_url,  // a URL with its scheme written: the same call has other uses
  host,     // a host name or an address
  pair,     // a list of a host and a port
  region,   // nothing: an AWS client asks the endpoint of its region, unless
            // another one is set
  fixed     // nothing: it asks the host that `host` says, unless another one is set
};

/// Shape:  `path` is the end of what is called, at a dot: "axios.get" is also
/// `this.axios.get`.
///         With `key` the name is the value of that member of a table among the
///         arguments, or the argument of that name; "a|b" is the one that is there.
///         With `argument` as well that is where it stands when it has no name.
struct ScriptCall {
  Language language = Language::javascript;
  std::string_view path;
  int argument = 0;
  Names names = Names::url;
  std::optional<Role> role = {};  // when the call itself says what is asked
  std::string_view key = {};
  std::string_view host = {};   // "sts" for `region`
  int port = -1;                // the argument with it
  std::string_view first = {};  // what the first argument has to be: a name, or a text
};

/// A member of settings whose value is always such a URL: `jwksUri:
/// "https://..."`, `options.Authority = "https://..."`.
struct NamedMember {
  std::string_view name;
  Role role;
};

std::span<const ScriptCall> script_calls(Language language);
/// True when a call of that path is the row's.
bool fits(const ScriptCall& row, std::string_view path);

/// The row of a member, whatever it is a member of; null for others. Case and
/// underscores do not matter.
const NamedMember* named_member(std::string_view name);

/// True when a word of the text may be a call or a member that the tables know,
/// or a lookup. Cost: one pass, no memory.
bool names_script_call(std::string_view text, Language language);

}  // namespace mainstay::script
