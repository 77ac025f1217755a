// JsonAnswer: JSON that somebody else wrote. Nothing in it is taken for granted. Only .cpp files include this header.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// Members sorted, so that an object of a million members costs no more than it must.
using JsonAnswer = nlohmann::json;

/// The document; nothing when it is none. What is nested deeper than anything that a tracker says is left out.
std::optional<JsonAnswer> parsed_answer(std::string_view text);

/// A member's text, a number's digits, "true" or "false"; empty when there is no such member or it is something else.
std::string text_at(const JsonAnswer& object, const char* member);
/// The member; null when there is none or `object` is none.
const JsonAnswer& member_of(const JsonAnswer& object, const char* member);
bool is_set(const JsonAnswer& object, const char* member);
std::optional<std::int64_t> number_at(const JsonAnswer& object, const char* member);
/// The texts of a list; what is no text is left out.
std::vector<std::string> texts_at(const JsonAnswer& object, const char* member);

/// Seconds since 1970 of a time as trackers write it ("2026-11-27T21:54:28Z", "...+0000", "2026-11-27 21:54:28"); nothing for other text.
std::optional<std::int64_t> time_in(std::string_view text);

/// JSON for a request: what is not valid UTF-8 as U+FFFD.
std::string request_body(const nlohmann::ordered_json& json);

}  // namespace mainstay
