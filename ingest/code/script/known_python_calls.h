// The calls of Python that take names, and the settings that hold them.
#pragma once

#include <span>
#include <string_view>

#include "ingest/code/script/known_script_calls.h"

namespace mainstay::script {

std::span<const ScriptCall> python_calls();
/// Words of which a source that asks something has at least one.
std::span<const std::string_view> python_words();
/// Settings of frameworks that stand as constants of a module: "AUTH_LDAP_SERVER_URI".
std::span<const NamedMember> python_settings();

}  // namespace mainstay::script
