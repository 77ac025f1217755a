# Compiles the script and the style sheet of the report page into the program, file by file.
# The order of the script's files is that of this list: what runs at once stands behind what it uses.
set(page_script column data fixed_points endings shares waits whatif reasons dom theme summary endpoints findings search layout picture drawing map address answer known
    failing paper main)
set(page_style page map print)

function(mainstay_page_rows variable folder suffix)
  set(rows "")
  foreach(name IN LISTS ARGN)
    set(path ${CMAKE_SOURCE_DIR}/render/html/${folder}/${name}.${suffix})
    set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} bytes)
    string(APPEND rows "R\"page(${bytes})page\",\n")
  endforeach()
  set(${variable} "${rows}" PARENT_SCOPE)
endfunction()

mainstay_page_rows(script_rows script js ${page_script})
mainstay_page_rows(style_rows style css ${page_style})
set(page_source ${CMAKE_BINARY_DIR}/generated/page_text.cpp)
file(CONFIGURE OUTPUT ${page_source} @ONLY CONTENT [[
#include "render/html/page_text.h"

#include <span>

namespace mainstay {
namespace {

constexpr std::string_view kScript[] = {
@script_rows@};
constexpr std::string_view kStyle[] = {
@style_rows@};

std::string joined(std::span<const std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += part;
  return all;
}

}  // namespace

std::string page_script() { return joined(kScript); }
std::string page_style() { return joined(kStyle); }

}  // namespace mainstay
]])
target_sources(mainstay_render PRIVATE ${page_source})
