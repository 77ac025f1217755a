# What is installed, and the Debian package (`cpack -G DEB` in the build folder, or `./dev package`).
include(GNUInstallDirs)

# The manual page and the completions are printed by the program that was built.
set(printed ${CMAKE_BINARY_DIR}/printed)
file(MAKE_DIRECTORY ${printed})
set(pages)
function(mainstay_prints file)
  add_custom_command(OUTPUT ${printed}/${file} COMMAND mainstay ${ARGN} > ${printed}/${file} DEPENDS mainstay VERBATIM)
  set(pages ${pages} ${printed}/${file} PARENT_SCOPE)
endfunction()
mainstay_prints(mainstay.1 man)
mainstay_prints(mainstay.bash completion bash)
mainstay_prints(_mainstay completion zsh)
mainstay_prints(mainstay.fish completion fish)

# Debian's policy wants these compressed, and without the time of the compression.
function(mainstay_compresses file source)
  add_custom_command(OUTPUT ${printed}/${file} COMMAND gzip -9 -n -c ${source} > ${printed}/${file} DEPENDS ${source} VERBATIM)
  set(pages ${pages} ${printed}/${file} PARENT_SCOPE)
endfunction()
mainstay_compresses(mainstay.1.gz ${printed}/mainstay.1)
mainstay_compresses(changelog.gz ${CMAKE_SOURCE_DIR}/CHANGELOG.md)
execute_process(COMMAND date -u -R -d ${MAINSTAY_RELEASE_DATE} OUTPUT_VARIABLE MAINSTAY_RELEASE_DAY OUTPUT_STRIP_TRAILING_WHITESPACE)
configure_file(packaging/debian/changelog.in ${printed}/changelog.Debian @ONLY)
mainstay_compresses(changelog.Debian.gz ${printed}/changelog.Debian)
add_custom_target(mainstay_printed ALL DEPENDS ${pages})

install(TARGETS mainstay RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${printed}/mainstay.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${printed}/mainstay.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME mainstay)
install(FILES ${printed}/_mainstay DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${printed}/mainstay.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
file(GLOB guides CONFIGURE_DEPENDS docs/*.md docs/*.svg)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${guides} DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs)
install(FILES packaging/debian/copyright ${printed}/changelog.gz ${printed}/changelog.Debian.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES packaging/debian/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME mainstay)
install(FILES templates/mainstay.gitlab-ci.yml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME mainstay)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Mainstay maintainers <maintainers@mainstay.example>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libclang is loaded when the first C or C++ source is read, so no shared object names it (ingest/syntax/cxx_tokens.cpp).
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "git, libclang1-14 | libclang1-15 | libclang1-16 | libclang1-17 | libclang1-18 | libclang1-19")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "map of the DNS that identity stands on
Before anybody can log in, something must resolve a name: of the identity
provider, the token service, the secret store, the directory. Mainstay reads
what a team already has (infrastructure templates, service and resolver
configuration, zone files, query logs) and says which single thing locks
workloads out, with the file and line that prove it.
.
It runs offline and sends nothing anywhere.")
include(CPack)
