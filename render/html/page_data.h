// PageData: the data of the report page, as JSON that a browser takes apart again (render/html/script/data.js reads it).
// Only .cpp files include this header.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "render/html/report_page.h"
#include "render/layout.h"

namespace mainstay {

using Json = nlohmann::ordered_json;

/// Every text once, made harmless as for a terminal; the data name it by its number.
class PageTexts {
 public:
  PageTexts() { number(""); }
  std::size_t number(std::string_view text);
  /// Each of them.
  Json numbers(const std::vector<std::string>& texts);
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::vector<std::string> all_;
  std::unordered_map<std::string, std::size_t> known_;
};

/// What was read and what was not, endpoints, findings and rules.
Json page_scan(const Report& report, PageTexts& texts);
/// The requirement graph, as columns of numbers (page_column.h).
Json page_graph(const PageInput& input, PageTexts& texts);
/// What is not a gate: holds, deadlines, and how long clients take.
Json page_model(const FaultModel& model, PageTexts& texts);
/// What can be drawn, and where the things of the first drawing stand.
Json page_map(const PageInput& input, const Layout& layout, PageTexts& texts);

}  // namespace mainstay
