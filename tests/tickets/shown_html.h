// ShownHtml: what a reader of a page sees, and which elements it is made of.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace mainstay {

struct ShownHtml {
  std::string text;                // references resolved, elements left out
  std::set<std::string> elements;  // "p", "a wiki-anchor": the name, and the class of a link; "a name" leads nowhere
};

/// Reads a part of a page.
ShownHtml shown_html(std::string_view html);

/// The part between two texts; empty when they are not there.
std::string between(std::string_view text, std::string_view begin, std::string_view end);

}  // namespace mainstay
