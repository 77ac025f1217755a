#include "ingest/code/format_text.h"

#include <string>

#include "graph/values/ascii.h"

namespace mainstay::code {

Text percents_filled(std::string_view format, const Argument& argument) {
  Text out;
  std::size_t next = 0;
  while (!format.empty()) {
    const std::size_t percent = std::min(format.find('%'), format.size());
    out.append(format.substr(0, percent));
    format.remove_prefix(percent);
    if (format.empty()) break;
    format.remove_prefix(1);
    // Flags, width, precision and length; then the letter that says what it is.
    while (!format.empty() && (is_ascii_digit(format.front()) || std::string_view("-+ #.*hljztLq").find(format.front()) != format.npos)) {
      if (format.front() == '*') ++next;
      format.remove_prefix(1);
    }
    if (format.empty()) break;
    if (format.front() == '%') {
      out.append("%");
    } else {
      out.append(argument(next++));
    }
    format.remove_prefix(1);
  }
  return out;
}

Text braces_filled(std::string_view format, const Argument& argument) {
  Text out;
  std::size_t next = 0;
  while (!format.empty()) {
    const std::size_t brace = std::min(format.find_first_of("{}"), format.size());
    out.append(format.substr(0, brace));
    format.remove_prefix(brace);
    if (format.empty()) break;
    if (format.size() > 1 && format[1] == format[0]) {
      out.append(format.substr(0, 1));
      format.remove_prefix(2);
      continue;
    }
    const std::size_t close = format.find('}');
    if (format[0] == '}' || close == std::string_view::npos) {
      out.append(format.substr(0, 1));
      format.remove_prefix(1);
      continue;
    }
    const std::string_view field = format.substr(1, close - 1);
    const std::string_view which = field.substr(0, field.find(':'));
    if (which.empty()) {
      out.append(argument(next++));
    } else if (which.size() == 1 && is_ascii_digit(which[0])) {
      out.append(argument(static_cast<std::size_t>(which[0] - '0')));
    } else {
      out.append(Hole{.name = std::string(which)});
    }
    format.remove_prefix(close + 1);
  }
  return out;
}

Text qt_filled(const Text& format, const Text& argument) {
  const std::string shape = format.skeleton();
  for (char number = '1'; number <= '9'; ++number) {
    const std::size_t at = shape.find({'%', number});
    if (at == std::string::npos) continue;
    Text out = format.slice(0, at);
    out.append(argument);
    out.append(format.slice(at + 2, shape.size()));
    return out;
  }
  return format;
}

}  // namespace mainstay::code
