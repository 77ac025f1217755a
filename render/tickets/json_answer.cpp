#include "render/tickets/json_answer.h"

#include <array>
#include <charconv>
#include <ctime>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

constexpr int kDeepest = 100;

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int number = 0;
  const auto [end, problem] = std::from_chars(text.data() + at, text.data() + at + count, number);
  if (problem != std::errc() || end != text.data() + at + count || number < 0) return std::nullopt;
  return number;
}

/// "+02:00", "+0200", "Z" or nothing. Units: seconds east of UTC.
std::optional<std::int64_t> offset_in(std::string_view zone) {
  if (zone.empty() || zone == "Z") return 0;
  const bool has_colon = zone.size() == 6 && zone[3] == ':';
  if ((zone[0] != '+' && zone[0] != '-') || (zone.size() != 5 && !has_colon)) return std::nullopt;
  const auto hours = digits(zone, 1, 2), minutes = digits(zone, has_colon ? 4 : 3, 2);
  if (!hours || !minutes) return std::nullopt;
  const std::int64_t seconds = std::int64_t{*hours} * 3600 + std::int64_t{*minutes} * 60;
  return zone[0] == '+' ? seconds : -seconds;
}

}  // namespace

std::optional<JsonAnswer> parsed_answer(std::string_view text) {
  const auto keep = [](int depth, JsonAnswer::parse_event_t, JsonAnswer&) { return depth <= kDeepest; };
  JsonAnswer answer = JsonAnswer::parse(text.begin(), text.end(), keep, false);
  if (answer.is_discarded()) return std::nullopt;
  return answer;
}

const JsonAnswer& member_of(const JsonAnswer& object, const char* member) {
  static const JsonAnswer kNone;
  if (!object.is_object()) return kNone;
  const auto found = object.find(member);
  return found == object.end() ? kNone : *found;
}

std::string text_at(const JsonAnswer& object, const char* member) {
  const JsonAnswer& value = member_of(object, member);
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer() || value.is_boolean()) return value.dump();
  return {};
}

bool is_set(const JsonAnswer& object, const char* member) {
  const JsonAnswer& value = member_of(object, member);
  return value.is_boolean() && value.get<bool>();
}

std::optional<std::int64_t> number_at(const JsonAnswer& object, const char* member) {
  const JsonAnswer& value = member_of(object, member);
  if (!value.is_number_integer()) return std::nullopt;
  return value.get<std::int64_t>();
}

std::vector<std::string> texts_at(const JsonAnswer& object, const char* member) {
  std::vector<std::string> texts;
  const JsonAnswer& list = member_of(object, member);
  for (const JsonAnswer& one : list.is_array() ? list : JsonAnswer::array()) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  }
  return texts;
}

std::optional<std::int64_t> time_in(std::string_view text) {
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
  std::size_t zone = 19;
  if (zone < text.size() && text[zone] == '.') {
    for (++zone; zone < text.size() && is_ascii_digit(text[zone]); ++zone) {
    }
  }
  const auto offset = offset_in(text.substr(zone));
  if (!offset) return std::nullopt;
  std::tm parts{};
  parts.tm_year = *year - 1900;
  parts.tm_mon = *month - 1;
  parts.tm_mday = *day;
  parts.tm_hour = *hour;
  parts.tm_min = *minute;
  parts.tm_sec = *second;
  return static_cast<std::int64_t>(::timegm(&parts)) - *offset;
}

std::string request_body(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace mainstay
