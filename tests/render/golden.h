// Golden: whole outputs compared with files under tests/golden/render/.
#pragma once

#include <string>
#include <string_view>

namespace mainstay {

/// Checks that `text` is the content of tests/golden/render/<name>; with MAINSTAY_UPDATE=1 in the environment writes it instead.
/// The version of the program stands as VERSION in the file.
void check_golden(std::string_view name, std::string text);

}  // namespace mainstay
