// Common cause: what fails together because it shares a provider, a network, a place, a name, an account or a file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/analysis.h"
#include "analyzer/faults/fault_sources.h"

namespace mainstay {

/// What counts as one fault.
enum class Grouping : std::uint8_t {
  component,           // each thing by itself
  provider,            // an operator of name servers, resolvers or endpoints
  prefix,              // an address prefix: /24 or /48, or a network that is declared
  region,              // a region: declared, or that of a zone of availability whose name says it (eu-central-1a, europe-west1-b)
  zone,                // a zone of availability
  registrable_domain,  // a registered domain: the public zones below it, other people's included
  account,             // the account number in an Amazon resource name that declares a thing
  source               // the file that declares a thing: one wrong edit, one failed roll-out
};
/// All words, in the order of the enumerators: "component", "provider", ...
std::span<const std::string_view> words(Grouping);
std::string_view word(Grouping grouping);
std::optional<Grouping> grouping_of(std::string_view word);

/// One thing that can fail, a component or a group of them.
struct Cause {
  std::string kind;  // a word of NodeKind or of Grouping
  std::string name;
  std::string label;  // for people
  Reasons reasons;    // of a component: where it is declared; of a group: where its first member is
  std::uint32_t members = 0;
  bool is_inherent = false;  // nobody here can add an alternative to it
};

/// Whether what nobody here can change (a top-level domain, the inside of a provider) is a cause too.
enum class InherentCauses : std::uint8_t { none, each };

/// Shape: `causes` are numbered as in `sources`, sorted by kind and name; inherent ones, when they are asked for, come last, each by itself
///        whatever the grouping.
struct CommonCause {
  std::vector<Cause> causes;
  FaultSources sources;
  std::size_t components = 0;  // in the graph
  std::size_t ungrouped = 0;   // components that are in no group, and are taken as working too
};

/// A grouping of nodes that are groups themselves in the graph (a provider, a prefix, a zone of availability, a registered domain) takes
/// those nodes: what needs them fails with them. The others are read from what declares a component.
CommonCause common_cause(const Analysis& analysis, Grouping grouping, InherentCauses inherent = InherentCauses::none);

/// Where a node is declared; where nobody declares it, where those who need it say so.
Reasons owner_of(const Analysis& analysis, NodeId node);

/// The region that the name of a zone of availability says; empty when it says none.
/// Source: the manuals of Amazon EC2 ("Regions and Zones": a region's name and a letter) and Google Compute Engine ("Regions and zones").
std::string region_of_zone(std::string_view zone);

}  // namespace mainstay
