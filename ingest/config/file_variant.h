// Names of configuration files and of their variants in a tree.
#pragma once

#include <cstdint>
#include <string_view>

namespace mainstay {

/// What a file's name says about whether it is the configuration file `base` of a product.
enum class FileVariant : std::uint8_t {
  none,      // another file, or a backup, an example or a package manager's leftover of it
  itself,    // "etc/krb5.conf"
  variant,   // "etc/krb5.conf.dc1": the name alone does not decide
  templated  // "templates/krb5.conf.j2": the same, and parts of it are for a template engine to fill in
};

FileVariant file_variant(std::string_view name, std::string_view base);

}  // namespace mainstay
