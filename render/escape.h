// Escape: text of a scanned tree made harmless for the place where it will stand. Every output that shows input goes through here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mainstay {

/// Which characters a terminal can show.
enum class Charset : std::uint8_t { ascii, utf8 };

/// One line for a terminal.
/// Shape: control octets and invalid UTF-8 as `\x1b`, line feeds as `\n`; characters that reorder or hide text (bidirectional controls,
///        zero-width spaces, tags) as `\u{202e}`; a tab as one space. For an ASCII terminal arrows, dots and dashes have a plain form, and
///        all else that is not ASCII is `\u{e9}`.
std::string for_terminal(std::string_view text, Charset charset = Charset::utf8);

/// Text or attribute value of XML, SVG or HTML: `& < > " '` as entities, what XML 1.0 cannot carry as U+FFFD, characters that reorder
/// or hide text as the visible `\u{202e}`.
std::string for_xml(std::string_view text);

/// A DOT string with its quotation marks: quotes and backslashes escaped, so that `\N` and `\G` are not filled in; line feeds as `\n`.
std::string for_dot(std::string_view text);

/// A JSON document made safe to print on a terminal: DEL, C1 controls and characters that reorder or hide text become `\u` escapes.
/// Shape: expects well-formed JSON in valid UTF-8; the value of the document stays the same.
std::string for_json_document(std::string_view document);

/// The text with every octet that is not part of valid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

// What follows is one line each, made harmless as for_terminal() does it, and then for its own language (escape_markup.cpp).

/// A cell of a CSV file with its quotation marks. What a spreadsheet would take for a formula has an apostrophe in front.
/// Source: RFC 4180; OWASP, CSV Injection.
std::string for_csv(std::string_view text);

/// Prose of Markdown as GitHub and GitLab read it: no markup, HTML, link, mention, reference, emoji or formula comes out of it.
std::string for_markdown(std::string_view text);

/// A code span of Markdown that may stand in a cell of a table.
std::string code_span(std::string_view text);

/// The message of a workflow command of GitHub Actions, and the value of one of its properties.
/// Source: GitHub Docs, Workflow commands for GitHub Actions.
std::string for_workflow_message(std::string_view text);
std::string for_workflow_property(std::string_view text);

/// Text of a SARIF message: nothing in it becomes an embedded link. Source: SARIF 2.1.0, section 3.11.6.
std::string for_sarif(std::string_view text);

/// A label of Mermaid with its quotation marks: every sign that could be syntax or HTML as `#code;`, line feeds as breaks.
std::string for_mermaid(std::string_view text);

/// A path as a relative reference: everything but unreserved characters and slashes as `%XX`. Source: RFC 3986, section 2.
std::string for_uri(std::string_view path);

}  // namespace mainstay
