// What goes to the reading process and what comes back from it, as octets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/result.h"
#include "ingest/code/ast/tree_calls.h"

namespace mainstay::code::ast {

inline constexpr std::size_t kMaxMessage = std::size_t{32} << 20;

/// A number as four octets, the lowest first: the length in front of each message.
std::string written(std::uint32_t number);
std::uint32_t read_number(std::string_view octets);

std::string written(const TreeInput& input);
std::optional<TreeInput> read_input(std::string_view octets);

std::string written(const Result<std::vector<SeenCall>>& calls);
/// Nothing for octets that are no answer: the reading process has read hostile text, so it is not believed.
/// `files` are the sizes of the files that were given: a place outside of them makes the answer none.
std::optional<Result<std::vector<SeenCall>>> read_calls(std::string_view octets, const std::vector<std::size_t>& files);

}  // namespace mainstay::code::ast
