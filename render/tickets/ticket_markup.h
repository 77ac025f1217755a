// TicketMarkup: the text of a ticket in the markup that a tracker reads. Whatever stands in the lines shows as text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "render/tickets/ticket.h"

namespace mainstay {

/// A text in the making.
/// Shape: `tail` is the last line, a marker or nothing; `most` bounds the whole in octets, and a line says how much was left out.
struct TicketText {
  const std::vector<TicketBlock>& blocks;
  std::string tail;
  std::size_t most;
};

/// Markdown of GitHub, GitLab and DefectDojo; the tail is an HTML comment, which they do not show.
std::string as_markdown(const TicketText& text);
/// Markdown as Redmine reads it, which looks for links, users and macros in what Markdown has made of a text, but not inside of code.
std::string as_redmine_markdown(const TicketText& text);
/// Textile as Redmine reads it; the tail is an HTML comment, which it does not show.
std::string as_textile(const TicketText& text);
/// The wiki markup of Jira Data Center; the tail is a line.
std::string as_jira_wiki(const TicketText& text);
/// Text without markup; the tail is a line.
std::string as_plain(const TicketText& text);
/// The Atlassian Document Format of Jira Cloud as JSON; the tail is a paragraph.
std::string as_document(const TicketText& text);
/// The text of such a document, a line for each block: where a marker can be looked for.
std::string text_of_document(std::string_view json);

/// One paragraph, for a comment.
std::vector<TicketBlock> paragraph(std::string text);

/// The first characters of a title that is one line; `most` counts characters, not octets.
std::string cut_title(std::string_view title, std::size_t most);

}  // namespace mainstay
