# nightjar_embed(TARGET FILE SYMBOL)
#   Compiles a text file into TARGET as `std::string_view nightjar::embedded::SYMBOL`, declared in
#   "embedded/SYMBOL.h". One source of truth: the file in the tree is what the program carries.
function(nightjar_embed target file symbol)
  set(source ${CMAKE_SOURCE_DIR}/${file})
  set(out ${CMAKE_BINARY_DIR}/generated/embedded/${symbol})
  add_custom_command(
    OUTPUT ${out}.h ${out}.cc
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${source} -DOUT=${out} -DSYMBOL=${symbol}
            -P ${CMAKE_SOURCE_DIR}/cmake/embed_file.cmake
    DEPENDS ${source} ${CMAKE_SOURCE_DIR}/cmake/embed_file.cmake
    COMMENT "Embedding ${file}")
  foreach(variant ${target} ${target}_plain)
    if(TARGET ${variant})
      target_sources(${variant} PRIVATE ${out}.cc ${out}.h)
    endif()
  endforeach()
endfunction()
