// Sections of settings: the notation of krb5.conf, sssd.conf and their kin, with the place of every value.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"

namespace mainstay {

/// `key = value`, or `key = {` with settings of its own.
struct Setting {
  std::string key;
  std::string value;  // without the quotes around it; lines that continue it are joined by one blank
  Location key_at;
  Location value_at;  // the first line of the value; the key when there is none
  std::vector<Setting> block;
};

/// `[name]` and what follows it, up to the next one. Settings before the first section stand in one without a name.
struct Section {
  std::string name;
  Location where;
  std::vector<Setting> settings;
};

enum class ProfileDialect : std::uint8_t {
  krb5,  // blocks in braces, quotes with escapes, `*` behind a name marks it final; "include FILE" has the file as its value
  ini,   // an indented line continues the value above it
};

struct ProfileProblem {
  Location where;
  std::string message;
  std::string hint;
};

/// Reads everything. Lines of a template engine ("{% ... %}", "{# ... #}", "<% ... %>") are stepped over: what they choose is all read.
/// Errors: a line that is none of these, a brace without its partner, blocks deeper than 32 levels; the rest is read.
/// Cost:   linear.
/// Source: krb5.conf(5), the profile library of MIT Kerberos; sssd.conf(5) and libini.
std::vector<Section> read_profile(std::string_view text, SourceId source, ProfileDialect dialect,
                                  const std::function<void(ProfileProblem)>& problem);

}  // namespace mainstay
