#include "ingest/code/ast/parse_command.h"

#include "ingest/code/ast/stub_headers.h"

namespace mainstay::code::ast {
namespace {

constexpr std::string_view kRoot = "/tree/";

}  // namespace

std::string parsed_name(const TreeFile& file) { return std::string(kRoot) + file.name; }

ParseCommand parse_command(const TreeInput& input) {
  // A machine without a file system, so that no tool chain is looked for; and none of the macros by which libcurl checks types.
  ParseCommand command{.files = {},
                       .flags = {"-nostdinc", "-nostdinc++", "-w", "-ferror-limit=0", "--target=x86_64-unknown-none-elf", "-isystem/stub",
                                 "-include/stub/mainstay.h", "-DCURL_DISABLE_TYPECHECK"}};
  for (const TreeFile& file : input.files) command.files.push_back({parsed_name(file), file.bytes});
  for (const StubHeader& stub : stub_headers()) command.files.push_back({"/stub/" + std::string(stub.name), stub.text});
  for (const std::string& flag : input.flags)
    command.flags.push_back(flag.starts_with("-I") ? "-I" + std::string(kRoot) + flag.substr(2) : flag);
  return command;
}

}  // namespace mainstay::code::ast
