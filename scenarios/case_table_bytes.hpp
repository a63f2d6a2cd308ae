// A table of cases as bytes: to send it to another process, or to keep it until a sweep goes on.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/case_table.hpp"

namespace roofbeam {

// All of it, to the bit of every number. The order of bytes is this machine's.
[[nodiscard]] std::string to_bytes(const CaseTable& table);

// What to_bytes made on a machine of the same kind with this version of the program. Throws
// InputError: bytes that are cut short, of something else, or that do not make a table.
[[nodiscard]] CaseTable case_table_of_bytes(std::string_view bytes);

}  // namespace roofbeam
