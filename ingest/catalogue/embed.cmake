# Compiles the catalogue's data files into the program: one translation unit that holds them as texts.
file(GLOB catalogue_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ingest/catalogue/data/*.json)
set(rows "")
foreach(path IN LISTS catalogue_files)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  get_filename_component(name ${path} NAME)
  file(READ ${path} bytes)
  string(APPEND rows "    {\"${name}\", R\"catalogue(${bytes})catalogue\"},\n")
endforeach()
set(catalogue_source ${CMAKE_BINARY_DIR}/generated/catalogue_data.cpp)
file(CONFIGURE OUTPUT ${catalogue_source} @ONLY CONTENT [[
#include "ingest/catalogue/shipped.h"

namespace mainstay {
namespace {

constexpr ShippedFile kFiles[] = {
@rows@};

}  // namespace

std::span<const ShippedFile> shipped_files() { return kFiles; }

}  // namespace mainstay
]])
target_sources(mainstay_ingest PRIVATE ${catalogue_source})
