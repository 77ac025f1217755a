// What the name of a zone file says: that it is one, and for which zone and view.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/values/domain_name.h"

namespace mainstay {

/// True for names that people give to zone files: *.zone, db.*, *.db, *.hosts, named.*, with .signed or the mark of a template (.in, .j2)
/// behind.
bool is_zone_file_name(std::string_view path);

/// True for names that end like those of programs and documents. Some of these ends are top-level domains too.
bool may_be_program(std::string_view path);

/// True for the file of root server addresses, which is a master file and no zone: db.root, named.root, named.ca, root.hints.
bool is_root_hints_name(std::string_view path);

/// The zone that a file name stands for: "zones/corp.example.zone" and "db.corp.example" are corp.example., "db.192.168.1" is
/// 1.168.192.in-addr.arpa.; nothing when the name is no domain.
std::optional<DomainName> origin_of_name(std::string_view path);

/// A name of one word ("corp") as a zone, when an absolute $ORIGIN in the text lies within it: a word alone is more often no domain.
std::optional<DomainName> top_level_origin(std::string_view path, std::string_view text);

/// The view whose folder the file lies in: "internal" for "named/views/internal/corp.example.zone"; "" when there is none.
std::string view_of(std::string_view path);

}  // namespace mainstay
