// Nearest: the word that somebody probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// The candidate that the fewest edits lead to; empty when even that one is too far off to be meant.
/// Cost: the product of both lengths for each candidate; of long words only the first 64 octets are compared.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "did you mean 'dangling-cname'?", or `otherwise` when nothing is near.
std::string meant(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise);

}  // namespace mainstay
