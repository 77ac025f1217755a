// PageText: the script and the style sheet of the report page, which CMake makes constants of (render/html/embed.cmake).
#pragma once

#include <string>

namespace mainstay {

/// All files of render/html/script, joined.
std::string page_script();
/// All files of render/html/style, joined.
std::string page_style();

}  // namespace mainstay
