// How the files of a tree are named: relative to the root, readable, and unique.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// One component of a path as a name that is valid UTF-8. Names that are valid stay as they are; in others every octet that is not part
/// of a valid sequence becomes "\xHH" and a backslash is doubled. A valid name that reads like such an escape has its backslashes doubled
/// too, so that different files never get the same name.
std::string shown_component(std::string_view component);

/// A whole path in that way, component by component.
std::string shown_path(std::string_view path);

/// The names of the roots of one scan, in the same order.
/// Shape:  a single folder is "": names below it are relative to it.
///         Otherwise a root is named as it was given, without ".", "..", leading and doubled slashes; what is left empty is named like
///         the folder that it stands for. A name that is taken, or that would mix the files of two folders, gets "~2", "~3", ... behind its
///         first component.
/// `real` are the same roots as absolute paths without links.
std::vector<std::string> root_names(const std::vector<std::string>& given, const std::vector<std::string>& real, bool is_lone_folder);

/// True when the name says that a template engine fills the file in ("named.conf.j2", "resolv.conf.erb", "unbound.conf.in").
bool is_template_name(std::string_view name);

}  // namespace mainstay
