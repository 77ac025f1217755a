// PictureOutput: what a picture can be written as, chosen by the ending of the file's name.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "graph/findings/picture.h"
#include "graph/values/result.h"

namespace mainstay {

/// One form.
struct PictureOutput {
  std::string_view ending;  // ".svg"
  std::string_view title;
  std::string_view purpose;
  bool is_data = false;  // for programs, which want every edge
  Result<std::string> (*write)(const Picture& picture) = nullptr;
};

/// All of them, in the order of the documentation.
std::span<const PictureOutput> picture_outputs();
/// The form that the ending of a file's name means; null when it means none.
const PictureOutput* picture_output_of(std::string_view file);

/// The picture in the language of Mermaid, as Markdown pages of GitHub and GitLab draw it.
/// Shape: at most 450 edges and 45,000 octets, because more is refused (500 edges, 50,000 characters); a larger picture is collapsed by
///        cluster, and then by kind, and its first line says so.
Result<std::string> mermaid(const Picture& picture);

/// The picture as GraphML, each member of nodes and edges as an attribute of its own.
Result<std::string> graphml(const Picture& picture);

/// The picture as JSON of Cytoscape, clusters as compound nodes.
Result<std::string> cytoscape(const Picture& picture);

}  // namespace mainstay
