#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "render/columns.h"
#include "render/escape.h"
#include "render/svg_parts.h"

namespace mainstay {
namespace {

constexpr double kLine = 15;  // from one line of a label to the next
constexpr double kFont = 12;
constexpr double kSmall = 10;
constexpr double kSign = 16;  // a sign and the space behind it

constexpr std::string_view kSingleFault = "single fault";

/// How far words stay away from the sides: shapes with slanted or round sides need more.
double padding(Layer layer) {
  if (layer == Layer::stub) return 18;
  return layer == Layer::endpoint || layer == Layer::upstream ? 15 : 11;
}

double badge_width(std::string_view words) {
  constexpr double kBold = 1.12;  // bold letters against the measured ones
  return text_width(words, kSmall) * kBold + kSign;
}

/// A closed outline through points given relative to the centre.
std::string outline(Point at, std::initializer_list<Point> points) {
  std::string path;
  for (const Point& point : points)
    path += fmt::format("{}{} {}", path.empty() ? "M" : "L", number(at.x + point.x), number(at.y + point.y));
  return fmt::format("<path class=\"box\" d=\"{}Z\"/>", path);
}

std::string rectangle(std::string_view look, Point at, const NodeLook& size, double radius) {
  return fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>", look, number(at.x - size.width / 2),
                     number(at.y - size.height / 2), number(size.width), number(size.height), number(radius));
}

std::string bar(Point at, double x, double half_height) {
  return fmt::format("<path class=\"box\" d=\"M{0} {1}V{2}\"/>", number(x), number(at.y - half_height), number(at.y + half_height));
}

/// The outline of a node; every layer has its own.
std::string shape(Layer layer, const NodeLook& size, Point at) {
  const double x = size.width / 2;
  const double y = size.height / 2;
  constexpr double kCorner = 8;
  switch (layer) {
    case Layer::workload: return rectangle("box", at, size, 6);
    case Layer::endpoint: return outline(at, {{-x, 0}, {-x + kCorner, -y}, {x - kCorner, -y}, {x, 0}, {x - kCorner, y}, {-x + kCorner, y}});
    case Layer::stub: return rectangle("box", at, size, y);
    case Layer::resolver: return rectangle("box", at, size, 0) + bar(at, at.x - x + 5, y);
    case Layer::upstream: return rectangle("box", at, size, 0) + bar(at, at.x - x + 5, y) + bar(at, at.x + x - 5, y);
    case Layer::zone: return outline(at, {{-x, -y}, {x - kCorner, -y}, {x, -y + kCorner}, {x, y}, {-x, y}});
    case Layer::name_server: return rectangle("box", at, size, 2);
    case Layer::provider:
      return outline(at, {{-x, -y + kCorner},
                          {-x + kCorner, -y},
                          {x - kCorner, -y},
                          {x, -y + kCorner},
                          {x, y - kCorner},
                          {x - kCorner, y},
                          {-x + kCorner, y},
                          {-x, y - kCorner}});
  }
  return rectangle("box", at, size, 0);
}

std::string classes(const PictureNode& node) {
  std::string out = fmt::format("node {}", word(node.layer));
  if (node.severity) out += fmt::format(" marked {}", word(*node.severity));
  if (node.single_fault) out += " single";
  if (node.inherent) out += " inherent";
  if (!node.described) out += " undescribed";
  return out;
}

/// Everything that is said about a node, for the tool tip.
std::string tip(const PictureNode& node) {
  std::string out = fmt::format("{}: {}", word(node.layer), node.label);
  std::replace(out.begin(), out.end(), '\n', ' ');
  if (!node.cluster.empty()) out += "\nin " + node.cluster;
  if (node.folded > 1) out += fmt::format("\nstands for {} alike", node.folded);
  if (node.severity) {
    out += fmt::format("\n{}:", word(*node.severity));
    for (const std::string& rule : node.rules) out += " " + rule;
  }
  if (node.single_fault) out += "\nits lone failure locks somebody out";
  if (node.inherent) out += "\ninherent: nobody here can add an alternative";
  if (!node.described) out += "\nnot described here: known only because it is asked";
  for (const std::string& line : node.tooltip) out += "\n" + line;
  return out;
}

/// An id that is safe in a URL fragment and in a style sheet.
std::string safe_id(std::string_view id) {
  std::string out = "n-";
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    out += plain ? std::string(1, c) : fmt::format("_{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string badge_of(const PictureNode& node) {
  constexpr std::size_t kColumns = 34;
  if (!node.severity) return {};
  std::string out(word(*node.severity));
  if (!node.rules.empty()) out += ": " + node.rules[0];
  if (node.rules.size() > 1) out += fmt::format(" +{}", node.rules.size() - 1);
  return cut_to(out, kColumns, "…");
}

}  // namespace

NodeLook look_of(const PictureNode& node) {
  constexpr std::size_t kColumns = 34;
  constexpr double kNarrowest = 118;  // the heading of a layer fits above it
  NodeLook look{.badge = badge_of(node), .count = node.folded > 1 ? fmt::format("×{}", node.folded) : ""};
  std::string_view rest = node.label;
  for (int line = 0; line < 2 && !rest.empty(); ++line) {
    const std::size_t end = line == 0 ? std::min(rest.find('\n'), rest.size()) : rest.size();
    look.lines.push_back(cut_to(valid_utf8(rest.substr(0, end)), kColumns, "…"));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (look.lines.empty()) look.lines.push_back(cut_to(valid_utf8(node.id), kColumns, "…"));
  for (std::size_t at = 0; at < look.lines.size(); ++at) {
    double width = text_width(look.lines[at], at == 0 ? kFont : kSmall);
    if (at == 0 && !look.count.empty()) width += text_width(look.count, kSmall) + 10;
    look.width = std::max(look.width, width);
  }
  if (!look.badge.empty()) look.width = std::max(look.width, badge_width(look.badge));
  if (node.single_fault) look.width = std::max(look.width, badge_width(kSingleFault));
  look.width = std::max(std::ceil(look.width + 2 * padding(node.layer)), kNarrowest);
  const double rows = static_cast<double>(look.lines.size() + (look.badge.empty() ? 0 : 1) + (node.single_fault ? 1 : 0));
  look.height = 12 + rows * kLine;
  return look;
}

std::string node_element(const PictureNode& node, const NodeLook& look, Point at) {
  std::string out = fmt::format("<g class=\"{}\" id=\"{}\" data-id=\"{}\"><title>{}</title>", classes(node), safe_id(node.id),
                                for_xml(node.id), for_xml(tip(node)));
  if (node.folded > 1) out += rectangle("behind", {at.x + 3, at.y + 3}, look, 6);
  out += shape(node.layer, look, at);
  double y = at.y - look.height / 2 + 6 + 11;
  double x = at.x;
  if (!look.count.empty()) {
    const double width = text_width(look.count, kSmall) + 10;
    x -= width / 2;
    out += text_element("small faint", {at.x + look.width / 2 - padding(node.layer), y - 0.5}, "end", look.count);
  }
  for (std::size_t line = 0; line < look.lines.size(); ++line) {
    out += text_element(line == 0 ? "label" : "small faint", {line == 0 ? x : at.x, y}, "middle", look.lines[line]);
    y += kLine;
  }
  if (node.severity) {
    out += sign_element(*node.severity, {at.x - badge_width(look.badge) / 2 + 6, y - 3.5});
    out += text_element("badge", {at.x - badge_width(look.badge) / 2 + kSign, y}, "start", look.badge);
    y += kLine;
  }
  if (node.single_fault) {
    out += single_fault_sign({at.x - badge_width(kSingleFault) / 2 + 6, y - 3.5});
    out += text_element("badge single-words", {at.x - badge_width(kSingleFault) / 2 + kSign, y}, "start", kSingleFault);
  }
  return out + "</g>\n";
}

std::string single_fault_sign(Point at) {
  return fmt::format("<path class=\"ring\" d=\"M{0} {1}m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0m1.4 -3.1l6.2 6.2\"/>", number(at.x),
                     number(at.y));
}

std::string sign_element(Severity severity, Point at) {
  const std::string where = fmt::format("M{} {}", number(at.x), number(at.y));
  std::string_view path;
  switch (severity) {
    case Severity::critical: path = "m-2.3 -5.6h4.6l3.3 3.3v4.6l-3.3 3.3h-4.6l-3.3 -3.3v-4.6z"; break;  // octagon
    case Severity::high: path = "m0 -5.6l6 10.6h-12z"; break;                                           // triangle
    case Severity::medium: path = "m0 -6l6 6l-6 6l-6 -6z"; break;                                       // diamond
    case Severity::low: path = "m-4.5 -4.5h9v9h-9z"; break;                                             // square
    case Severity::info: path = "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"; break;                         // circle
  }
  return fmt::format(
      "<g><path class=\"sign {}\" d=\"{}{}\"/><path class=\"hole\" d=\"{}m-0.8 -3.2h1.6l-0.3 4h-1zm0 5h1.6v1.4h-1.6z\"/></g>",
      word(severity), where, path, where);
}

}  // namespace mainstay
